/** The messages between the panel and its page, and how either side reads what the other says. */
import type { PlacedGraph } from '../../../diagram/index.ts';
import type { Path } from '../../../model/index.ts';

/** Everything that the page shows. */
export interface Picture {
  readonly uri: string;
  /** Version of the text that this picture is of. */
  readonly version: number;
  readonly placed: PlacedGraph;
  readonly summary: Summary;
  /** The views that the text declares, and the one that this is; the whole when absent. */
  readonly views: readonly { readonly name: string; readonly title: string }[];
  readonly view?: string;
  /** The scenarios that the text declares, and the one that is played. */
  readonly scenarios: readonly { readonly name: string; readonly title: string }[];
  readonly playing?: Playing;
  /** What to say above the picture when the text has errors: the first of them. */
  readonly problem?: string;
}

/** A scenario, and the moment of it that the picture shows. */
export interface Playing {
  readonly name: string;
  readonly title: string;
  /** Seconds. */
  readonly duration: number;
  readonly at: number;
  /** When the values of the charts are: each holds until the next. */
  readonly times: readonly number[];
  readonly charts: readonly ChartData[];
  readonly log: readonly LogLine[];
  readonly facts: readonly Fact[];
  /** What the playback cannot know; sentences. */
  readonly limits: readonly string[];
}

export interface ChartData {
  readonly label: string;
  readonly unit: 'rate' | 'ratio' | 'time' | 'count';
  readonly values: readonly number[];
  /** What is drawn behind it, in the same scale. */
  readonly behind?: readonly number[];
}

/** What happened at a moment. */
export interface LogLine {
  readonly at: number;
  readonly text: string;
  readonly kind: 'event' | 'reaction' | 'harm';
  readonly path?: Path;
}

/** The strip below the picture. */
export interface Summary {
  /** Users that the figures are for, and those that the text declares; 0 when it declares none. */
  readonly users: number;
  readonly declaredUsers: number;
  /** The largest population that the architecture carries; absent when nothing limits it. */
  readonly capacity?: number;
  readonly facts: readonly Fact[];
}

export interface Fact {
  readonly label: string;
  readonly value: string;
  /** Why, in one sentence. */
  readonly detail?: string;
  /** The component to go to. */
  readonly path?: Path;
  readonly tone?: 'good' | 'bad';
}

/** From the panel to the page. */
export type ToPage =
  | { readonly type: 'picture'; readonly picture: Picture; readonly fileName: string }
  /** There is nothing to draw; say why. */
  | { readonly type: 'empty'; readonly reason: string; readonly fileName: string }
  | { readonly type: 'select'; readonly id?: string }
  | { readonly type: 'settings'; readonly settings: Settings }
  | { readonly type: 'state'; readonly uri: string; readonly locked: boolean }
  | { readonly type: 'fit' }
  /** Turn an SVG into a PNG: the page has what it takes to draw one. */
  | { readonly type: 'rasterize'; readonly svg: string };

export interface Settings {
  readonly wheel: 'modifier' | 'zoom';
}

/** From the page to the panel. */
export type FromPage =
  | { readonly type: 'ready' }
  /** Show the declaration of a component or connection; `focus` also moves the cursor's focus there. */
  | { readonly type: 'reveal'; readonly id: string; readonly focus: boolean }
  | { readonly type: 'users'; readonly users?: number }
  | { readonly type: 'view'; readonly name?: string }
  /** Play a scenario, or no longer; `at` is the moment to show. */
  | { readonly type: 'scenario'; readonly name?: string; readonly at?: number }
  /** The answer to `rasterize`: a PNG in Base64. */
  | { readonly type: 'png'; readonly data: string };

/** What the page keeps over a restart of VS Code. */
export interface SavedState {
  readonly uri: string;
  readonly locked: boolean;
}

/** Reads a message of the page; undefined when it is none of ours. */
export function parseFromPage(message: unknown): FromPage | undefined {
  if (!isRecord(message)) return undefined;
  const { type, id, focus, users, name, data, at } = message;
  switch (type) {
    case 'ready':
      return { type };
    case 'reveal':
      return typeof id === 'string' && typeof focus === 'boolean' ? { type, id, focus } : undefined;
    case 'users':
      if (users === undefined) return { type };
      return typeof users === 'number' && Number.isFinite(users) && users > 0 ? { type, users } : undefined;
    case 'view':
      if (name === undefined) return { type };
      return typeof name === 'string' ? { type, name } : undefined;
    case 'scenario':
      return readScenario(name, at);
    case 'png':
      return typeof data === 'string' ? { type, data } : undefined;
    default:
      return undefined;
  }
}

function readScenario(name: unknown, at: unknown): FromPage | undefined {
  if (name === undefined) return { type: 'scenario' };
  if (typeof name !== 'string') return undefined;
  if (at === undefined) return { type: 'scenario', name };
  return typeof at === 'number' && Number.isFinite(at) && at >= 0 ? { type: 'scenario', name, at } : undefined;
}

/** Reads a message of the panel. Its pictures come from our own server, so only their outline is looked at. */
export function parseToPage(message: unknown): ToPage | undefined {
  if (!isRecord(message) || typeof message.type !== 'string') return undefined;
  const shapes: Readonly<Record<ToPage['type'], (it: Record<string, unknown>) => boolean>> = {
    picture: ({ picture }) =>
      isRecord(picture) &&
      isRecord(picture.placed) &&
      isRecord(picture.summary) &&
      Array.isArray(picture.views) &&
      Array.isArray(picture.scenarios),
    empty: ({ reason }) => typeof reason === 'string',
    select: ({ id }) => id === undefined || typeof id === 'string',
    settings: ({ settings }) => isRecord(settings),
    state: ({ uri, locked }) => typeof uri === 'string' && typeof locked === 'boolean',
    fit: () => true,
    rasterize: ({ svg }) => typeof svg === 'string',
  };
  const isShaped = Object.hasOwn(shapes, message.type) && shapes[message.type as ToPage['type']](message);
  return isShaped ? (message as ToPage) : undefined;
}

/** Reads what the page has kept. */
export function parseSavedState(state: unknown): SavedState | undefined {
  if (!isRecord(state)) return undefined;
  const { uri, locked } = state;
  return typeof uri === 'string' ? { uri, locked: locked === true } : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
