/**
 * Positions in parts of the model. A part that the next compilation takes over is the same object in it, so its positions are renewed in
 * place: whoever holds a part knows where its text stands now. Nothing else of the model ever changes.
 */
import type { Position, Span } from '../../model/index.ts';
import type { TextChange } from '../text-change.ts';

type Renewed = { -readonly [K in keyof Position]: Position[K] };

/** Every span in a part of the model, each object once. */
export function spansIn(part: unknown, found = new Set<Span>()): ReadonlySet<Span> {
  if (typeof part !== 'object' || part === null) return found;
  for (const key of Object.keys(part)) {
    const value = at(part, key);
    if (isSpanKey(key)) found.add(value as Span);
    else spansIn(value, found);
  }
  return found;
}

/** Moves spans that stand behind a change of their file. */
export function moveSpans(spans: Iterable<Span>, changes: ReadonlyMap<string, TextChange>): void {
  for (const { file, start, end } of spans) {
    const change = changes.get(file);
    if (!change || start.offset < change.tail) continue;
    move(start, change);
    move(end, change);
  }
}

function move(position: Renewed, { offsets, lines, characters, tailLine }: TextChange): void {
  if (position.line === tailLine) position.character += characters;
  position.line += lines;
  position.offset += offsets;
}

/**
 * True if two parts say the same, wherever it stands; the order of properties counts, as it is that of the text.
 * @param but keys that do not matter
 */
export function saysTheSame(one: unknown, other: unknown, but?: ReadonlySet<string>): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return Object.is(one, other);
  const keys = keysOf(one, but);
  const others = keysOf(other, but);
  return (
    keys.length === others.length &&
    keys.every((key, i) => key === others[i] && (isSpanKey(key) || saysTheSame(at(one, key), at(other, key), but)))
  );
}

function keysOf(part: object, but: ReadonlySet<string> | undefined): readonly string[] {
  const keys = Object.keys(part);
  return but ? keys.filter((key) => !but.has(key)) : keys;
}

function at(part: object, key: string): unknown {
  return (part as Readonly<Record<string, unknown>>)[key];
}

/** Gives a part the positions of another that says the same. */
export function takePositions(part: unknown, from: unknown): void {
  if (part === from || typeof part !== 'object' || typeof from !== 'object' || part === null || from === null) return;
  for (const key of Object.keys(part)) {
    const value = at(part, key);
    const other = at(from, key);
    if (isSpanKey(key)) takeSpan(value as Span, other as Span);
    else takePositions(value, other);
  }
}

function takeSpan(span: { file: string; readonly start: Renewed; readonly end: Renewed }, from: Span): void {
  span.file = from.file;
  Object.assign(span.start, from.start);
  Object.assign(span.end, from.end);
}

function isSpanKey(key: string): boolean {
  return key === 'span' || key.endsWith('Span');
}
