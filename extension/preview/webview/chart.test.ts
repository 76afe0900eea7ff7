import { expect, it } from 'vitest';
import { stepPath, topOf, valueAt } from './chart.ts';

it('draws steps from left to right', () => {
  expect(stepPath([0, 10, 30], [0, 4, 2], 40, 4)).toBe('M0 100H250V0H750V50H1000');
});

it('cuts off what has no end', () => {
  expect(stepPath([0, 5], [1, Number.POSITIVE_INFINITY], 10, 2)).toBe('M0 50H500V0H1000');
});

it('has nothing to draw without values', () => {
  expect(stepPath([], [], 10, 1)).toBe('');
});

it('scales to the largest finite value', () => {
  expect(topOf([1, Number.POSITIVE_INFINITY], [3])).toBe(3);
  expect(topOf([0])).toBe(1);
});

it('reads the value that holds at a time', () => {
  expect([0, 9.9, 10, 99].map((at) => valueAt([0, 10], [1, 2], at))).toEqual([1, 1, 2, 2]);
});
