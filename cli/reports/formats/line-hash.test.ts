import { expect, test } from 'vitest';
import { lineHashes } from './line-hash.ts';

/** Values that github/codeql-action expects of its own implementation, in src/fingerprints.test.ts. */
test.each([
  ['', ['c129715d7a2bc9a3:1']],
  [' a\nb\n  \t\tc\n d', ['271789c17abda88f:1', '54703d4cd895b18:1', '180aee12dab6264:1', 'a23a3dc5e078b07b:1']],
])('%j', (text, hashes) => expect(lineHashes(text)).toEqual(hashes));

const GREETING = [
  'e9496ae3ebfced30:1',
  'fb7c023a8b9ccb3f:1',
  'ce8ba1a563dcdaca:1',
  'e20e36e16fcb0cc8:1',
  'b3edc88f2938467e:1',
  'c8e28b0b4002a3a0:1',
  'c129715d7a2bc9a3:1',
];

test.each(['\n', '\r', '\r\n'])('line ends are all the same: %j', (end) => {
  const lines = [' hello; \t', 'world!!!', '', '', '  \t\tGreetings', ' End', ''];
  expect(lineHashes(lines.join(end))).toEqual(GREETING);
});

test('equal lines before equal text are counted', () => {
  expect(lineHashes('Lorem ipsum dolor sit amet.\n'.repeat(10))).toEqual([
    ...[1, 2, 3, 4, 5, 6].map((count) => `a7f2ff13bc495cf2:${count}`),
    'a7f2ff1481e87703:1',
    'a9cf91f7bbf1862b:1',
    '55ec222b86bcae53:1',
    'cc97dc7b1d7d8f7b:1',
    'c129715d7a2bc9a3:1',
  ]);
});
