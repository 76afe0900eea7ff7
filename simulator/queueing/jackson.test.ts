import { describe, expect, test } from 'vitest';
import { type Mmc, solveJackson, solveMmc, solveTraffic } from './index.ts';

const single = (serviceTime: number) => ({ serviceTime, servers: 1 });

/** Stations visited independently at one overall rate, given their demands. */
function stationsOf(arrivalRate: number, demands: readonly number[], servers: readonly number[]) {
  return demands.map((serviceTime, i) => solveMmc({ arrivalRate, serviceTime, servers: servers[i]! } satisfies Mmc));
}

describe('open networks', () => {
  test('T-20: call centre, by its published demands', () => {
    const stations = stationsOf(35 / 60, [0.5, 3.342, 9.2228], [1, 3, 7]);
    const expected = [
      { utilization: 0.291667, inSystem: 0.4118, wait: 0.2059, response: 0.7059 },
      { utilization: 0.649841, inSystem: 2.7309, wait: 1.3395, response: 4.6815 },
      { utilization: 0.768567, inSystem: 6.7826, wait: 2.4046, response: 11.6274 },
    ];
    for (const [i, metrics] of expected.entries()) {
      expect(stations[i]!.utilization).toBeCloseTo(metrics.utilization, 4);
      expect(Math.abs(stations[i]!.inSystem - metrics.inSystem)).toBeLessThan(1e-3);
      expect(Math.abs(stations[i]!.wait - metrics.wait)).toBeLessThan(1e-3);
      expect(Math.abs(stations[i]!.response - metrics.response)).toBeLessThan(1e-3);
    }
    const response = stations.reduce((sum, station) => sum + station.response, 0);
    expect(Math.abs(response - 17.0148)).toBeLessThan(1e-3);
    expect(Math.abs((response * 35) / 60 - 9.9253)).toBeLessThan(1e-3);
  });

  test('T-20: call centre, by its routing with the correct traffic equations', () => {
    const network = solveJackson({
      arrivals: [35 / 60, 0, 0],
      routing: [
        [0, 0.55, 0.45],
        [0, 0, 0.02],
        [0, 0.01, 0],
      ],
      stations: [
        { serviceTime: 0.5, servers: 1 },
        { serviceTime: 6, servers: 3 },
        { serviceTime: 20, servers: 7 },
      ],
    });
    expect(network?.throughputs[1]).toBeCloseTo(0.323523, 6);
    expect(network?.throughputs[2]).toBeCloseTo(0.26897, 6);
    expect(network?.response).toBeCloseTo(16.9691, 4);
    expect(network?.inSystem).toBeCloseTo(9.8986, 4);
  });

  test('T-22: Lazowska p. 113', () => {
    const visits = [121, 70, 50];
    const demands = [0.005, 0.03, 0.027].map((seconds, i) => seconds * visits[i]!);
    const stations = stationsOf(0.3, demands, [1, 1, 1]);
    expect(stations.map(({ utilization }) => utilization.toFixed(4))).toEqual(['0.1815', '0.6300', '0.4050']);
    expect(stations[0]!.inSystem).toBeCloseTo(0.222, 3);
    for (const [i, residence] of [0.7392, 5.6757, 2.2689].entries()) {
      expect(stations[i]!.response).toBeCloseTo(residence, 4);
    }
    expect(stations.reduce((sum, { response }) => sum + response, 0)).toBeCloseTo(8.6838, 3);
    expect(0.3 * visits[0]!).toBeCloseTo(36.3, 10);
  });

  test('T-23: Jain example 34.1', () => {
    const visits = [16, 7, 8];
    for (const [i, expected] of [
      { serviceTime: 0.01, utilization: 0.48, response: 0.0192 },
      { serviceTime: 0.02, utilization: 0.42, response: 0.0345 },
      { serviceTime: 0.03, utilization: 0.72, response: 0.107 },
    ].entries()) {
      const metrics = solveMmc({ arrivalRate: 3 * visits[i]!, serviceTime: expected.serviceTime, servers: 1 });
      expect(metrics.utilization).toBeCloseTo(expected.utilization, 10);
      expect(Math.abs(metrics.response - expected.response)).toBeLessThan(2e-4);
    }
  });

  test('T-24: Bolch 7.4, with feedback', () => {
    const network = solveJackson({
      arrivals: [0, 0, 0, 4],
      routing: [
        [0, 0.5, 0.5, 0],
        [1, 0, 0, 0],
        [0.6, 0, 0, 0],
        [1, 0, 0, 0],
      ],
      stations: [0.04, 0.03, 0.06, 0.05].map(single),
    })!;
    const expected = [
      { x: 20, u: 0.8, r: 0.2, q: 4 },
      { x: 10, u: 0.3, r: 0.03 / 0.7, q: 3 / 7 },
      { x: 10, u: 0.6, r: 0.15, q: 1.5 },
      { x: 4, u: 0.2, r: 0.0625, q: 0.25 },
    ];
    for (const [i, { x, u, r, q }] of expected.entries()) {
      expect(network.throughputs[i]).toBeCloseTo(x, 10);
      expect(network.stations[i]!.utilization).toBeCloseTo(u, 10);
      expect(network.stations[i]!.response).toBeCloseTo(r, 10);
      expect(network.stations[i]!.inSystem).toBeCloseTo(q, 10);
    }
  });

  test('T-27: feedback network, theory', () => {
    const network = solveJackson({
      arrivals: [0.5, 0, 0],
      routing: [
        [0, 0.5, 0.5],
        [0, 0, 0.8],
        [0.2, 0, 0],
      ],
      stations: [1, 2, 1].map(single),
    })!;
    for (const [i, rate] of [0.609756, 0.304878, 0.54878].entries()) {
      expect(network.throughputs[i]).toBeCloseTo(rate, 6);
    }
    for (const [i, length] of [1.5625, 1.5625, 1.2162].entries()) {
      expect(network.stations[i]!.inSystem).toBeCloseTo(length, 4);
    }
    expect(network.inSystem).toBeCloseTo(4.3412, 4);
    expect(network.response).toBeCloseTo(8.6824, 4);
  });

  test('requests that never leave, or multiply, have no equilibrium', () => {
    expect(
      solveTraffic(
        [1, 0],
        [
          [0, 1],
          [1, 0],
        ],
      ),
    ).toBeUndefined();
    expect(
      solveTraffic(
        [1, 0],
        [
          [0, 2],
          [1, 0],
        ],
      ),
    ).toBeUndefined();
    expect(
      Array.from(
        solveTraffic(
          [1, 0],
          [
            [0, 20],
            [0, 0],
          ],
        )!,
      ),
    ).toEqual([1, 20]);
  });

  test('a saturated station makes the response infinite', () => {
    const network = solveJackson({ arrivals: [2], routing: [[0]], stations: [single(1)] });
    expect(network?.response).toBe(Number.POSITIVE_INFINITY);
  });
});
