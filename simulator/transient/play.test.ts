import { describe, expect, it } from 'vitest';
import type { Action, Load, Requirement, Scenario, ScenarioEvent } from '../../model/index.ts';
import { solve } from '../steady/solve.ts';
import { architecture, component, connect, type Parts, requirement } from '../testing.ts';
import { play, snapshot } from './play.ts';
import type { Playback } from './playback.ts';

const at = { line: 0, character: 0, offset: 0 };
const span = { file: 'test:///test.arch', start: at, end: at };

function scenario(
  duration: number,
  events: readonly (readonly [at: number, action: Action, lasts?: number])[] = [],
  options: { readonly load?: Load; readonly requirements?: readonly Requirement[] } = {},
): Scenario {
  return {
    name: 'test',
    duration,
    load: options.load ?? { type: 'peak' },
    events: events.map(
      ([at, action, lasts]): ScenarioEvent => ({ at, action, span, ...(lasts === undefined ? {} : { lasts }) }),
    ),
    requirements: options.requirements ?? [],
    span,
    nameSpan: span,
  };
}

function played(parts: Parts, what: Scenario, steps?: number): Playback {
  const playback = play(architecture(parts), what, steps === undefined ? {} : { steps });
  if (!playback) throw new Error('stopped');
  return playback;
}

/** The value of a series at a time: the last one that began before or then. */
function valueAt({ times }: Playback, series: readonly number[] | undefined, time: number): number {
  const index = times.findLastIndex((one) => one <= time + 1e-9);
  return series?.[index] ?? Number.NaN;
}

function of(playback: Playback, path: string) {
  const found = playback.components.find((one) => one.path === path);
  if (!found) throw new Error(`no '${path}'`);
  return found;
}

const texts = ({ log }: Playback) => log.map((entry) => `${entry.at} ${entry.text}`);
const surge = (factor: number): Action => ({ type: 'surge', factor });
const fail = (target: string, what: Extract<Action, { type: 'fail' }>['what'] = 'all'): Action => ({
  type: 'fail',
  target,
  what,
});

/** 80 requests per second to a server that does 100. */
const single: Parts = {
  components: [component('users', 'u', { rate: 80 }), component('server', 'app', { serviceTime: 0.01 })],
  connections: [connect('u', 'app')],
};

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
