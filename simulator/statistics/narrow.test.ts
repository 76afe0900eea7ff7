import { describe, expect, test } from 'vitest';
import { meanOf, quantileOf, quantilesOf, type ResponseTime, survivalOf, varianceOf } from './index.ts';

const levels = [0.01, 0.5, 0.9, 0.99, 0.999];
/** Standard normal quantiles of the levels. */
const normal = [-2.326348, 0, 1.281552, 2.326348, 3.090232];

describe('nearly constant times', () => {
  test('a gamma distribution of tiny variability is normal', () => {
    const deviation = 1e-3;
    const quantiles = quantilesOf({ kind: 'gamma', mean: 1, scv: deviation ** 2 }, levels);
    for (const [i, quantile] of quantiles.entries()) {
      expect(Math.abs(quantile - (1 + deviation * normal[i]!))).toBeLessThan(5e-3 * deviation);
    }
  });

  test('a long full queue: the gamma short cut of M/M/c/K is within 0.05 %', () => {
    // Just too variable for the short cut, which is taken below a squared variability of 1e-4.
    const full: ResponseTime = { kind: 'mmck', arrivalRate: 6, serviceTime: 1, servers: 4, capacity: 8000 };
    const mean = meanOf(full);
    const scv = varianceOf(full) / mean ** 2;
    expect(scv).toBeGreaterThan(1e-4);
    const short = quantilesOf({ kind: 'gamma', mean, scv }, levels);
    for (const [i, quantile] of quantilesOf(full, levels).entries()) {
      expect(Math.abs(short[i]! / quantile - 1)).toBeLessThan(5e-4);
    }
  });

  test('next to a variable time it adds its constant', () => {
    const narrow: ResponseTime = { kind: 'gamma', mean: 5, scv: 1e-6 };
    const wide: ResponseTime = { kind: 'gamma', mean: 1, scv: 1 };
    const time: ResponseTime = { kind: 'sum', parts: [narrow, wide] };
    for (const p of levels.slice(1)) expect(quantileOf(time, p)).toBeCloseTo(5 - Math.log1p(-p), 4);
  });

  test('in a maximum, where it is asked for times far below it', () => {
    const narrow: ResponseTime = { kind: 'gamma', mean: 0.05, scv: 1e-6 };
    const time: ResponseTime = { kind: 'maximum', of: [narrow, { kind: 'gamma', mean: 0.05, scv: 1 }] };
    expect(survivalOf(time, 1e-6)).toBe(1);
    expect(survivalOf(time, 0.06)).toBeCloseTo(Math.exp(-1.2), 9);
    expect(quantileOf(time, 0.9)).toBeCloseTo(-0.05 * Math.log(0.1), 9);
  });

  test('a maximum of nearly constant times', () => {
    const narrow: ResponseTime = { kind: 'gamma', mean: 1, scv: 1e-6 };
    const time: ResponseTime = { kind: 'maximum', of: [narrow, narrow] };
    // Of two normal times: the quantile of the square root.
    expect(quantileOf(time, 0.25)).toBeCloseTo(1, 5);
    expect(quantileOf(time, 0.5)).toBeCloseTo(1 + 1e-3 * 0.545, 5);
    expect(quantileOf(time, 0.99)).toBeCloseTo(1 + 1e-3 * 2.5748, 5);
  });

  test('a maximum of one is that one', () => {
    const narrow: ResponseTime = { kind: 'gamma', mean: 0.05, scv: 1e-6 };
    const time: ResponseTime = { kind: 'maximum', of: [narrow] };
    expect(meanOf(time)).toBeCloseTo(0.05, 12);
    for (const p of levels) expect(quantileOf(time, p)).toBe(quantileOf(narrow, p));
  });

  test('a maximum with a constant above the other means keeps their tails', () => {
    const slow: ResponseTime = { kind: 'gamma', mean: 0.1, scv: 1 };
    const time: ResponseTime = { kind: 'maximum', of: [{ kind: 'shift', seconds: 0.5 }, slow] };
    expect(quantileOf(time, 0.9)).toBe(0.5);
    expect(quantileOf(time, 0.999)).toBeCloseTo(0.1 * Math.log(1000), 9);
  });

  test('repeated choices between constants are binomial', () => {
    const coin: ResponseTime = { kind: 'repeat', visits: 0.5, of: { kind: 'shift', seconds: 1 } };
    const time: ResponseTime = { kind: 'repeat', visits: 10, of: coin };
    // P(at most 5 of 10) = 638 / 1024.
    expect(quantileOf(time, 0.62)).toBe(5);
    expect(quantileOf(time, 0.63)).toBe(6);
    expect(survivalOf(time, 5)).toBeCloseTo(1 - 638 / 1024, 12);
    expect(varianceOf(time)).toBeCloseTo(2.5, 12);
  });
});
