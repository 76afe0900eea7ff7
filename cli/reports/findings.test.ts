import { expect, test } from 'vitest';
import type { Finding, Span } from '../../model/index.ts';
import { plain } from '../terminal.ts';
import { formatFindings } from './findings.ts';
import { sourcesOf } from './sources.ts';

const FILE = 'file:///project/shop.arch';

test('a finding shows the sentence, the place, the line with carets, and the fix', () => {
  const text = 'cache feed {\n  engine: redis\n}\n';
  const finding: Finding = {
    rule: 'cache-without-expiry',
    severity: 'warning',
    message: "Cache 'feed' has no ttl.",
    span: spanOf(text, 'feed'),
    fixes: [
      { title: 'Remove the cache', edits: [] },
      { title: "Set 'ttl: 10m' on 'feed'", edits: [], preferred: true },
    ],
  };
  expect(format(text, finding)).toBe(`warning[cache-without-expiry]: Cache 'feed' has no ttl.
 --> shop.arch:1:7
  |
1 | cache feed {
  |       ^^^^
  = fix: Set 'ttl: 10m' on 'feed'

`);
});

test('what is related is shown where it stands, with the same gutter', () => {
  const text = `${'\n'.repeat(9)}database posts\n`;
  const related = { message: 'This is behind it.', span: spanOf(text, 'posts') };
  const finding: Finding = { ...error(spanOf(text, '')), related: [related] };
  expect(format(text, finding)).toBe(`error[syntax]: Wrong.
  --> shop.arch:1:1
   |
 1 |
   | ^
  ::: shop.arch:10:10
   |
10 | database posts
   |          ----- This is behind it.

`);
});

test('carets stand below wide characters and tabs', () => {
  const text = '\tcache "日本" wrong\n';
  expect(format(text, error(spanOf(text, 'wrong')))).toContain(`
1 |   cache "日本" wrong
  |                ^^^^^
`);
});

test('a long line is cut around what is marked', () => {
  const text = `${'a '.repeat(200)}here${' b'.repeat(200)}\n`;
  const lines = format(text, error(spanOf(text, 'here'))).split('\n');
  expect(lines[3]).toHaveLength(100);
  const at = lines[4]!.indexOf('^^^^');
  expect(lines[3]!.slice(at, at + 4)).toBe('here');
});

test('a text cannot drive the terminal', () => {
  const text = 'cache \u001b[31mred\n';
  const finding = { ...error(spanOf(text, 'red')), message: 'No \u0007bell.' };
  expect(format(text, finding)).not.toMatch(/\p{Cc}(?<!\n)/u);
});

test('a span over several lines is marked to the end of its first line', () => {
  const text = 'cache feed {\n}\n';
  const whole = { ...spanOf(text, 'feed'), end: { line: 1, character: 1, offset: 14 } };
  expect(format(text, error(whole))).toContain('  |       ^^^^^^\n');
});

function error(span: Span): Finding {
  return { rule: 'syntax', severity: 'error', message: 'Wrong.', span };
}

function format(text: string, finding: Finding): string {
  const sources = sourcesOf(new Map([[FILE, text]]), '/project');
  return formatFindings([finding], { sources, paint: plain, columns: 100 });
}

function spanOf(text: string, part: string): Span {
  const offset = text.indexOf(part);
  const before = text.slice(0, offset).split('\n');
  const start = { line: before.length - 1, character: before.at(-1)!.length, offset };
  const end = { ...start, character: start.character + part.length, offset: offset + part.length };
  return { file: FILE, start, end };
}
