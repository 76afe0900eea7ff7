import type { FromPage, SavedState } from './messages.ts';

interface VsCodeApi {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: SavedState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

// It may be acquired only once, and is kept inside this module so that nothing else on the page can reach it.
const api = acquireVsCodeApi();

export function send(message: FromPage): void {
  api.postMessage(message);
}

export function saveState(state: SavedState): void {
  api.setState(state);
}
