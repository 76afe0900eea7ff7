import { describe, expect, test } from 'vitest';
import type { Architecture } from '../../model/index.ts';
import { prepare } from '../network/prepare.ts';
import { architecture, component, connect, type Properties } from '../testing.ts';
import { solve, solveNetwork } from './solve.ts';
import { canResize, solverOf } from './solver.ts';

function shop(app: Properties = {}): Architecture {
  return architecture({
    components: [
      component('users', 'u', { rate: 200 }),
      component('loadBalancer', 'lb', { serviceTime: 0.0001 }),
      component('server', 'app', { replicas: 3, cores: 2, serviceTime: 0.01, ...app }),
      component('server', 'other', { replicas: 2, cores: 2, serviceTime: 0.01 }),
      component('cache', 'cache', { hitRatio: 0.9, serviceTime: 0.0005, cores: 1 }),
      component('database', 'db', { cores: 4, readTime: 0.004, writeTime: 0.006 }),
    ],
    connections: [
      connect('u', 'lb'),
      connect('lb', 'app'),
      connect('app', 'other', 'calls 0.3', { latency: 0.0005 }),
      connect('app', 'cache', 'reads 2'),
      connect('cache', 'db', 'misses'),
      connect('app', 'db', 'writes 0.2'),
    ],
  });
}

describe('a solver', () => {
  test('gives the figures of the full solution at every load', () => {
    const network = prepare(shop());
    const solver = solverOf(network);
    for (const scale of [1, 0.3, 1.9, 0, 40, 1]) {
      const figures = solver.at({ scale });
      const full = solveNetwork(network, scale);
      expect(figures.users).toBe(full.users);
      expect(figures.rate).toBeCloseTo(full.rate, 9);
      for (const [i, path] of solver.paths.entries()) {
        const one = full.components.find((own) => own.path === path)!;
        expect(figures.arrivalRates[i]).toBe(one.arrivalRate);
        expect(figures.utilizations[i]).toBeCloseTo(one.utilization ?? 0, 12);
        if (one.response && Number.isFinite(one.response.mean))
          expect(figures.means[i]).toBeCloseTo(one.response.mean, 12);
        else expect(figures.means[i]).toBe(one.response ? Number.POSITIVE_INFINITY : Number.NaN);
      }
      for (const p of [0.5, 0.95, 0.99, 0.999]) {
        const key = p === 0.5 ? 'p50' : p === 0.95 ? 'p95' : p === 0.99 ? 'p99' : 'p999';
        expect(figures.requests()!.quantile(p)).toBe(full.response[key]);
      }
      expect(figures.requests('default')!.mean).toBe(full.requests[0]!.response.mean);
    }
    expect(solver.at().requests('nobody')).toBeUndefined();
  });

  test('with other replicas is as if the design said so, and earlier figures stay', () => {
    const solver = solverOf(prepare(shop()));
    const before = solver.at();
    const declared = before.requests()!.quantile(0.99);
    for (const replicas of [2, 5, 4, 2]) {
      const asked = solve(shop({ replicas }));
      const figures = solver.at({ replicas: { app: replicas } });
      expect(figures.requests()!.quantile(0.99)).toBeCloseTo(asked.response.p99, 9);
      expect(figures.utilizations[2]).toBeCloseTo(asked.components[2]!.utilization!, 12);
      expect(figures.solution().response.mean).toBeCloseTo(asked.response.mean, 12);
    }
    expect(before.requests()!.quantile(0.99)).toBe(declared);
    expect(solver.at().requests()!.quantile(0.99)).toBe(declared);
  });

  test('resizes what decides nothing but its own load', () => {
    const network = prepare(
      architecture({
        ...shop(),
        components: [...shop().components, component('server', 'twin', { cores: 2, serviceTime: 0.01 })],
        connections: [...shop().connections, connect('lb', 'twin')],
      }),
    );
    expect(canResize(network, 'db')).toBe(true);
    expect(canResize(network, 'cache')).toBe(false);
    // The balancer sends more to the larger one.
    expect(canResize(network, 'app')).toBe(false);
    expect(canResize(network, 'nowhere')).toBe(false);
    const solver = solverOf(network);
    expect(solver.at({ replicas: { app: 9 } }).utilizations).toEqual(solver.at().utilizations);
  });
});
