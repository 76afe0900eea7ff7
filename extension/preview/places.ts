import type * as vscode from 'vscode';
import { toRange } from '../show-span.ts';
import type { Place } from './protocol.ts';

/** The id of the innermost thing at a position of a file. */
export function placeAt(
  places: Readonly<Record<string, Place>>,
  file: string,
  position: vscode.Position,
): string | undefined {
  let found: { readonly id: string; readonly length: number } | undefined;
  for (const [id, { span }] of Object.entries(places)) {
    if (span.file !== file || !toRange(span).contains(position)) continue;
    const length = span.end.offset - span.start.offset;
    if (!found || length < found.length) found = { id, length };
  }
  return found?.id;
}
