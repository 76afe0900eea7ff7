import { expect, test } from 'vitest';
import { sampled, sparkline } from './sparkline.ts';

const series = { times: [0, 10, 20], values: [0, 8, 4], duration: 40 };

test('each column shows its part of the time', () => {
  expect(sparkline(series, 4, 'most')).toBe('▁█▄▄');
  expect(sparkline(series, 8, 'most')).toBe('▁▁██▄▄▄▄');
});

test('a short peak is seen in a wide column, and a short gap too', () => {
  const short = { times: [0, 5, 6], values: [4, 8, 4], duration: 100 };
  expect(sampled(short, 2, 'most')).toEqual([8, 4]);
  const gap = { times: [0, 5, 6], values: [4, 0, 4], duration: 100 };
  expect(sampled(gap, 2, 'least')).toEqual([0, 4]);
});

test('what has no limit fills its column', () => {
  expect(sparkline({ times: [0, 1], values: [1, Number.POSITIVE_INFINITY], duration: 2 }, 2, 'most')).toBe('██');
});

test('nothing is a flat line', () => {
  expect(sparkline({ times: [0], values: [0], duration: 1 }, 3, 'most')).toBe('▁▁▁');
});
