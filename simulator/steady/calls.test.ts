/** Calls with time limits, retries, and calls made together: laws, and cases that can be worked out by hand. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze, capacityOf, explain, solve } from '../index.ts';
import { architecture, component, connect, type Properties } from '../testing.ts';

/** Users before one server of 10 ms. */
function queue(rate: number, call: Properties, server: Properties = {}) {
  return architecture({
    components: [component('users', 'u', { rate }), component('server', 's', { serviceTime: 0.01, ...server })],
    connections: [connect('u', 's', '', { latency: 0, ...call })],
  });
}

/** A server that calls others which take exponential times and have no queues. */
function caller(means: readonly number[], call: Properties, times = 1) {
  return architecture({
    components: [
      component('users', 'u', { rate: 10 }),
      component('function', 'f', { serviceTime: 0 }),
      ...means.map((latency, i) => component('external', `e${i}`, { latency })),
    ],
    connections: [
      connect('u', 'f', '', { latency: 0 }),
      ...means.map((_, i) => connect('f', `e${i}`, `calls ${times}`, { latency: 0, ...call })),
    ],
  });
}

const along = (design: ReturnType<typeof queue>, id: string) =>
  solve(design).connections.find((connection) => connection.id === id)!;

describe('a time limit', () => {
  test('fails what takes longer: e^-(μ - λ)τ in M/M/1', () => {
    const { errors, response, throughput } = solve(queue(50, { timeout: 0.05 }));
    expect(errors).toBeCloseTo(Math.exp(-2.5), 9);
    expect(throughput).toBeCloseTo(50 * (1 - Math.exp(-2.5)), 7);
    // The mean of an exponential time given that it is less than τ: 1/θ - τ/(e^θτ - 1).
    expect(response.mean).toBeCloseTo(0.02 - 0.05 / (Math.exp(2.5) - 1), 6);
    expect(response.p999).toBeLessThan(0.05);
  });

  test('is that of the target where the connection has none', () => {
    expect(solve(queue(50, {}, { timeout: 0.05 })).errors).toBeCloseTo(Math.exp(-2.5), 9);
    expect(solve(queue(50, { timeout: 0.1 }, { timeout: 0.05 })).errors).toBeCloseTo(Math.exp(-5), 9);
  });

  test('with a fallback costs its time but no error', () => {
    const { errors, response } = solve(caller([0.01], { timeout: 0.02, fallback: true }));
    expect(errors).toBe(0);
    // E[min(T, τ)] = 1/θ (1 - e^-θτ).
    expect(response.mean).toBeCloseTo(0.01 * (1 - Math.exp(-2)), 6);
  });

  test('before an overloaded server lets nobody through, and saves a caller with a fallback', () => {
    expect(solve(queue(150, { timeout: 1 })).errors).toBe(1);
    const { errors, response } = solve(queue(150, { timeout: 1, fallback: true }));
    expect(errors).toBe(0);
    expect(response.mean).toBeCloseTo(1, 9);
  });

  test('that is never reached changes nothing', () => {
    expect(solve(queue(50, { timeout: 10 })).response.p99).toBe(solve(queue(50, {})).response.p99);
  });
});

describe('retries', () => {
  test('are more load until both agree: λ = Λ (1 + f + f²) with f = e^-(μ - λ)τ', () => {
    const design = queue(50, { timeout: 0.05, retries: 2 });
    const { components } = solve(design);
    let rate = 50;
    for (let i = 0; i < 200; i++) {
      const f = Math.exp(-(100 - rate) * 0.05);
      rate = 50 * (1 + f + f * f);
    }
    expect(components.find(({ path }) => path === 's')!.arrivalRate).toBeCloseTo(rate, 3);
    const { attempts, failures } = along(design, 'u -> s');
    expect(attempts).toBeCloseTo(rate / 50, 5);
    expect(failures).toBeCloseTo(Math.exp(-(100 - rate) * 0.05) ** 3, 6);
    expect(solve(design).errors).toBeCloseTo(failures!, 9);
  });

  test('take the time of what failed, and pauses', () => {
    const { response } = solve(caller([0.01], { timeout: 0.02, retries: 1, backoff: 'fixed', pause: 0.1 }));
    const f = Math.exp(-2);
    const inTime = 0.01 - 0.02 / (Math.exp(2) - 1);
    // One in 1 + f of those that are answered has needed the second attempt.
    expect(response.mean).toBeCloseTo(inTime + (f / (1 + f)) * 0.12, 6);
  });

  test('of what is refused come back too', () => {
    const design = queue(80, { retries: 3 }, { maxQueue: 0 });
    const server = solve(design).components.find(({ path }) => path === 's')!;
    expect(server.arrivalRate).toBeGreaterThan(80 * 1.4);
    const f = server.refused;
    expect(server.arrivalRate).toBeCloseTo(80 * (1 + f + f * f + f ** 3), 2);
    expect(solve(design).errors).toBeCloseTo(f ** 4, 5);
  });

  test('without failures are no retries', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 99, noNaN: true }), fc.integer({ min: 0, max: 9 }), (rate, retries) => {
        expect(solve(queue(rate, { retries }))).toEqual(solve(queue(rate, {})));
      }),
    );
  });

  test('never lower the load, and a longer limit never raises it', () => {
    const rate = fc.double({ min: 1, max: 60, noNaN: true });
    fc.assert(
      fc.property(
        rate,
        fc.integer({ min: 0, max: 4 }),
        fc.double({ min: 0.03, max: 0.3 }),
        (load, retries, timeout) => {
          const arrivals = (call: Properties) => solve(queue(load, call)).components[1]!.arrivalRate;
          const base = arrivals({ retries, timeout });
          expect(arrivals({ retries: retries + 1, timeout })).toBeGreaterThanOrEqual(base * (1 - 1e-6));
          expect(arrivals({ retries, timeout: timeout * 1.5 })).toBeLessThanOrEqual(base * (1 + 1e-6));
          expect(base).toBeLessThanOrEqual(load * (retries + 1) * (1 + 1e-9));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('multiply over layers', () => {
    const layers = architecture({
      components: [
        component('users', 'u', { rate: 1 }),
        component('function', 'a', { serviceTime: 0 }),
        component('function', 'b', { serviceTime: 0 }),
        component('external', 'c', { latency: 1000 }),
      ],
      connections: [
        connect('u', 'a', '', { latency: 0 }),
        connect('a', 'b', 'calls 1', { latency: 0, retries: 3, timeout: 0.1 }),
        connect('b', 'c', 'calls 1', { latency: 0, retries: 3, timeout: 0.01 }),
      ],
    });
    const rate = solve(layers).components.find(({ path }) => path === 'c')!.arrivalRate;
    // Nearly all attempts fail: 4 × 4 calls.
    expect(rate).toBeGreaterThan(15.9);
    expect(rate).toBeLessThan(16);
  });
});

describe('storms of retries', () => {
  test('one that has begun is said, with the load that would be carried without', () => {
    const analysis = analyze(queue(80, { timeout: 0.04, retries: 1 }));
    expect(analysis.solution.errors).toBe(1);
    expect(analysis.solution.accuracy.kind).toBe('unreliable');
    expect(analysis.storms).toEqual([{ path: 's', utilization: 1.6, during: 1.6 }]);
    expect(analysis.capacity.limit).toMatchObject({ type: 'bottleneck', bottleneck: { path: 's', cause: 'retries' } });
  });

  test('one that would not end is found from above', () => {
    const { storms, solution } = analyze(queue(50, { timeout: 0.08, retries: 2 }));
    expect(solution.components[1]!.utilization).toBeLessThan(0.55);
    expect(storms).toEqual([{ path: 's', utilization: expect.closeTo(0.51, 1), during: 1.5 }]);
    expect(analyze(queue(50, { timeout: 0.08, retries: 2, circuitBreaker: true })).storms).toEqual([]);
    expect(analyze(queue(30, { timeout: 0.08, retries: 2 })).storms).toEqual([]);
  });

  test('the capacity is where retries still die down: just below calm, just above a storm', () => {
    const design = queue(10, { timeout: 0.05, retries: 2 });
    const { scale, limit } = capacityOf(design);
    expect(limit).toMatchObject({ bottleneck: { cause: 'retries' } });
    expect(solve(design, { scale: scale * 0.999 }).components[1]!.utilization).toBeLessThan(0.8);
    expect(solve(design, { scale: scale * 1.001 }).components[1]!.utilization).toBeGreaterThan(1);
    expect(scale).toBeLessThan(capacityOf(queue(10, { timeout: 0.05 })).scale);
  });

  test('the rate of a component is explained with its attempts', () => {
    const one = explain(queue(50, { timeout: 0.05, retries: 2 }), 'rate', 's');
    if ('why' in one) throw new Error(one.why);
    expect(one.terms[0]!.factors.map(({ name }) => name)).toEqual([
      'requests of the users',
      'operations for each',
      'attempts for each',
    ]);
    expect(one.terms[0]!.factors.reduce((product, { value }) => product * value, 1)).toBeCloseTo(one.value, 6);
  });
});

describe('calls made at the same time', () => {
  test('take the longest: m (1 + 1/2 + 1/3) of three equal exponential times', () => {
    const { response, accuracy } = solve(caller([0.06, 0.06, 0.06], { parallel: true }));
    expect(response.mean / 0.11).toBeCloseTo(1, 4);
    // P(max <= t) = (1 - e^-t/m)³.
    expect(response.p99).toBeCloseTo(-0.06 * Math.log(1 - 0.99 ** (1 / 3)), 7);
    expect(accuracy.kind).toBe('exact');
  });

  test('of different means: Σ m - Σ pairs + all three', () => {
    const [a, b] = [0.01, 0.05];
    const { response } = solve(caller([a, b], { parallel: true }));
    expect(response.mean / (a + b - 1 / (1 / a + 1 / b))).toBeCloseTo(1, 4);
  });

  test('tail at scale: one in a hundred slow leaves make 63 % of the requests slow', () => {
    const { response } = solve(caller([0.01], { parallel: true }, 100));
    const leaf = 0.01 * Math.log(100);
    expect(1 - (1 - Math.exp(-leaf / 0.01)) ** 100).toBeCloseTo(0.634, 3);
    expect(response.p50).toBeCloseTo(-0.01 * Math.log(1 - 0.5 ** 0.01), 7);
    expect(response.p50).toBeGreaterThan(leaf);
  });

  test('are never slower than one after the other, never faster than the slowest, and make the same load', () => {
    const server = fc.tuple(fc.double({ min: 0.001, max: 0.05, noNaN: true }), fc.integer({ min: 1, max: 3 }));
    fc.assert(
      fc.property(
        fc.array(server, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 15 }),
        (servers, rate) => {
          const build = (parallel: boolean) =>
            solve(
              architecture({
                components: [
                  component('users', 'u', { rate }),
                  component('function', 'f', { serviceTime: 0.001 }),
                  ...servers.map(([serviceTime], i) => component('server', `s${i}`, { serviceTime, cores: 4 })),
                ],
                connections: [
                  connect('u', 'f'),
                  ...servers.map(([, calls], i) => connect('f', `s${i}`, `calls ${calls}`, { parallel })),
                ],
              }),
            );
          const [together, inTurn] = [build(true), build(false)];
          const slowest = Math.max(...together.components.map(({ response }) => response?.mean ?? 0));
          expect(together.response.mean).toBeLessThanOrEqual(inTurn.response.mean * (1 + 1e-4));
          expect(together.response.p99).toBeLessThanOrEqual(inTurn.response.p99 * (1 + 2e-3));
          expect(together.response.mean).toBeGreaterThanOrEqual(slowest * (1 - 1e-4));
          expect(together.components.map((one) => one.rates)).toEqual(inTurn.components.map((one) => one.rates));
          const parts = together.requests[0]!.breakdown.reduce((sum, { seconds }) => sum + seconds, 0);
          expect(parts / together.response.mean).toBeCloseTo(1, 6);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('more of them than there are cores wait for each other: only a simulation knows', () => {
    const design = architecture({
      components: [
        component('users', 'u', { rate: 1 }),
        component('function', 'f', { serviceTime: 0.001 }),
        component('server', 's', { serviceTime: 0.01, cores: 2 }),
      ],
      connections: [connect('u', 'f'), connect('f', 's', 'calls 10', { parallel: true })],
    });
    expect(solve(design).requests[0]!.accuracy).toMatchObject({
      kind: 'unreliable',
      why: expect.stringContaining('10 calls'),
    });
  });
});
