import { describe, expect, test } from 'vitest';
import { solve } from '../index.ts';
import { architecture, component, connect, request } from '../testing.ts';

/** Requests per second; `app` gets 100 of them done, `db` as many as its time allows. */
const chain = (rate: number, dbTime: number) =>
  solve(
    architecture({
      components: [
        component('users', 'people', { rate }),
        component('server', 'app', { serviceTime: 0.01 }),
        component('database', 'db', { serviceTime: dbTime }),
      ],
      connections: [connect('people', 'app'), connect('app', 'db', 'reads 1')],
    }),
  );

describe('far beyond saturation the bottleneck alone decides', () => {
  test('what the first station does not get done, the second does not have to do', () => {
    // Both could do 100 of the 1,000.
    expect(chain(1000, 0.01).errors).toBeCloseTo(0.9, 9);
    expect(chain(1000, 0.005).errors).toBeCloseTo(0.9, 9);
    // The second does 50 of the 100 that it gets.
    expect(chain(1000, 0.02).errors).toBeCloseTo(0.95, 9);
    expect(chain(100, 0.02).errors).toBeCloseTo(0.5, 9);
    expect(chain(40, 0.02).errors).toBe(0);
  });

  test('however overloaded, as many are answered as the slowest can', () => {
    for (const rate of [200, 1e4, 1e6]) expect(rate * (1 - chain(rate, 0.02).errors)).toBeCloseTo(50, 4);
  });

  test('writes go on where only the read replicas are overloaded', () => {
    const { requests } = solve(
      architecture({
        components: [
          component('users', 'people', { rate: 100 }),
          component('server', 'app', { serviceTime: 0 }),
          component('database', 'db', { readTime: 0.04, writeTime: 0.001, readReplicas: 2 }),
        ],
        connections: [connect('people', 'app'), connect('app', 'db', 'reads 1')],
        requests: [request('post', 0.1, [connect('app', 'db', 'writes 1')])],
      }),
    );
    const errors = new Map(requests.map((one) => [one.name, one.errors]));
    expect(errors.get('post')).toBe(0);
    // Two replicas with 10 writes of 1 ms each to apply: 45 × 40 ms + 10 × 1 ms = 1.81 of what one can do.
    expect(errors.get('default')).toBeCloseTo(1 - 1 / 1.81, 9);
  });

  test('a call that comes back finds a settled state', () => {
    const { errors } = solve(
      architecture({
        components: [
          component('users', 'people', { rate: 150 }),
          component('server', 'a', { serviceTime: 0.01 }),
          component('server', 'b', { serviceTime: 0.001 }),
        ],
        connections: [connect('people', 'a'), connect('a', 'b', 'calls 1'), connect('b', 'a', 'calls 0.2')],
      }),
    );
    expect(errors).toBeGreaterThan(0.3);
    expect(errors).toBeLessThan(0.6);
  });
});
