import { expect, test } from 'vitest';
import type {
  Accuracy,
  Analysis,
  Architecture,
  Component,
  ComponentResult,
  KindName,
  Latency,
  Requirement,
} from '../../model/index.ts';
import { plain } from '../terminal.ts';
import { formatCapacity, formatSimulation } from './simulation.ts';
import { sourcesOf } from './sources.ts';

const exact: Accuracy = { kind: 'exact' };
const whitt: Accuracy = { kind: 'approximate', error: 0.05, why: "Whitt's formula for general service times" };
const nearFull: Accuracy = { kind: 'unreliable', why: 'So close to saturation the mean wait depends on details' };
const start = { line: 0, character: 0, offset: 0 };
const span = { file: 'file:///project/shop.arch', start, end: start };
const p99: Requirement = { metric: 'p99', operator: '<', limit: 0.2, span, limitSpan: span };
const rpo: Requirement = { metric: 'rpo', operator: '<=', limit: 60, span, limitSpan: span };

const architecture: Architecture = {
  title: 'A shop',
  files: [span.file],
  params: [],
  components: [
    component('users', 'visitors'),
    component('tier', 'web'),
    component('server', 'web.app'),
    component('cache', 'feed'),
    component('database', 'posts'),
    component('group', 'empty'),
    component('monitoring', 'watch'),
  ],
  connections: [],
  requests: [],
  requirements: [p99, rpo],
  scenarios: [],
  views: [],
};

const bottlenecks = [
  { path: 'posts', resource: 'cpu', part: 'primary', scale: 1.44, users: 7_200_000 },
  { path: 'web.app', resource: 'threads', scale: 2.5, users: 12_500_000 },
] as const;

const analysis: Analysis = {
  solution: {
    users: 5_000_000,
    rate: 3472,
    throughput: 3400,
    errors: 0.02,
    response: latency(0.04),
    requests: [
      {
        name: 'default',
        rate: 3300,
        response: latency(0.04),
        errors: 0,
        breakdown: [
          { path: 'web.app', seconds: 0.03 },
          { path: 'posts', seconds: 0.01 },
        ],
        accuracy: whitt,
      },
      { name: 'upload', rate: 172, response: latency(Infinity), errors: 0.02, breakdown: [], accuracy: nearFull },
    ],
    components: [
      result('visitors', { arrivalRate: 3472 }),
      result('web.app', {
        arrivalRate: 3472,
        utilization: 0.62,
        resources: [
          { resource: 'cpu', utilization: 0.62, available: 24 },
          { resource: 'threads', utilization: 0.4, available: 4800 },
        ],
        waiting: 0.0012,
        response: latency(0.019),
        accuracy: whitt,
        saturatesAt: 1.61,
      }),
      result('feed', {
        arrivalRate: 10_416,
        hitRatio: 0.92,
        utilization: 0.1,
        resources: [{ resource: 'cpu', utilization: 0.1, available: 4 }],
      }),
      result('posts', {
        arrivalRate: 900,
        utilization: 1.37,
        refused: 0.27,
        replicasNeeded: 2,
        resources: [
          { resource: 'cpu', utilization: 0.3, available: 8, part: 'replica' },
          { resource: 'cpu', utilization: 1.37, available: 8, part: 'primary' },
        ],
        waiting: Infinity,
        response: latency(Infinity),
        accuracy: nearFull,
      }),
    ],
    connections: [],
    accuracy: exact,
    loadAccuracy: exact,
  },
  capacity: {
    users: 7_200_000,
    scale: 1.44,
    rate: 5000,
    limit: { type: 'bottleneck', bottleneck: bottlenecks[0] },
    bottlenecks,
    declaredUsers: 5_000_000,
    accuracy: exact,
  },
  availability: {
    value: 0.9997,
    downtime: 9461,
    requests: [{ name: 'upload', value: 0.999 }],
    contributions: [{ path: 'posts', unavailability: 0.0002, why: 'one primary, 30 s to fail over' }],
    singlePoints: [{ path: 'posts', lost: 1 }],
    accuracy: whitt,
  },
  cost: {
    perHour: 5.2,
    lines: [
      { path: 'feed', perHour: 1.2, why: '3 × cache.m5.large at $0.40/h' },
      { path: 'web.app', perHour: 4, why: '10 × m5.xlarge at $0.40/h' },
    ],
    unknown: ['posts'],
  },
  requirements: [
    { requirement: p99, value: Infinity, holds: false },
    { requirement: rpo, why: "'posts' declares no replication lag." },
  ],
  storms: [],
};

test('the report of a simulation', () => {
  expect(formatSimulation(report())).toMatchInlineSnapshot(`
    "A shop  shop.arch
    5M users: carries 7.2M, breaks first at 'posts' (primary cpu) · p99 184 ms · 2% of requests fail · availability ~99.97% · $3,796/month
    peak load 3.47k/s, 3.4k/s of it answered

      COMPONENT     RATE  BUSY                           WAIT       P50       P99       NOTES
      visitors   3.47k/s
      web
        app      3.47k/s  █████░░░  62% cpu           ~1.2 ms  ~13.3 ms  ~87.4 ms  [1]  full at 1.61x
      feed       10.4k/s  ▊░░░░░░░  10% cpu                                             92% hits
      posts        900/s  ████████ 137% primary cpu         ∞         ∞         ∞  [2]  27% refused, needs 2
                                                                                        replicas
                          ██▍░░░░░  30% replicas cpu

      REQUESTS    RATE    MEAN     P50      P95      P99    P99.9  ERRORS       MEAN TIME GOES TO
      default   3.3k/s  ~40 ms  ~28 ms  ~120 ms  ~184 ms  ~276 ms      0%  [1]  app 75%, posts 25%
      upload     172/s       ∞       ∞        ∞        ∞        ∞      2%  [2]

    Carries 7.2M users (1.44x the declared load), breaks first at 'posts' (primary cpu)
      BREAKS                      AT   LOAD  USED AT DECLARED LOAD
      posts primary cpu   7.2M users  1.44x  █████████████▉░░░░░░ 69%
      web.app threads    12.5M users   2.5x  ████████░░░░░░░░░░░░ 40%

    Available ~99.97%, down 2.63 h a year [1]
      upload 99.9%
      LOST TO  A YEAR  WHY
      posts    1.75 h  one primary, 30 s to fail over
      single point of failure posts, 100% of requests lost

    Costs $3,796/month
      PAYS FOR  A MONTH  HOW
      web.app    $2,920  10 × m5.xlarge at $0.40/h
      feed         $876  3 × cache.m5.large at $0.40/h
      not priced: posts

         REQUIRED      IS
      ✗  p99 < 200 ms   ∞
      ?  rpo <= 1 min      'posts' declares no replication lag.

    [1] ~ Whitt's formula for general service times. Expected error 5%.
    [2] ? So close to saturation the mean wait depends on details.
    "
  `);
});

test('the report of a capacity', () => {
  expect(formatCapacity(report())).toMatchInlineSnapshot(`
    "A shop  shop.arch
    5M users: carries 7.2M, breaks first at 'posts' (primary cpu) · p99 184 ms · 2% of requests fail · availability ~99.97% · $3,796/month

    Carries 7.2M users (1.44x the declared load), breaks first at 'posts' (primary cpu)
      BREAKS                      AT   LOAD  USED AT DECLARED LOAD
      posts primary cpu   7.2M users  1.44x  █████████████▉░░░░░░ 69%
      web.app threads    12.5M users   2.5x  ████████░░░░░░░░░░░░ 40%

         REQUIRED      IS
      ✗  p99 < 200 ms   ∞
      ?  rpo <= 1 min      'posts' declares no replication lag.
    "
  `);
});

test('without a declared load there is little to say, and it is said', () => {
  const { solution, capacity } = analysis;
  const idle: Analysis = {
    ...analysis,
    solution: {
      ...solution,
      users: 0,
      rate: 0,
      throughput: 0,
      response: latency(0),
      requests: [],
      components: [],
      errors: 0,
    },
    capacity: { ...capacity, scale: Infinity, users: Infinity, bottlenecks: [], declaredUsers: 0 },
    availability: { ...analysis.availability, value: 1, contributions: [], singlePoints: [] },
    cost: { perHour: 0, lines: [], unknown: [] },
    requirements: [],
  };
  expect(formatSimulation({ ...report(), analysis: idle })).toMatchInlineSnapshot(`
    "A shop  shop.arch
    no load declared
    "
  `);
});

function report() {
  const sources = sourcesOf(new Map(), '/project');
  return {
    architecture,
    analysis,
    file: 'shop.arch',
    load: 'peak',
    scale: 1,
    sources,
    paint: plain,
    columns: 100,
  } as const;
}

function component(kind: KindName, path: string): Component {
  const [name = '', parent] = path.split('.').reverse();
  return { path, name, kind, ...(parent ? { parent } : {}), properties: {}, span, nameSpan: span };
}

function latency(mean: number): Latency {
  return { mean, p50: mean * 0.7, p90: mean * 2.3, p95: mean * 3, p99: mean * 4.6, p999: mean * 6.9 };
}

function result(path: string, figures: Partial<ComponentResult>): ComponentResult {
  const rates = { calls: 0, reads: 0, writes: 0, static: 0, messages: 0 };
  return {
    path,
    arrivalRate: 0,
    throughput: 0,
    rates,
    resources: [],
    refused: 0,
    accuracy: exact,
    loadAccuracy: exact,
    ...figures,
  };
}
