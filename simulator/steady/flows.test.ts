/** Where the load goes, checked by hand arithmetic. */
import { describe, expect, test } from 'vitest';
import type { Component, ComponentResult, Connection, Solution } from '../../model/index.ts';
import { architecture, component, connect, type Parts, request } from '../testing.ts';
import { STATIC_FILES, solve } from './solve.ts';

describe('sources', () => {
  test('population × dailyActive × requests × peak', () => {
    const users = component('users', 'u', { population: 1000, dailyActive: 0.4, requests: 0.01, peak: 3 });
    const parts = {
      components: [users, component('server', 's', { serviceTime: 0.01 })],
      connections: [connect('u', 's')],
    };
    expect(solve(architecture(parts)).rate).toBeCloseTo(12, 9);
    expect(solve(architecture(parts), { load: 'mean' }).rate).toBeCloseTo(4, 9);
    expect(solve(architecture(parts), { scale: 2 })).toMatchObject({ users: 2000, rate: 24 });
  });

  test('users without population and rate create no load', () => {
    const { rate, response, components } = run(
      [component('users', 'u'), component('server', 's', { serviceTime: 1 })],
      [connect('u', 's')],
    );
    expect(rate).toBe(0);
    expect(response.mean).toBe(1);
    expect(of(components, 's').utilization).toBe(0);
  });
});

describe('routers', () => {
  test('split what has no share by capacity', () => {
    const { components } = run(
      [
        component('users', 'u', { rate: 100 }),
        component('loadBalancer', 'lb'),
        component('server', 'old', { serviceTime: 0.01 }),
        component('server', 'small', { serviceTime: 0.01, replicas: 2, cores: 2 }),
        component('server', 'large', { serviceTime: 0.01, replicas: 2, cores: 4 }),
      ],
      [connect('u', 'lb'), connect('lb', 'old', '40%'), connect('lb', 'small'), connect('lb', 'large')],
    );
    expect(rates(components, ['old', 'small', 'large'])).toEqual([40, 20, 40].map((value) => expect.closeTo(value, 9)));
  });

  test('DNS by data center share, by place, by health', () => {
    const parts = (routing: string, users: Record<string, string> = {}): Parts => ({
      components: [
        component('users', 'u', { rate: 10, ...users }),
        component('dns', 'geo', { routing }),
        component('dataCenter', 'us', { region: 'us-east-1', share: 0.7 }),
        component('server', 'us.app', { serviceTime: 0.001 }),
        component('dataCenter', 'eu', { region: 'eu-west-1', share: 0.3 }),
        component('server', 'eu.app', { serviceTime: 0.001 }),
      ],
      connections: [connect('u', 'geo'), connect('geo', 'us.app'), connect('geo', 'eu.app')],
    });
    const split = (routing: string, users?: Record<string, string>) =>
      rates(solve(architecture(parts(routing, users))).components, ['us.app', 'eu.app']);
    expect(split('simple')).toEqual([expect.closeTo(7, 9), expect.closeTo(3, 9)]);
    expect(split('failover')).toEqual([10, 0]);
    expect(split('latency', { region: 'eu-west-1' })).toEqual([0, 10]);
    const far = solve(architecture(parts('failover', { region: 'eu-west-1' })));
    expect(far.response.mean).toBeGreaterThan(0.07);
  });

  test('extra flows of users are not part of the split', () => {
    const { components, requests, rate } = run(
      [
        component('users', 'u', { rate: 10 }),
        component('cdn', 'edge', { hitRatio: 0.95 }),
        component('server', 'app', { serviceTime: 0.01 }),
        component('storage', 'files', { readTime: 0.001 }),
      ],
      [connect('u', 'app'), connect('u', 'edge', 'static 20'), connect('edge', 'files', 'misses')],
    );
    expect(rate).toBe(10);
    expect(of(components, 'edge').rates.static).toBeCloseTo(200, 9);
    expect(of(components, 'files').rates.reads).toBeCloseTo(10, 9);
    expect(of(components, 'app').arrivalRate).toBe(10);
    const files = requests.find((one) => one.name === STATIC_FILES)!;
    expect(files.rate).toBeCloseTo(200, 9);
    // One file in twenty waits for the store, which is 1 % busy: 1 ms / (1 - 0.01).
    expect(files.response.mean).toBeCloseTo((0.05 * 0.001) / 0.99, 9);
  });

  test('a server answers static files itself, at its own time for them', () => {
    const { components } = run(
      [
        component('users', 'u', { rate: 10 }),
        component('server', 'app', { serviceTime: 0.02, staticTime: 0.001 }),
        component('database', 'db', { readTime: 0.001 }),
      ],
      [connect('u', 'app'), connect('u', 'app', 'static 5'), connect('app', 'db', 'reads 2')],
    );
    expect(of(components, 'app').utilization).toBeCloseTo(10 * 0.02 + 50 * 0.001, 9);
    expect(of(components, 'db').arrivalRate).toBeCloseTo(20, 9);
  });
});

describe('databases', () => {
  const users = component('users', 'u', { rate: 100 });
  const app = component('server', 'app', { serviceTime: 0, cores: 1 });
  const connections = [connect('u', 'app'), connect('app', 'db', 'reads 2, writes 0.5')];
  const parts = (properties: Parameters<typeof component>[2]) => [
    users,
    app,
    component('database', 'db', { cores: 2, readTime: 0.002, writeTime: 0.004, ...properties }),
  ];

  test('one machine does reads and writes', () => {
    const db = of(run(parts({}), connections).components, 'db');
    expect(db.rates).toMatchObject({ reads: 200, writes: 50 });
    expect(db.utilization).toBeCloseTo((200 * 0.002 + 50 * 0.004) / 2, 9);
  });

  test('reads go to the replicas, writes to the primary, and every replica applies them', () => {
    const properties = { readReplicas: 2, readsFromPrimary: 0.1, replication: {}, 'replication.applyCost': 0.5 };
    const db = of(run(parts(properties), connections).components, 'db');
    expect(utilization(db, 'primary')).toBeCloseTo((20 * 0.002 + 50 * 0.004) / 2, 9);
    expect(utilization(db, 'replica')).toBeCloseTo((90 * 0.002 + 50 * 0.002) / 2, 9);
    expect(db.utilization).toBeCloseTo(utilization(db, 'replica')!, 12);
  });

  test('a shard gets its share, the hottest one more', () => {
    const sharding = { sharding: {}, 'sharding.shards': 4, 'sharding.hottest': 0.2 };
    const db = of(run(parts(sharding), connections).components, 'db');
    const all = 200 * 0.002 + 50 * 0.004;
    expect(utilization(db, 'primary')).toBeCloseTo((0.2 * all) / 2, 9);
    expect(utilization(db, 'hottestShard')).toBeCloseTo((0.4 * all) / 2, 9);
  });

  test('replication to another store costs work there, and rings do not multiply it', () => {
    const two = [...parts({}), component('database', 'copy', { cores: 1, readTime: 0.002, writeTime: 0.004 })];
    const both = [...connections, connect('db', 'copy', 'replicates'), connect('copy', 'db', 'replicates')];
    const { components } = run(two, both);
    expect(of(components, 'copy').utilization).toBeCloseTo(50 * 0.004, 9);
    expect(of(components, 'copy').arrivalRate).toBe(0);
    expect(of(components, 'db').utilization).toBeCloseTo((200 * 0.002 + 50 * 0.004) / 2, 9);
  });
});

describe('caches', () => {
  const parts = (cache: Parameters<typeof component>[2]) => [
    component('users', 'u', { rate: 100 }),
    component('server', 'app', { serviceTime: 0.001, cores: 4 }),
    component('cache', 'feed', { serviceTime: 0.0001, ...cache }),
    component('database', 'db', { readTime: 0.001, writeTime: 0.001 }),
  ];
  const connections = [
    connect('u', 'app'),
    connect('app', 'feed', 'reads 3, writes 1'),
    connect('feed', 'db', 'misses'),
  ];

  test('misses go to the store; writes only where the cache passes them on', () => {
    const aside = run(parts({ hitRatio: 0.9 }), connections).components;
    expect(of(aside, 'feed')).toMatchObject({ hitRatio: 0.9, arrivalRate: 400 });
    expect(of(aside, 'db').rates).toMatchObject({ reads: expect.closeTo(30, 9), writes: 0 });
    const through = run(parts({ hitRatio: 0.9, strategy: 'writeThrough' }), connections).components;
    expect(of(through, 'db').rates.writes).toBeCloseTo(100, 9);
  });

  test('a write behind is not waited for', () => {
    const through = run(parts({ hitRatio: 1, strategy: 'writeThrough' }), connections);
    const behind = run(parts({ hitRatio: 1, strategy: 'writeBehind' }), connections);
    expect(of(behind.components, 'db').rates.writes).toBeCloseTo(100, 9);
    expect(through.response.mean - behind.response.mean).toBeGreaterThan(0.001);
  });

  test('the hit ratio follows from popularity and room (LRU, 10 000 items, Zipf 0.8, 1 000 fit)', () => {
    const feed = { items: 10_000, itemSize: 1000, zipf: 0.8, memory: 1_000_000, eviction: 'lru' };
    expect(of(run(parts(feed), connections).components, 'feed').hitRatio).toBeCloseTo(0.4367, 3);
  });

  test('an unknown hit ratio finds nothing, and says so', () => {
    const { components, accuracy } = run(parts({}), connections);
    expect(of(components, 'db').rates.reads).toBeCloseTo(300, 9);
    expect(accuracy).toMatchObject({
      kind: 'approximate',
      why: expect.stringContaining("no hit ratio known for 'feed'"),
    });
  });
});

describe('queues', () => {
  test('work behind a queue loads the workers but not the response', () => {
    const parts = (rate: number) =>
      run(
        [
          component('users', 'u', { rate }),
          component('server', 'app', { serviceTime: 0.001 }),
          component('queue', 'jobs', { engine: 'sqs' }),
          component('worker', 'worker', { serviceTime: 0.5, replicas: 4 }),
        ],
        [connect('u', 'app'), connect('app', 'jobs', 'publishes 0.1'), connect('jobs', 'worker')],
      );
    const calm = parts(40);
    expect(of(calm.components, 'worker')).toMatchObject({ utilization: expect.closeTo(0.5, 9) });
    expect(of(calm.components, 'jobs').backlogGrowth).toBe(0);
    expect(calm.response.mean).toBeCloseTo(0.001 / 0.96, 9);
    const flooded = parts(120);
    expect(of(flooded.components, 'jobs').backlogGrowth).toBeCloseTo(4, 9);
    expect(flooded.errors).toBe(0);
  });

  const behindWorkers = (queue: Component['properties'] = {}) => {
    const jobs = { ...component('queue', 'jobs', { engine: 'sqs' }) };
    return run(
      [
        component('users', 'u', { rate: 50 }),
        component('server', 'app', { serviceTime: 0.001 }),
        { ...jobs, properties: { ...jobs.properties, ...queue } },
        component('worker', 'worker', { serviceTime: 0.04 }),
        component('database', 'db', { writeTime: 0.01 }),
      ],
      [
        connect('u', 'app'),
        connect('app', 'jobs', 'publishes 2'),
        connect('jobs', 'worker'),
        connect('worker', 'db', 'writes 1'),
      ],
    );
  };

  test('what workers do not get done waits in the queue, not at the store behind them', () => {
    const { components } = behindWorkers();
    expect(of(components, 'worker').utilization).toBeCloseTo(4, 9);
    expect(of(components, 'jobs').backlogGrowth).toBeCloseTo(75, 9);
    expect(of(components, 'db')).toMatchObject({
      arrivalRate: expect.closeTo(25, 9),
      utilization: expect.closeTo(0.25, 9),
    });
  });

  test('with a most number of messages drop the others', () => {
    const { components } = behindWorkers(component('queue', 'q', { maxLength: 300 }).properties);
    expect(of(components, 'jobs')).toMatchObject({ backlogGrowth: 0, inSystem: 300, refused: expect.closeTo(0.75, 9) });
  });
});

describe('request classes', () => {
  test('replace the connections of the same source, and service times', () => {
    const { components, requests } = solve(
      architecture({
        components: [
          component('users', 'u', { rate: 100 }),
          component('server', 'app', { serviceTime: 0.001, cores: 2 }),
          component('database', 'db', { readTime: 0.001, writeTime: 0.002 }),
          component('storage', 'files', { writeTime: 0.01 }),
        ],
        connections: [connect('u', 'app'), connect('app', 'db', 'reads 2')],
        requests: [
          request('upload', 0.1, [connect('app', 'db', 'writes 1'), connect('app', 'files', 'writes 1')], {
            app: { serviceTime: 0.005 },
          }),
        ],
      }),
    );
    expect(requests.map(({ name, rate }) => [name, rate])).toEqual([
      ['default', expect.closeTo(90, 9)],
      ['upload', expect.closeTo(10, 9)],
    ]);
    expect(of(components, 'db').rates).toMatchObject({ reads: expect.closeTo(180, 9), writes: expect.closeTo(10, 9) });
    expect(of(components, 'files').rates.writes).toBeCloseTo(10, 9);
    expect(of(components, 'app').utilization).toBeCloseTo((90 * 0.001 + 10 * 0.005) / 2, 9);
    const [ordinary, upload] = requests;
    expect(upload!.response.mean).toBeGreaterThan(ordinary!.response.mean);
  });
});

describe('limits', () => {
  test('threads are held while the server waits for others', () => {
    const { components } = run(
      [
        component('users', 'u', { rate: 10 }),
        component('server', 'app', { serviceTime: 0.01, threads: 8, cores: 4 }),
        component('external', 'bank', { latency: 0.39 }),
      ],
      [connect('u', 'app'), connect('app', 'bank')],
    );
    const app = of(components, 'app');
    // A little more, as a thread is also held while its request waits for a core.
    expect(app.resources.find((one) => one.resource === 'threads')!.utilization).toBeCloseTo((10 * 0.4) / 8, 6);
    expect(app.saturatesAt).toBeCloseTo(2, 5);
  });

  test('a rate limit refuses what is too much, and what follows gets less', () => {
    const { components, errors } = run(
      [
        component('users', 'u', { rate: 100 }),
        component('server', 'app', { serviceTime: 0.001, maxRate: 80 }),
        component('database', 'db', { readTime: 0.001 }),
      ],
      [connect('u', 'app'), connect('app', 'db', 'reads 1')],
    );
    expect(errors).toBeCloseTo(0.2, 9);
    expect(of(components, 'db').arrivalRate).toBeCloseTo(80, 6);
    expect(of(components, 'app').saturatesAt).toBeCloseTo(0.8, 9);
  });

  test('parts of a host share its cores', () => {
    const { components } = run(
      [
        component('users', 'u', { rate: 50 }),
        component('host', 'box', { cores: 1 }),
        component('server', 'box.app', { serviceTime: 0.01 }),
        component('database', 'box.db', { readTime: 0.002 }),
      ],
      [connect('u', 'box.app'), connect('box.app', 'box.db', 'reads 2')],
    );
    expect(of(components, 'box').utilization).toBeCloseTo(0.7, 9);
    expect(of(components, 'box.db').utilization).toBeCloseTo(0.7, 9);
    expect(of(components, 'box.app').waiting).toBeCloseTo(of(components, 'box.db').waiting!, 12);
  });

  test('an autoscaled group runs as many replicas as keep it at its target', () => {
    const { components } = run(
      [
        component('users', 'u', { rate: 100 }),
        component('server', 'app', { serviceTime: 0.05, replicas: [2, 20], autoscale: {}, 'autoscale.target': 0.5 }),
      ],
      [connect('u', 'app')],
    );
    const app = of(components, 'app');
    expect(app.resources[0]).toMatchObject({ resource: 'cpu', utilization: expect.closeTo(0.5, 9), available: 10 });
    expect(app.saturatesAt).toBeCloseTo(4, 9);
    expect(app.replicasNeeded).toBe(6);
  });

  test('what is saturated never answers, and says how much of it is lost', () => {
    const { components, response, errors } = run(
      [component('users', 'u', { rate: 20 }), component('server', 's', { serviceTime: 0.1 })],
      [connect('u', 's')],
    );
    expect(of(components, 's')).toMatchObject({ utilization: 2, throughput: 10, inSystem: Number.POSITIVE_INFINITY });
    expect(response.p50).toBe(Number.POSITIVE_INFINITY);
    expect(errors).toBeCloseTo(0.5, 6);
  });

  test('a call that multiplies without end is reported as saturated', () => {
    const { components } = run(
      [
        component('users', 'u', { rate: 1 }),
        component('server', 'a', { serviceTime: 0.001 }),
        component('server', 'b', { serviceTime: 0.001 }),
      ],
      [connect('u', 'a'), connect('a', 'b', 'calls 2'), connect('b', 'a', 'calls 1')],
    );
    expect(of(components, 'a').utilization).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('accuracy', () => {
  test('is exact for M/M/c behind Poisson arrivals, approximate where something is unknown', () => {
    const users = component('users', 'u', { rate: 1 });
    const known = run([users, component('server', 's', { serviceTime: 0.1 })], [connect('u', 's')]);
    expect(known.accuracy).toEqual({ kind: 'exact' });
    const unknown = run([users, component('server', 's')], [connect('u', 's')]);
    expect(unknown.accuracy).toMatchObject({ kind: 'approximate', why: "no service time known for 's'" });
    expect(of(unknown.components, 's').response).toBe(undefined);
  });
});

function run(components: readonly Component[], connections: readonly Connection[]): Solution {
  return solve(architecture({ components, connections }));
}

function of(components: readonly ComponentResult[], path: string): ComponentResult {
  const found = components.find((one) => one.path === path);
  if (!found) throw new Error(`no result for '${path}'`);
  return found;
}

function rates(components: readonly ComponentResult[], paths: readonly string[]): readonly number[] {
  return paths.map((path) => of(components, path).arrivalRate);
}

function utilization(result: ComponentResult, part: string): number | undefined {
  return result.resources.find((one) => one.resource === 'cpu' && one.part === part)?.utilization;
}
