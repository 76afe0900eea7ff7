import * as vscode from 'vscode';
import type { Span } from '../../model/index.ts';
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

export function toRange({ start, end }: Span): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
