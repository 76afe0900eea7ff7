/** Bounded queues with other than exponential service, against chains solved state by state. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { erlangB } from './erlang.ts';
import { solveGgc } from './ggc.ts';
import { type Ggck, solveGgck } from './ggck.ts';
import { solveMmck } from './mmck.ts';

const ggck = (load: number, servers: number, scv: number, capacity: number, arrivals = 1): Ggck => ({
  arrivalRate: load * servers,
  serviceTime: 1,
  servers,
  capacity,
  arrivalVariability: arrivals,
  serviceVariability: scv,
});

/**
 * Exact M/G/1/K from the chain at departures (Gross and Harris, Fundamentals of Queueing Theory, §5.1.8): `arrive(j)` is the probability
 * of j arrivals during a service of mean 1. Blocking is 1 - 1 / (π₀ + ρ).
 */
function exactBlocking(load: number, capacity: number, arrive: (j: number) => number): number {
  const pi = [1];
  for (let n = 0; n + 1 < capacity; n++) {
    let next = pi[n]! - pi[0]! * arrive(n);
    for (let i = 1; i <= n; i++) next -= pi[i]! * arrive(n - i + 1);
    pi.push(next / arrive(0));
  }
  const total = pi.reduce((sum, value) => sum + value, 0);
  return 1 - 1 / (1 / total + load);
}

function poisson(load: number) {
  return (j: number) => {
    let value = Math.exp(-load);
    for (let i = 1; i <= j; i++) value *= load / i;
    return value;
  };
}

/** Two exponential branches with equal work each and squared variability `scv`. */
function hyperexponential(load: number, scv: number) {
  const p = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  const branch = (chance: number, j: number) => {
    const own = load / (2 * chance);
    return (chance * (own / (1 + own)) ** j) / (1 + own);
  };
  return (j: number) => branch(p, j) + branch(1 - p, j);
}

describe('G/G/c/K', () => {
  test.each([
    [0.5, 1, 4],
    [0.9, 3, 10],
    [1, 2, 5],
    [1.5, 4, 6],
    [3, 2, 40],
  ])('is M/M/c/K for exponential service: load %f on %i servers, room for %i', (load, servers, capacity) => {
    const found = solveGgck(ggck(load, servers, 1, capacity));
    const exact = solveMmck(ggck(load, servers, 1, capacity));
    expect(found.blocking).toBeCloseTo(exact.blocking, 10);
    expect(found.wait).toBeCloseTo(exact.wait, 9);
    expect(found.waitProbability).toBeCloseTo(exact.waitProbability, 10);
  });

  test('without places to wait it is Erlang B, whatever the service', () => {
    for (const scv of [0, 0.5, 4])
      for (const load of [0.4, 1, 2])
        expect(solveGgck(ggck(load, 5, scv, 5)).blocking).toBeCloseTo(erlangB(5, 5 * load), 10);
  });

  test('with very many it is the unbounded queue', () => {
    for (const [load, servers, scv] of [
      [0.7, 1, 0],
      [0.8, 1, 4],
      [0.6, 4, 0.25],
    ] as const) {
      const found = solveGgck(ggck(load, servers, scv, 5000));
      expect(found.blocking).toBeLessThan(1e-12);
      expect(found.wait).toBeCloseTo(solveGgc(ggck(load, servers, scv, 5000)).wait, 8);
    }
  });

  test.each([
    [0.5, 5, 0.45],
    [0.7, 5, 0.11],
    [0.9, 5, 0.02],
    [0.9, 20, 0.1],
    [1, 5, 0.04],
    [1, 20, 0.02],
    [1.2, 5, 0.04],
    [1.2, 20, 0.02],
    [2.5, 5, 0.02],
  ])('M/D/1/K: load %f, room for %i', (load, capacity, tolerance) => {
    const exact = exactBlocking(load, capacity, poisson(load));
    expect(Math.abs(solveGgck(ggck(load, 1, 0, capacity)).blocking / exact - 1)).toBeLessThan(tolerance);
  });

  test.each([
    [0.5, 5, 0.16],
    [0.7, 5, 0.16],
    [0.7, 20, 0.25],
    [0.9, 20, 0.16],
    [1, 10, 0.16],
    [1.2, 10, 0.16],
  ])('M/H2/1/K with a squared variability of 4: load %f, room for %i', (load, capacity, tolerance) => {
    const exact = exactBlocking(load, capacity, hyperexponential(load, 4));
    expect(Math.abs(solveGgck(ggck(load, 1, 4, capacity)).blocking / exact - 1)).toBeLessThan(tolerance);
  });

  test('never NaN, between 0 and 1, and not below what cannot be done', () => {
    const variability = fc.double({ min: 0, max: 20, noNaN: true });
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 5, noNaN: true }),
        fc.integer({ min: 1, max: 64 }),
        fc.integer({ min: 0, max: 3000 }),
        variability,
        variability,
        (load, servers, places, arrivals, service) => {
          const found = solveGgck(ggck(load, servers, service, servers + places, arrivals));
          expect(found.blocking).toBeGreaterThanOrEqual(Math.max(0, 1 - 1 / load) - 1e-9);
          expect(found.blocking).toBeLessThanOrEqual(1);
          expect(found.wait).toBeGreaterThanOrEqual(0);
          expect(found.waitProbability).toBeGreaterThanOrEqual(0);
          expect(found.waitProbability).toBeLessThanOrEqual(1);
          expect(found.waitVariability).toBeGreaterThanOrEqual(-1e-9);
        },
      ),
    );
  });
});
