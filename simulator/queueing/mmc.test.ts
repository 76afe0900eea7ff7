import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Mmc,
  mmcResponseQuantile,
  mmcResponseTail,
  mmcResponseVariance,
  mmcWaitQuantile,
  mmcWaitTail,
  solveMmc,
} from './index.ts';

const mmc = (arrivalRate: number, serviceTime: number, servers: number): Mmc => ({ arrivalRate, serviceTime, servers });

const stable = fc
  .record({
    servers: fc.integer({ min: 1, max: 200 }),
    utilization: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
    serviceTime: fc.double({ min: 1e-4, max: 10, noNaN: true }),
  })
  .map(({ servers, utilization, serviceTime }) => mmc((utilization * servers) / serviceTime, serviceTime, servers));

describe('M/M/c', () => {
  test('T-01: M/M/1 at 75 %', () => {
    const metrics = solveMmc(mmc(0.75, 1, 1));
    expect(metrics.utilization).toBeCloseTo(0.75, 10);
    expect(metrics.inSystem).toBeCloseTo(3, 10);
    expect(metrics.response).toBeCloseTo(4, 10);
  });

  test('T-02: M/M/2', () => {
    const metrics = solveMmc(mmc(9, 1 / 5, 2));
    expect(metrics.queueLength).toBeCloseTo(7.674, 3);
    expect(metrics.response).toBeCloseTo(1.053, 3);
  });

  test('T-03: M/M/4', () => {
    const metrics = solveMmc(mmc(9, 1 / 5, 4));
    expect(metrics.queueLength).toBeCloseTo(0.105, 3);
    expect(metrics.response).toBeCloseTo(0.212, 3);
  });

  test('T-05: four machines, jobs of 10 hours', () => {
    const metrics = solveMmc(mmc(0.099, 10, 4));
    expect(metrics.utilization).toBeCloseTo(0.2475, 4);
    expect(metrics.response).toBeCloseTo(10.0656, 4);
    expect(metrics.inSystem).toBeCloseTo(0.9965, 4);
    expect(metrics.wait).toBeCloseTo(0.0656, 4);
  });

  test('T-06: three cashiers', () => {
    const metrics = solveMmc(mmc(40 / 60, 4, 3));
    expect(metrics.utilization).toBeCloseTo(0.888889, 6);
    expect(metrics.inSystem).toBeCloseTo(9.0467, 4);
    expect(metrics.queueLength).toBeCloseTo(6.3801, 4);
    expect(metrics.wait).toBeCloseTo(9.5701, 4);
    expect(metrics.response).toBeCloseTo(13.5701, 4);
  });

  test('T-07: browsing before the cashiers', () => {
    const browsing = solveMmc(mmc(40 / 60, 45, Number.POSITIVE_INFINITY));
    const cashiers = solveMmc(mmc(40 / 60, 4, 3));
    expect(browsing.response + cashiers.response).toBeCloseTo(58.5701, 4);
    expect(browsing.inSystem + cashiers.inSystem).toBeCloseTo(39.0467, 4);
    expect(3 / 4).toBeCloseTo(40 / 60 / cashiers.utilization, 10);
  });

  // validation.md A1: sojourn percentiles 50, 90, 95, 99, 99.9.
  test.each([
    [0.75, 1, [2.7726, 9.2103, 11.9829, 18.4207, 27.631]],
    [9, 2, [0.7538, 2.3663, 3.0595, 4.6689, 6.9715]],
    [8, 10, [0.9121, 2.6243, 3.3283, 4.9461, 7.2506]],
    [45, 50, [0.7765, 2.3896, 3.0828, 4.6922, 6.9948]],
  ] as const)('A1 sojourn percentiles: load %f on %i servers', (load, servers, expected) => {
    // The M/M/2 row has μ = 5; the others μ = 1.
    const station = servers === 2 ? mmc(9, 1 / 5, 2) : mmc(load, 1, servers);
    const quantiles = [0.5, 0.9, 0.95, 0.99, 0.999].map((p) => mmcResponseQuantile(station, p));
    for (const [i, quantile] of quantiles.entries()) expect(Math.abs(quantile / expected[i]! - 1)).toBeLessThan(1e-4);
  });

  test('equal rates of service and drain, where the usual formula divides by zero', () => {
    const station = mmc(1, 1, 2);
    const waitProbability = 1 / 3;
    expect(mmcResponseTail(station, 2)).toBeCloseTo(Math.exp(-2) * (1 + waitProbability * 2), 12);
  });

  test('ends of the domain', () => {
    expect(solveMmc(mmc(0, 2, 3))).toMatchObject({ utilization: 0, wait: 0, response: 2, inSystem: 0 });
    expect(solveMmc(mmc(3, 0, 1))).toMatchObject({ utilization: 0, wait: 0, response: 0, inSystem: 0 });
    for (const station of [mmc(3, 1, 3), mmc(4, 1, 3), mmc(1, 1, 0), mmc(0, 0, 0)]) {
      expect(solveMmc(station).response).toBe(Number.POSITIVE_INFINITY);
      expect(mmcResponseQuantile(station, 0.5)).toBe(station.serviceTime === 0 ? 0 : Number.POSITIVE_INFINITY);
    }
    expect(mmcResponseTail(mmc(4, 1, 3), 100)).toBe(1);
    expect(mmcWaitTail(mmc(4, 1, 3), 100)).toBe(1);
    expect(mmcResponseQuantile(mmc(1, 1, 2), 1)).toBe(Number.POSITIVE_INFINITY);
    expect(mmcWaitQuantile(mmc(1, 1, 2), 0.5)).toBe(0);
  });

  test("Little's law, and waits that rise with the load and fall with servers", () => {
    fc.assert(
      fc.property(stable, (station) => {
        const metrics = solveMmc(station);
        expect(metrics.inSystem).toBeCloseTo(station.arrivalRate * metrics.response, 6);
        const busier = solveMmc({ ...station, arrivalRate: station.arrivalRate * 1.001 });
        expect(busier.wait).toBeGreaterThanOrEqual(metrics.wait);
        expect(solveMmc({ ...station, servers: station.servers + 1 }).wait).toBeLessThanOrEqual(metrics.wait);
      }),
    );
  });

  test('the tail undoes the quantile and falls', () => {
    fc.assert(
      fc.property(stable, fc.double({ min: 0.001, max: 0.9999, noNaN: true }), (station, p) => {
        const time = mmcResponseQuantile(station, p);
        expect(mmcResponseTail(station, time) / (1 - p)).toBeCloseTo(1, 8);
        expect(mmcResponseTail(station, time * 1.1)).toBeLessThan(1 - p);
        const wait = mmcWaitQuantile(station, p);
        if (wait > 0) expect(mmcWaitTail(station, wait) / (1 - p)).toBeCloseTo(1, 8);
      }),
    );
  });

  test('mean and variance are those of the tail', () => {
    for (const station of [mmc(9, 1 / 5, 2), mmc(8, 1, 10), mmc(1, 1, 2)]) {
      const step = 1e-3 * station.serviceTime;
      let mean = 0;
      let square = 0;
      for (let i = 0; i < 60_000; i++) {
        const time = (i + 0.5) * step;
        mean += step * mmcResponseTail(station, time);
        square += 2 * step * time * mmcResponseTail(station, time);
      }
      expect(mean / solveMmc(station).response).toBeCloseTo(1, 3);
      expect((square - mean * mean) / mmcResponseVariance(station)).toBeCloseTo(1, 2);
    }
  });
});
