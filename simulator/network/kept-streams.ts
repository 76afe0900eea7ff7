/** After an edit requests mostly go where they went before: then the streams are the same objects, and what follows from them is known. */
import type { Connection } from '../../model/index.ts';
import type { Stream } from './network.ts';

/** The streams of an architecture, those that say the same as the last ones with the same first connection replaced by these. */
export function keptStreams(connections: readonly Connection[], streams: readonly Stream[]): readonly Stream[] {
  const [first] = connections;
  if (!first) return streams;
  const before = last.get(first);
  const kept = before ? streams.map((stream, i) => asBefore(before[i], stream)) : streams;
  last.set(first, kept);
  return kept;
}

const last = new WeakMap<Connection, readonly Stream[]>();

function asBefore(before: Stream | undefined, now: Stream): Stream {
  return before && (Object.keys(now) as (keyof Stream)[]).every((key) => isSame(before[key], now[key])) ? before : now;
}

/** Of numbers, and of lists of what this can compare. */
function isSame(one: Part, other: Part): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return Object.is(one, other);
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (!isSame(one[i]!, other[i]!)) return false;
  return true;
}

type Part = number | boolean | ArrayLike<Part>;
