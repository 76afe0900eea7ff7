/** Intervals: Student's t, batch means, warm-up. */
import { expect, test } from 'vitest';
import { estimate } from './estimate.ts';
import { RandomStreams } from './random.ts';
import { studentQuantile } from './student.ts';
import { cutAt, WarmUpSeries } from './warm-up.ts';

test.each([
  // Table of Student's t, two-sided 95 % (Abramowitz and Stegun, 1964, table 26.10).
  [1, 12.706],
  [2, 4.303],
  [3, 3.182],
  [4, 2.776],
  [5, 2.571],
  [10, 2.228],
  [30, 2.042],
  [60, 2.0],
  [120, 1.98],
])('with %i degrees of freedom t is %f', (degrees, quantile) => {
  expect(studentQuantile(degrees)).toBeCloseTo(quantile, 3);
});

test('95 % of the intervals contain the mean', () => {
  const random = new RandomStreams('1', ['a']);
  let hits = 0;
  for (let i = 0; i < 1000; i++) {
    const runs = Array.from({ length: 4 }, () =>
      Array.from({ length: 8 }, () => ({ value: random.uniform(0) + random.uniform(0), weight: 1 })),
    );
    const { value, halfWidth } = estimate(runs);
    if (Math.abs(value - 1) <= halfWidth) hits++;
  }
  expect(hits).toBeGreaterThan(925);
  expect(hits).toBeLessThan(975);
});

test('slices that depend on each other are joined, which widens the interval', () => {
  const random = new RandomStreams('1', ['a']);
  let level = 0;
  const dependent = Array.from({ length: 64 }, () => {
    level = 0.8 * level + random.uniform(0) - 0.5;
    return { value: level, weight: 1 };
  });
  const shuffled = dependent.toSorted((a, b) => (Math.sin(1e4 * a.value) < Math.sin(1e4 * b.value) ? -1 : 1));
  expect(estimate([dependent]).halfWidth).toBeGreaterThan(1.3 * estimate([shuffled]).halfWidth);
});

test('without two slices nothing is known of the interval', () => {
  expect(estimate([[{ value: 3, weight: 1 }]])).toEqual({ value: 3, halfWidth: Number.POSITIVE_INFINITY });
});

test('MSER cuts where the transient ends, and nothing where there is none', () => {
  const random = new RandomStreams('3', ['a']);
  const series = (transient: number) =>
    Float64Array.from(
      { length: 400 },
      (_, i) => (i < transient ? (5 * (transient - i)) / transient : 0) + random.uniform(0),
    );
  expect(cutAt(series(0))).toBeLessThan(40);
  expect(cutAt(series(100))).toBeGreaterThan(70);
  expect(cutAt(series(100))).toBeLessThan(140);
});

test('a series that still climbs is not over', () => {
  const climbing = new WarmUpSeries();
  const steady = new WarmUpSeries();
  const random = new RandomStreams('4', ['a']);
  for (let i = 0; i < 30_000; i++) {
    climbing.add(i + random.uniform(0));
    steady.add(random.uniform(0));
  }
  expect(climbing.isOver()).toBe(false);
  expect(steady.isOver()).toBe(true);
});
