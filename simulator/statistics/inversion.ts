import type { TailPoint } from '../queueing/quantile-search.ts';
import type { Factor } from './factor.ts';
import { isBelowNarrowFactor } from './narrow.ts';
import { transformOf } from './transform.ts';

/** Discretisation error e^-A; A = 18.4 makes it 1e-8. */
const accuracy = 18.4;
const scale = Math.exp(accuracy / 2);
/** Binomial weights of 11 Euler averages, C(11, j) / 2^11. */
const weights = [1, 11, 55, 165, 330, 462, 462, 330, 165, 55, 11, 1].map((count) => count / 2048);
const averaged = weights.length;
const fewestTerms = 15;
const mostTerms = 240;
const enough = 1e-7;

const survivals = new Float64Array(averaged + 1);
const densities = new Float64Array(averaged + 1);

/**
 * P(T > `time`) and the density of a sum of independent factors, by the Euler algorithm of Abate and Whitt ("Numerical
 * inversion of Laplace transforms of probability distributions", ORSA J. Computing 7, 1995). The survival
 * function is within 1e-7 for smooth distributions; the series grows, up to 240 terms, until two successive
 * Euler averages agree that closely, which nearly constant times need.
 *
 * @param time seconds, > 0
 */
export function invert(factors: readonly Factor[], time: number, point: TailPoint): void {
  if (isBelowNarrowFactor(factors, time)) {
    point.survival = 1;
    point.density = 0;
    return;
  }
  const re = accuracy / (2 * time);
  const spacing = Math.PI / time;
  let survival = 0;
  let density = 0;
  for (let from = 0, terms = fewestTerms; ; terms *= 2) {
    const end = terms + averaged;
    const row = transformOf(factors, { re, spacing, from, count: end - from });
    for (let k = from; k < end; k++) {
      const value = row.re[k - from]!;
      const im = k * spacing;
      // The series counts its first term half, and its signs alternate.
      const weight = k === 0 ? 0.5 : k % 2 === 0 ? 1 : -1;
      // Re((1 - f) / s); the sign of f's imaginary part turns because it is subtracted.
      survival += (weight * ((1 - value) * re - row.im[k - from]! * im)) / (re * re + im * im);
      density += weight * value;
      if (k < terms - 1) continue;
      survivals[k - (terms - 1)] = survival;
      densities[k - (terms - 1)] = density;
    }
    from = end;
    const result = eulerAverage(survivals, 1);
    const change = Math.abs(result - eulerAverage(survivals, 0)) * (scale / time);
    if (change > enough && terms < mostTerms) continue;
    point.survival = Math.min(1, Math.max(0, (result * scale) / time));
    point.density = Math.max(0, (eulerAverage(densities, 1) * scale) / time);
    return;
  }
}

function eulerAverage(partialSums: Float64Array, from: number): number {
  let sum = 0;
  for (let j = 0; j < averaged; j++) sum += weights[j]! * partialSums[from + j]!;
  return sum;
}
