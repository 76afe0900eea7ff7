import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  peakServers,
  powerOfChoicesResponse,
  randomResponse,
  relativeCapacity,
  roundRobinResponse,
  roundRobinRoot,
  solveMmc,
} from './index.ts';

describe('load balancing', () => {
  test('T-28: two servers of rate 2', () => {
    const group = { arrivalRate: 1, serviceTime: 0.5, servers: 2 };
    expect(randomResponse(group)).toBeCloseTo(0.666667, 6);
    expect(roundRobinResponse(group)).toBeCloseTo(0.57735, 6);
    expect(roundRobinRoot(0.25, 2)).toBeCloseTo(0.133975, 6);
    expect(solveMmc(group).response).toBeCloseTo(0.533333, 6);
  });

  // validation.md A5 and theory.md §5.
  test.each([
    [1, [2, 3.33333, 5, 10, 20, 100]],
    [2, [1.26569, 1.61445, 1.94736, 2.61406, 3.38305, 5.432]],
    [3, [1.12524, 1.35684, 1.58089, 2.02786, 2.53513, 3.85785]],
    [5, [1.0313, 1.1681, 1.3289, 1.6329, 1.9888, 2.9017]],
  ] as const)('A5: %i choices', (choices, expected) => {
    for (const [i, utilization] of [0.5, 0.7, 0.8, 0.9, 0.95, 0.99].entries()) {
      const digits = choices === 5 ? 4 : 5;
      expect(powerOfChoicesResponse(utilization, 1, choices)).toBeCloseTo(expected[i]!, digits);
    }
  });

  test('pooled <= round robin <= random', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.99, noNaN: true }), fc.integer({ min: 1, max: 100 }), (load, servers) => {
        const group = { arrivalRate: load * servers, serviceTime: 1, servers };
        const inTurn = roundRobinResponse(group);
        expect(solveMmc(group).response).toBeLessThanOrEqual(inTurn * (1 + 1e-9));
        expect(inTurn).toBeLessThanOrEqual(randomResponse(group) * (1 + 1e-9));
        const root = roundRobinRoot(load, servers);
        if (load > 0.01) expect((servers * load) / (servers * load + 1 - root)).toBeCloseTo(root ** (1 / servers), 7);
      }),
    );
  });

  test('saturated and idle', () => {
    const saturated = { arrivalRate: 2, serviceTime: 1, servers: 2 };
    expect(randomResponse(saturated)).toBe(Number.POSITIVE_INFINITY);
    expect(roundRobinResponse(saturated)).toBe(Number.POSITIVE_INFINITY);
    expect(powerOfChoicesResponse(1, 1, 2)).toBe(Number.POSITIVE_INFINITY);
    expect(powerOfChoicesResponse(0, 3, 2)).toBe(3);
    expect(roundRobinResponse({ ...saturated, arrivalRate: 0 })).toBe(1);
  });
});

describe('universal scalability law', () => {
  test('linear without contention, peaks where coherency wins', () => {
    expect(relativeCapacity(16, { contention: 0, coherency: 0 })).toBe(16);
    const law = { contention: 0.02, coherency: 0.0005 };
    const peak = peakServers(law);
    expect(peak).toBeCloseTo(Math.sqrt(0.98 / 0.0005), 10);
    expect(relativeCapacity(peak, law)).toBeGreaterThan(relativeCapacity(peak * 1.1, law));
    expect(relativeCapacity(peak, law)).toBeGreaterThan(relativeCapacity(peak * 0.9, law));
    expect(relativeCapacity(0, law)).toBe(0);
    // Amdahl's law is the case without coherency: no more than 1 / α.
    expect(relativeCapacity(1e9, { contention: 0.05, coherency: 0 })).toBeCloseTo(20, 5);
  });
});
