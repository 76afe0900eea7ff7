/** Distributions of response times that are read in several ways. */
import { findQuantile, type Tail, type TailPoint } from '../queueing/quantile-search.ts';
import type { Atom } from './program.ts';
import { gammaGuess, meanOf, quantileFunction, ROUNDING, survivalOf, tolerance } from './quantile.ts';
import type { ResponseTime } from './response-time.ts';

/** A response time in seconds. What takes long is computed when it is first asked for. */
export interface Distribution {
  /** `Infinity` where some requests never end. */
  readonly mean: number;
  /** P(T > `seconds`). */
  survival(seconds: number): number;
  /** The time that a share `p` of the requests stays within. */
  quantile(p: number): number;
}

/** Of an expression. */
export function distributionOf(time: ResponseTime): Distribution {
  let quantile: ((p: number) => number) | undefined;
  return {
    get mean() {
      return meanOf(time);
    },
    survival: (seconds) => survivalOf(time, seconds),
    quantile: (p) => {
      quantile ??= quantileFunction(time);
      return quantile(p);
    },
  };
}

/** A time that always ends. */
export interface FiniteTime {
  readonly mean: number;
  readonly variance: number;
  /** The shortest time. */
  readonly offset: number;
  /** Constant times with a probability of their own. */
  readonly atoms: readonly Atom[];
  readonly tail: Tail;
}

type Branches = readonly { readonly probability: number; readonly of: FiniteTime }[];

/** One of several; probabilities add up to 1. */
export function distributionOfFinite(branches: Branches): Distribution {
  let mean = 0;
  let square = 0;
  let offset = Number.POSITIVE_INFINITY;
  for (const { probability, of } of branches) {
    mean += probability * of.mean;
    square += probability * (of.variance + of.mean * of.mean);
    offset = Math.min(offset, of.offset);
  }
  const variance = Math.max(0, square - mean * mean);
  const point: TailPoint = { survival: 0, density: 0 };
  const part: TailPoint = { survival: 0, density: 0 };
  const tail: Tail = (time, into) => {
    let survival = 0;
    let density = 0;
    for (const { probability, of } of branches) {
      of.tail(time, part);
      survival += probability * part.survival;
      density += probability * part.density;
    }
    into.survival = survival;
    into.density = density;
  };
  const only = branches.length === 1 ? branches[0]!.of.tail : tail;
  const fromOffset: Tail = (time, into) => only(time + offset, into);
  return {
    mean,
    survival: (seconds) => {
      only(seconds, point);
      return point.survival;
    },
    quantile: (p) => {
      if (p <= 0) return offset;
      if (p >= 1) return Number.POSITIVE_INFINITY;
      const known = atomAt(branches, only, p);
      if (known !== undefined) return known;
      return offset + findQuantile(fromOffset, 1 - p, gammaGuess(mean - offset, variance, p), tolerance, point);
    },
  };
}

/** The constant time that is the quantile, if one is. */
function atomAt(branches: Branches, tail: Tail, p: number): number | undefined {
  const point: TailPoint = { survival: 0, density: 0 };
  let first: number | undefined;
  for (const { probability, of } of branches)
    for (const atom of of.atoms) {
      tail(atom.at, point);
      const below = 1 - point.survival;
      const isReached = p <= below + ROUNDING && p > below - probability * atom.probability;
      if (isReached && (first === undefined || atom.at < first)) first = atom.at;
    }
  return first;
}
