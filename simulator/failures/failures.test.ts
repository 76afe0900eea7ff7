/** Failures by hand, and laws that hold for all of them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { architecture, component, connect, type Parts, type Properties, requirement } from '../testing.ts';
import type { FailureImpact } from './impact.ts';
import { type FailureSweep, failuresOf } from './sweep.ts';

const users = component('users', 'people', { rate: 100 });

/** What a failure does, by `kind path` or `kind path#zone`. */
function onLossOf({ singles }: FailureSweep, name: string): FailureImpact {
  const found = singles.find(({ failures: [one] }) => nameOf(one) === name);
  if (!found) throw new Error(`no failure '${name}' among ${singles.map((one) => nameOf(one.failures[0])).join(', ')}`);
  return found;
}

function nameOf(failure: FailureImpact['failures'][number] | undefined): string {
  return failure ? `${failure.kind} ${failure.path}${failure.zone ? `#${failure.zone}` : ''}` : '';
}

function sweep(parts: Parts, pairs = false): FailureSweep {
  return failuresOf(architecture(parts), { pairs });
}

describe('one machine', () => {
  test('a single server takes everything with it, and is to blame', () => {
    const result = sweep({
      components: [users, component('server', 'app', { serviceTime: 0.001, mttr: 600 })],
      connections: [connect('people', 'app')],
    });
    expect(onLossOf(result, 'machine app')).toMatchObject({
      lost: 1,
      repairedIn: 600,
      blame: { path: 'app', why: "'app' is a single machine." },
    });
  });

  test('of two servers at 60 % one is left, with 120 % of what it can do', () => {
    const result = sweep({
      components: [
        users,
        component('loadBalancer', 'lb', { replicas: 2, serviceTime: 0 }),
        component('server', 'app', { replicas: 2, serviceTime: 0.012 }),
      ],
      connections: [connect('people', 'lb'), connect('lb', 'app')],
    });
    const impact = onLossOf(result, 'machine app');
    expect(impact).toMatchObject({ lost: 0, overloaded: [{ path: 'app', resource: 'cpu', until: 'repaired' }] });
    expect(impact.overloaded[0]!.utilization).toBeCloseTo(1.2, 9);
    expect(onLossOf(result, 'machine lb')).toMatchObject({ lost: 0, overloaded: [], broken: [] });
    expect(onLossOf(result, 'machine lb').blame).toBe(undefined);
  });

  test('until the balancer has noticed, a third of the requests is lost', () => {
    const threeBehind = (balancer: Properties) =>
      sweep({
        components: [
          users,
          component('loadBalancer', 'lb', { replicas: 2, serviceTime: 0, ...balancer }),
          component('server', 'app', { replicas: 3, serviceTime: 0.001, commonCause: 0.05 }),
        ],
        connections: [connect('people', 'lb'), connect('lb', 'app')],
      });
    const noticed = onLossOf(threeBehind({ failoverTime: 10 }), 'machine app');
    expect(noticed).toMatchObject({ lost: 0, lostAtFirst: expect.closeTo(1 / 3, 9), reactsIn: 10 });
    const never = onLossOf(threeBehind({ healthCheck: false }), 'machine app');
    expect(never).toMatchObject({ lost: expect.closeTo(1 / 3, 9), reactsIn: 0, blame: { path: 'lb' } });
    expect(onLossOf(threeBehind({}), 'allMachines app')).toMatchObject({
      lost: 1,
      blame: { path: 'app', why: "One cause takes all 3 machines of 'app' down." },
    });
  });

  test('an autoscaler starts what is missing', () => {
    const app = component('server', 'app', {
      replicas: [2, 8],
      serviceTime: 0.012,
      autoscale: {},
      'autoscale.target': 0.6,
      'autoscale.boot': 90,
    });
    const result = sweep({
      components: [users, component('loadBalancer', 'lb', { replicas: 2, serviceTime: 0 }), app],
      connections: [connect('people', 'lb'), connect('lb', 'app')],
    });
    expect(onLossOf(result, 'machine app')).toMatchObject({
      repairedIn: 90,
      overloaded: [{ path: 'app', until: 'repaired', lasts: 90 }],
    });
  });

  test('half of a cache gives half of its hits to the store behind it', () => {
    const result = sweep({
      components: [
        users,
        component('server', 'app', { replicas: 9, serviceTime: 0 }),
        component('cache', 'feed', { replicas: 2, serviceTime: 0, hitRatio: 0.9 }),
        component('database', 'posts', { readTime: 0.02, cores: 1 }),
      ],
      connections: [connect('people', 'app'), connect('app', 'feed', 'reads 1'), connect('feed', 'posts', 'misses')],
    });
    // 100/s × (1 − 0.45) × 20 ms = 1.1; without the cache 100/s × 20 ms = 2.
    expect(onLossOf(result, 'machine feed').lost).toBe(0);
    expect(onLossOf(result, 'machine feed').overloaded[0]!.utilization).toBeCloseTo(1.1, 9);
    // Its misses alone are lost with the store: one read in ten.
    expect(onLossOf(result, 'machine posts').lost).toBeCloseTo(0.1, 9);
  });

  test('a promise that the survivors are too slow for is broken', () => {
    // M/M/1 at ρ = 0.3 each of two (random split); then 0.6 at one: P(T > 50 ms) = e^(−(1 − 0.6) 50 / 6) = 3.6 %.
    const parts = (limit: number): Parts => ({
      components: [users, component('server', 'app', { replicas: 2, serviceTime: 0.006 })],
      connections: [connect('people', 'app')],
      requirements: [requirement('p99', '<', limit)],
    });
    expect(onLossOf(sweep(parts(0.05)), 'machine app').broken).toHaveLength(1);
    expect(onLossOf(sweep(parts(0.1)), 'machine app').broken).toHaveLength(0);
  });
});

describe('stores', () => {
  const store = (properties: Parameters<typeof component>[2]): Parts => ({
    components: [
      users,
      component('server', 'app', { replicas: 2, serviceTime: 0 }),
      component('database', 'posts', { readTime: 0.001, writeTime: 0.001, readReplicas: 1, ...properties }),
    ],
    connections: [connect('people', 'app'), connect('app', 'posts', 'reads 1, writes 0.25')],
  });

  test('a replica is promoted: writes are lost until then, and what it had not yet got', () => {
    const result = sweep(
      store({ failover: {}, 'failover.mode': 'automatic', 'failover.time': 30, replication: {}, 'replication.lag': 2 }),
    );
    const impact = onLossOf(result, 'primary posts');
    expect(impact).toMatchObject({ lost: 0, reactsIn: 30, dataLoss: { path: 'posts', seconds: 2 } });
    expect(impact.lostAtFirst).toBeCloseTo(0.25, 9);
    expect(onLossOf(result, 'replica posts')).toMatchObject({ lost: 0, lostAtFirst: 0 });
  });

  test('nobody promotes: writes are lost until it is repaired, and failover is to blame', () => {
    const impact = onLossOf(sweep(store({})), 'primary posts');
    expect(impact.lost).toBeCloseTo(0.25, 9);
    expect(impact.blame?.why).toBe("Nothing takes over as primary of 'posts' by itself.");
  });

  test('one of four shards meets a quarter of the 1.25 operations of a request', () => {
    const result = sweep(store({ readReplicas: 0, sharding: {}, 'sharding.shards': 4 }));
    expect(onLossOf(result, 'machine posts').lost).toBeCloseTo(0.3125, 9);
    expect(onLossOf(result, 'machine posts').dataLoss).toMatchObject({ path: 'posts', why: expect.any(String) });
  });
});

describe('data centers', () => {
  const two = (dns: Parameters<typeof component>[2], serviceTime = 0.012): Parts => ({
    components: [
      users,
      component('dns', 'domain', dns),
      component('dataCenter', 'us'),
      component('server', 'us.app', { serviceTime }),
      component('dataCenter', 'eu'),
      component('server', 'eu.app', { serviceTime }),
    ],
    connections: [connect('people', 'domain'), connect('domain', 'us.app'), connect('domain', 'eu.app')],
  });

  test('the other one gets everything after the time to live of the answer', () => {
    const impact = onLossOf(sweep(two({ healthCheck: true, ttl: 60 })), 'dataCenter us');
    expect(impact).toMatchObject({ lost: 0, lostAtFirst: 0.5, reactsIn: 60 });
    expect(impact.overloaded).toMatchObject([{ path: 'eu.app', until: 'repaired' }]);
    expect(impact.overloaded[0]!.utilization).toBeCloseTo(1.2, 9);
  });

  test('without health checks half of the users go on asking the dead one', () => {
    const impact = onLossOf(sweep(two({})), 'dataCenter us');
    expect(impact).toMatchObject({ lost: 0.5, overloaded: [], blame: { path: 'domain' } });
  });

  test('a standby takes over although nobody asks it before', () => {
    const result = sweep(two({ routing: 'failover', failoverTime: 120 }, 0.001));
    expect(onLossOf(result, 'dataCenter us')).toMatchObject({ lost: 0, lostAtFirst: 1, reactsIn: 120, overloaded: [] });
    expect(onLossOf(result, 'dataCenter eu')).toMatchObject({ lost: 0, lostAtFirst: 0 });
  });

  test('both together, found as a pair', () => {
    const { pairs = [], pairsTried } = sweep(two({ healthCheck: true }, 0.001), true);
    const names = pairs.filter(({ lost }) => lost === 1).map(({ failures }) => failures.map(nameOf).join(' + '));
    expect(names).toContain('dataCenter us + dataCenter eu');
    expect(names).toContain('machine us.app + machine eu.app');
    // DNS, two machines, two data centers.
    expect(pairsTried).toBe(10);
  });
});

test('two machines of the same kind are a pair', () => {
  const { pairs = [] } = sweep(
    {
      components: [
        users,
        component('loadBalancer', 'lb', { replicas: 2, serviceTime: 0 }),
        component('server', 'app', { replicas: 2, serviceTime: 0.001 }),
      ],
      connections: [connect('people', 'lb'), connect('lb', 'app')],
    },
    true,
  );
  expect(pairs.map(({ failures, lost }) => [failures.map(nameOf).join(' + '), lost])).toEqual([
    ['machine lb + machine lb', 1],
    ['machine app + machine app', 1],
  ]);
});

describe('laws', () => {
  const tier = fc.record({ replicas: fc.integer({ min: 1, max: 3 }), serviceTime: fc.constantFrom(0, 0.001, 0.004) });
  const some = fc.record({
    lb: tier,
    app: tier,
    health: fc.boolean(),
    zones: fc.integer({ min: 1, max: 3 }),
    hitRatio: fc.constantFrom(0, 0.5, 1),
    readReplicas: fc.integer({ min: 0, max: 2 }),
    shards: fc.integer({ min: 1, max: 3 }),
    promotes: fc.boolean(),
    writes: fc.constantFrom(0, 0.3, 1, 2),
  });
  const build = (one: typeof some extends fc.Arbitrary<infer T> ? T : never) => {
    const inside = (dc: string) => [
      component('dataCenter', dc, { zones: one.zones }),
      component('loadBalancer', `${dc}.lb`, one.lb),
      component('server', `${dc}.app`, one.app),
      component('cache', `${dc}.feed`, { hitRatio: one.hitRatio, serviceTime: 0 }),
      component('database', `${dc}.posts`, {
        readTime: 0.001,
        writeTime: 0.001,
        readReplicas: one.readReplicas,
        sharding: {},
        'sharding.shards': one.shards,
        ...(one.promotes ? { failover: {} } : {}),
      }),
    ];
    const ways = (dc: string) => [
      connect('domain', `${dc}.lb`),
      connect(`${dc}.lb`, `${dc}.app`),
      connect(`${dc}.app`, `${dc}.feed`, 'reads 2'),
      connect(`${dc}.feed`, `${dc}.posts`, 'misses'),
      connect(`${dc}.app`, `${dc}.posts`, `writes ${one.writes}`),
    ];
    return architecture({
      components: [users, component('dns', 'domain', { healthCheck: one.health }), ...inside('us'), ...inside('eu')],
      connections: [connect('people', 'domain'), ...ways('us'), ...ways('eu')],
      requirements: [requirement('p99', '<', 0.05), requirement('errors', '<', 0.001)],
    });
  };

  test('shares are shares, what is lost at first is not less than what stays lost, and no pair is better than one of its two', () => {
    fc.assert(
      fc.property(some, (one) => {
        const { singles, pairs = [] } = failuresOf(build(one), { pairs: true });
        const lostBy = new Map(singles.map(({ failures: [failure], lost }) => [nameOf(failure), lost]));
        for (const { lost, lostAtFirst, requests, overloaded } of [...singles, ...pairs]) {
          expect(lost).toBeGreaterThanOrEqual(0);
          expect(lost).toBeLessThanOrEqual(1);
          expect(lostAtFirst).toBeGreaterThanOrEqual(lost);
          for (const own of requests) expect(own.lost).toBeLessThanOrEqual(1);
          for (const { utilization } of overloaded) expect(utilization).toBeGreaterThanOrEqual(1);
        }
        for (const { failures, lost } of pairs)
          for (const failure of failures) expect(lost).toBeGreaterThanOrEqual(lostBy.get(nameOf(failure))! - 1e-9);
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
