import { describe, expect, test } from 'vitest';
import type { AvailabilityResult, Component, Connection } from '../../model/index.ts';
import { architecture, component, connect, type Properties } from '../testing.ts';
import { availabilityOf } from './availability.ts';
import { pairUnavailability } from './block-diagram.ts';

const users = component('users', 'users', { rate: 1 });

describe('series and parallel', () => {
  test('C-08: ELB · EC2 · RDS is 0.99930011', () => {
    const { value, downtime } = run(
      [
        users,
        component('loadBalancer', 'elb', { engine: 'classicElb' }),
        component('server', 'ec2', { availability: 0.9999 }),
        component('database', 'rds', { engine: 'rdsMysql' }),
      ],
      [connect('users', 'elb'), connect('elb', 'ec2'), connect('ec2', 'rds', 'reads 1, writes 1')],
    );
    expect(value).toBeCloseTo(0.99930011, 8);
    // 30.7 minutes a month of 730 hours.
    expect(downtime / 12 / 60).toBeCloseTo(30.65, 1);
  });

  test('C-08: with CloudFront and S3 for the static files 0.99730251', () => {
    const { value } = run(
      [
        users,
        component('cdn', 'cloudfront', { provider: 'cloudfront', hitRatio: 0 }),
        component('storage', 's3', { engine: 's3' }),
        component('loadBalancer', 'elb', { engine: 'classicElb' }),
        component('server', 'ec2', { availability: 0.9999 }),
        component('database', 'rds', { engine: 'rdsMysql' }),
      ],
      [
        connect('users', 'cloudfront', 'static 1'),
        connect('cloudfront', 's3', 'misses'),
        connect('users', 'elb'),
        connect('elb', 'ec2'),
        connect('ec2', 'rds', 'reads 1, writes 1'),
      ],
    );
    expect(value).toBeCloseTo(0.99730251, 8);
  });

  test('C-08: API Gateway · Lambda · DynamoDB is 0.99890035', () => {
    const { value } = run(
      [
        users,
        component('loadBalancer', 'gateway', { engine: 'apiGateway' }),
        component('function', 'lambda', { engine: 'lambda' }),
        component('database', 'table', { engine: 'dynamodb' }),
      ],
      [connect('users', 'gateway'), connect('gateway', 'lambda'), connect('lambda', 'table', 'reads 1')],
    );
    expect(value).toBeCloseTo(0.99890035, 8);
  });

  test('C-08: two independent instances of 99.5 % are 0.999975, not 0.990', () => {
    expect(servers({ replicas: 2, availability: 0.995 }).value).toBeCloseTo(0.999975, 9);
    const behind = run(
      [
        users,
        component('loadBalancer', 'lb', { availability: 1 }),
        component('server', 'a', { availability: 0.995 }),
        component('server', 'b', { availability: 0.995 }),
      ],
      [connect('users', 'lb'), connect('lb', 'a'), connect('lb', 'b')],
    );
    expect(behind.value).toBeCloseTo(0.999975, 9);
    expect(behind.singlePoints.map((point) => point.path)).toEqual(['lb']);
  });

  test('C-08: 2 of 3 is 0.99992525, 3 of 5 is 0.9999987594, by what the load needs', () => {
    const two = servers({ replicas: 3, availability: 0.995, serviceTime: 1.5 });
    expect(two.value).toBeCloseTo(0.99992525, 9);
    const three = servers({ replicas: 5, availability: 0.995, serviceTime: 2.5 });
    expect(three.value).toBeCloseTo(0.9999987594, 9);
  });

  test('a component that two paths share is counted once', () => {
    const { value } = run(
      [
        users,
        component('loadBalancer', 'lb', { availability: 1 }),
        component('server', 'a', { availability: 0.99 }),
        component('server', 'b', { availability: 0.99 }),
        component('server', 'c', { availability: 0.99 }),
        component('database', 'db', { availability: 0.9 }),
        component('database', 'other', { availability: 0.8 }),
      ],
      [
        connect('users', 'lb'),
        connect('lb', 'a'),
        connect('lb', 'b'),
        connect('lb', 'c'),
        connect('a', 'db', 'reads 1'),
        connect('b', 'db', 'reads 1'),
        connect('c', 'other', 'reads 1'),
      ],
    );
    // Given db: 1 - (1 - .99)² (1 - .99 × .8); without it only c is left.
    expect(value).toBeCloseTo(0.9 * (1 - 0.01 ** 2 * (1 - 0.99 * 0.8)) + 0.1 * 0.99 * 0.8, 9);
  });

  test('a write that a tenth of the requests makes loses a tenth of them', () => {
    const { value, singlePoints } = run(
      [users, component('server', 'app', { availability: 1 }), component('database', 'db', { availability: 0.99 })],
      [connect('users', 'app'), connect('app', 'db', 'writes 0.1')],
    );
    expect(value).toBeCloseTo(0.999, 9);
    expect(singlePoints.find((point) => point.path === 'db')!.lost).toBeCloseTo(0.1, 9);
  });
});

describe('shared failure domains', () => {
  const zones = (properties: Properties) =>
    run(
      [
        users,
        component('dataCenter', 'us', { zones: 2, availability: 1 }),
        component('server', 'us.app', { availability: 0.99, ...properties }),
      ],
      [connect('users', 'us.app')],
    );
  const zone = 0.999;

  test('replicas spread over the zones of their data center', () => {
    const both = zone * zone * (1 - 0.01 ** 2) + 2 * zone * (1 - zone) * 0.99;
    expect(zones({ replicas: 2 }).value).toBeCloseTo(both, 12);
    expect(zones({ replicas: 2, zones: 1 }).value).toBeCloseTo(zone * (1 - 0.01 ** 2), 12);
  });

  test('a zone that holds everything is a single point, two are not', () => {
    const inZones = (second: string) =>
      run(
        [
          users,
          component('zone', 'z1', { availability: 0.999 }),
          component('zone', 'z2', { availability: 0.999 }),
          component('loadBalancer', 'lb', { availability: 1 }),
          component('server', 'z1.a', { availability: 1 }),
          component('server', `${second}.b`, { availability: 1 }),
        ],
        [connect('users', 'lb'), connect('lb', 'z1.a'), connect('lb', `${second}.b`)],
      );
    expect(inZones('z1').value).toBeCloseTo(0.999, 12);
    expect(inZones('z1').singlePoints.map((point) => point.path)).toContain('z1');
    expect(inZones('z2').value).toBeCloseTo(1 - 0.001 ** 2, 12);
    expect(inZones('z2').singlePoints.map((point) => point.path)).toEqual(['lb']);
  });

  test('the parts of a host have its fate once', () => {
    const { value, singlePoints } = run(
      [
        users,
        component('host', 'box', { availability: 0.99 }),
        component('server', 'box.app'),
        component('database', 'box.db'),
      ],
      [connect('users', 'box.app'), connect('box.app', 'box.db', 'reads 1')],
    );
    expect(value).toBeCloseTo(0.99, 12);
    expect(singlePoints.map((point) => point.path)).toContain('box');
  });

  test('two data centers behind DNS with health checks survive one', () => {
    const { value, singlePoints } = run(
      [
        users,
        component('dns', 'names', { healthCheck: true, availability: 1, failoverTime: 0 }),
        component('dataCenter', 'us', { availability: 0.99 }),
        component('server', 'us.app', { availability: 0.99 }),
        component('dataCenter', 'eu', { availability: 0.99 }),
        component('server', 'eu.app', { availability: 0.99 }),
      ],
      [connect('users', 'names'), connect('names', 'us.app'), connect('names', 'eu.app')],
    );
    expect(value).toBeCloseTo(1 - (1 - 0.99 * 0.99) ** 2, 12);
    expect(singlePoints.map((point) => point.path)).toEqual(['names']);
  });

  test('without health checks the share of a dead data center is lost', () => {
    const { singlePoints } = run(
      [
        users,
        component('dns', 'names', { availability: 1 }),
        component('dataCenter', 'us'),
        component('server', 'us.app', { replicas: 2 }),
        component('dataCenter', 'eu'),
        component('server', 'eu.app', { replicas: 2 }),
      ],
      [connect('users', 'names'), connect('names', 'us.app', '80%'), connect('names', 'eu.app', '20%')],
    );
    expect(singlePoints).toEqual([
      { path: 'names', lost: 1 },
      { path: 'us', lost: expect.closeTo(0.8, 9) },
      { path: 'eu', lost: expect.closeTo(0.2, 9) },
    ]);
  });
});

describe('standbys', () => {
  const sites = (names: Properties, first: Properties = {}) => ({
    components: [
      users,
      component('dns', 'names', { availability: 1, failoverTime: 0, ...names }),
      component('dataCenter', 'us', { availability: 0.99, ...first }),
      component('server', 'us.app', { availability: 0.99 }),
      component('dataCenter', 'eu', { availability: 0.98 }),
      component('server', 'eu.app', { availability: 0.97, serviceTime: 1.5, replicas: 3 }),
    ],
    connections: [connect('users', 'names'), connect('names', 'us.app'), connect('names', 'eu.app')],
  });
  // The standby needs two of its three servers for the one request per second that it gets then.
  const standby = 0.98 * (0.97 ** 3 + 3 * 0.97 ** 2 * 0.03);

  test('a data center that gets no requests before the other one fails takes over', () => {
    const { components, connections } = sites({ routing: 'failover' });
    const { value, singlePoints } = run(components, connections);
    expect(value).toBeCloseTo(1 - (1 - 0.99 * 0.99) * (1 - standby), 12);
    expect(singlePoints.map(({ path }) => path)).toEqual(['names']);
  });

  test('also with shares of 100 % and 0 %, but not where DNS does not look', () => {
    const { components } = sites({ healthCheck: true });
    const shares = [connect('users', 'names'), connect('names', 'us.app', '100%'), connect('names', 'eu.app', '0%')];
    expect(run(components, shares).value).toBeCloseTo(1 - (1 - 0.99 * 0.99) * (1 - standby), 12);
    expect(run(sites({}).components, shares).value).toBeCloseTo(0.99 * 0.99, 12);
  });

  test('users of one region are sent to the nearest, the other one stands by', () => {
    const { components, connections } = sites({ routing: 'geo', healthCheck: true }, { region: 'us-east-1' });
    const placed = components.map((one) =>
      one.path === 'users'
        ? component('users', 'users', { rate: 1, region: 'us-east-1' })
        : one.path === 'eu'
          ? component('dataCenter', 'eu', { availability: 0.98, region: 'eu-west-1' })
          : one,
    );
    expect(run(placed, connections).value).toBeCloseTo(1 - (1 - 0.99 * 0.99) * (1 - standby), 12);
  });

  test('the second of two standbys is the last resort', () => {
    const { components, connections } = sites({ routing: 'failover' });
    const third = component('server', 'last', { availability: 0.9 });
    const { value } = run([...components, third], [...connections, connect('names', 'last')]);
    expect(value).toBeCloseTo(1 - (1 - 0.99 * 0.99) * (1 - standby) * 0.1, 12);
  });

  test('a target that takes no requests is no standby, and ends the search for one', () => {
    const components = [
      component('zone', 'box'),
      users,
      component('loadBalancer', 'lb', { availability: 1 }),
      component('cdn', 'edge', { availability: 1 }),
      component('server', 'app', { availability: 0.99 }),
    ];
    const connections = [
      connect('users', 'lb'),
      connect('lb', 'app'),
      connect('lb', 'edge', 'misses'),
      connect('lb', 'box'),
    ];
    expect(run(components, connections).value).toBeCloseTo(0.99, 12);
  });

  test('until DNS has switched, requests are lost', () => {
    const { components, connections } = sites({ routing: 'failover', failoverTime: 360 });
    const down = 1 - 0.99 * 0.99;
    // A tenth of the hour that a repair takes.
    expect(run(components, connections).value).toBeCloseTo(1 - down * (1 - standby) - 0.1 * down * standby, 6);
  });
});

describe('several machines', () => {
  const pair = (properties: Properties, balancer: Properties = {}) =>
    run(
      [
        users,
        component('loadBalancer', 'lb', { availability: 1, ...balancer }),
        component('server', 'app', { replicas: 2, ...properties }),
      ],
      [connect('users', 'lb'), connect('lb', 'app')],
    );

  test('a share of the failures that is common takes both: the β-factor model', () => {
    const { value, contributions } = pair({ availability: 0.99, commonCause: 0.1 });
    expect(1 - value).toBeCloseTo(pairUnavailability(0.01, 0.1), 5);
    expect(value).toBeCloseTo((1 - 0.1 * 0.01) * (1 - (0.9 * 0.01) ** 2), 12);
    expect(contributions[0]!.why).toContain('10% of the failures hit all of them');
  });

  test('a single machine has nothing in common with others', () => {
    expect(servers({ availability: 0.99, commonCause: 0.5 }).value).toBeCloseTo(0.99, 12);
  });

  test('with one repair crew both are down twice as often, λ / μ = 0.001', () => {
    const both = pair({ mtbf: 1000, mttr: 1 });
    const one = pair({ mtbf: 1000, mttr: 1, repairCrews: 1 });
    expect(1 - both.value).toBeCloseTo(9.98e-7, 9);
    expect(1 - one.value).toBeCloseTo(1.996e-6, 9);
    expect(one.contributions[0]!.why).toContain('repaired one at a time');
  });

  test('until the balancer notices, the dead one gets its part', () => {
    const noticed = pair({ availability: 0.99, mttr: 3600 }, { failoverTime: 36 });
    expect(noticed.value).toBeCloseTo((1 - 0.01 ** 2) * (1 - 0.01 * 0.01), 12);
    expect(pair({ availability: 0.99 }, { engine: 'haproxy' }).contributions[0]!.why).toContain('6 s until');
  });

  test('a balancer that does not look loses the part of the dead one for as long as it is dead', () => {
    const { value, singlePoints } = pair({ availability: 0.99 }, { healthCheck: false });
    expect(value).toBeCloseTo((1 - 0.01 ** 2) * 0.99, 12);
    expect(singlePoints).toContainEqual({ path: 'app', lost: expect.closeTo(0.5, 9) });
  });
});

describe('what can be missing', () => {
  test('a cache in front of a store, a CDN with the origin as fallback, what has a fallback', () => {
    const { singlePoints } = run(
      [
        users,
        component('cdn', 'edge', { hitRatio: 0.9, fallback: 'origin' }),
        component('server', 'app', { replicas: 2 }),
        component('cache', 'feed', { hitRatio: 0.9 }),
        component('database', 'db'),
        component('external', 'weather', { availability: 0.9 }),
        component('queue', 'jobs', { replicas: 2 }),
        component('worker', 'worker'),
      ],
      [
        connect('users', 'edge', 'static 10'),
        connect('edge', 'app', 'misses'),
        connect('users', 'app'),
        connect('app', 'feed', 'reads 1'),
        connect('feed', 'db', 'misses'),
        connect('app', 'weather', 'calls 1', { fallback: true }),
        connect('app', 'jobs', 'publishes 1'),
        connect('jobs', 'worker'),
      ],
    );
    expect(singlePoints).toEqual([{ path: 'db', lost: expect.closeTo(0.1, 9) }]);
  });

  test('a database with a replica to promote loses the failover time only', () => {
    const database = (properties: Properties) =>
      run(
        [
          users,
          component('server', 'app', { availability: 1 }),
          component('database', 'db', { availability: 0.999, ...properties }),
        ],
        [connect('users', 'app'), connect('app', 'db', 'reads 0.5, writes 0.5')],
      );
    expect(database({}).value).toBeCloseTo(0.999, 9);
    // Reads survive with one replica of two, writes do not.
    expect(database({ readReplicas: 1 }).value).toBeCloseTo(1 - 0.5 * 0.001 - 0.5 * 0.001 ** 2, 7);
    const promoted = database({ readReplicas: 1, failover: {}, 'failover.time': 36 });
    // 0.001 of the time down in hours of an hour each; 36 s of every one are lost to writes.
    expect(promoted.value).toBeCloseTo(1 - 0.001 ** 2 - 0.5 * (0.001 / 3600) * 36, 7);
    expect(promoted.singlePoints).toEqual([{ path: 'app', lost: 1 }]);
    expect(database({ readReplicas: 1 }).singlePoints.find((point) => point.path === 'db')!.lost).toBeCloseTo(0.5, 9);
  });

  test('the contributions name the worst first', () => {
    const { contributions } = run(
      [users, component('server', 'app', { availability: 0.999 }), component('database', 'db', { availability: 0.99 })],
      [connect('users', 'app'), connect('app', 'db', 'reads 1')],
    );
    expect(contributions.map(({ path, unavailability }) => [path, unavailability])).toEqual([
      ['db', expect.closeTo(0.01, 9)],
      ['app', expect.closeTo(0.001, 9)],
    ]);
  });
});

function servers(properties: Properties): AvailabilityResult {
  return run([users, component('server', 'app', properties)], [connect('users', 'app')]);
}

function run(components: readonly Component[], connections: readonly Connection[]): AvailabilityResult {
  return availabilityOf(architecture({ components, connections }));
}
