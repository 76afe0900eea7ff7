/** Changes of texts, as an editor takes them. */
import type { LangiumDocument } from 'langium';
import type { Position } from '../../model/index.ts';
import { positionAt, sourceOf } from '../spans.ts';

/** Replaces a piece of one file; an empty range inserts. */
export interface TextEdit {
  /** URI of the file. */
  readonly file: string;
  readonly range: { readonly start: Position; readonly end: Position };
  readonly newText: string;
}

/** An edit of a document between two offsets, the end exclusive. */
export function textEdit(document: LangiumDocument, start: number, end: number, newText: string): TextEdit {
  const source = sourceOf(document);
  return {
    file: source.file,
    range: { start: positionAt(source, start), end: positionAt(source, end) },
    newText,
  };
}

/**
 * Applies edits of one file to its text. Edits that reach into one applied before them are left out, so that the result is never
 * garbled; the edits of one `toTextEdits` never do.
 */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let done = 0;
  for (const { range, newText } of edits.toSorted((a, b) => a.range.start.offset - b.range.start.offset)) {
    if (range.start.offset < done) continue;
    result += text.slice(done, range.start.offset) + newText;
    done = range.end.offset;
  }
  return result + text.slice(done);
}
