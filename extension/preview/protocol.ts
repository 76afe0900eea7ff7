/** The request by which the panel gets its picture from the language server. */
import type { RequestKind } from '../../language/protocol.ts';
import type { Span } from '../../model/index.ts';
import type { Picture } from './webview/messages.ts';

export interface PreviewParams {
  readonly uri: string;
  /** Users to solve for; the declared ones when absent. */
  readonly users?: number;
  /** Name of a view; everything when absent, or when there is no such view. */
  readonly view?: string;
  /** Name of a scenario to play, and the seconds from its start to show; those of the view when absent. */
  readonly scenario?: string;
  readonly at?: number;
}

export interface PreviewResult {
  /** Absent when there is no file, or nothing in it to draw. */
  readonly picture?: Picture;
  /** Where things are in the text, by the path of a component or the id of a connection. */
  readonly places: Readonly<Record<string, Place>>;
}

export interface Place {
  readonly span: Span;
  /** What to select: a name, or the end of an arrow. */
  readonly name: Span;
}

export const previewRequest: RequestKind<PreviewParams, PreviewResult> = { method: 'loadpath/preview' };

/** The same diagram as a whole SVG file, as the command line writes it; null when there is nothing to draw. */
export const exportRequest: RequestKind<PreviewParams, string | null> = { method: 'loadpath/export' };
