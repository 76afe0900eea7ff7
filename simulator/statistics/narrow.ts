import type { Factor } from './factor.ts';
import type { Term } from './term.ts';
import { transformOf } from './transform.ts';

/** A factor whose standard deviation is below this share of its mean is nearly constant. */
const narrow = 0.1;
/** Standard deviations below the mean beyond which nothing of the distribution is expected. */
const reach = 7;
/** Probability that may be lost below. */
const negligible = 1e-9;

/**
 * Moves the nearly constant share of narrow factors, such as the wait in a long full queue, to the constant time of the term:
 * all that lies more than 7 standard deviations below their means. It changes nothing but the number of terms that
 * inversion takes, by a factor of ten and more.
 */
export function withNarrowFactorsAdvanced(term: Term): Term {
  if (!term.factors.some(isNarrow)) return term;
  let shift = term.shift;
  const factors = term.factors.map((factor) => {
    const advance = advanceOf(factor);
    shift += advance;
    return advance === 0 ? factor : { ...factor, advance };
  });
  return { probability: term.probability, shift, factors };
}

/**
 * Whether `time` is more than 5 standard deviations short of the mean of an advanced factor: the probability is below 1e-6,
 * and the little that lies below zero would be blown up by the transform.
 */
export function isBelowNarrowFactor(factors: readonly Factor[], time: number): boolean {
  for (const { advance, variance, power } of factors) {
    if (advance > 0 && time * time < (reach - 5) ** 2 * variance * power) return true;
  }
  return false;
}

function isNarrow({ mean, variance, power }: Factor): boolean {
  return variance < narrow * narrow * power * mean * mean;
}

/** Seconds that a factor takes almost surely; 0 where that is not worth it, or where Chernoff's bound cannot tell. */
function advanceOf(factor: Factor): number {
  if (!isNarrow(factor)) return 0;
  const deviation = Math.sqrt(factor.power * factor.variance);
  const advance = factor.power * factor.mean - reach * deviation;
  // P(T < d) <= e^sd E[e^-sT] for any s; for a normal distribution s = reach / deviation is the best.
  const real = { re: reach / deviation, spacing: 0, from: 0, count: 1 };
  return transformOf([{ ...factor, advance }], real).re[0]! < negligible ? advance : 0;
}
