import { expect, test } from 'vitest';
import { printable, textWidth, truncate, wrap } from './text-width.ts';

test.each([
  ['plain', 5],
  ['日本', 4],
  ['e\u0301', 1],
  ['🚀', 2],
  ['~µ±∞✓█▏', 7],
])('%j takes %i columns', (text, columns) => expect(textWidth(text)).toBe(columns));

test('truncation leaves room for the ellipsis', () => {
  expect(truncate('database', 8)).toBe('database');
  expect(truncate('databases', 8)).toBe('databas…');
  expect(truncate('日本語', 4)).toBe('日…');
});

test('lines break at spaces, and a long word stays whole', () => {
  expect(wrap('one two three-and-more', 8)).toEqual(['one two', 'three-and-more']);
});

test('tabs become spaces, controls and direction marks a replacement', () => {
  expect(printable('\ta\u001bb\u202ec')).toBe('  a\ufffdb\ufffdc');
});
