/** Threads and pools of connections: chains solved state by state, closed forms, and laws. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solveMmc } from '../queueing/index.ts';
import { solveLinear } from '../queueing/linear-solve.ts';
import { architecture, component, connect, type Properties } from '../testing.ts';
import { solve } from './solve.ts';

/** A server that calls something once per request. */
function caller(
  rate: number,
  server: Properties,
  called: 'external' | 'database',
  behind: Properties,
  call: Properties = {},
) {
  return solve(
    architecture({
      components: [component('users', 'u', { rate }), component('server', 'a', server), component(called, 'b', behind)],
      connections: [
        connect('u', 'a', '', { latency: 0 }),
        connect('a', 'b', called === 'database' ? 'reads 1' : 'calls 1', { latency: 0, ...call }),
      ],
    }),
  );
}

interface Case {
  readonly rate: number;
  readonly time: number;
  readonly cores: number;
  readonly called: number;
  /** Servers of what is called; without end for a delay. */
  readonly servers: number;
  readonly threads: number;
}

/** Requests in the system, of them on the cores: arrivals, cores, then what is called, all the time on a thread. */
function meanByChain({ rate, time, cores, called, servers, threads }: Case): number {
  const most = Math.floor(700 / (threads + 1));
  const numbers: number[][] = [];
  let size = 0;
  for (let n = 0; n <= most; n++) numbers.push(Array.from({ length: Math.min(n, threads) + 1 }, () => size++));
  const matrix = new Float64Array(size * size);
  const go = (from: number, to: number, flow: number) => {
    matrix[to * size + from] = matrix[to * size + from]! + flow;
    matrix[from * size + from] = matrix[from * size + from]! - flow;
  };
  for (let n = 0; n <= most; n++)
    for (const [working, at] of numbers[n]!.entries()) {
      const waiting = Math.min(n, threads) - working;
      if (n < most) go(at, numbers[n + 1]![n < threads ? working + 1 : working]!, rate);
      if (working > 0) go(at, numbers[n]![working - 1]!, Math.min(working, cores) / time);
      // Who leaves lets the next one in, onto the cores.
      if (waiting > 0)
        go(at, numbers[n - 1]![n > threads ? working + 1 : working]!, Math.min(waiting, servers) / called);
    }
  matrix.fill(1, 0, size);
  const known = new Float64Array(size);
  known[0] = 1;
  const pi = solveLinear(matrix, known)!;
  let inside = 0;
  for (let n = 0; n <= most; n++) for (const at of numbers[n]!) inside += n * pi[at]!;
  return inside / rate;
}

const delays: readonly Case[] = [
  { rate: 50, time: 0.01, cores: 1, called: 0.05, servers: Infinity, threads: 4 },
  { rate: 50, time: 0.01, cores: 1, called: 0.05, servers: Infinity, threads: 6 },
  { rate: 70, time: 0.01, cores: 1, called: 0.05, servers: Infinity, threads: 8 },
  { rate: 150, time: 0.01, cores: 2, called: 0.02, servers: Infinity, threads: 6 },
  { rate: 30, time: 0.01, cores: 1, called: 0.1, servers: Infinity, threads: 4 },
];
const queues: readonly Case[] = [
  { rate: 50, time: 0.01, cores: 1, called: 0.01, servers: 1, threads: 4 },
  { rate: 60, time: 0.01, cores: 1, called: 0.012, servers: 1, threads: 8 },
  { rate: 40, time: 0.005, cores: 1, called: 0.02, servers: 1, threads: 6 },
  { rate: 90, time: 0.01, cores: 2, called: 0.02, servers: 3, threads: 8 },
];

describe('as the Markov chain has it, within 3 %', () => {
  test.each(delays)('a delay behind $threads threads at $rate/s', (one) => {
    const { response } = caller(
      one.rate,
      { serviceTime: one.time, cores: one.cores, threads: one.threads },
      'external',
      { latency: one.called },
    );
    expect(Math.abs(response.mean / meanByChain(one) - 1)).toBeLessThan(0.03);
  });

  test.each(queues)('a database of $servers behind $threads threads at $rate/s', (one) => {
    const { response } = caller(
      one.rate,
      { serviceTime: one.time, cores: one.cores, threads: one.threads },
      'database',
      { readTime: one.called, cores: one.servers },
    );
    expect(Math.abs(response.mean / meanByChain(one) - 1)).toBeLessThan(0.03);
  });
});

describe('closed forms', () => {
  test('nothing but a time behind the threads: M/M/threads', () => {
    const { response, components } = caller(30, { serviceTime: 0, threads: 5 }, 'external', { latency: 0.1 });
    const { response: mean, wait } = solveMmc({ arrivalRate: 30, serviceTime: 0.1, servers: 5 });
    expect(response.mean).toBeCloseTo(mean, 9);
    const threads = components[1]!.resources.find(({ resource }) => resource === 'threads')!;
    expect(components[1]!.waiting).toBeCloseTo(wait, 9);
    expect(threads.utilization).toBeCloseTo(0.6, 9);
    expect(components[1]!.saturatesAt).toBeCloseTo(5 / 3, 5);
  });

  test('and behind a pool of connections of two replicas: M/M/pool each', () => {
    const { response, components } = caller(
      60,
      { serviceTime: 0, replicas: 2 },
      'external',
      { latency: 0.1 },
      { pool: 5 },
    );
    expect(response.mean).toBeCloseTo(solveMmc({ arrivalRate: 30, serviceTime: 0.1, servers: 5 }).response, 9);
    const pool = components[1]!.resources.find(({ resource }) => resource === 'pool')!;
    expect(pool).toMatchObject({ available: 10, utilization: expect.closeTo(0.6, 9) });
  });

  test('threads on cores alone change nothing as long as there are more of them', () => {
    const { response } = caller(150, { serviceTime: 0.01, cores: 2, threads: 2 }, 'external', { latency: 0 });
    expect(response.mean).toBeCloseTo(solveMmc({ arrivalRate: 150, serviceTime: 0.01, servers: 2 }).response, 9);
  });

  test('a limit behind another: the pool is what threads wait for, and it is full first', () => {
    const { components } = caller(60, { serviceTime: 0.001, threads: 50 }, 'external', { latency: 0.05 }, { pool: 4 });
    const until = components[1]!.saturatesAt! * 60;
    expect(until).toBeCloseTo(80, 3);
    const pool = components[1]!.resources.find(({ resource }) => resource === 'pool')!;
    expect(pool.utilization).toBeCloseTo(0.75, 6);
  });
});

describe('laws', () => {
  const rate = fc.double({ min: 1, max: 60, noNaN: true });
  const time = fc.double({ min: 0.001, max: 0.015, noNaN: true });

  test('more threads are never worse, and many are as good as no limit', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(rate, time, time, fc.integer({ min: 1, max: 12 }), (load, a, b, threads) => {
        const mean = (limit: Properties) =>
          caller(load, { serviceTime: a, ...limit }, 'database', { readTime: b }).response.mean;
        const some = mean({ threads });
        const free = mean({});
        expect(mean({ threads: threads + 1 })).toBeLessThanOrEqual(some * (1 + 1e-9));
        expect(some).toBeGreaterThanOrEqual(free * (1 - 1e-9));
        if (Number.isFinite(free)) expect(mean({ threads: 400 }) / free).toBeCloseTo(1, 6);
        else expect(some).toBe(Infinity);
      }),
      { numRuns: 40 },
    );
  });

  test('threads in use are at most all, and all where the load is too much for them', () => {
    fc.assert(
      fc.property(rate, time, fc.integer({ min: 1, max: 6 }), (load, a, threads) => {
        const { components, errors } = caller(load, { serviceTime: a, threads }, 'external', { latency: 0.05 });
        const use = components[1]!.resources.find(({ resource }) => resource === 'threads')!;
        expect(use.utilization).toBeLessThanOrEqual(1 + 1e-9);
        const { saturatesAt } = components[1]!;
        if (saturatesAt! < 0.999) expect(use.utilization).toBeCloseTo(1, 6);
        if (saturatesAt! > 1.001) expect(use.utilization).toBeLessThan(1);
        expect(errors).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  test('nearly full threads are said to be beyond the formula; idle ones leave it exact', () => {
    const accuracyAt = (load: number) =>
      caller(load, { serviceTime: 0.001, threads: 4 }, 'external', { latency: 0.1 }).components[1]!.accuracy;
    expect(accuracyAt(1).kind).toBe('approximate');
    expect(accuracyAt(0.01).kind).toBe('exact');
    expect(accuracyAt(38.9)).toMatchObject({ kind: 'unreliable', why: expect.stringContaining('threads') });
  });
});
