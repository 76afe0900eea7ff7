/** Playing in general: nothing that happens, curves of the load, promises, conservation. */
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../model/index.ts';
import { solve } from '../steady/solve.ts';
import { architecture, component, connect, type Parts, requirement } from '../testing.ts';
import { play, snapshot } from './play.ts';
import { fail, of, played, scenario, single, surge, valueAt } from './testing.ts';

describe('quiet parts', () => {
  it('equal the steady state, to the last digit', () => {
    const model = architecture({
      components: [
        component('users', 'u', { rate: 500, peak: 1.5 }),
        component('loadBalancer', 'lb', { replicas: 2 }),
        component('server', 'app', {
          replicas: [2, 9],
          cores: 4,
          serviceTime: 0.012,
          autoscale: {},
          'autoscale.target': 0.6,
        }),
        component('cache', 'feed', { hitRatio: 0.9, serviceTime: 0.0001 }),
        component('database', 'posts', { serviceTime: 0.004, cores: 4, readReplicas: 2, replication: {} }),
      ],
      connections: [
        connect('u', 'lb'),
        connect('lb', 'app'),
        connect('app', 'feed', 'reads 2'),
        connect('feed', 'posts', 'misses'),
        connect('app', 'posts', 'writes 0.2'),
      ],
    });
    const steady = solve(model);
    const playback = play(model, scenario(600, [[300, surge(1)]]), { percentiles: true })!;
    for (const { path, utilization, arrivalRate } of steady.components) {
      expect(of(playback, path).arrivalRate).toEqual(playback.times.map(() => arrivalRate));
      if (utilization !== undefined)
        expect(of(playback, path).utilization).toEqual(playback.times.map(() => utilization));
    }
    expect(playback.whole.mean[0]).toBeCloseTo(steady.response.mean, 12);
    expect(playback.whole.p99?.at(-1)).toBeCloseTo(steady.response.p99, 9);
    expect(snapshot(model, scenario(600), 400).solution.response.p99).toBeCloseTo(steady.response.p99, 9);
  });

  it('equal the steady state where callers give up and try again', () => {
    const model = architecture({
      components: [
        component('users', 'u', { rate: 45 }),
        component('server', 'app', { serviceTime: 0.001, cores: 4 }),
        component('database', 'db', { serviceTime: 0.01 }),
      ],
      connections: [connect('u', 'app'), connect('app', 'db', 'reads 1', { timeout: 0.06, retries: 2 })],
    });
    const steady = solve(model);
    const playback = play(model, scenario(60))!;
    expect(steady.errors).toBeGreaterThan(1e-5);
    expect(playback.whole.errors[0]).toBeCloseTo(steady.errors, 6);
    expect(playback.whole.mean[0]).toBeCloseTo(steady.response.mean, 6);
    const db = steady.components.find(({ path }) => path === 'db')!;
    expect(of(playback, 'db').utilization?.[0]).toBeCloseTo(db.utilization!, 5);
  });

  it('are nothing without load', () => {
    const playback = played(single, scenario(600, [[60, fail('app'), 60]], { load: { type: 'rate', perSecond: 0 } }));
    expect(playback.totals).toEqual({ entered: 0, answered: 0, failed: 0, waiting: 0 });
    expect(playback.availability).toBe(1);
    expect(of(playback, 'app').backlog.every((count) => count === 0)).toBe(true);
  });
});

describe('load curves', () => {
  it('are multiples of the mean, joined by straight lines', () => {
    const points = [
      { at: 0, factor: 0 },
      { at: 100, factor: 1 },
    ];
    const playback = played(single, scenario(200, [], { load: { type: 'points', points } }));
    expect(playback.totals.entered).toBeCloseTo(80 * 50 + 80 * 100, 6);
  });

  it('that cross the capacity leave the backlog of the integral', () => {
    const points = [
      { at: 0, factor: 1 },
      { at: 100, factor: 2 },
    ];
    const playback = played(single, scenario(100, [], { load: { type: 'points', points } }), 1000);
    // 80 (1 + t/100) crosses 100 at t = 25; the triangle above it is 75 s wide and 60/s high.
    expect(valueAt(playback, of(playback, 'app').backlog, 100)).toBeCloseTo((75 * 60) / 2, -1);
  });
});

describe('response times', () => {
  it('are those of the requests that are answered, also while some calls are hopeless', () => {
    const parts: Parts = {
      components: [
        component('users', 'u', { rate: 50 }),
        component('server', 'app', { serviceTime: 0.01 }),
        component('database', 'db', { serviceTime: 0.001 }),
      ],
      connections: [connect('u', 'app'), connect('app', 'db', 'writes 0.1', { timeout: 1, retries: 2 })],
    };
    const playback = play(architecture(parts), scenario(120, [[60, fail('db')]]), { percentiles: true })!;
    expect(playback.whole.errors.at(-1)).toBeCloseTo(0.1, 9);
    expect(playback.whole.mean.at(-1)).toBeCloseTo(0.02, 6);
    expect(playback.whole.p99?.at(-1)).toBeLessThan(0.1);
  });
});

describe('requirements', () => {
  it('say from when to when they are broken, and the worst value', () => {
    const requirements = [
      requirement('backlog', '<', 3000, 'app'),
      requirement('availability', '>=', 0.99),
      requirement('errors', '<', 0.01),
      requirement('capacity', '>=', 10),
    ];
    const playback = played(single, scenario(600, [[60, surge(2), 120]], { requirements }));
    const [backlog, availability, errors, capacity] = playback.requirements;
    expect(backlog).toMatchObject({ holds: false, worst: 7200, worstAt: 180 });
    expect(backlog?.broken[0]?.from).toBeCloseTo(60 + 3000 / 60, 6);
    expect(availability).toMatchObject({ holds: true, worst: 1 });
    expect(errors).toMatchObject({ holds: true, worst: 0 });
    expect(capacity?.holds).toBeUndefined();
    expect(capacity?.why).toContain('capacity');
  });
});

describe('conservation', () => {
  const many: Parts = {
    components: [
      component('users', 'u', { rate: 300, peak: 2 }),
      component('loadBalancer', 'lb', { engine: 'haproxy', serviceTime: 1e-5 }),
      component('server', 'app', { serviceTime: 0.01, replicas: [4, 12], autoscale: {}, timeout: 2 }),
      component('cache', 'feed', { hitRatio: 0.8, ttl: 60, serviceTime: 1e-4, replicas: 2 }),
      component('database', 'db', { serviceTime: 0.004, cores: 2, readReplicas: 1, failover: {}, 'failover.time': 20 }),
      component('queue', 'jobs', { serviceTime: 1e-5 }),
      component('worker', 'w', { serviceTime: 0.05, replicas: 3 }),
    ],
    connections: [
      connect('u', 'lb'),
      connect('lb', 'app'),
      connect('app', 'feed', 'reads 2'),
      connect('feed', 'db', 'misses'),
      connect('app', 'db', 'writes 0.3', { retries: 1, timeout: 0.5 }),
      connect('app', 'jobs', 'publishes 0.1'),
      connect('jobs', 'w'),
    ],
  };
  const stories: Record<string, Scenario> = {
    'a lost primary': scenario(900, [[100, fail('db', 'primary'), 300]]),
    'a flash crowd': scenario(900, [[100, surge(3), 200]]),
    'a flushed cache': scenario(900, [[100, { type: 'flush', target: 'feed' }]]),
    'everything at once': scenario(1200, [
      [100, surge(2), 300],
      [150, fail('db', 'primary')],
      [200, { type: 'flush', target: 'feed' }],
      [250, fail('app', { count: 2 }), 100],
      [400, { type: 'slow', target: 'db', factor: 1.5 }, 100],
      [600, fail('w'), 60],
      [700, { type: 'partition', target: 'app', from: 'feed' }, 30],
      [800, { type: 'deploy', target: 'app' }],
    ]),
  };

  for (const [name, story] of Object.entries(stories))
    it(`holds for ${name}: what enters is answered, fails or waits`, () => {
      const { totals, times, whole } = played(many, story);
      expect(totals.answered + totals.failed + totals.waiting).toBeCloseTo(totals.entered, 4);
      const entered = times.reduce((sum, time, i) => sum + whole.offered[i]! * ((times[i + 1] ?? time) - time), 0);
      expect(entered).toBeCloseTo(totals.entered, 4);
      for (const value of [totals.answered, totals.failed, totals.waiting]) expect(value).toBeGreaterThanOrEqual(0);
      expect(whole.throughput.every((rate) => rate >= 0 && Number.isFinite(rate))).toBe(true);
    });

  it('gives the same again', () => {
    const story = stories['everything at once']!;
    expect(played(many, story)).toEqual(played(many, story));
  });

  it('does not depend on how much is asked: a million times the load on a million times the machines', () => {
    const scaled = (factor: number): Parts => ({
      components: [
        component('users', 'u', { rate: 80 * factor }),
        component('server', 'app', { serviceTime: 0.01 / factor }),
      ],
      connections: [connect('u', 'app')],
    });
    const story = scenario(600, [[60, surge(2), 120]]);
    const [one, million] = [played(scaled(1), story), played(scaled(1e6), story)];
    expect(million.times.length).toBe(one.times.length);
    expect(million.totals.answered / 1e6).toBeCloseTo(one.totals.answered, 3);
  });
});

describe('stopping', () => {
  it('gives nothing', () => {
    expect(play(architecture(single), scenario(600), { onProgress: () => false })).toBeUndefined();
  });
});
