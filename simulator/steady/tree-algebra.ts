/** Building blocks of response times: sums, choices and repetitions in their simplest form. */
import { isSameTime, type Moments, momentsOf, noTime, type ResponseTime } from '../statistics/index.ts';
import type { Wait } from './holders.ts';

/** A mixture without its impossible branches; equal ones are one. */
export function mixtureOf(
  branches: readonly { readonly probability: number; readonly of: ResponseTime }[],
): ResponseTime {
  const possible = branches.filter(({ probability }) => probability > 0);
  if (possible.length === 0) return noTime;
  if (possible.length === 1) return possible[0]!.of;
  const first = possible[0]!.of;
  return possible.every(({ of }) => isSameTime(of, first)) ? first : { kind: 'mixture', branches: possible };
}

/** The wait of some of the requests. */
export function waitTree({ mean, probability }: Wait): ResponseTime {
  if (!(mean > 0)) return noTime;
  if (!Number.isFinite(mean)) return { kind: 'shift', seconds: Number.POSITIVE_INFINITY };
  return mixtureOf([
    { probability, of: exponential(mean / probability) },
    { probability: 1 - probability, of: noTime },
  ]);
}

/** An exponential time. */
export function exponential(mean: number): ResponseTime {
  return { kind: 'gamma', mean, scv: 1 };
}

/** The last of `count` equal times that begin together. */
export function lastOf(one: ResponseTime, count: number): ResponseTime {
  return count > 1 ? { kind: 'maximum', of: [one], counts: [count] } : one;
}

/** `visits` times at once, the fraction with that probability; `1 - probability` of nothing at all. */
export function togetherOf(calls: readonly { readonly visits: number; readonly of: ResponseTime }[]): ResponseTime {
  const of: ResponseTime[] = [];
  const counts: number[] = [];
  for (const { visits, of: one } of calls) {
    const whole = Math.floor(visits);
    if (whole > 0) {
      of.push(one);
      counts.push(whole);
    }
    if (visits > whole) {
      of.push(repeatOf(one, visits - whole));
      counts.push(1);
    }
  }
  if (of.length === 0) return noTime;
  return of.length === 1 && counts[0] === 1 ? of[0]! : { kind: 'maximum', of, counts };
}

/** `visits` times in a row; a time of nothing stays one. */
export function repeatOf(of: ResponseTime, visits: number): ResponseTime {
  if (of.kind === 'shift' && of.seconds === 0) return noTime;
  return visits === 1 ? of : { kind: 'repeat', visits, of };
}

/** A sum without nested sums and without what takes no time. */
export function sumOf(parts: readonly ResponseTime[]): ResponseTime {
  const flat: ResponseTime[] = [];
  for (const part of parts) {
    if (part.kind !== 'sum') addTime(flat, part);
    else for (const inner of part.parts) addTime(flat, inner);
  }
  if (flat.length === 0) return noTime;
  return flat.length === 1 ? flat[0]! : { kind: 'sum', parts: flat };
}

function addTime(parts: ResponseTime[], time: ResponseTime): void {
  if (time.kind === 'shift' ? time.seconds !== 0 : time.kind !== 'gamma' || time.mean !== 0) parts.push(time);
}

/** The expression itself unless it is too large: then a gamma time with its mean and variance. */
export function bounded(tree: ResponseTime): ResponseTime {
  return leavesOf(tree, MOST_LEAVES) <= MOST_LEAVES ? tree : gammaWith(momentsOf(tree));
}

/** Most stations in one expression. */
export const MOST_LEAVES = 200;

/** A gamma time with these moments. */
export function gammaWith({ mass, mean, variance }: Moments): ResponseTime {
  if (!(mass > 1 - 1e-12)) return { kind: 'shift', seconds: Number.POSITIVE_INFINITY };
  if (!Number.isFinite(mean) || mean === 0) return { kind: 'shift', seconds: mean };
  return { kind: 'gamma', mean, scv: variance / (mean * mean) };
}

/** Leaves of an expression, those of shared parts each time, counted no further than beyond `most`. */
export function leavesOf(tree: ResponseTime, most: number): number {
  switch (tree.kind) {
    case 'sum':
      return leavesOfAll(tree.parts, most);
    case 'maximum':
      return leavesOfAll(tree.of, most);
    case 'within':
    case 'repeat':
      return leavesOf(tree.of, most);
    case 'mixture': {
      let count = 0;
      for (const { of } of tree.branches) if (count <= most) count += leavesOf(of, most - count);
      return count;
    }
    default:
      return 1;
  }
}

function leavesOfAll(parts: readonly ResponseTime[], most: number): number {
  let count = 0;
  for (const part of parts) if (count <= most) count += leavesOf(part, most - count);
  return count;
}
