/** What fails while a scenario is played: parts, caches, machines that are taken out, callers who try again. */
import { describe, expect, it } from 'vitest';
import type { Action } from '../../model/index.ts';
import { solve } from '../steady/solve.ts';
import { architecture, component, connect, type Parts } from '../testing.ts';
import { fail, of, played, scenario, single, texts, valueAt } from './testing.ts';

describe('failures', () => {
  const store: Parts = {
    components: [
      component('users', 'u', { rate: 100 }),
      component('server', 'app', { serviceTime: 0.001 }),
      component('database', 'db', {
        serviceTime: 0.001,
        readReplicas: 2,
        replication: {},
        'replication.lag': 0.5,
        failover: {},
        'failover.mode': 'automatic',
        'failover.time': 30,
      }),
    ],
    connections: [connect('u', 'app'), connect('app', 'db', 'reads 1, writes 0.2')],
  };

  it('of a primary lose writes until the failover is done, and reads go on', () => {
    const playback = played(store, scenario(600, [[100, fail('db', 'primary')]]));
    expect(playback.totals.failed).toBeCloseTo(100 * 0.2 * 30, 6);
    expect(valueAt(playback, playback.whole.errors, 110)).toBeCloseTo(0.2, 12);
    expect(valueAt(playback, playback.whole.errors, 130)).toBe(0);
    expect(texts(playback)).toContain(
      "130 failover of 'db' done after 30 s, 600 writes failed meanwhile, 10 acknowledged writes lost",
    );
    expect(valueAt(playback, of(playback, 'db').replicas, 200)).toBe(2);
  });

  it('of everything lose everything, for as long as it lasts', () => {
    const playback = played(single, scenario(600, [[100, fail('app'), 60]]));
    expect(playback.totals.failed).toBeCloseTo(80 * 60, 6);
    expect(playback.availability).toBeCloseTo(0.9, 12);
  });

  it('behind a load balancer are noticed after its checks', () => {
    const parts: Parts = {
      components: [
        component('users', 'u', { rate: 100 }),
        component('loadBalancer', 'lb', { engine: 'haproxy', serviceTime: 1e-5 }),
        component('server', 'app', { serviceTime: 0.001, replicas: 4 }),
      ],
      connections: [connect('u', 'lb'), connect('lb', 'app')],
    };
    const playback = played(parts, scenario(100, [[10, fail('app', { count: 1 }), 50]]));
    expect(valueAt(playback, playback.whole.errors, 12)).toBeCloseTo(0.25, 12);
    expect(playback.totals.failed).toBeCloseTo(25 * 6, 6);
    expect(valueAt(playback, of(playback, 'app').replicas, 30)).toBe(3);
    expect(valueAt(playback, of(playback, 'app').replicas, 90)).toBe(4);
  });

  it('of a data center send the users elsewhere once DNS has noticed', () => {
    const parts: Parts = {
      components: [
        component('users', 'u', { rate: 100 }),
        component('dns', 'geo', { routing: 'weighted', healthCheck: true, failoverTime: 90 }),
        component('dataCenter', 'us'),
        component('server', 'us.app', { serviceTime: 0.001 }),
        component('dataCenter', 'eu'),
        component('server', 'eu.app', { serviceTime: 0.001 }),
      ],
      connections: [connect('u', 'geo'), connect('geo', 'us.app', '50%'), connect('geo', 'eu.app', '50%')],
    };
    const playback = played(parts, scenario(600, [[100, fail('us'), 300]]));
    expect(playback.totals.failed).toBeCloseTo(50 * 90, 6);
    expect(valueAt(playback, of(playback, 'eu.app').arrivalRate, 200)).toBeCloseTo(100, 9);
    expect(valueAt(playback, of(playback, 'eu.app').arrivalRate, 500)).toBeCloseTo(50, 9);
  });

  it('cut the calls between two parts', () => {
    const playback = played(store, scenario(100, [[10, { type: 'partition', target: 'app', from: 'db' }, 20]]));
    expect(playback.totals.failed).toBeCloseTo(100 * 20, 6);
  });
});

describe('retries', () => {
  const parts = (retries: number): Parts => ({
    components: [
      component('users', 'u', { rate: 80 }),
      component('server', 'app', { serviceTime: 0.0001, cores: 4 }),
      component('database', 'db', { serviceTime: 0.01 }),
    ],
    connections: [connect('u', 'app'), connect('app', 'db', 'reads 1', { timeout: 1, retries })],
  });
  const slow: Action = { type: 'slow', target: 'db', factor: 2 };

  it('multiply the calls to what is down', () => {
    const playback = played(parts(2), scenario(300, [[60, fail('db'), 60]]));
    expect(valueAt(playback, of(playback, 'db').arrivalRate, 90)).toBeCloseTo(240, 9);
  });

  it('keep it overloaded after the cause is gone, where without them it recovers (metastable failure)', () => {
    const events = [[60, slow, 60]] as const;
    const [without, with2] = [0, 2].map((retries) => played(parts(retries), scenario(1200, events)));
    expect(without!.whole.errors.at(-1)).toBe(0);
    expect(with2!.whole.errors.at(-1)).toBe(1);
  });
});

describe('caches', () => {
  const parts: Parts = {
    components: [
      component('users', 'u', { rate: 1000 }),
      component('server', 'app', { serviceTime: 1e-5 }),
      component('cache', 'feed', { items: 100_000, itemSize: 1000, memory: 10e6, zipf: 0.8, serviceTime: 1e-6 }),
      component('database', 'db', { serviceTime: 1e-5 }),
    ],
    connections: [connect('u', 'app'), connect('app', 'feed', 'reads 1'), connect('feed', 'db', 'misses')],
  };

  it('that are flushed fill with what is asked for, up to the hit ratio of Che', () => {
    const playback = played(parts, scenario(600, [[60, { type: 'flush', target: 'feed' }]]), 2000);
    const hits = of(playback, 'feed').hitRatio!;
    const usual = solve(architecture(parts)).components.find(({ path }) => path === 'feed')!.hitRatio!;
    expect(valueAt(playback, hits, 59)).toBe(usual);
    expect(valueAt(playback, hits, 60)).toBe(0);
    expect(hits.at(-1)).toBeCloseTo(usual, 9);
    // After n requests an item of probability p is there with 1 − e^(−p n).
    const n = 1000 * 5;
    const weights = Array.from({ length: 100_000 }, (_, i) => (i + 1) ** -0.8);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const expected = weights.reduce((sum, weight) => sum + (weight / total) * -Math.expm1((-weight / total) * n), 0);
    expect(Math.abs(valueAt(playback, hits, 65) - expected)).toBeLessThan(0.011);
  });

  it('ask their store for everything meanwhile', () => {
    const playback = played(parts, scenario(600, [[60, { type: 'flush', target: 'feed' }]]));
    expect(valueAt(playback, of(playback, 'db').arrivalRate, 60)).toBeCloseTo(1000, 6);
  });
});

describe('a cache in front of a store that is too slow for all of its load', () => {
  const parts = (retries: number): Parts => ({
    components: [
      component('users', 'u', { rate: 100 }),
      component('server', 'app', { serviceTime: 1e-5 }),
      component('cache', 'feed', { items: 10_000, itemSize: 1000, memory: 5e6, zipf: 1, serviceTime: 1e-6 }),
      component('database', 'db', { serviceTime: 0.02 }),
    ],
    connections: [
      connect('u', 'app'),
      connect('app', 'feed', 'reads 1'),
      connect('feed', 'db', 'misses', { timeout: 0.5, retries }),
    ],
  });
  const story = scenario(1800, [[60, { type: 'flush', target: 'feed' }]]);

  it('stays cold where what comes too late is asked for again, and is not kept', () => {
    const playback = played(parts(3), story);
    const { hitRatio } = of(playback, 'feed');
    expect(hitRatio!.at(-1)).toBeLessThan(hitRatio![0]! / 2);
    expect(hitRatio!.at(-1)).toBeCloseTo(valueAt(playback, hitRatio, 600), 9);
    expect(playback.whole.errors.at(-1)).toBeGreaterThan(0.5);
    expect(valueAt(playback, of(playback, 'db').arrivalRate, 1000)).toBeGreaterThan(250);
  });
});

describe('deploys', () => {
  it('take one machine after the other out', () => {
    const parts: Parts = {
      ...single,
      components: [
        component('users', 'u', { rate: 80 }),
        component('server', 'app', { serviceTime: 0.01, replicas: 3 }),
      ],
    };
    const playback = played(parts, scenario(600, [[60, { type: 'deploy', target: 'app' }, 90]]));
    const { replicas } = of(playback, 'app');
    expect([59, 60, 100, 149, 150].map((time) => valueAt(playback, replicas, time))).toEqual([3, 2, 2, 2, 3]);
    expect(playback.totals.failed).toBe(0);
  });
});
