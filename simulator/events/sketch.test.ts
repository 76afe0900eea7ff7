/** Quantiles of sketches against those of sorted lists. */
import { expect, test } from 'vitest';
import { RandomStreams } from './random.ts';
import { BINS, binOf, quantilesOf, SKETCH_ERROR, timeOf } from './sketch.ts';

const PROBABILITIES = [0.001, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999];

function sketchOf(values: readonly number[]): Float64Array {
  const bins = new Float64Array(BINS);
  for (const value of values) bins[binOf(value)]! += 1;
  return bins;
}

test.each([1e-9, 1e-6, 0.003, 1, 3600])('quantiles around %f s are within the promised error', (scale) => {
  const random = new RandomStreams('1', ['a']);
  const values = Array.from({ length: 20_000 }, () => scale * random.gamma(0, 0.5));
  const sorted = values.toSorted((a, b) => a - b);
  const found = quantilesOf(sketchOf(values), 0, PROBABILITIES);
  for (const [i, probability] of PROBABILITIES.entries()) {
    const exact = sorted[Math.ceil(probability * values.length - 1e-9) - 1]!;
    // What is shorter than 58 ps is nothing.
    if (exact > 1e-10) expect(Math.abs(found[i]! / exact - 1)).toBeLessThanOrEqual(SKETCH_ERROR);
  }
});

test('sketches that are added up are the sketch of everything', () => {
  const random = new RandomStreams('2', ['a']);
  const values = Array.from({ length: 5000 }, () => random.exponential(0));
  const half = sketchOf(values.slice(0, 2000));
  const rest = sketchOf(values.slice(2000));
  expect(half.map((count, bin) => count + rest[bin]!)).toEqual(sketchOf(values));
});

test('nothing takes no time, and what is beyond the grid is in its last counter', () => {
  expect(timeOf(binOf(0))).toBe(0);
  expect(timeOf(binOf(1e-13))).toBe(0);
  expect(binOf(1e12)).toBe(BINS - 1);
  expect(quantilesOf(new Float64Array(BINS), 0, [0.5])).toEqual([Number.NaN]);
});
