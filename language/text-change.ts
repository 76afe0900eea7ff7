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
  const { head, tail } = differenceOf(before.text, after.text);
  const offsets = after.text.length - before.text.length;
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

/** Offsets in the text before, between which it differs: the beginning up to `head` and the end from `tail` on are the same in both. */
export function differenceOf(before: string, after: string): { readonly head: number; readonly tail: number } {
  const shorter = Math.min(before.length, after.length);
  const head = sameUntil(shorter, (from, to) => before.slice(from, to) === after.slice(from, to));
  const [a, b] = [before.length, after.length];
  const same = sameUntil(
    shorter - head,
    (from, to) => before.slice(a - to, a - from) === after.slice(b - to, b - from),
  );
  return { head, tail: a - same };
}

/** How many characters of `most` are the same. Pieces of a text are compared much faster than its characters one by one. */
function sameUntil(most: number, isSame: (from: number, to: number) => boolean): number {
  let known = 0;
  for (let step = PIECE; step >= 1; step >>= 1)
    while (known + step <= most && isSame(known, known + step)) known += step;
  return known;
}

const PIECE = 2 ** 14;

/** True if what stands between two offsets of the text before has not changed. */
export function isUntouched({ head, tail }: TextChange, start: number, end: number): boolean {
  return end <= head || start >= tail;
}

/** Where the piece of the text between two offsets was before; undefined if it is not the same. */
export function startBefore({ head, tail, offsets }: TextChange, start: number, end: number): number | undefined {
  if (end <= head) return start;
  return start >= tail + offsets ? start - offsets : undefined;
}
