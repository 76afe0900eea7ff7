/** Users who think before limited threads: solved Petri nets that others have published, and simulations. */
import { describe, expect, test } from 'vitest';
import { architecture, component, connect, type Parts } from '../testing.ts';
import { solve } from './solve.ts';

/** Users who call, in turn, the first and the second of two tiers, of which the second calls the first, too. */
function interlock(population: number, first: Parameters<typeof component>[2], second: typeof first): Parts {
  return {
    components: [
      component('users', 'u', { population, thinkTime: 1 }),
      component('workflow', 'session', { serviceTime: 0 }),
      component('server', 't1', second),
      component('server', 't2', first),
    ],
    connections: [
      connect('u', 'session', '', { latency: 0 }),
      connect('session', 't2', 'calls 1', { latency: 0 }),
      connect('session', 't1', 'calls 1', { latency: 0 }),
      connect('t1', 't2', 'calls 1', { latency: 0 }),
    ],
  };
}

describe('closed users around threads', () => {
  test('layered network 20 (petrisrvn, layeredqueuing/V5): exact', () => {
    const { rate, response, accuracy } = solve(
      architecture({
        components: [
          component('users', 'u', { population: 4, thinkTime: 1 }),
          component('server', 's', { threads: 2, cores: 4, serviceTime: 1 }),
        ],
        connections: [connect('u', 's', '', { latency: 0 })],
      }),
    );
    expect(rate).toBeCloseTo(1.7, 6);
    expect(response.mean).toBeCloseTo(1.352942, 5);
    expect(accuracy.kind).toBe('approximate');
  });

  test('layered network 12 (petrisrvn, layeredqueuing/V5): two tiers that call a third', () => {
    const one = { threads: 1, serviceTime: 1 };
    expect(Math.abs(solve(architecture(interlock(2, one, one))).rate / 0.345407 - 1)).toBeLessThan(0.015);
  });

  // Throughput simulated request by request for this test, 10^5 seconds and more.
  test.each([
    [20, 4, 0.05, 19.945],
    [20, 2, 0.05, 18.91],
    [40, 8, 0.05, 19.994],
    [40, 4, 0.02, 47.807],
  ])('%i users, %i threads, %f s of calls', (population, threads, called, simulated) => {
    const { rate, response } = solve(
      architecture({
        components: [
          component('users', 'u', { population, thinkTime: 0.5 }),
          component('server', 'web', { threads, cores: 2, serviceTime: 0.02 }),
          component('database', 'db', { serviceTime: called / 3 }),
        ],
        connections: [connect('u', 'web', '', { latency: 0 }), connect('web', 'db', 'reads 3', { latency: 0 })],
      }),
    );
    expect(Math.abs(rate / simulated - 1)).toBeLessThan(0.004);
    expect(rate * (0.5 + response.mean)).toBeCloseTo(population, 5);
  });

  test.each([
    [3, 1.315],
    [6, 1.6409],
    [12, 1.6682],
  ])('%i users, a tier that is called twice', (population, simulated) => {
    const parts = interlock(population, { threads: 2, serviceTime: 0.3 }, { threads: 3, cores: 2, serviceTime: 0.2 });
    const { rate, response } = solve(architecture(parts));
    expect(Math.abs(rate / simulated - 1)).toBeLessThan(0.04);
    expect(rate * (1 + response.mean)).toBeCloseTo(population, 5);
  });

  test('more users, more threads: never less', () => {
    const at = (population: number, threads: number) =>
      solve(
        architecture({
          components: [
            component('users', 'u', { population, thinkTime: 0.5 }),
            component('server', 'web', { threads, serviceTime: 0.02 }),
            component('external', 'api', { latency: 0.2 }),
          ],
          connections: [connect('u', 'web', '', { latency: 0 }), connect('web', 'api', 'calls 1', { latency: 0 })],
        }),
      ).rate;
    const byUsers = [1, 5, 20, 100, 300].map((users) => at(users, 8));
    const byThreads = [1, 2, 4, 8, 16, 64].map((threads) => at(50, threads));
    for (const rates of [byUsers, byThreads])
      for (const [i, rate] of rates.entries())
        if (i > 0) expect(rate).toBeGreaterThanOrEqual(rates[i - 1]! * (1 - 1e-6));
    expect(at(300, 8)).toBeLessThanOrEqual(8 / 0.22 + 1e-6);
  });
});
