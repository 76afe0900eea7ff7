/** Laws that hold for any architecture, however odd. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Analysis, type Architecture, type KindName, kindOf, type Solution } from '../model/index.ts';
import {
  analyze,
  capacityOf,
  energyOf,
  envelopeOf,
  growthOf,
  prepare,
  recoveryOf,
  solve,
  solveNetwork,
} from './index.ts';
import { architecture, component, connect, type Properties, request, requirement } from './testing.ts';

const kinds: readonly KindName[] = [
  'server',
  'worker',
  'function',
  'database',
  'cache',
  'queue',
  'storage',
  'search',
  'workflow',
  'external',
  'loadBalancer',
  'dns',
  'cdn',
];
const containers: readonly KindName[] = ['dataCenter', 'zone', 'host', 'tier'];

const seconds = fc.constantFrom(0, 0.00001, 0.0005, 0.001, 0.01, 0.05);
const count = fc.integer({ min: 0, max: 9 });
const share = fc.constantFrom(0, 0.001, 0.1, 0.5, 0.9, 0.99, 1);

/** Any properties, sensible or not: what a kind does not know, it ignores. */
const properties: fc.Arbitrary<Properties> = fc
  .record(
    {
      replicas: count,
      cores: count,
      serviceTime: seconds,
      readTime: seconds,
      writeTime: seconds,
      latency: seconds,
      variability: fc.constantFrom(0, 0.5, 1, 2, 5),
      hitRatio: share,
      maxQueue: count,
      threads: count,
      concurrency: count,
      maxRate: fc.constantFrom(0, 1, 100, 1000, 10_000, 100_000),
      contention: share,
      coherency: share,
      readReplicas: count,
      items: fc.integer({ min: 0, max: 5000 }),
      itemSize: count,
      memory: fc.integer({ min: 0, max: 5000 }),
      ttl: count,
      'sharding.shards': count,
      'sharding.hottest': share,
      shards: count,
      algorithm: fc.constantFrom('roundRobin', 'leastConnections', 'random', 'powerOfTwo', 'ipHash'),
      routing: fc.constantFrom('simple', 'failover', 'latency'),
      healthCheck: fc.boolean(),
      availability: share,
      engine: fc.constantFrom('redis', 'mysql', 's3', 'sqs', 'lambda', 'dynamodb', 'alb', 'nothing'),
      zones: count,
      discipline: fc.constantFrom('fifo', 'processorSharing', 'priority', 'preemptivePriority'),
    },
    { requiredKeys: [] },
  )
  .map((record) => {
    const sharded = 'sharding.shards' in record || 'sharding.hottest' in record;
    return { ...record, ...(sharded ? { sharding: {} } : {}) };
  });

const flow = fc.oneof(
  fc.constantFrom('', 'misses', 'replicates', '40%', '100%'),
  fc
    .tuple(fc.constantFrom('calls', 'reads', 'writes', 'static', 'publishes'), fc.constantFrom(0, 0.1, 0.5, 1, 2, 7))
    .map(([type, amount]) => `${type} ${amount}`),
);

/** How callers call: at the same time, with a time limit, again and again. */
const call: fc.Arbitrary<Properties> = fc.record(
  {
    pool: count,
    payload: fc.constant(1000),
    latency: fc.constantFrom(0, 0.001),
    timeout: fc.constantFrom(0, 0.001, 0.05, 2),
    retries: fc.integer({ min: 0, max: 4 }),
    backoff: fc.constantFrom('none', 'fixed', 'exponential', 'jittered'),
    pause: fc.constantFrom(0, 0.01, 1),
    parallel: fc.boolean(),
    circuitBreaker: fc.boolean(),
    fallback: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** Architectures with cycles, self-calls, arrows into containers and out of nothing, zero rates and zero times. */
const anything: fc.Arbitrary<Architecture> = fc
  .record({
    users: fc.array(
      fc.record(
        {
          rate: fc.constantFrom(0, 1, 20, 100, 500),
          population: count,
          thinkTime: count,
          requests: share,
          peak: count,
          variability: fc.constantFrom(0, 0.5, 1, 4),
        },
        { requiredKeys: [] },
      ),
      { minLength: 1, maxLength: 2 },
    ),
    boxes: fc.array(fc.tuple(fc.constantFrom(...containers), properties), { maxLength: 2 }),
    parts: fc.array(fc.tuple(fc.constantFrom(...kinds), properties, fc.integer({ min: -1, max: 1 })), {
      minLength: 1,
      maxLength: 7,
    }),
    arrows: fc.array(fc.tuple(fc.nat(12), fc.nat(12), flow, fc.option(call, { freq: 2 })), { maxLength: 14 }),
    classShare: fc.option(share),
    priority: fc.constantFrom(0, 0, 3, -1),
  })
  .map(({ users, boxes, parts, arrows, classShare, priority }) => {
    const components = [
      ...users.map((own, i) => component('users', `u${i}`, own)),
      ...boxes.map(([kind, own], i) => component(kind, `box${i}`, own)),
      ...parts.map(([kind, own, box], i) =>
        component(kind, box >= 0 && box < boxes.length ? `box${box}.c${i}` : `c${i}`, own),
      ),
    ];
    const at = (index: number) => components[index % Math.max(1, components.length)]?.path ?? 'nowhere';
    // Most get load: users lead to the first parts, and each part to the next one.
    const ways = components
      .slice(0, -1)
      .map((one, i) => connect(one.path, components[i + 1]!.path, arrows[i]?.[2] ?? ''));
    const connections = arrows.map(([from, to, text, own], i) => connect(at(from), at(to + (i % 3)), text, own ?? {}));
    return architecture({
      components,
      connections: classShare === 0.5 ? connections : [...connections, ...ways],
      requests: classShare === null ? [] : [request('special', classShare, connections.slice(0, 2), {}, { priority })],
      requirements: [
        requirement('p99', '<', 0.5),
        requirement('utilization', '<', 0.8),
        requirement('availability', '>', 0.9),
      ],
    });
  });

const runs = { numRuns: 150 };

describe('any architecture', () => {
  test('is analyzed without a throw, without a NaN, and the same each time', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(anything, (design) => {
        const analysis = analyze(design);
        expect(numbersIn(analysis).filter(([, value]) => Number.isNaN(value) || value < 0)).toEqual([]);
        expect(JSON.stringify(analyze(design))).toBe(JSON.stringify(analysis));
      }),
      runs,
    );
  });

  test('has an envelope, an energy bill and times of recovery, and grows or says what against', {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(anything, (design) => {
        const answers = { envelope: envelopeOf(design), energy: energyOf(design), recovery: recoveryOf(design) };
        expect(JSON.stringify(answers, (_, value) => (Number.isNaN(value) ? 'NaN' : value))).not.toContain('NaN');
        for (const { perYear = 0, retained = 0 } of answers.envelope.storage)
          expect(perYear + retained).toBeGreaterThanOrEqual(0);
        const whole = answers.energy.places.reduce((sum, { energy }) => sum + energy, 0);
        expectClose(answers.energy.energy, whole);
        for (const { carried, stuck } of growthOf(design, { to: 1000 }).stages)
          expect(carried).toBe(stuck === undefined);
      }),
      { numRuns: 60 },
    );
  });

  test('conserves requests: what arrives came along a connection', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anything, (design) => {
        const solution = solve(design);
        for (const result of solution.components) {
          const kind = design.components.find((one) => one.path === result.path)!.kind;
          if (kind === 'users' || kind === 'host') continue;
          const incoming = incomingRate(design, solution, result.path);
          const copies = replicatedInto(design, result.path);
          if (!Number.isFinite(incoming)) continue;
          if (copies) expect(result.arrivalRate).toBeLessThanOrEqual(incoming * (1 + 1e-6) + 1e-9);
          else expectClose(result.arrivalRate, incoming);
          expect(result.throughput).toBeLessThanOrEqual(result.arrivalRate * (1 + 1e-9));
        }
      }),
      runs,
    );
  });

  test('routers pass on what they let in', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anything, (design) => {
        const solution = solve(design);
        for (const result of solution.components) {
          const { kind, path } = design.components.find((one) => one.path === result.path)!;
          if (kindOf(kind).role !== 'router' || !Number.isFinite(result.arrivalRate)) continue;
          if (replicatedInto(design, path)) continue;
          const out = design.connections.filter((one) => one.from === path && isStation(design, one.to));
          const forwarding = out.filter((one) => one.flows.every(({ type }) => type === 'share'));
          if (forwarding.length === 0 || out.length !== forwarding.length) continue;
          // What fails and is tried again flows more than once.
          const isThinned = out.some(({ properties: own }) => own.rateLimit || own.retries);
          if (design.requests.length > 0 || isThinned) continue;
          const passed = solution.connections
            .filter((one) => forwarding.some(({ id }) => id === one.id))
            .reduce((sum, one) => sum + one.rate, 0);
          expectClose(passed, result.arrivalRate * (1 - result.refused));
        }
      }),
      runs,
    );
  });

  test("obeys Little's law and the utilization law", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anything, (design) => {
        for (const { inSystem, response, arrivalRate, refused, resources } of solve(design).components) {
          const entering = arrivalRate * (1 - refused);
          // Where all are refused nobody is inside, however long an answer would take.
          if (response && inSystem !== undefined && Number.isFinite(inSystem) && Number.isFinite(arrivalRate))
            expectClose(inSystem, entering === 0 ? 0 : entering * response.mean);
          if (response)
            expect(response.p50 <= response.p90 && response.p90 <= response.p99 && response.p99 <= response.p999).toBe(
              true,
            );
          for (const { available } of resources) expect(available).toBeGreaterThanOrEqual(0);
        }
      }),
      runs,
    );
  });
});

describe('chains of servers', () => {
  const chain = fc.record({
    rate: fc.double({ min: 1, max: 200, noNaN: true }),
    stages: fc.array(fc.tuple(fc.double({ min: 0.001, max: 0.05, noNaN: true }), fc.integer({ min: 1, max: 8 })), {
      minLength: 1,
      maxLength: 5,
    }),
    grown: fc.nat(4),
  });
  const build = (rate: number, stages: readonly (readonly [number, number])[]) =>
    architecture({
      components: [
        component('users', 'u', { rate }),
        ...stages.map(([serviceTime, replicas], i) => component('server', `s${i}`, { serviceTime, replicas })),
      ],
      connections: stages.map((_, i) => connect(i === 0 ? 'u' : `s${i - 1}`, `s${i}`)),
    });

  test('more replicas never lower the capacity and never lengthen the response', () => {
    fc.assert(
      fc.property(chain, ({ rate, stages, grown }) => {
        const more = stages.map(
          ([time, replicas], i) => [time, replicas + (i === grown % stages.length ? 1 : 0)] as const,
        );
        expect(capacityOf(build(rate, more)).scale).toBeGreaterThanOrEqual(capacityOf(build(rate, stages)).scale);
        const before = solve(build(rate, stages)).response.mean;
        expect(solve(build(rate, more)).response.mean).toBeLessThanOrEqual(before * (1 + 1e-9));
      }),
    );
  });

  test('saturation is where the utilization reaches one', () => {
    fc.assert(
      fc.property(chain, ({ rate, stages }) => {
        const network = prepare(build(rate, stages));
        for (const { path, saturatesAt } of solveNetwork(network).components) {
          if (saturatesAt === undefined) continue;
          const there = solveNetwork(network, saturatesAt).components.find((one) => one.path === path)!;
          expectClose(there.utilization!, 1);
        }
      }),
    );
  });
});

function incomingRate(design: Architecture, solution: Solution, path: string): number {
  const all = [...design.connections, ...design.requests.flatMap((one) => one.connections)];
  const ids = new Set(all.filter((one) => one.to === path).map((one) => one.id));
  return solution.connections.filter((one) => ids.has(one.id)).reduce((sum, one) => sum + one.rate, 0);
}

/** True if copies of writes come to it, which are no requests: from another one, or through routers. */
function replicatedInto(design: Architecture, path: string, seen: ReadonlySet<string> = new Set()): boolean {
  if (seen.has(path)) return false;
  const isRouter = (one: string) => kindOf(design.components.find((each) => each.path === one)!.kind).role === 'router';
  return design.connections.some(
    ({ from, to, flows }) =>
      to === path &&
      (flows.some(({ type }) => type === 'replicates') ||
        (isRouter(from) && replicatedInto(design, from, new Set([...seen, path])))),
  );
}

function isStation(design: Architecture, path: string): boolean {
  const kind = design.components.find((one) => one.path === path)?.kind;
  return kind !== undefined && !['container', 'observer', 'source'].includes(kindOf(kind).role);
}

function expectClose(actual: number, wanted: number): void {
  if (actual === wanted) return;
  expect(Math.abs(actual - wanted)).toBeLessThanOrEqual(1e-6 * Math.max(1e-3, Math.abs(wanted)));
}

/** All numbers of a result with where they are. */
function numbersIn(value: unknown, path = ''): [string, number][] {
  if (typeof value === 'number') return [[path, value]];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value as Analysis | readonly unknown[]).flatMap(([key, inner]) =>
    key === 'requirement' || key === 'span' ? [] : numbersIn(inner, `${path}.${key}`),
  );
}
