import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { erlangB, erlangC, solveMmc } from './index.ts';

// validation.md A1, regression table: servers, load, B, C, wait in service times.
const table = [
  [1, 0.5, 0.333333, 0.5, 1],
  [2, 1, 0.2, 0.333333, 0.333333],
  [5, 4, 0.199067, 0.554113, 0.554113],
  [10, 8, 0.121661, 0.40918, 0.20459],
  [10, 9, 0.167963, 0.668732, 0.668732],
  [20, 18, 0.109213, 0.550769, 0.275385],
  [50, 45, 0.054104, 0.363864, 0.072773],
  [100, 90, 0.026957, 0.21694, 0.021694],
  [100, 95, 0.048804, 0.506457, 0.101291],
] as const;

describe('Erlang', () => {
  test.each(table)('A1 table: %i servers, load %f', (servers, load, b, c, wait) => {
    expect(erlangB(servers, load)).toBeCloseTo(b, 6);
    expect(erlangC(servers, load)).toBeCloseTo(c, 6);
    expect(solveMmc({ arrivalRate: load, serviceTime: 1, servers }).wait).toBeCloseTo(wait, 6);
  });

  test('the late start for large loads changes nothing', () => {
    for (const [servers, load] of [
      [1200, 1000],
      [1000, 1000],
      [400, 1000],
      [99_000, 100_000],
    ] as const) {
      let inverse = 1;
      for (let k = 1; k <= servers; k++) inverse = 1 + (k / load) * inverse;
      expect(erlangB(servers, load) * inverse).toBeCloseTo(1, 12);
    }
  });

  test('ends of the domain', () => {
    expect(erlangB(0, 3)).toBe(1);
    expect(erlangB(5, 0)).toBe(0);
    expect(erlangC(5, 0)).toBe(0);
    expect(erlangC(5, 5)).toBe(1);
    expect(erlangC(Number.POSITIVE_INFINITY, 7)).toBe(0);
    expect(erlangB(1e6, 1)).toBe(0);
  });

  test('both are probabilities, fall with servers and rise with the load', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.double({ min: 0, max: 400, noNaN: true }), (servers, load) => {
        for (const formula of [erlangB, erlangC]) {
          const value = formula(servers, load);
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
          expect(formula(servers + 1, load)).toBeLessThanOrEqual(value + 1e-12);
          expect(formula(servers, load * 1.01 + 0.01)).toBeGreaterThanOrEqual(value - 1e-12);
        }
        expect(erlangB(servers, load)).toBeLessThanOrEqual(erlangC(servers, load) + 1e-12);
      }),
    );
  });
});
