import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  approximateClosed,
  asymptoticBounds,
  balancedJobBounds,
  type ClosedNetwork,
  saturationPopulation,
  solveClosed,
} from './index.ts';

const closed = (
  population: number,
  thinkTime: number,
  demands: readonly number[],
  servers?: readonly number[],
): ClosedNetwork => ({
  population,
  thinkTime,
  stations: demands.map((demand, k) => ({ demand, servers: servers?.[k] ?? 1 })),
});

/** The published figures are printed to three or four digits; the tolerance is theirs. */
function expectClose(actual: number, expected: number, tolerance: number) {
  expect(Math.abs(actual - expected), `${actual} is not ${expected}`).toBeLessThanOrEqual(tolerance);
}

describe('closed networks', () => {
  test('T-30: 100 users who think for 300 s', () => {
    const network = closed(100, 300, [0.63]);
    const metrics = solveClosed(network);
    expectClose(metrics.throughput, 0.3325, 1e-4);
    expectClose(metrics.response, 0.7943, 1e-4);
    expectClose(metrics.stations[0]!.utilization, 0.209445, 1e-4);
    expectClose(metrics.stations[0]!.inSystem, 0.2641, 1e-4);
    expectClose(asymptoticBounds({ ...network, population: 1e6 }).throughput.upper, 1.5873, 1e-4);
    expectClose(saturationPopulation(network), 477.19, 1e-2);
  });

  test('T-31: Lazowska p. 117, exact and by Schweitzer', () => {
    const network = closed(3, 15, [0.605, 2.1, 1.35]);
    const exact = solveClosed(network);
    expectClose(exact.throughput, 0.15152, 1e-3);
    for (const [k, queue] of [0.0976, 0.3947, 0.235].entries()) {
      expectClose(exact.stations[k]!.inSystem, queue, 1e-3);
    }
    const approximate = approximateClosed(network);
    expectClose(approximate.throughput, 0.151, 1e-3);
    expectClose(approximate.response, 4.87, 1e-2);
    for (const [k, queue] of [0.0973, 0.4021, 0.2359].entries()) {
      expectClose(approximate.stations[k]!.inSystem, queue, 1e-3);
    }
  });

  test('T-32: Jain example 34.2', () => {
    const visits = [16, 10, 5];
    const metrics = solveClosed(
      closed(
        20,
        4,
        [0.125, 0.3, 0.2].map((seconds, k) => seconds * visits[k]!),
      ),
    );
    expectClose(metrics.throughput, 0.33325, 1e-3);
    for (const [k, response] of [0.373, 4.854, 0.3].entries()) {
      expectClose(metrics.stations[k]!.residence / visits[k]!, response, 1e-3);
    }
    for (const [k, queue] of [1.991, 16.177, 0.5].entries()) expectClose(metrics.stations[k]!.inSystem, queue, 1e-3);
  });

  test('T-33: Bolch 8.3', () => {
    const visits = [1, 0.4, 0.2, 0.1];
    const metrics = solveClosed(
      closed(
        6,
        0,
        [0.02, 0.2, 0.4, 0.6].map((seconds, k) => seconds * visits[k]!),
      ),
    );
    const expected = [
      [0.198, 0.025, 0.244, 9.92],
      [0.794, 0.57, 2.261, 3.968],
      [0.794, 1.14, 2.261, 1.984],
      [0.595, 1.244, 1.234, 0.992],
    ] as const;
    for (const [k, [utilization, response, queue, throughput]] of expected.entries()) {
      expectClose(metrics.stations[k]!.utilization, utilization, 1e-3);
      expectClose(metrics.stations[k]!.residence / visits[k]!, response, 1e-3);
      expectClose(metrics.stations[k]!.inSystem, queue, 1e-3);
      expectClose(metrics.throughput * visits[k]!, throughput, 1e-3);
    }
  });

  test('T-34: Bolch 8.4, two servers and a delay', () => {
    const visits = [1, 0.5, 0.5, 1];
    const demands = [0.5, 0.6, 0.8, 1].map((seconds, k) => seconds * visits[k]!);
    const metrics = solveClosed(closed(3, 0, demands, [2, 1, 1, Number.POSITIVE_INFINITY]));
    for (const [k, queue] of [0.624, 0.473, 0.686, 1.217].entries()) {
      expectClose(metrics.stations[k]!.inSystem, queue, 1e-3);
    }
    for (const [k, rate] of [1.218, 0.609, 0.609, 1.218].entries()) {
      expectClose(metrics.throughput * visits[k]!, rate, 1e-3);
    }
    for (const [k, response] of [0.512, 0.776, 1.127, 1].entries()) {
      expectClose(metrics.stations[k]!.residence / visits[k]!, response, 1e-3);
    }
  });

  test('T-35: machine repair M/M/2//3', () => {
    const metrics = solveClosed(closed(3, 0, [2, 0.25], [Number.POSITIVE_INFINITY, 2]));
    expectClose(metrics.stations[0]!.inSystem, 2.6648, 1e-4);
    expectClose(metrics.stations[1]!.inSystem, 0.3352, 1e-4);
    expectClose(metrics.stations[1]!.utilization, 0.1666, 1e-4);
    expectClose(metrics.stations[1]!.residence, 0.2515, 1e-4);
    expectClose(metrics.throughput, 1.3324, 1e-4);
  });

  test('200 servers and 2000 users: still Little and the birth-death chain', () => {
    const metrics = solveClosed(closed(2000, 10, [1], [200]));
    // The chain of users at the station: up at (N - n) / Z, down at min(n, c) / S.
    let weight = 1;
    let total = 0;
    let busy = 0;
    for (let n = 0; n <= 2000; n++) {
      total += weight;
      busy += weight * Math.min(n, 200);
      weight *= (2000 - n) / 10 / Math.min(n + 1, 200);
      if (weight > 1e100) {
        weight /= 1e100;
        total /= 1e100;
        busy /= 1e100;
      }
    }
    expect(metrics.throughput / (busy / total)).toBeCloseTo(1, 9);
    expect(metrics.throughput * (10 + metrics.response)).toBeCloseTo(2000, 6);
  });

  test('several multi-server stations: everybody is somewhere', () => {
    const network = closed(300, 2, [0.3, 0.9, 0.02, 0.5], [16, 40, 1, Number.POSITIVE_INFINITY]);
    const metrics = solveClosed(network);
    const there = metrics.stations.reduce((sum, station) => sum + station.inSystem, 0);
    expect(there + 2 * metrics.throughput).toBeCloseTo(300, 6);
    expectClose(approximateClosed(network).throughput / metrics.throughput, 1, 0.15);
  });

  test('ends of the domain', () => {
    expect(solveClosed(closed(0, 1, [2]))).toMatchObject({ throughput: 0, response: 2 });
    expect(solveClosed(closed(5, 4, [])).throughput).toBe(1.25);
    expect(solveClosed(closed(5, 0, [1], [0])).throughput).toBe(0);
    expect(approximateClosed(closed(1, 1, [1])).throughput).toBeCloseTo(0.5, 9);
    expect(approximateClosed(closed(1e6, 10, [0.002])).throughput).toBeCloseTo(500, 3);
  });

  test('asymptotic bounds contain the balanced job bounds, and those the exact solution', () => {
    const networks = fc.record({
      population: fc.integer({ min: 1, max: 60 }),
      thinkTime: fc.double({ min: 0, max: 30, noNaN: true }),
      demands: fc.array(fc.double({ min: 1e-3, max: 3, noNaN: true }), { minLength: 1, maxLength: 6 }),
    });
    fc.assert(
      fc.property(networks, ({ population, thinkTime, demands }) => {
        const network = closed(population, thinkTime, demands);
        const { throughput } = solveClosed(network);
        const outer = asymptoticBounds(network).throughput;
        const inner = balancedJobBounds(network).throughput;
        const slack = 1 + 1e-9;
        expect(outer.lower).toBeLessThanOrEqual(inner.lower * slack);
        expect(inner.lower).toBeLessThanOrEqual(throughput * slack);
        expect(throughput).toBeLessThanOrEqual(inner.upper * slack);
        expect(inner.upper).toBeLessThanOrEqual(outer.upper * slack);
      }),
    );
  });

  test('bounds nest for the network of the queueing toolbox, 1 to 10 users', () => {
    const visits = [1, 2, 2, 1];
    for (let population = 1; population <= 10; population++) {
      const network = closed(
        population,
        0,
        [1, 0.8, 1.2, 0.5].map((seconds, k) => seconds * visits[k]!),
      );
      const { response } = solveClosed(network);
      const inner = balancedJobBounds(network).response;
      const outer = asymptoticBounds(network).response;
      expect(outer.lower).toBeLessThanOrEqual(inner.lower + 1e-9);
      expect(inner.lower).toBeLessThanOrEqual(response + 1e-9);
      expect(response).toBeLessThanOrEqual(inner.upper + 1e-9);
      expect(inner.upper).toBeLessThanOrEqual(outer.upper + 1e-9);
    }
  });
});
