import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  availabilityOf,
  downtime,
  failoverUnavailability,
  groupUnavailability,
  kOfMixedAvailability,
  kOfNAvailability,
  pairUnavailability,
  parallelAvailability,
  seriesAvailability,
} from './index.ts';

/** A month of 30.44 days, as in the table of theory.md §9. */
const month = 30.44 * 86_400;

describe('block diagrams', () => {
  test('C-08: products of published promises', () => {
    const [elb, ec2, rds, cloudFront, s3] = [0.9999, 0.9999, 0.9995, 0.999, 0.999];
    expect(seriesAvailability([elb, ec2, rds])).toBeCloseTo(0.99930011, 8);
    expect(downtime(seriesAvailability([elb, ec2, rds]), month) / 60).toBeCloseTo(30.7, 1);
    expect(seriesAvailability([cloudFront, s3, elb, ec2, rds])).toBeCloseTo(0.99730251, 8);
    expect(seriesAvailability([0.9995, 0.9995, 0.9999])).toBeCloseTo(0.99890035, 8);
  });

  test('C-08: redundancy', () => {
    expect(parallelAvailability([0.995, 0.995])).toBeCloseTo(0.999975, 12);
    expect(kOfNAvailability(2, 3, 0.995)).toBeCloseTo(0.99992525, 8);
    expect(kOfNAvailability(3, 5, 0.995)).toBeCloseTo(0.9999987594, 10);
  });

  test('C-08: two zones in parallel are not two zones in series', () => {
    expect(parallelAvailability([0.995, 0.995])).toBeGreaterThan(0.995);
    expect(seriesAvailability([0.995, 0.995])).toBeCloseTo(0.990025, 12);
  });

  test.each([
    [0.99, 7.31 * 3600, 20],
    [0.999, 43.8 * 60, 3],
    [0.9999, 4.38 * 60, 0.3],
    [0.99999, 26.3, 0.05],
  ])('theory §9: downtime at %f', (availability, seconds, rounding) => {
    expect(Math.abs(downtime(availability, month) - seconds)).toBeLessThan(rounding);
  });

  test('k of n lies between series and parallel and falls with k', () => {
    const parts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(parts, (availabilities) => {
        const n = availabilities.length;
        expect(kOfMixedAvailability(n, availabilities)).toBeCloseTo(seriesAvailability(availabilities), 10);
        expect(kOfMixedAvailability(1, availabilities)).toBeCloseTo(parallelAvailability(availabilities), 10);
        for (let k = 0; k <= n; k++) {
          const more = kOfMixedAvailability(k + 1, availabilities);
          expect(more).toBeLessThanOrEqual(kOfMixedAvailability(k, availabilities) + 1e-12);
        }
        expect(kOfMixedAvailability(n + 1, availabilities)).toBe(0);
      }),
    );
  });

  test('a common cause limits a pair', () => {
    expect(pairUnavailability(0.01, 0)).toBeCloseTo(1e-4, 12);
    expect(pairUnavailability(0.01, 0.1)).toBeCloseTo(0.0081 ** 1 * 0.01 + 0.001, 12);
    expect(pairUnavailability(0.01, 1)).toBeCloseTo(0.01, 12);
  });
});

describe('repair', () => {
  test('MTBF and MTTR', () => {
    expect(availabilityOf(999, 1)).toBeCloseTo(0.999, 12);
    expect(availabilityOf(0, 0)).toBe(1);
    expect(availabilityOf(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)).toBe(1);
  });

  const pair = { needed: 1, total: 2, timeToFailure: 1000, timeToRepair: 1 };

  test('theory §9: a single crew doubles the double failures', () => {
    expect(groupUnavailability({ ...pair, crews: 1 }) / 1.996e-6).toBeCloseTo(1, 3);
    expect(groupUnavailability({ ...pair, crews: 2 }) / 9.98e-7).toBeCloseTo(1, 3);
  });

  test('with a crew for each part it is the binomial k of n', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (needed, total, timeToRepair) => {
          const group = { needed, total, timeToFailure: 10, timeToRepair, crews: Number.POSITIVE_INFINITY };
          const binomial = kOfNAvailability(needed, total, availabilityOf(10, timeToRepair));
          expect(1 - groupUnavailability(group)).toBeCloseTo(binomial, 10);
          expect(groupUnavailability({ ...group, crews: 1 })).toBeGreaterThanOrEqual(
            groupUnavailability(group) - 1e-12,
          );
        },
      ),
    );
  });

  test('many parts that hardly ever work do not overflow', () => {
    const group = { needed: 500, total: 1000, timeToFailure: 1, timeToRepair: 1e6, crews: 1 };
    expect(groupUnavailability(group)).toBeCloseTo(1, 12);
  });

  test('theory §9: one failure a month and 90 s to switch over', () => {
    expect(failoverUnavailability(1 / month, 90)).toBeCloseTo(3.4e-5, 6);
    expect(failoverUnavailability(1, 90)).toBe(1);
  });
});
