/** From spans of the model to ranges of the protocol. */
import type { Range } from 'vscode-languageserver-types';
import type { Span } from '../../model/index.ts';

export function toRange({ start, end }: Span): Range {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}

export function containsOffset({ start, end }: Span, offset: number): boolean {
  return start.offset <= offset && offset <= end.offset;
}

export function overlaps(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
