/** Random numbers: their distributions, and that they are the same again. */
import { expect, test } from 'vitest';
import { RandomStreams } from './random.ts';

const COUNT = 400_000;

function moments(draw: () => number) {
  let sum = 0;
  let squares = 0;
  let above = 0;
  for (let i = 0; i < COUNT; i++) {
    const value = draw();
    sum += value;
    squares += value * value;
    if (value > 3) above++;
  }
  const mean = sum / COUNT;
  return { mean, scv: squares / COUNT / mean ** 2 - 1, above: above / COUNT };
}

test('a uniform number has mean 1/2 and variance 1/12', () => {
  const random = new RandomStreams('1', ['a']);
  const { mean, scv } = moments(() => random.uniform(0));
  expect(mean).toBeCloseTo(0.5, 2);
  expect(scv * mean * mean).toBeCloseTo(1 / 12, 2);
});

test('an exponential one has squared variation 1 and the right tail', () => {
  const random = new RandomStreams('1', ['a']);
  const { mean, scv, above } = moments(() => random.exponential(0));
  expect(Math.abs(mean - 1)).toBeLessThan(0.01);
  expect(Math.abs(scv - 1)).toBeLessThan(0.02);
  expect(Math.abs(above / Math.exp(-3) - 1)).toBeLessThan(0.03);
});

test.each([0.25, 0.5, 1, 4, 25])('a gamma one of shape %f has squared variation 1 / shape', (shape) => {
  const random = new RandomStreams('1', ['a']);
  const { mean, scv } = moments(() => random.gamma(0, shape));
  expect(Math.abs(mean - 1)).toBeLessThan(0.02);
  expect(Math.abs(scv * shape - 1)).toBeLessThan(0.04);
});

test('streams depend on seed and name alone, not on their number or order', () => {
  const first = new RandomStreams('7', ['a', 'b']);
  const other = new RandomStreams('7', ['x', 'b', 'a']);
  const draw = (random: RandomStreams, stream: number) => Array.from({ length: 20 }, () => random.bits(stream));
  expect(draw(first, 0)).toEqual(draw(other, 2));
  expect(draw(first, 1)).toEqual(draw(other, 1));
  expect(draw(new RandomStreams('8', ['a']), 0)).not.toEqual(draw(new RandomStreams('7', ['a']), 0));
});
