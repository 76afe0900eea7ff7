import { expect, test } from 'vitest';
import { parseOverrides } from './overrides.ts';

test('the last value of a name wins', () => {
  expect([...parseOverrides(['people=5M', 'ttl = 10m', 'people=10M'])]).toEqual([
    ['people', '10M'],
    ['ttl', '10m'],
  ]);
});

test.each(['people', '=5M', 'people='])('%j is refused', (pair) => {
  expect(() => parseOverrides([pair])).toThrow(`'--set ${pair}' is not of the form name=value.`);
});
