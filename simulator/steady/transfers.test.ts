/** Payloads on the way: laws, and cases that can be worked out by hand. */
import { describe, expect, test } from 'vitest';
import { solve } from '../index.ts';
import { architecture, component, connect, type Properties } from '../testing.ts';

const MB = 1e6;

/** Users who ask a server without a queue for files of 1 MB. */
function files(rate: number, server: Properties, users: Properties = { rate }) {
  return architecture({
    components: [component('users', 'u', users), component('server', 's', { serviceTime: 0, ...server })],
    connections: [connect('u', 's', '', { latency: 0, payload: MB })],
  });
}

describe('a transfer', () => {
  test('takes size over bandwidth over what is free: 10 ms at 60 % are 25 ms', () => {
    const { response } = solve(files(60, { network: 100 * MB }));
    expect(response.mean).toBeCloseTo(0.01 / (1 - 0.6), 9);
    expect(response.p99).toBeGreaterThan(4.6 * response.mean);
  });

  test('shares the network of its own machine only', () => {
    expect(solve(files(120, { network: 100 * MB, replicas: 2 })).response.mean).toBeCloseTo(0.025, 9);
  });

  test('goes at the speed of the slower end', () => {
    const design = architecture({
      components: [
        component('users', 'u', { rate: 1e-6 }),
        component('server', 's', { serviceTime: 0, network: 1000 * MB }),
        component('storage', 'o', { readTime: 0, network: 50 * MB }),
      ],
      connections: [connect('u', 's', '', { latency: 0 }), connect('s', 'o', 'reads 1', { latency: 0, payload: MB })],
    });
    expect(solve(design).response.mean).toBeCloseTo(0.02, 6);
  });

  test('never ends where more is asked for than the network moves', () => {
    const { response, components } = solve(files(101, { network: 100 * MB }));
    expect(response.p50).toBe(Number.POSITIVE_INFINITY);
    expect(components.find(({ path }) => path === 's')!.utilization).toBeCloseTo(1.01, 9);
  });

  test('is nothing to users who declare no payload, and where no bandwidth is known', () => {
    expect(solve(files(60, {})).response.mean).toBe(0);
  });

  test('counts on the way through a design that is too large for one expression: 300 servers, 20 ms to the last', () => {
    const paths = Array.from({ length: 300 }, (_, i) => `s${i}`);
    const servers = paths.map((path) => component('server', path, { serviceTime: 0.001, network: 50 * MB }));
    const calls = paths
      .slice(1)
      .map((path, i) => connect(`s${i}`, path, '', { latency: 0, ...(i === 298 ? { payload: MB } : {}) }));
    const design = architecture({
      components: [component('users', 'u', { rate: 1e-6 }), ...servers],
      connections: [connect('u', 's0', '', { latency: 0 }), ...calls],
    });
    expect(solve(design).response.mean).toBeCloseTo(0.3 + 0.02, 6);
  });

  test('slows closed users down: 10 who think for 1 s never move more than the network can', () => {
    const { rate, response } = solve(files(0, { network: 2 * MB }, { population: 10, thinkTime: 1 }));
    expect(rate).toBeLessThan(2);
    expect(rate * (1 + response.mean)).toBeCloseTo(10, 3);
  });
});
