/** What waits while a scenario is played, and what autoscaling does about it. */
import { describe, expect, it } from 'vitest';
import type { Action } from '../../model/index.ts';
import { component, connect, type Parts } from '../testing.ts';
import { fail, of, played, scenario, single, surge, texts, valueAt } from './testing.ts';

describe('a backlog', () => {
  const playback = played(single, scenario(600, [[60, surge(2), 120]]));

  it('grows by what arrives less what is done, and drains at the rest: Q = ∫(λ − cμ)⁺, Q/(cμ − λ)', () => {
    expect(valueAt(playback, of(playback, 'app').backlog, 120)).toBeCloseTo(60 * 60, 6);
    expect(valueAt(playback, of(playback, 'app').backlog, 180)).toBeCloseTo(60 * 120, 6);
    expect(playback.log.find(({ text }) => text.startsWith('what waited'))?.at).toBeCloseTo(180 + 7200 / 20, 6);
  });

  it('makes everybody wait for Q / cμ', () => {
    expect(valueAt(playback, of(playback, 'app').delay, 180)).toBeCloseTo(72, 6);
  });

  it('lets through what is done, and all of it in the end', () => {
    expect(valueAt(playback, playback.whole.throughput, 100)).toBeCloseTo(100, 9);
    expect(valueAt(playback, playback.whole.throughput, 400)).toBeCloseTo(100, 9);
    expect(playback.totals.answered).toBeCloseTo(80 * 600 + 80 * 120, 6);
  });

  it('says so in words', () => {
    expect(texts(playback)).toEqual([
      '60 the load is 2 times as high for 2 min',
      "60 'app' is asked for more than it can do (160% of it)",
      '180 the surge is over',
      "540 what waited at 'app' is done",
    ]);
  });
});

describe('queues', () => {
  const parts: Parts = {
    components: [
      component('users', 'u', { rate: 100 }),
      component('server', 'app', { serviceTime: 0.001 }),
      component('queue', 'jobs', { serviceTime: 1e-5 }),
      component('worker', 'w', { serviceTime: 0.008 }),
    ],
    connections: [connect('u', 'app'), connect('app', 'jobs', 'publishes 1'), connect('jobs', 'w')],
  };

  it('keep the messages of dead workers, who do them later; no request fails or waits', () => {
    const playback = played(parts, scenario(600, [[60, fail('w'), 30]]));
    expect(valueAt(playback, of(playback, 'jobs').backlog, 90)).toBeCloseTo(3000, 6);
    expect(of(playback, 'w').backlog.every((count) => count === 0)).toBe(true);
    expect(playback.totals).toMatchObject({ failed: 0, waiting: 0 });
    // 125/s can be done, 100/s arrive.
    expect(playback.log.find(({ text }) => text.startsWith('what waited'))?.at).toBeCloseTo(90 + 3000 / 25, 6);
  });

  it('drop what no longer fits', () => {
    const bounded = parts.components!.map((one) =>
      one.path === 'jobs' ? component('queue', 'jobs', { serviceTime: 1e-5, maxLength: 1000 }) : one,
    );
    const playback = played({ ...parts, components: bounded }, scenario(600, [[60, fail('w'), 30]]));
    expect(Math.max(...of(playback, 'jobs').backlog)).toBeCloseTo(1000, 6);
    expect(valueAt(playback, of(playback, 'w').failing, 80)).toBeCloseTo(100, 9);
  });
});

describe('machines that share a host', () => {
  it('wait in one queue, and all of it is done in the end', () => {
    const parts: Parts = {
      components: [
        component('users', 'u', { rate: 60 }),
        component('host', 'box', { cores: 1 }),
        component('server', 'box.app', { serviceTime: 0.005 }),
        component('database', 'box.db', { serviceTime: 0.005 }),
      ],
      connections: [connect('u', 'box.app'), connect('box.app', 'box.db', 'reads 1')],
    };
    const playback = played(parts, scenario(1200, [[60, surge(3), 60]]));
    expect(valueAt(playback, of(playback, 'box').utilization, 90)).toBeGreaterThan(1);
    expect(playback.totals.answered).toBeCloseTo(playback.totals.entered, 3);
    expect(of(playback, 'box').utilization?.at(-1)).toBeCloseTo(0.6, 9);
    expect(playback.log.some(({ text }) => text.startsWith('what waited'))).toBe(true);
  });
});

describe('autoscaling', () => {
  it('adds replicas after their boot, as many as full use can show, and the next only after the cooldown', () => {
    const parts: Parts = {
      components: [
        component('users', 'u', { rate: 100 }),
        component('server', 'app', {
          serviceTime: 0.01,
          replicas: [2, 20],
          autoscale: {},
          'autoscale.target': 0.5,
          'autoscale.boot': 60,
          'autoscale.cooldown': 120,
        }),
      ],
      connections: [connect('u', 'app')],
    };
    const playback = played(parts, scenario(1200, [[100, surge(8), 600]]));
    const { replicas } = of(playback, 'app');
    expect([99, 159, 160, 279, 280, 340, 400].map((time) => valueAt(playback, replicas, time))).toEqual([
      2, 2, 4, 4, 8, 8, 16,
    ]);
    expect(replicas.at(-1)).toBe(2);
  });
});

describe('scale', () => {
  it('is the least that an autoscaler keeps', () => {
    const parts: Parts = {
      components: [
        component('users', 'u', { rate: 100 }),
        component('server', 'app', {
          serviceTime: 0.01,
          replicas: [2, 20],
          autoscale: {},
          'autoscale.target': 0.5,
          'autoscale.boot': 60,
          'autoscale.cooldown': 120,
        }),
      ],
      connections: [connect('u', 'app')],
    };
    const action: Action = { type: 'scale', target: 'app', to: 10 };
    const playback = played(parts, scenario(1200, [[100, action, 600]]));
    const { replicas } = of(playback, 'app');
    expect([100, 159, 160, 600, 699].map((time) => valueAt(playback, replicas, time))).toEqual([2, 2, 10, 10, 10]);
    expect(replicas.at(-1)).toBe(2);
  });
});
