/** Regular and bursty arrivals on their way through a design, against simulations and exact cases. */
import { describe, expect, test } from 'vitest';
import { architecture, component, connect, type Properties } from '../testing.ts';
import { solve } from './solve.ts';

/** Servers in a row. */
function row(users: Properties, servers: readonly Properties[]) {
  const solution = solve(
    architecture({
      components: [component('users', 'u', users), ...servers.map((one, i) => component('server', `s${i}`, one))],
      connections: servers.map((_, i) => connect(i === 0 ? 'u' : `s${i - 1}`, `s${i}`, '', { latency: 0 })),
    }),
  );
  const servers0 = servers.map((_, i) => solution.components.find(({ path }) => path === `s${i}`)!);
  return { ...solution, servers: servers0 };
}

describe('variability of arrivals', () => {
  // First come, first served in a row, 2 million requests each, simulated for this test: [service time, squared variability, cores], then waits.
  test.each([
    [
      0.7,
      1,
      [
        [1, 0, 1],
        [1, 1, 1],
      ],
      [1.1662, 1.7311],
      0.02,
    ],
    [
      0.7,
      1,
      [
        [1, 4, 1],
        [1, 1, 1],
      ],
      [5.8816, 4.2505],
      0.04,
    ],
    [
      0.7,
      4,
      [
        [1, 1, 1],
        [1, 1, 1],
      ],
      [5.7397, 4.0625],
      0.03,
    ],
    [0.7, 0.25, [[1, 1, 1]], [1.2395], 0.02],
    [
      0.7,
      0,
      [
        [1, 1, 1],
        [1, 1, 1],
      ],
      [0.8734, 1.4357],
      0.06,
    ],
    [
      2.8,
      4,
      [
        [1, 1, 4],
        [1, 1, 4],
      ],
      [1.1123, 0.7389],
      0.09,
    ],
    [
      2.8,
      1,
      [
        [1, 4, 4],
        [1, 1, 4],
      ],
      [0.796, 0.5003],
      0.02,
    ],
    [
      0.8,
      1,
      [
        [1, 0.25, 1],
        [1, 0.25, 1],
        [1, 0.25, 1],
      ],
      [2.5008, 1.5128, 1.3203],
      0.08,
    ],
    [
      0.8,
      1,
      [
        [0.5, 4, 1],
        [1, 1, 1],
      ],
      [0.8353, 4.8044],
      0.03,
    ],
    [
      0.9,
      1,
      [
        [1, 0, 1],
        [1, 1, 1],
      ],
      [4.5541, 6.806],
      0.13,
    ],
  ] as const)('rate %f, squared variability %f, through %j', (rate, arrivals, stations, waits, tolerance) => {
    const { servers, accuracy } = row(
      { rate, variability: Math.sqrt(arrivals) },
      stations.map(([serviceTime, scv, cores]) => ({ serviceTime, cores, variability: Math.sqrt(scv) })),
    );
    for (const [i, [time]] of stations.entries())
      expect(
        Math.abs((servers[i]!.response!.mean - time) / waits[i]! - 1) * (waits[i]! / (waits[i]! + time)),
      ).toBeLessThan(tolerance);
    expect(accuracy.kind).not.toBe('exact');
  });

  test('random arrivals stay random behind exponential service (Burke) and behind processor sharing (BCMP)', () => {
    const alone = row({ rate: 0.7 }, [{ serviceTime: 1 }]).servers[0]!;
    expect(alone.accuracy.kind).toBe('exact');
    const firsts: readonly Properties[] = [
      { serviceTime: 0.9 },
      { serviceTime: 0.9, variability: 3, discipline: 'processorSharing' },
    ];
    for (const first of firsts) {
      const { servers } = row({ rate: 0.7 }, [first, { serviceTime: 1 }]);
      expect(servers[1]!.response!.mean).toBe(alone.response!.mean);
    }
  });

  test('twice as regular: E2/M/1, 1 / (μ (1 - σ)) with σ the root of σ = (2λ / (2λ + μ(1 - σ)))²', () => {
    let root = 0.5;
    for (let i = 0; i < 200; i++) root = (1.4 / (1.4 + 1 - root)) ** 2;
    const exact = 1 / (1 - root);
    const { response } = row({ rate: 0.7, variability: Math.sqrt(0.5) }, [{ serviceTime: 1 }]);
    expect(Math.abs(response.mean / exact - 1)).toBeLessThan(0.02);
  });

  test('bursts spread out: of many sources, and where only few of their requests go', () => {
    const behind = (share: number) =>
      solve(
        architecture({
          components: [
            component('users', 'u', { rate: 10, variability: 3 }),
            component('server', 'a', { serviceTime: 0.01 }),
            component('server', 'b', { serviceTime: 0.5 / share / 10 }),
          ],
          connections: [connect('u', 'a', '', { latency: 0 }), connect('a', 'b', `calls ${share}`, { latency: 0 })],
        }),
      ).components.find(({ path }) => path === 'b')!.waiting! * share;
    expect(behind(1)).toBeGreaterThan(2 * behind(0.1));
    const many = (count: number) => {
      const users = Array.from({ length: count }, (_, i) =>
        component('users', `u${i}`, { rate: 0.7 / count, variability: 2 }),
      );
      return solve(
        architecture({
          components: [...users, component('server', 's', { serviceTime: 1 })],
          connections: users.map(({ path }) => connect(path, 's', '', { latency: 0 })),
        }),
      ).response.mean;
    };
    expect(many(1)).toBeGreaterThan(many(2));
    expect(many(2)).toBeGreaterThan(many(20));
    expect(many(20)).toBeGreaterThan(1 / 0.3);
  });

  test('more bursts, longer waits', () => {
    const waits = [0, 0.5, 1, 2, 4].map(
      (variability) => row({ rate: 3, variability }, [{ serviceTime: 1, cores: 4 }]).response.mean,
    );
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  });
});
