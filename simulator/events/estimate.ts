/**
 * Figures with their intervals, by batch means: the run is cut into slices of equal time whose figures are nearly independent of each other. Slices
 * that still depend on their neighbours are joined until they do not (lag-1 correlation below 0.2, as far as ten are left).
 */
import { studentQuantile } from './student.ts';

/** A simulated figure: it lies within `halfWidth` of `value` with 95 % confidence. NaN and Infinity where nothing was seen. */
export interface Estimate {
  readonly value: number;
  readonly halfWidth: number;
}

/** Figures of the slices of one run, in order, each with its weight. */
export type Slices = readonly { readonly value: number; readonly weight: number }[];

/** The figure of all runs and its interval; `value` is the figure over everything, where the mean of the slices is not. */
export function estimate(runs: readonly Slices[], value?: number): Estimate {
  let joined: readonly Slices[] = runs.map((run) => run.filter(({ weight }) => weight > 0));
  while (correlation(joined) > MOST_CORRELATION && joined.flat().length >= 2 * LEAST_SLICES) joined = joined.map(pairs);
  const all = joined.flat();
  return { value: value ?? weightedMean(all), halfWidth: halfWidth(all) };
}

/** Half of the interval of a weighted mean of independent values. */
function halfWidth(slices: Slices): number {
  const count = slices.length;
  if (count < 2) return Number.POSITIVE_INFINITY;
  const mean = weightedMean(slices);
  const total = slices.reduce((sum, { weight }) => sum + weight, 0);
  // Variance of a ratio of sums (Cochran, Sampling Techniques, 1977, §6.3).
  const squares = slices.reduce((sum, { value, weight }) => sum + (weight * (value - mean)) ** 2, 0);
  const variance = (squares * count) / (count - 1) / total ** 2;
  return studentQuantile(count - 1) * Math.sqrt(variance);
}

function weightedMean(slices: Slices): number {
  let total = 0;
  let sum = 0;
  for (const { value, weight } of slices) {
    total += weight;
    sum += value * weight;
  }
  return sum / total;
}

/** Correlation of slices with the next ones of their run. */
function correlation(runs: readonly Slices[]): number {
  const mean = weightedMean(runs.flat());
  let squares = 0;
  let products = 0;
  for (const run of runs)
    for (const [i, { value }] of run.entries()) {
      squares += (value - mean) ** 2;
      if (i > 0) products += (value - mean) * (run[i - 1]!.value - mean);
    }
  return squares > 0 ? products / squares : 0;
}

function pairs(run: Slices): Slices {
  const joined: { value: number; weight: number }[] = [];
  for (let i = 0; i + 1 < run.length; i += 2) {
    const two = run.slice(i, i + 2);
    joined.push({ value: weightedMean(two), weight: two[0]!.weight + two[1]!.weight });
  }
  if (run.length % 2 === 1) joined.push(run.at(-1)!);
  return joined;
}

const MOST_CORRELATION = 0.2;
const LEAST_SLICES = 10;
