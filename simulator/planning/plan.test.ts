/** Plans by hand, and what every plan guarantees. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Architecture, replicaRange } from '../../model/index.ts';
import { analyze, solve } from '../index.ts';
import { withEdits } from '../remedies/apply-edits.ts';
import { architecture, component, connect, type Parts, type Properties, requirement } from '../testing.ts';
import { hasHeadroom } from './judgement.ts';
import { planFor } from './plan.ts';

/** One request per second and 1,000 users. */
const people = component('users', 'people', { population: 1000, requests: 0.001 });
const app = (more: Properties = {}) => component('server', 'app', { serviceTime: 0.01, price: 1, ...more });
const shop = (parts: Partial<Parts> = {}, more: Properties = {}) =>
  architecture({ components: [people, app(more)], connections: [connect('people', 'app')], ...parts });

/** Property, before and after. */
function changes(one: Architecture, users: number, utilization?: number) {
  const plan = planFor(one, { users, ...(utilization === undefined ? {} : { utilization }) });
  return plan?.changes.map(({ path, property, before, after }) => `${path} ${property}: ${before} -> ${after}`);
}

/** Share of the reads that the cache answers at a million users. */
function hitsOf(one: Architecture): number {
  return solve(one, { scale: 1000 }).components.find(({ path }) => path === 'feed')!.hitRatio!;
}

describe('by hand', () => {
  test('as many servers as leave the headroom, up and down', () => {
    // 1,000 requests per second × 10 ms = 10 servers busy, / 0.7 = 14.3; / 0.5 = 20.
    expect(changes(shop(), 1e6)).toEqual(['app replicas: 1 -> 15']);
    expect(changes(shop(), 1e6, 0.5)).toEqual(['app replicas: 1 -> 20']);
    expect(changes(shop({}, { replicas: 99 }), 1e6)).toEqual(['app replicas: 99 -> 15']);
    expect(planFor(shop(), { users: 1e6 })).toMatchObject({ feasible: true, costBefore: 1, costAfter: 15 });
  });

  test('what is redundant stays redundant, and what is enough stays', () => {
    expect(changes(shop({}, { replicas: 5 }), 1000)).toEqual(['app replicas: 5 -> 2']);
    expect(changes(shop(), 1000)).toEqual([]);
  });

  test('of a range that scales by itself the upper end', () => {
    expect(changes(shop({}, { replicas: [2, 4], autoscale: {} }), 1e6)).toEqual(['app replicas: 2..4 -> 2..15']);
  });

  test('the cheapest instance type of the family', () => {
    // 2 cores of m5.large at 100/s × 10 ms = 1 core busy: one is 50 % used, and no smaller one exists.
    const one = shop({
      components: [people, component('server', 'app', { serviceTime: 0.01, instance: 'm5.24xlarge' })],
    });
    expect(changes(one, 100_000)).toEqual(['app instance: m5.24xlarge -> m5.large']);
  });

  test('a promise about response times takes more than the headroom', () => {
    // M/M/1, random split over n: p99 = ln(100) × 10 ms / (1 − 10 / n) < 60 ms needs n > 43.1.
    const plan = planFor(shop({ requirements: [requirement('p99', '<', 0.06)] }), { users: 1e6 });
    expect(plan?.changes).toMatchObject([{ path: 'app', after: '44' }]);
  });

  test('a cache with more memory, where that is cheaper than what is behind it', () => {
    const one = (memory: number, itemSize: number) =>
      architecture({
        components: [
          people,
          app({ serviceTime: 0, replicas: 2, price: 0 }),
          component('cache', 'feed', { engine: 'redis', replicas: 2, memory, items: 1e6, itemSize, zipf: 0.8 }),
          component('database', 'posts', { readTime: 0.002, price: 5 }),
        ],
        connections: [connect('people', 'app'), connect('app', 'feed', 'reads 1'), connect('feed', 'posts', 'misses')],
      });
    // 1,000 reads a second and 350 of them for the database: the cache has to answer 65 %.
    const [memory, ...others] = planFor(one(1e9, 20_000), { users: 1e6 })!.changes;
    expect(memory).toMatchObject({ path: 'feed', property: 'memory', before: '1GB' });
    expect(others).toEqual([]);
    const answered = hitsOf(one(Number.parseFloat(memory!.after) * 1e9, 20_000));
    expect(answered).toBeGreaterThanOrEqual(0.65);
    expect(hitsOf(one((Number.parseFloat(memory!.after) - 1) * 1e9, 20_000))).toBeLessThan(0.65);
    // Where all items fit already, more memory is no help.
    expect(changes(one(1e9, 10), 1e6)).toEqual([]);
  });

  test('threads, and connections of pools and of the database that they lead to', () => {
    const one = (threads: number) =>
      architecture({
        components: [
          people,
          component('server', 'app', { serviceTime: 0.001, cores: 8, threads, price: 1 }),
          component('external', 'bank', { latency: 0.1 }),
          component('database', 'posts', { serviceTime: 0.0001, cores: 8, connections: 4, price: 1 }),
        ],
        connections: [
          connect('people', 'app'),
          connect('app', 'bank', 'calls 1'),
          connect('app', 'posts', 'reads 1', { pool: 1, latency: 0.01 }),
        ],
      });
    // 1,000 requests per second hold a thread for 111 ms each, / 0.7 = 159; a connection for 10 ms, / 0.7 = 15.
    const planned = changes(one(10), 1e6)!;
    expect(planned.map((text) => text.replace(/ -> \d+$/, ''))).toEqual([
      'app threads: 10',
      'posts connections: 4',
      'app pool: 1',
    ]);
    const sizes = planned.map((text) => Number(/\d+$/.exec(text)![0]));
    expect(sizes[0]).toBeGreaterThanOrEqual(159);
    expect(sizes[0]).toBeLessThan(170);
    expect(sizes[2]).toBeGreaterThanOrEqual(15);
    expect(sizes[2]).toBeLessThan(18);
    expect(sizes[1]).toBe(sizes[2]);
    // What is enough stays as it is.
    expect(changes(one(500), 1000)).toEqual([]);
  });

  test('writes take shards, because read replicas do not help', () => {
    const one = architecture({
      components: [people, component('database', 'posts', { writeTime: 0.01, readTime: 0.01 })],
      connections: [connect('people', 'posts', 'writes 1')],
    });
    // 5 machines busy / 0.7 = 7.1.
    expect(changes(one, 500_000)).toEqual(['posts sharding.shards: 1 -> 8']);
  });

  test('what cannot be kept is said, and nothing is changed', () => {
    const slow = shop({ requirements: [requirement('p99', '<', 0.04)] });
    expect(planFor(slow, { users: 1e5 })).toMatchObject({
      feasible: false,
      unmet: { type: 'requirement', requirement: { metric: 'p99' } },
      edits: [],
      changes: [],
    });
    expect(planFor(architecture({ components: [component('users', 'people', { rate: 1 })] }), { users: 5 })).toBe(
      undefined,
    );
  });
});

describe('guarantees', () => {
  const some = fc.record({
    users: fc.constantFrom(20_000, 300_000, 2e6),
    lb: fc.integer({ min: 1, max: 3 }),
    app: fc.integer({ min: 1, max: 60 }),
    serviceTime: fc.constantFrom(0.002, 0.01),
    instance: fc.constantFrom('m5.large', 'm5.4xlarge'),
    readReplicas: fc.integer({ min: 0, max: 3 }),
    hitRatio: fc.constantFrom(0, 0.8),
    writes: fc.constantFrom(0, 0.3),
    limit: fc.constantFrom(0.1, 1),
  });
  const build = (one: typeof some extends fc.Arbitrary<infer T> ? T : never) =>
    architecture({
      components: [
        people,
        component('loadBalancer', 'lb', { replicas: one.lb, serviceTime: 0.0001, price: 0.1 }),
        component('server', 'app', { replicas: one.app, serviceTime: one.serviceTime, instance: one.instance }),
        component('cache', 'feed', { hitRatio: one.hitRatio, serviceTime: 0.00005, price: 0.2 }),
        component('database', 'posts', {
          readTime: 0.001,
          writeTime: 0.002,
          readReplicas: one.readReplicas,
          instance: 'm5.xlarge',
        }),
      ],
      connections: [
        connect('people', 'lb'),
        connect('lb', 'app'),
        connect('app', 'feed', 'reads 2'),
        connect('feed', 'posts', 'misses'),
        connect('app', 'posts', `writes ${one.writes}`),
      ],
      requirements: [requirement('p99', '<', one.limit)],
    });

  test('everything is kept, every edit is a change, and one server less keeps it no more', () => {
    fc.assert(
      fc.property(some, (one) => {
        const before = build(one);
        const plan = planFor(before, { users: one.users })!;
        expect(plan.feasible).toBe(true);
        const after = withEdits(before, plan.edits);
        const scale = one.users / 1000;
        const { solution, requirements } = analyze(after, { scale });
        expect(requirements.every(({ holds }) => holds)).toBe(true);
        for (const { utilization = 0 } of solution.components) expect(utilization).toBeLessThanOrEqual(0.7 + 1e-9);
        const server = after.components.find(({ path }) => path === 'app')!;
        const { to } = replicaRange(server);
        if (to <= Math.min(2, one.app)) return;
        const less = withEdits(after, [
          { type: 'setProperty', component: 'app', name: 'replicas', value: String(to - 1) },
        ]);
        const roomy = hasHeadroom(
          less,
          { scale, utilization: 0.7, sizable: new Set(['app']), requirements: [] },
          new Set(['app']),
        );
        expect(roomy && analyze(less, { scale }).requirements.every(({ holds }) => holds)).toBe(false);
      }),
      { numRuns: 12 },
    );
  }, 60_000);
});
