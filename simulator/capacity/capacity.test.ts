import { describe, expect, test } from 'vitest';
import { analyze } from '../analyze.ts';
import { solve } from '../steady/solve.ts';
import { architecture, component, connect, type Parts, requirement } from '../testing.ts';
import { capacityOf } from './capacity.ts';

/** 100 requests per second of 1 000 users; the database saturates at 4 times that, the servers at 5 times. */
const shop = (parts: Parts = {}) =>
  architecture({
    components: [
      component('users', 'people', { population: 1000, requests: 0.1 }),
      component('server', 'app', { serviceTime: 0.01, replicas: 5 }),
      component('database', 'db', { readTime: 0.00125 }),
      ...(parts.components ?? []),
    ],
    connections: [connect('people', 'app'), connect('app', 'db', 'reads 2'), ...(parts.connections ?? [])],
    requirements: parts.requirements ?? [],
  });

describe('capacity', () => {
  test('is where the first resource saturates; the next ones follow', () => {
    const capacity = capacityOf(shop());
    expect(capacity).toMatchObject({
      users: expect.closeTo(4000, 6),
      scale: expect.closeTo(4, 9),
      rate: expect.closeTo(400, 6),
    });
    expect(capacity.limit).toMatchObject({ type: 'bottleneck', bottleneck: { path: 'db', resource: 'cpu' } });
    expect(capacity.bottlenecks.map(({ path, users }) => [path, users])).toEqual([
      ['db', expect.closeTo(4000, 6)],
      ['app', expect.closeTo(5000, 6)],
    ]);
    expect(capacity.declaredUsers).toBe(1000);
  });

  test('is where a response time is broken, if that comes first', () => {
    const limit = requirement('p99', '<', 0.2);
    const capacity = capacityOf(shop({ requirements: [limit] }));
    expect(capacity.limit).toEqual({ type: 'requirement', requirement: limit });
    const at = (scale: number) => solve(shop(), { scale }).response.p99;
    expect(at(capacity.scale)).toBeLessThan(0.2);
    expect(at(capacity.scale * 1.001)).toBeGreaterThan(0.2);
  });

  test('is where a utilization is broken, exactly', () => {
    const capacity = capacityOf(shop({ requirements: [requirement('utilization', '<=', 0.6, 'db')] }));
    expect(capacity.scale).toBeCloseTo(2.4, 4);
  });

  test('is nothing where a requirement holds at no load', () => {
    expect(capacityOf(shop({ requirements: [requirement('mean', '<', 0.001)] })).users).toBe(0);
  });

  test('is not limited by promises about capacity and availability', () => {
    const requirements = [requirement('capacity', '>=', 1e9), requirement('availability', '>', 1)];
    expect(capacityOf(shop({ requirements })).limit).toMatchObject({ type: 'bottleneck' });
  });

  test('is infinite where nothing limits, and 0 users where only a rate is known', () => {
    const free = architecture({
      components: [
        component('users', 'u', { population: 10, requests: 1 }),
        component('external', 'e', { latency: 1 }),
      ],
      connections: [connect('u', 'e')],
    });
    expect(capacityOf(free)).toMatchObject({ users: Number.POSITIVE_INFINITY, bottlenecks: [] });
    const byRate = architecture({
      components: [component('users', 'u', { rate: 10 }), component('server', 's', { serviceTime: 0.01 })],
      connections: [connect('u', 's')],
    });
    expect(capacityOf(byRate)).toMatchObject({ users: 0, scale: expect.closeTo(10, 9), rate: expect.closeTo(100, 6) });
  });

  test('counts an autoscaled group with all its replicas, and the cores of a host once', () => {
    const scaled = architecture({
      components: [
        component('users', 'u', { population: 100, requests: 1 }),
        component('server', 'app', { serviceTime: 0.01, replicas: [1, 8], autoscale: {} }),
        component('host', 'box', { cores: 2 }),
        component('server', 'box.a', { serviceTime: 0.001 }),
        component('database', 'box.b', { readTime: 0.001 }),
      ],
      connections: [connect('u', 'app'), connect('app', 'box.a'), connect('box.a', 'box.b', 'reads 1')],
    });
    const { bottlenecks } = capacityOf(scaled);
    expect(bottlenecks.map(({ path, scale }) => [path, scale])).toEqual([
      ['app', expect.closeTo(8, 9)],
      ['box', expect.closeTo(10, 9)],
    ]);
  });
});

describe('requirements', () => {
  test('are judged against the figures', () => {
    const { requirements } = analyze(
      shop({
        requirements: [
          requirement('capacity', '>=', 3000),
          requirement('utilization', '<', 0.2, 'db'),
          requirement('throughput', '>=', 100),
          requirement('errors', '<=', 0),
          requirement('p99', '<', 10, 'request default'),
          requirement('cost', '<', 1),
          requirement('rpo', '<', 60, 'db'),
        ],
      }),
    );
    expect(requirements.map(({ value, holds }) => [value, holds])).toEqual([
      // The utilization promised for the database limits it.
      [expect.closeTo(800, 2), false],
      [expect.closeTo(0.25, 9), false],
      [expect.closeTo(100, 9), true],
      [0, true],
      [expect.any(Number), true],
      [0, true],
      [undefined, undefined],
    ]);
    expect(requirements[6]!.why).toContain("no copy of 'db'");
    expect(requirements[5]!.why).toContain("'app', 'db'");
  });

  test('recovery by what is declared', () => {
    const { requirements } = analyze(
      architecture({
        components: [
          component('dns', 'names', { failoverTime: 120 }),
          component('dataCenter', 'us'),
          component('server', 'us.app'),
          component('database', 'us.db', {
            readReplicas: 1,
            replication: {},
            'replication.lag': 2,
            failover: {},
            'failover.time': 45,
            backup: {},
            'backup.every': 3600,
          }),
          component('dataCenter', 'eu'),
          component('server', 'eu.app'),
          component('database', 'eu.db'),
        ],
        connections: [
          connect('names', 'us.app'),
          connect('names', 'eu.app'),
          connect('us.db', 'eu.db', 'replicates', { lag: 7 }),
        ],
        requirements: [
          requirement('rpo', '<', 5, 'us.db'),
          requirement('rpo', '<', 5, 'us'),
          requirement('rto', '<', 60, 'us.db'),
          requirement('rto', '<', 60, 'us'),
          requirement('staleness', '<', 5, 'us.db'),
        ],
      }),
    );
    expect(requirements.map(({ value, holds }) => [value, holds])).toEqual([
      [2, true],
      [7, false],
      [45, true],
      [120, false],
      [2, true],
    ]);
  });
});
