import { tabulatedTerms } from './compose.ts';
import { leafOf } from './factor.ts';
import type { ResponseTime } from './response-time.ts';
import { massOf, momentsOf as momentsOfTerms, type Term } from './term.ts';

/** The first two moments of a response time where it ends, and the probability that it does. */
export interface Moments {
  readonly mass: number;
  /** Seconds. */
  readonly mean: number;
  /** s². */
  readonly variance: number;
}

const certain: Moments = { mass: 1, mean: 0, variance: 0 };
const never: Moments = { mass: 0, mean: 0, variance: 0 };

/**
 * Mean and variance straight from the expression, without its distribution: those of independent parts add up; those of alternatives
 * follow from the law of total variance. For a fraction of what a quantile costs.
 */
export function momentsOf(time: ResponseTime): Moments {
  switch (time.kind) {
    case 'sum':
      return sumMoments(time.parts.map(momentsOf));
    case 'mixture':
      return mixtureMoments(time.branches.map(({ probability, of }) => ({ probability, of: momentsOf(of) })));
    case 'repeat':
      return repeatMoments(time.visits, momentsOf(time.of));
    case 'maximum':
      if (time.of.length === 1 && (time.counts?.[0] ?? 1) === 1) return momentsOf(time.of[0]!);
      return momentsFrom(tabulatedTerms(time));
    case 'within':
      return momentsFrom(tabulatedTerms(time));
    default: {
      const leaf = leafOf(time);
      if (leaf === undefined) return never;
      return { mass: 1, mean: leaf.shift + (leaf.factor?.mean ?? 0), variance: leaf.factor?.variance ?? 0 };
    }
  }
}

function momentsFrom(terms: readonly Term[]): Moments {
  return terms.length === 0 ? never : { mass: massOf(terms), ...momentsOfTerms(terms) };
}

/** Moments of independent times one after the other. */
export function sumMoments(parts: readonly Moments[]): Moments {
  let mass = 1;
  let mean = 0;
  let variance = 0;
  for (const part of parts) {
    mass *= part.mass;
    mean += part.mean;
    variance += part.variance;
  }
  return mass === 0 ? never : { mass, mean, variance };
}

/** Moments of one of several times. */
export function mixtureMoments(branches: readonly { readonly probability: number; readonly of: Moments }[]): Moments {
  let total = 0;
  let mass = 0;
  let mean = 0;
  let square = 0;
  for (const { probability, of } of branches) {
    total += probability;
    if (probability === 0) continue;
    mass += probability * of.mass;
    mean += probability * of.mass * of.mean;
  }
  if (total === 0) return certain;
  if (mass === 0) return never;
  mean /= mass;
  for (const { probability, of } of branches)
    if (probability > 0) square += ((probability * of.mass) / mass) * (of.variance + (of.mean - mean) ** 2);
  return { mass: mass / total, mean, variance: square };
}

/** Moments of `visits` in a row: the whole part always, the fraction as a probability of once more. */
export function repeatMoments(visits: number, { mass, mean, variance }: Moments): Moments {
  if (visits === Number.POSITIVE_INFINITY) return never;
  const whole = Math.floor(visits);
  const fraction = visits - whole;
  if (mass === 0 && whole > 0) return never;
  const ends = 1 - fraction + fraction * mass;
  if (ends === 0) return never;
  const again = (fraction * mass) / ends;
  return {
    mass: mass ** whole * ends,
    mean: (whole + again) * mean,
    variance: (whole + again) * variance + again * (1 - again) * mean * mean,
  };
}
