import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allenCunneenWait,
  type Ggc,
  mg1Wait,
  mg1WaitVariance,
  type PriorityLoad,
  priorityDelays,
  processorSharingVariability,
  solveGgc,
  solveMmc,
  solveProcessorSharing,
} from './index.ts';

const ggc = (load: number, servers: number, arrivalVariability: number, serviceVariability: number): Ggc => ({
  arrivalRate: load * servers,
  serviceTime: 1,
  servers,
  arrivalVariability,
  serviceVariability,
});

describe('M/G/1 and G/G/c', () => {
  test('M/D/1 waits half as long as M/M/1', () => {
    const station = { arrivalRate: 0.8, serviceTime: 1 };
    expect(mg1Wait({ ...station, serviceVariability: 1 })).toBeCloseTo(4, 12);
    expect(mg1Wait({ ...station, serviceVariability: 0 })).toBeCloseTo(2, 12);
    expect(mg1Wait({ arrivalRate: 1, serviceTime: 1, serviceVariability: 0 })).toBe(Number.POSITIVE_INFINITY);
  });

  test('variance of the wait in M/M/1 is C (2 - C) / θ²', () => {
    const wait = mg1WaitVariance({ arrivalRate: 0.8, serviceTime: 1, serviceVariability: 1 });
    expect(wait).toBeCloseTo((0.8 * 1.2) / 0.2 ** 2, 10);
  });

  test('exact where the exact formula is known', () => {
    expect(solveGgc(ggc(0.7, 1, 1, 4)).wait).toBeCloseTo(
      mg1Wait({ arrivalRate: 0.7, serviceTime: 1, serviceVariability: 4 }),
      12,
    );
    expect(solveGgc(ggc(0.7, 8, 1, 1)).wait).toBe(solveMmc(ggc(0.7, 8, 1, 1)).wait);
    expect(solveGgc(ggc(0.7, 8, 1, 1 + 1e-9)).wait).toBeCloseTo(solveMmc(ggc(0.7, 8, 1, 1)).wait, 8);
  });

  // theory.md §2.4: simulated wait follows from the measured error of Allen-Cunneen; Whitt has to have the error stated.
  test.each([
    [0.7, 4, 1, 0, -0.05, 0],
    [0.7, 4, 1, 4, 0.18, 0.03],
    [0.9, 4, 1, 4, 0.13, 0.09],
    [0.7, 16, 1, 4, 0.55, 0.18],
    [0.7, 4, 0.5, 1, 0.22, 0.03],
    [0.7, 4, 0.5, 0.5, 0.25, 0.02],
  ])('theory §2.4: load %f, %i servers, c_a² %f, c_s² %f', (load, servers, arrival, service, plain, corrected) => {
    const station = ggc(load, servers, arrival, service);
    const simulated = allenCunneenWait(station) / (1 + plain);
    // The table is rounded to whole percents, so two roundings may add up.
    expect(Math.abs(solveGgc(station).wait / simulated - 1 - corrected)).toBeLessThan(0.013);
  });

  test('at saturation and without load', () => {
    expect(solveGgc(ggc(1, 4, 0, 0)).wait).toBe(Number.POSITIVE_INFINITY);
    expect(solveGgc(ggc(1.2, 4, 2, 3)).wait).toBe(Number.POSITIVE_INFINITY);
    expect(solveGgc(ggc(0, 4, 2, 3))).toMatchObject({ wait: 0, response: 1 });
    expect(solveGgc(ggc(0.5, 4, 0, 0)).wait).toBe(0);
  });

  test('waits are never NaN and rise with the load', () => {
    const variability = fc.double({ min: 0, max: 20, noNaN: true });
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        fc.integer({ min: 1, max: 64 }),
        variability,
        variability,
        (load, servers, arrival, service) => {
          const { wait } = solveGgc(ggc(load, servers, arrival, service));
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(solveGgc(ggc(load + 0.005, servers, arrival, service)).wait).toBeGreaterThanOrEqual(wait * (1 - 1e-9));
        },
      ),
    );
  });
});

describe('processor sharing', () => {
  test.each([
    [4, 9, 0.2],
    [3, 5, 0.5],
    [4, 5, 1],
  ])('T-14: rates %i and %i', (arrivalRate, serviceRate, response) => {
    const station = { arrivalRate, serviceTime: 1 / serviceRate, servers: 1 };
    expect(solveProcessorSharing(station).response).toBeCloseTo(response, 10);
  });

  test('variability agrees with the Markov chain of a tagged request', () => {
    const load = 0.6;
    const size = 400;
    // First and second moments from n other requests: a tridiagonal system, solved by Gauss-Seidel sweeps.
    const first = new Float64Array(size + 2);
    const second = new Float64Array(size + 2);
    for (let sweep = 0; sweep < 3000; sweep++) {
      for (let n = 0; n < size; n++) {
        const more = n === size - 1 ? n : n + 1;
        const leave = n / (n + 1);
        const total = load + 1;
        const fewer = n === 0 ? 0 : n - 1;
        first[n] = (1 + load * first[more]! + leave * first[fewer]!) / total;
        second[n] = (2 * first[n]! + load * second[more]! + leave * second[fewer]!) / total;
      }
    }
    let mean = 0;
    let square = 0;
    for (let n = 0; n < size; n++) {
      mean += (1 - load) * load ** n * first[n]!;
      square += (1 - load) * load ** n * second[n]!;
    }
    expect(mean).toBeCloseTo(1 / (1 - load), 4);
    expect(square / mean ** 2 - 1).toBeCloseTo(processorSharingVariability(load), 4);
  });
});

describe('priorities', () => {
  /** A class of gamma distributed service times. */
  const load = (rate: number, time: number, scv: number): PriorityLoad => ({
    rate,
    work: rate * time,
    square: rate * time ** 2 * (1 + scv),
    cube: rate * time ** 3 * (1 + scv) * (1 + 2 * scv),
  });

  test('T-15: two classes at one server', () => {
    const [high, low] = priorityDelays([load(0.2, 1, 1), load(0.6, 1, 1)], false);
    expect(high!.wait + 1).toBeCloseTo(2, 9);
    expect(low!.wait + 1).toBeCloseTo(6, 9);
  });

  test('interruptions: two classes, 1 / (1 - σ) for the urgent one', () => {
    const [high, low] = priorityDelays([load(0.2, 1, 1), load(0.6, 1, 1)], true);
    expect(high!.wait + 1).toBeCloseTo(1.25, 9);
    expect(low!.wait + low!.stretch).toBeCloseTo(1 / 0.8 / 0.2, 9);
  });

  test('one class is M/G/1, its variance included, and an overload starves the last classes only', () => {
    const station = { arrivalRate: 0.5, serviceTime: 1, serviceVariability: 3 };
    const one = load(0.5, 1, 3);
    for (const isPreemptive of [false, true]) {
      const [alone] = priorityDelays([one], isPreemptive);
      expect(alone!.wait).toBeCloseTo(mg1Wait(station), 12);
      expect(alone!.waitSquare - alone!.wait ** 2).toBeCloseTo(mg1WaitVariance(station), 9);
      const [first, second] = priorityDelays([one, load(0.7, 1, 3)], isPreemptive);
      expect(first!.wait).toBeLessThan(10);
      expect(second!.wait).toBe(Number.POSITIVE_INFINITY);
      expect(second!.done).toBeCloseTo(0.5 / 0.7, 12);
    }
  });

  test('conservation: Σ ρ W does not depend on the order (Kleinrock 1965)', () => {
    const probability = fc.double({ min: 0.01, max: 0.3, noNaN: true });
    const scv = fc.double({ min: 0, max: 9, noNaN: true });
    fc.assert(
      fc.property(probability, probability, probability, scv, scv, scv, (a, b, c, u, v, w) => {
        const classes = [load(a, 1, u), load(b / 2, 2, v), load(c * 3, 1 / 3, w)];
        const total = (order: readonly PriorityLoad[]) =>
          priorityDelays(order, false).reduce((sum, { wait }, k) => sum + order[k]!.work * wait, 0);
        expect(total(classes.toReversed())).toBeCloseTo(total(classes), 9);
        const square = classes.reduce((sum, one) => sum + one.square, 0);
        expect(total(classes)).toBeCloseTo(((a + b + c) * square) / 2 / (1 - a - b - c), 9);
      }),
    );
  });
});
