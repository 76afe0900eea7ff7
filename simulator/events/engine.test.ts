/** What holds for every run: conservation, Little's law on counted areas, the law of the states of M/M/1. */
import { describe, expect, test } from 'vitest';
import type { Architecture } from '../../model/index.ts';
import { prepare } from '../network/prepare.ts';
import { solveLoad } from '../steady/solve.ts';
import { architecture, component, connect } from '../testing.ts';
import { Engine } from './engine.ts';
import { compile } from './program.ts';
import { generators } from './replication.ts';
import { endSlice, startSlice } from './slices.ts';
import {
  ANSWERED,
  ARRIVALS,
  CLASS_SIZE,
  ENTERED,
  FAILED,
  HELD,
  HOLDER_WAIT,
  INSIDE,
  REFUSED,
  RESPONSE,
  SERVED,
  STATION_SIZE,
  WAIT,
  WAITING,
} from './tally.ts';

const NO_LIMIT = Number.POSITIVE_INFINITY;

function engineOf(given: Architecture, seed = '1'): Engine {
  const program = compile(solveLoad(prepare(given), { load: 'peak', scale: 1 }).actual);
  const engine = new Engine(program, generators(program, seed));
  startSlice(engine);
  return engine;
}

/** Runs so many seconds, then until everything is done. */
function drained(given: Architecture, seconds: number): Engine {
  const engine = engineOf(given);
  engine.run(seconds, NO_LIMIT);
  engine.sources.closed = true;
  engine.run(seconds * 1000, NO_LIMIT);
  endSlice(engine);
  return engine;
}

/** Bounded queues, threads, pools, time limits with retries, a cache, a queue with workers, calls at the same time. */
const everything = architecture({
  components: [
    component('users', 'u', { rate: 100 }),
    component('users', 'thinkers', { population: 40, thinkTime: 1 }),
    component('loadBalancer', 'lb', { serviceTime: 0.0001, algorithm: 'leastConnections' }),
    component('server', 'app', { replicas: 2, serviceTime: 0.008, threads: 4, maxQueue: 1 }),
    component('cache', 'cache', { serviceTime: 0.0005, hitRatio: 0.6, discipline: 'processorSharing' }),
    component('database', 'db', {
      serviceTime: 0.004,
      readReplicas: 2,
      'replication.applyCost': 0.5,
      'sharding.shards': 2,
      'sharding.hottest': 0.2,
    }),
    component('external', 'pay', { latency: 0.05 }),
    component('queue', 'jobs', { serviceTime: 0.0002 }),
    component('worker', 'worker', { replicas: 2, serviceTime: 0.01, variability: 2, discipline: 'preemptivePriority' }),
    component('search', 'index', { shards: 3, readReplicas: 1, serviceTime: 0.002 }),
  ],
  connections: [
    connect('u', 'lb'),
    connect('thinkers', 'lb'),
    connect('lb', 'app'),
    connect('app', 'cache', 'reads 1.5'),
    connect('cache', 'db', 'misses'),
    connect('app', 'db', 'writes 0.5', { pool: 2 }),
    connect('app', 'pay', 'calls 0.2', { timeout: 0.05, retries: 2, pause: 0.01, backoff: 'jittered' }),
    connect('app', 'jobs', 'publishes 0.5'),
    connect('app', 'index', 'reads 0.3', { parallel: true, latency: 0.001 }),
    connect('jobs', 'worker'),
    connect('worker', 'index', 'writes 1'),
  ],
});

describe('a network with everything in it', () => {
  const engine = drained(everything, 200);
  const { values, layout } = engine.tally;

  test('every request is answered or fails, and nothing is left', () => {
    const count = (counter: number) => values[layout.class + counter]!;
    expect(count(ENTERED)).toBeGreaterThan(20_000);
    expect(count(FAILED)).toBeGreaterThan(100);
    expect(count(ANSWERED) + count(FAILED)).toBe(count(ENTERED));
    expect(engine.sources.underWay).toBe(0);
    expect(engine.ops.live).toBe(0);
    expect([...engine.queues.inside, ...engine.queues.waiting].every((one) => one === 0)).toBe(true);
    expect([...engine.places.used].every((one) => one === 0)).toBe(true);
  });

  test('what arrives at a component is refused or served', () => {
    for (const { path, index } of engine.program.state.network.stations) {
      if (path === 'u' || path === 'thinkers') continue;
      const at = index * STATION_SIZE;
      expect([path, values[at + REFUSED]! + values[at + SERVED]!]).toEqual([path, values[at + ARRIVALS]]);
      expect(values[at + ARRIVALS]).toBeGreaterThan(0);
    }
    expect(values[3 * STATION_SIZE + REFUSED]).toBeGreaterThan(0);
  });

  test("Little's law is exact: the area under those inside is the sum of their times", () => {
    for (const { index } of engine.program.state.network.stations) {
      const at = index * STATION_SIZE;
      const relative = (area: number, sum: number) => Math.abs(area - sum) / Math.max(1, sum);
      expect(relative(values[at + INSIDE]!, values[at + RESPONSE]!)).toBeLessThan(1e-6);
      // Shards wait apart from each other, so their waits are no wait of the whole.
      if (engine.program.servers.stations[index]!.shards < 2)
        expect(relative(values[at + WAITING]!, values[at + WAIT]!)).toBeLessThan(1e-6);
    }
  });

  test('threads and connections were held and waited for', () => {
    for (const [index] of engine.program.holders.all.entries()) {
      expect(values[layout.holders + index * 3 + HELD]).toBeGreaterThan(0);
      expect(values[layout.holders + index * 3 + HOLDER_WAIT]).toBeGreaterThan(0);
    }
  });

  test('the same seed gives the same counters, another one others', () => {
    const again = drained(everything, 20);
    expect(drained(everything, 20).tally.values).toEqual(again.tally.values);
    const other = engineOf(everything, '2');
    other.run(20, NO_LIMIT);
    expect(other.tally.values[layout.class + ENTERED]).not.toBe(again.tally.values[layout.class + ENTERED]);
  });

  test('slices add up to the whole', () => {
    const sliced = engineOf(everything);
    const sum = new Float64Array(layout.size);
    for (let end = 5; end <= 20; end += 5) {
      sliced.run(end, NO_LIMIT);
      endSlice(sliced);
      for (const [i, value] of sliced.tally.values.entries()) sum[i]! += value;
      startSlice(sliced);
    }
    const whole = engineOf(everything);
    whole.run(20, NO_LIMIT);
    endSlice(whole);
    for (const [i, value] of whole.tally.values.entries())
      expect(Math.abs(sum[i]! - value)).toBeLessThan(1e-6 * Math.max(1, Math.abs(value)));
  });
});

describe('T-17: M/M/1 with one request per second', () => {
  test.each([3, 4, 5])('and %f served per second is in state n for (1 - r) r^n of the time', (served) => {
    const engine = engineOf(
      architecture({
        components: [component('users', 'u', { rate: 1 }), component('server', 's', { serviceTime: 1 / served })],
        connections: [connect('u', 's')],
      }),
    );
    const seen = new Map<number, number>();
    // Longer than its source, for an error of two digits.
    for (let at = 500; at < 100_500; at += 0.5) {
      engine.run(at, NO_LIMIT);
      const state = engine.queues.inside[1]!;
      seen.set(state, (seen.get(state) ?? 0) + 1);
    }
    const load = 1 / served;
    for (let state = 0; state < 6; state++)
      expect((seen.get(state) ?? 0) / 200_000).toBeCloseTo((1 - load) * load ** state, 2);
  });
});

test('what is called deeper than any stack is long is answered all the same', () => {
  const engine = drained(
    architecture({
      components: [
        component('users', 'u', { rate: 1 }),
        component('workflow', 'w', { serviceTime: 0 }),
        component('workflow', 'x', { serviceTime: 0 }),
      ],
      connections: [connect('u', 'w'), connect('w', 'x', 'calls 50000')],
    }),
    3,
  );
  const { values, layout } = engine.tally;
  expect(values[layout.class + ANSWERED]).toBe(values[layout.class + ENTERED]);
  expect(CLASS_SIZE).toBeGreaterThan(FAILED);
});
