import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  mmckQueue,
  mmcResponseQuantile,
  mmcResponseTail,
  processorSharingVariability,
  solveGgc,
} from '../queueing/index.ts';
import {
  meanOf,
  noTime,
  quantileOf,
  quantilesOf,
  type ResponseTime,
  survivalOf,
  varianceOf,
  waitThenService,
} from './index.ts';

const levels = [0.5, 0.9, 0.95, 0.99, 0.999];
const exponential = (mean: number): ResponseTime => ({ kind: 'gamma', mean, scv: 1 });
const shift = (seconds: number): ResponseTime => ({ kind: 'shift', seconds });
const sum = (...parts: ResponseTime[]): ResponseTime => ({ kind: 'sum', parts });
const mmc = (arrivalRate: number, serviceTime: number, servers: number) =>
  ({ kind: 'mmc', arrivalRate, serviceTime, servers }) as const;
const either = (probability: number, first: ResponseTime, second: ResponseTime): ResponseTime => ({
  kind: 'mixture',
  branches: [
    { probability, of: first },
    { probability: 1 - probability, of: second },
  ],
});

/** Relative error of the quantiles against the exact tail: how far P(T > quantile) is from 1 - p, in the tail's own scale. */
function expectQuantiles(time: ResponseTime, tail: (seconds: number) => number, tolerance = 1e-6) {
  for (const [i, quantile] of quantilesOf(time, levels).entries()) {
    const exceedance = 1 - levels[i]!;
    expect(tail(quantile * (1 + tolerance))).toBeLessThan(exceedance);
    expect(tail(quantile * (1 - tolerance))).toBeGreaterThan(exceedance);
  }
}

/** P(sum of exponentials with different rates > t), by partial fractions. */
function hypoexponentialTail(means: readonly number[], time: number): number {
  return means.reduce((total, mean, i) => {
    const weight = means.reduce((product, other, j) => (i === j ? product : (product * mean) / (mean - other)), 1);
    return total + weight * Math.exp(-time / mean);
  }, 0);
}

/** P(Erlang > t), a sum of Poisson terms. */
function erlangTail(shape: number, rate: number, time: number): number {
  let term = Math.exp(-rate * time);
  let total = 0;
  for (let k = 0; k < shape; k++) {
    total += term;
    term *= (rate * time) / (k + 1);
  }
  return total;
}

describe('sums', () => {
  test.each([[[1, 0.9, 0.8, 0.7]], [[1, 0.2]], [[1, 0.5, 0.2]], [[10, 1, 1.1, 0.9, 1.05]], [[1, 1e-3, 1e-6]]])(
    'hypoexponential %j, exact to 1e-6',
    (means) => {
      expectQuantiles(sum(...means.map(exponential)), (time) => hypoexponentialTail(means, time));
    },
  );

  test.each([2, 5, 20])('Erlang of %i stages, exact to 1e-6', (stages) => {
    const tail = (time: number) => erlangTail(stages, 1, time);
    expectQuantiles({ kind: 'repeat', visits: stages, of: exponential(1) }, tail);
    expectQuantiles(sum(...Array.from({ length: stages }, () => exponential(1))), tail);
    expectQuantiles({ kind: 'gamma', mean: stages, scv: 1 / stages }, tail);
  });

  test('Erlang of 10 000 stages, nearly constant', () => {
    const stages = 10_000;
    const [median, high] = quantilesOf({ kind: 'gamma', mean: 1, scv: 1 / stages }, [0.5, 0.99]);
    // Wilson and Hilferty, whose error vanishes for large shapes.
    const cube = (z: number) => (1 - 1 / (9 * stages) + z / Math.sqrt(9 * stages)) ** 3;
    expect(median).toBeCloseTo(cube(0), 6);
    expect(high).toBeCloseTo(cube(2.3263479), 6);
  });

  test('a tandem of M/M/1 is hypoexponential (Reich)', () => {
    const tandem = sum(mmc(5, 0.1, 1), mmc(5, 0.15, 1), mmc(5, 0.02, 1));
    const means = [0.1 / 0.5, 0.15 / 0.25, 0.02 / 0.9];
    expectQuantiles(tandem, (time) => hypoexponentialTail(means, time));
    expect(meanOf(tandem)).toBeCloseTo(
      means.reduce((total, mean) => total + mean, 0),
      12,
    );
    expect(varianceOf(tandem)).toBeCloseTo(
      means.reduce((total, mean) => total + mean * mean, 0),
      12,
    );
  });

  test('constant times are added exactly', () => {
    const station = mmc(8, 0.1, 1);
    for (const p of levels) {
      expect(quantileOf(sum(shift(0.04), station, shift(0.01)), p)).toBeCloseTo(0.05 + quantileOf(station, p), 12);
    }
    expect(quantilesOf(sum(shift(0.04), shift(0.01)), [0, 0.5, 1])).toEqual([0.05, 0.05, 0.05]);
  });

  test('percentiles do not add up, and are not those of an exponential with the same mean', () => {
    const two = sum(exponential(1), exponential(1.0001));
    expect(quantileOf(two, 0.99)).toBeLessThan(0.75 * 2 * quantileOf(exponential(1), 0.99));
    expect(quantileOf(two, 0.99)).toBeLessThan(0.75 * quantileOf(exponential(2), 0.99));
  });
});

describe('stations', () => {
  // validation.md A1: sojourn percentiles.
  test.each([
    [mmc(0.75, 1, 1), [2.7726, 9.2103, 11.9829, 18.4207, 27.631]],
    [mmc(9, 1 / 5, 2), [0.7538, 2.3663, 3.0595, 4.6689, 6.9715]],
    [mmc(8, 1, 10), [0.9121, 2.6243, 3.3283, 4.9461, 7.2506]],
    [mmc(45, 1, 50), [0.7765, 2.3896, 3.0828, 4.6922, 6.9948]],
  ] as const)('A1 sojourn percentiles, closed form and inversion: %j', (station, expected) => {
    const nothing = either(0.5, noTime, noTime);
    const inverted = quantilesOf(either(0.5, station, sum(station, nothing)), levels);
    for (const [i, quantile] of quantilesOf(station, levels).entries()) {
      expect(Math.abs(quantile / expected[i]! - 1)).toBeLessThan(1e-4);
      expect(Math.abs(inverted[i]! / mmcResponseQuantile(station, levels[i]!) - 1)).toBeLessThan(1e-6);
    }
  });

  test.each([
    [3.9, 4, 20],
    [4, 4, 20],
    [100, 4, 64],
    [1, 1, 1],
    [0.5, 3, 2],
  ])('M/M/c/K: rate %f, %i servers, room for %i', (arrivalRate, servers, capacity) => {
    const station = { arrivalRate, serviceTime: 1, servers, capacity };
    const { firstPlace, ratio, places, waitProbability } = mmckQueue(station);
    const slots = Math.min(servers, capacity);
    const tail = (time: number) => {
      let total = (1 - waitProbability) * Math.exp(-time);
      for (let j = 1; j <= places; j++) {
        total += firstPlace * ratio ** (j - 1) * tailAfterService(j, slots, time);
      }
      return total;
    };
    expectQuantiles({ kind: 'mmck', ...station }, tail, 1e-5);
  });

  /** P(Erlang(stages, rate) + exponential(1) > t), by integrating over the service with Simpson's rule. */
  function tailAfterService(stages: number, rate: number, time: number): number {
    const steps = 400;
    let total = 0;
    for (let i = 0; i <= steps; i++) {
      const service = (time * i) / steps;
      const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
      total += weight * Math.exp(-service) * erlangTail(stages, rate, time - service);
    }
    return Math.exp(-time) + (total * time) / (3 * steps);
  }

  test('M/G/1 with exponential service is M/M/1', () => {
    const station: ResponseTime = { kind: 'mg1', arrivalRate: 0.8, serviceTime: 1, scv: 1 };
    expectQuantiles(station, (time) => Math.exp(-0.2 * time));
    expect(varianceOf(station)).toBeCloseTo(25, 9);
  });

  test('M/D/1: service is constant, the wait has an atom', () => {
    const station: ResponseTime = { kind: 'mg1', arrivalRate: 0.5, serviceTime: 1, scv: 0 };
    expect(quantileOf(station, 0.4)).toBe(1);
    expect(meanOf(station)).toBeCloseTo(1.5, 12);
    // P(wait <= t) = (1 - ρ) e^λt for t < S (Erlang, 1909).
    expect(quantileOf(station, 0.7)).toBeCloseTo(1 + Math.log(0.7 / 0.5) / 0.5, 5);
  });

  test('G/G/c by wait and service is exact for M/M/c', () => {
    const station = { arrivalRate: 8, serviceTime: 1, servers: 10, arrivalVariability: 1, serviceVariability: 1 };
    const { wait, waitProbability } = solveGgc(station);
    expectQuantiles(waitThenService(wait, waitProbability, 1, 1), (time) => mmcResponseTail(station, time));
    expect(waitThenService(0, 0, 1, 1)).toEqual(exponential(1));
  });

  test('unstable stations never end', () => {
    const full = mmc(10, 1, 10);
    expect(meanOf(sum(shift(1), full))).toBe(Number.POSITIVE_INFINITY);
    expect(varianceOf(sum(shift(1), full))).toBe(Number.POSITIVE_INFINITY);
    expect(quantilesOf(sum(shift(1), full), levels)).toEqual(levels.map(() => Number.POSITIVE_INFINITY));
    const partly = either(0.9, exponential(1), full);
    expect(meanOf(partly)).toBe(Number.POSITIVE_INFINITY);
    expect(quantileOf(partly, 0.45)).toBeCloseTo(Math.log(2), 9);
    expect(quantileOf(partly, 0.95)).toBe(Number.POSITIVE_INFINITY);
    expect(survivalOf(partly, 1e6)).toBeCloseTo(0.1, 12);
  });
});

describe('mixtures', () => {
  test('hits and misses with constant times of their own', () => {
    const time = either(0.88, sum(shift(1), exponential(0.1)), sum(shift(5), exponential(0.3), exponential(0.2)));
    const tail = (seconds: number) => {
      const hit = seconds < 1 ? 1 : Math.exp(-(seconds - 1) / 0.1);
      const miss = seconds < 5 ? 1 : hypoexponentialTail([0.3, 0.2], seconds - 5);
      return 0.88 * hit + 0.12 * miss;
    };
    expectQuantiles(time, tail);
    expect(meanOf(time)).toBeCloseTo(0.88 * 1.1 + 0.12 * 5.5, 12);
  });

  test('rare and slow: three orders of magnitude between the branches', () => {
    const time = either(0.985, sum(exponential(1e-3), exponential(2e-3)), sum(exponential(1), exponential(3)));
    const tail = (seconds: number) =>
      0.985 * hypoexponentialTail([1e-3, 2e-3], seconds) + 0.015 * hypoexponentialTail([1, 3], seconds);
    expectQuantiles(time, tail, 1e-5);
  });

  test('a constant time with a probability of its own', () => {
    const time = either(0.6, shift(2), sum(shift(1), exponential(10)));
    expect(quantileOf(time, 0.5)).toBe(2);
    expect(quantileOf(time, 0.02)).toBeLessThan(2);
    expect(quantileOf(time, 0.95)).toBeCloseTo(1 - 10 * Math.log(0.05 / 0.4), 6);
    expect(quantileOf(either(0.6, noTime, exponential(1)), 0.6)).toBe(0);
  });

  test('more constant times than are kept apart', () => {
    const calls = [0.05, 0.03, 0.02, 0.017, 0.011].map((seconds) => either(0.5, shift(seconds), noTime));
    const time = sum(exponential(0.05), exponential(0.02), ...calls);
    const shifts = [0.05, 0.03, 0.02, 0.017, 0.011].reduce((all, s) => all.flatMap((t) => [t, t + s]), [0]);
    const tail = (seconds: number) =>
      shifts.reduce((total, s) => total + (seconds < s ? 1 : hypoexponentialTail([0.05, 0.02], seconds - s)), 0) / 32;
    expectQuantiles(time, tail, 1e-3);
  });
});

describe('repetitions', () => {
  test('a fraction of a visit is a probability', () => {
    const once = sum(shift(0.5), exponential(1));
    const time: ResponseTime = { kind: 'repeat', visits: 1.25, of: once };
    expectQuantiles(time, (seconds) => {
      const first = seconds < 0.5 ? 1 : Math.exp(0.5 - seconds);
      const second = seconds < 1 ? 1 : erlangTail(2, 1, seconds - 1);
      return 0.75 * first + 0.25 * second;
    });
    expect(meanOf(time)).toBeCloseTo(1.25 * 1.5, 12);
    expect(varianceOf(time)).toBeCloseTo(1.25 + 0.25 * 0.75 * 1.5 ** 2, 12);
  });

  test('none, and for ever', () => {
    expect(meanOf({ kind: 'repeat', visits: 0, of: exponential(1) })).toBe(0);
    expect(meanOf({ kind: 'repeat', visits: Number.POSITIVE_INFINITY, of: exponential(1) })).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
});

describe('maximum', () => {
  test('of n exponentials: mean H_n, distribution a power', () => {
    const time: ResponseTime = { kind: 'maximum', of: Array.from({ length: 5 }, () => exponential(1)) };
    expectQuantiles(time, (seconds) => 1 - (1 - Math.exp(-seconds)) ** 5);
    expect(meanOf(time)).toBeCloseTo(1 + 1 / 2 + 1 / 3 + 1 / 4 + 1 / 5, 3);
    expect(varianceOf(time)).toBeCloseTo(1 + 1 / 4 + 1 / 9 + 1 / 16 + 1 / 25, 2);
  });

  test('theory §3: one slow leaf in a hundred', () => {
    const leaves: ResponseTime = { kind: 'maximum', of: Array.from({ length: 100 }, () => exponential(1)) };
    expect(survivalOf(leaves, quantileOf(exponential(1), 0.99))).toBeCloseTo(0.634, 3);
  });

  test('inside a sum, to 1e-3', () => {
    // The maximum of two exponentials is the sum of one of half and one of the whole mean.
    const time = sum(exponential(0.3), { kind: 'maximum', of: [exponential(1), exponential(1)] }, shift(2));
    expectQuantiles(time, (seconds) => (seconds < 2 ? 1 : hypoexponentialTail([0.3, 0.5, 1], seconds - 2)), 1e-3);
  });

  test('of constant times', () => {
    expect(quantileOf({ kind: 'maximum', of: [shift(1), shift(3), shift(2)] }, 0.5)).toBe(3);
    expect(quantileOf({ kind: 'maximum', of: [] }, 0.5)).toBe(0);
  });
});

describe('any tree', () => {
  const seconds = fc.double({ min: 1e-4, max: 10, noNaN: true });
  const leaf: fc.Arbitrary<ResponseTime> = fc.oneof(
    seconds.map(shift),
    fc
      .tuple(seconds, fc.double({ min: 0.05, max: 8, noNaN: true }))
      .map(([mean, scv]) => ({ kind: 'gamma', mean, scv }) as const),
    fc
      .tuple(seconds, fc.integer({ min: 1, max: 40 }), fc.double({ min: 0, max: 0.97, noNaN: true }))
      .map(([serviceTime, servers, load]) => mmc((load * servers) / serviceTime, serviceTime, servers)),
  );
  const { tree } = fc.letrec<{ tree: ResponseTime }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie('tree'), { maxLength: 3 }).map((parts) => ({ kind: 'sum', parts }) as const),
      fc
        .tuple(fc.double({ min: 0.01, max: 0.99, noNaN: true }), tie('tree'), tie('tree'))
        .map(([p, a, b]) => either(p, a, b)),
      fc
        .tuple(fc.double({ min: 0, max: 4, noNaN: true }), tie('tree'))
        .map(([visits, of]) => ({ kind: 'repeat', visits, of }) as const),
    ),
  }));

  test('quantiles rise with p, and the survival function undoes them', () => {
    fc.assert(
      fc.property(tree, (time) => {
        const quantiles = quantilesOf(time, [0.1, ...levels]);
        let last = 0;
        for (const [i, quantile] of quantiles.entries()) {
          expect(quantile).toBeGreaterThanOrEqual(last * (1 - 1e-6));
          last = quantile;
          const exceedance = 1 - [0.1, ...levels][i]!;
          expect(survivalOf(time, quantile * (1 + 1e-3) + 1e-12)).toBeLessThanOrEqual(exceedance + 1e-4);
          expect(survivalOf(time, quantile * (1 - 1e-3) - 1e-12)).toBeGreaterThanOrEqual(exceedance - 1e-4);
        }
      }),
      { seed: 20, numRuns: 300 },
    );
  });

  test('mean and variance add up over sums', () => {
    fc.assert(
      fc.property(tree, tree, (first, second) => {
        const both = sum(first, second);
        const mean = meanOf(first) + meanOf(second);
        const variance = varianceOf(first) + varianceOf(second);
        expect(meanOf(both)).toBeCloseTo(mean, 6);
        expect(Math.abs(varianceOf(both) - variance)).toBeLessThanOrEqual(1e-6 * (1 + variance + mean * mean));
      }),
      { seed: 21 },
    );
  });

  test('processor sharing is more variable than an exponential', () => {
    expect(processorSharingVariability(0)).toBe(1);
    expect(processorSharingVariability(2)).toBe(3);
  });
});
