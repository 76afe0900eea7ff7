import { expect, test } from 'vitest';
import { bar, loadStyle } from './bar.ts';

test.each([
  [0, '░░░░'],
  [0.5, '██░░'],
  [0.53, '██▏░'],
  [1, '████'],
  [7, '████'],
  [-1, '░░░░'],
  [Number.POSITIVE_INFINITY, '████'],
])('%f fills %s', (fraction, expected) => expect(bar(fraction, 4)).toBe(expected));

test('a load is red from saturation on', () => {
  expect([0.79, 0.8, 0.99, 1].map(loadStyle)).toEqual(['green', 'yellow', 'yellow', 'red']);
});
