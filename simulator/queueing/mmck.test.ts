import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { geometricSums } from './geometric-sums.ts';
import { type Mmck, mmckStates, solveMmc, solveMmck } from './index.ts';

const mmck = (arrivalRate: number, serviceRate: number, servers: number, capacity: number): Mmck => ({
  arrivalRate,
  serviceTime: 1 / serviceRate,
  servers,
  capacity,
});

describe('M/M/c/K', () => {
  test('T-09: M/M/3/7', () => {
    const station = mmck(40, 30, 3, 7);
    expect(mmckStates(station)[0]).toBeCloseTo(0.255037, 6);
    expect(solveMmck(station).response).toBeCloseTo(0.036517, 6);
  });

  test('T-10: M/M/4/6, overloaded', () => {
    const metrics = solveMmck(mmck(50, 10, 4, 6));
    expect(metrics.blocking).toBeCloseTo(0.293543, 6);
    expect(metrics.throughput).toBeCloseTo(35.32, 2);
  });

  test('T-11: M/M/2/5', () => {
    const station = mmck(3, 2, 2, 5);
    const metrics = solveMmck(station);
    const states = mmckStates(station);
    expect(states[0]).toBeCloseTo(0.179334, 5);
    expect(states[5]).toBeCloseTo(0.085113, 5);
    expect(metrics.blocking).toBeCloseTo(0.085113, 5);
    expect(metrics.inSystem).toBeCloseTo(2.00595, 5);
    expect(metrics.wait).toBeCloseTo(0.230857, 5);
  });

  test('T-12: M/M/1/10 with arrival rate equal to service rate', () => {
    const station = mmck(1, 1, 1, 10);
    const metrics = solveMmck(station);
    expect(metrics.inSystem).toBeCloseTo(5, 10);
    expect(metrics.utilization).toBeCloseTo(1 - mmckStates(station)[0]!, 10);
  });

  test('T-13: M/M/2/3', () => {
    const metrics = solveMmck(mmck(3, 4, 2, 3));
    expect(metrics.inSystem).toBeCloseTo(0.76234, 5);
    expect(metrics.blocking).toBeCloseTo(0.04936, 5);
  });

  test('agrees with its state probabilities at any load', () => {
    const anything = fc.record({
      servers: fc.integer({ min: 1, max: 60 }),
      places: fc.integer({ min: 0, max: 400 }),
      utilization: fc.oneof(fc.constant(1), fc.double({ min: 1e-6, max: 20, noNaN: true })),
    });
    fc.assert(
      fc.property(anything, ({ servers, places, utilization }) => {
        const station = mmck(utilization * servers, 1, servers, servers + places);
        const metrics = solveMmck(station);
        const states = mmckStates(station);
        const inSystem = states.reduce((sum, probability, n) => sum + n * probability, 0);
        expect(metrics.blocking).toBeCloseTo(states.at(-1)!, 10);
        expect(metrics.inSystem / inSystem).toBeCloseTo(1, 8);
        expect(metrics.inSystem).toBeCloseTo(metrics.throughput * metrics.response, 6);
        expect(metrics.responseVariance).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  test('large and overloaded: no overflow, and the queue is full', () => {
    const metrics = solveMmck(mmck(1e6, 1, 1000, 1e6));
    expect(metrics.throughput).toBeCloseTo(1000, 6);
    expect(metrics.inSystem).toBeGreaterThan(999_990);
    expect(mmckStates(mmck(5000, 1, 1000, 20_000)).reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(
      1,
      9,
    );
  });

  test('tends to M/M/c as the queue grows', () => {
    const open = solveMmc({ arrivalRate: 8, serviceTime: 1, servers: 10 });
    for (const capacity of [1e4, Number.POSITIVE_INFINITY]) {
      const metrics = solveMmck(mmck(8, 1, 10, capacity));
      expect(metrics.response).toBeCloseTo(open.response, 10);
      expect(metrics.blocking).toBe(0);
    }
  });

  test('ends of the domain', () => {
    expect(solveMmck(mmck(0, 1, 2, 4))).toMatchObject({ blocking: 0, throughput: 0, response: 1, inSystem: 0 });
    expect(solveMmck(mmck(5, 1, 0, 4))).toMatchObject({ blocking: 1, throughput: 0 });
    expect(solveMmck(mmck(5, 1, 4, 0))).toMatchObject({ blocking: 1, throughput: 0 });
    expect(solveMmck(mmck(1e300, 1, 4, 4)).blocking).toBe(1);
  });

  test('geometric sums by doubling are the plain sums', () => {
    for (const ratio of [0, 0.3, 0.999, 1]) {
      for (const count of [0, 1, 2, 7, 100]) {
        const sums = geometricSums(ratio, count);
        const terms = Array.from({ length: count }, (_, i) => ratio ** i);
        expect(sums.zeroth).toBeCloseTo(
          terms.reduce((sum, term) => sum + term, 0),
          9,
        );
        expect(sums.first).toBeCloseTo(
          terms.reduce((sum, term, i) => sum + i * term, 0),
          8,
        );
        expect(sums.second).toBeCloseTo(
          terms.reduce((sum, term, i) => sum + i * i * term, 0),
          6,
        );
      }
    }
  });
});
