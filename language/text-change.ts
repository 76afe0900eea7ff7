/** What has changed between two versions of a text, and where positions outside of the change are afterwards. */
import { positionAt, type SourceText } from './spans.ts';

/** The beginning up to `head` and the end from `tail` on are as before; offsets and lines are those of the text before. */
export interface TextChange {
  readonly head: number;
  readonly tail: number;
  /** What is added to offsets from `tail` on, to their lines, and to the characters of those on the line of `tail`. */
  readonly offsets: number;
  readonly lines: number;
  readonly characters: number;
  readonly tailLine: number;
}

/** The smallest piece in the middle that differs. */
export function changeBetween(before: SourceText, after: SourceText): TextChange {
  const [a, b] = [before.text, after.text];
  const shorter = Math.min(a.length, b.length);
  let head = a === b ? shorter : 0;
  while (head < shorter && a.charCodeAt(head) === b.charCodeAt(head)) head++;
  let same = 0;
  while (same < shorter - head && a.charCodeAt(a.length - 1 - same) === b.charCodeAt(b.length - 1 - same)) same++;
  const tail = a.length - same;
  const offsets = b.length - a.length;
  const was = positionAt(before, tail);
  const is = positionAt(after, tail + offsets);
  return {
    head,
    tail,
    offsets,
    lines: is.line - was.line,
    characters: is.character - was.character,
    tailLine: was.line,
  };
}

/** True if what stands between two offsets of the text before has not changed. */
export function isUntouched({ head, tail }: TextChange, start: number, end: number): boolean {
  return end <= head || start >= tail;
}

/** Where the piece of the text between two offsets was before; undefined if it is not the same. */
export function startBefore({ head, tail, offsets }: TextChange, start: number, end: number): number | undefined {
  if (end <= head) return start;
  return start >= tail + offsets ? start - offsets : undefined;
}
