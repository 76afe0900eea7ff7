import { expect, test } from 'vitest';
import { matchesPath } from './path-pattern.ts';

test.each([
  ['us.posts', 'us.posts', true],
  ['us.posts', 'us.posts2', false],
  ['us.*', 'us.posts', true],
  ['us.*', 'us.data.posts', false],
  ['us.**', 'us.data.posts', true],
  ['us.**', 'us', true],
  ['**.posts', 'posts', true],
  ['**.posts', 'us.data.posts', true],
  ['**.posts', 'us.data.reposts', false],
  ['*cache', 'pagecache', true],
  ['p*e', 'page', true],
  ['p*ge*e', 'page', false],
  ['a*a', 'a', false],
  ['**', 'a.b', true],
])('%s and %s: %s', (pattern, path, matches) => {
  expect(matchesPath(pattern, path)).toBe(matches);
});
