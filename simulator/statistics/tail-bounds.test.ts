import fc from 'fast-check';
import { expect, test } from 'vitest';
import { momentsOf, type ResponseTime, survivalOf, tailBounds } from './index.ts';

const exponential = (mean: number): ResponseTime => ({ kind: 'gamma', mean, scv: 1 });

test('every distribution is within the bounds of its moments', () => {
  const times = fc.array(
    fc
      .tuple(fc.integer({ min: 1, max: 500 }), fc.constantFrom(0.25, 1, 4))
      .map(([mean, scv]): ResponseTime => ({ kind: 'gamma', mean: mean / 1000, scv })),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 80 }), (parts, tenths) => {
      const sum: ResponseTime = { kind: 'sum', parts };
      const moments = momentsOf(sum);
      const time = (moments.mean * tenths) / 10;
      const { least, most } = tailBounds(moments, time);
      const survival = survivalOf(sum, time);
      expect(survival).toBeGreaterThanOrEqual(least - 1e-7);
      expect(survival).toBeLessThanOrEqual(most + 1e-7);
    }),
    { seed: 3, numRuns: 200 },
  );
});

test('the bounds are those of Cantelli, and say nothing of times without an end', () => {
  expect(tailBounds(momentsOf(exponential(1)), 11).most).toBeCloseTo(1 / 101, 12);
  expect(tailBounds(momentsOf(exponential(2)), 1).least).toBeCloseTo(0.2, 12);
  expect(tailBounds(momentsOf({ kind: 'shift', seconds: 1 }), 2)).toEqual({ least: 0, most: 0 });
  expect(tailBounds(momentsOf({ kind: 'shift', seconds: Number.POSITIVE_INFINITY }), 1)).toEqual({ least: 0, most: 1 });
});
