import { describe, expect, test } from 'vitest';
import type { TailPoint } from '../queueing/quantile-search.ts';
import { CONTOUR_POINTS, contourIm, contourRe, invertContour, SPAN, weighContour } from './contour.ts';

/** The transform of a time on the contour for times up to `longest`. */
function valuesOf(longest: number, transform: (re: number, im: number) => readonly [number, number]) {
  const values = { longest, re: new Float64Array(CONTOUR_POINTS), im: new Float64Array(CONTOUR_POINTS) };
  for (let k = 0; k < CONTOUR_POINTS; k++)
    [values.re[k], values.im[k]] = transform(contourRe[k]! / longest, contourIm[k]! / longest);
  weighContour(values, 1);
  return values;
}

/** Of `stages` exponential times of mean 1 / `stages`. */
function erlang(stages: number) {
  return (re: number, im: number): readonly [number, number] => {
    const size = Math.exp((-stages / 2) * Math.log((1 + re / stages) ** 2 + (im / stages) ** 2));
    const angle = -stages * Math.atan2(im / stages, 1 + re / stages);
    return [size * Math.cos(angle), size * Math.sin(angle)];
  };
}

function erlangTail(stages: number, time: number): number {
  let term = Math.exp(-stages * time);
  let sum = 0;
  for (let k = 0; k < stages; k++) {
    sum += term;
    term *= (stages * time) / (k + 1);
  }
  return sum;
}

function erlangDensity(stages: number, time: number): number {
  let term = stages * Math.exp(-stages * time);
  for (let k = 1; k < stages; k++) term *= (stages * time) / k;
  return term;
}

const point: TailPoint = { survival: 0, density: 0 };

describe('inversion along a contour', () => {
  test.each([1, 2])('sums of %i exponential times, to eight digits over the whole span', (stages) => {
    const longest = 1 + 6 / Math.sqrt(stages);
    const values = valuesOf(longest, erlang(stages));
    for (let share = 1; share >= 1 / SPAN; share -= 1 / 16) {
      const time = share * longest;
      expect(invertContour(values, time, point)).toBe(true);
      expect(Math.abs(point.survival - erlangTail(stages, time))).toBeLessThan(2e-9);
      expect(Math.abs(point.density - erlangDensity(stages, time))).toBeLessThan(1e-7);
    }
  });

  test('far out the relative error stays small', () => {
    const values = valuesOf(9, erlang(1));
    expect(invertContour(values, 9, point)).toBe(true);
    expect(point.survival / Math.exp(-9)).toBeCloseTo(1, 8);
  });

  test('what is nearly constant is left to others, or right', () => {
    for (const stages of [4, 8, 16, 32, 64, 128, 512]) {
      const longest = 1 + 6 / Math.sqrt(stages);
      const values = valuesOf(longest, erlang(stages));
      for (let share = 1; share >= 1 / SPAN; share -= 1 / 64)
        if (invertContour(values, share * longest, point))
          expect(Math.abs(point.survival - erlangTail(stages, share * longest))).toBeLessThan(1e-7);
    }
  });

  test('a constant time that is not over yet is left to others', () => {
    const values = valuesOf(1, (re, im) => [
      Math.exp(-0.8 * re) * Math.cos(0.8 * im),
      -Math.exp(-0.8 * re) * Math.sin(0.8 * im),
    ]);
    expect(invertContour(values, 0.5, point)).toBe(false);
    expect(invertContour(values, 0.79, point)).toBe(false);
  });
});
