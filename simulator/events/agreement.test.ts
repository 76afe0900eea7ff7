/** Formulas and simulation agree on a generated family of networks: means within 2 %, 99th percentiles within 5 %, as far as chance allows. */
import { expect, test } from 'vitest';
import { solve } from '../steady/solve.ts';
import { randomNetwork } from './random-networks.ts';
import { simulate } from './simulate.ts';

/** What the steady state promises, in percent: by whether all times are exponential. */
const PROMISED = { exponential: { mean: 2, p99: 5 }, varied: { mean: 10, p99: 15 } };

test.each([
  ['exponential', 1],
  ['exponential', 2],
  ['exponential', 3],
  ['exponential', 4],
  ['varied', 5],
  ['varied', 6],
  ['varied', 7],
] as const)('a network with %s times, number %i', (kind, seed) => {
  const given = randomNetwork(seed, kind === 'varied');
  const formula = solve(given);
  const { response, throughput, components } = simulate(given, { requests: 60_000, seed })!;
  const apart = (value: number, { value: seen, halfWidth }: { readonly value: number; readonly halfWidth: number }) =>
    Math.max(0, Math.abs(value - seen) - 1.5 * halfWidth) / seen;
  expect(apart(formula.throughput, throughput)).toBeLessThan(0.005);
  expect(apart(formula.response.mean, response!.mean) * 100).toBeLessThan(PROMISED[kind].mean);
  expect(apart(formula.response.p99, response!.p99) * 100).toBeLessThan(PROMISED[kind].p99);
  for (const { path, resources, arrivalRate } of components) {
    const expected = formula.components.find((one) => one.path === path)!;
    expect([path, apart(expected.arrivalRate, arrivalRate) < 0.005]).toEqual([path, true]);
    for (const { utilization } of resources) expect(apart(expected.utilization!, utilization)).toBeLessThan(0.01);
  }
});
