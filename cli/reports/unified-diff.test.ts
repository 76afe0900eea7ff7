import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unifiedDiff } from './unified-diff.ts';

test('a changed line has three lines of context', () => {
  const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', ''].join('\n');
  expect(unifiedDiff('x.arch', before, before.replace('e', 'E'))).toBe(
    '--- a/x.arch\n+++ b/x.arch\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n',
  );
});

test('equal texts differ in nothing', () => {
  expect(unifiedDiff('x', 'a\n', 'a\n')).toBe('');
});

test('git turns the one text into the other with it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loadpath-diff-'));
  const file = join(folder, 'x.arch');
  const text = fc
    .tuple(fc.array(fc.constantFrom('a', 'b', 'c', '', ' x'), { maxLength: 30 }), fc.boolean())
    .map(([lines, end]) => lines.join('\n') + (end && lines.length > 0 ? '\n' : ''))
    // `git apply` takes an empty file for one that is created or removed.
    .filter((it) => it !== '');
  fc.assert(
    fc.property(text, text, (before, after) => {
      fc.pre(before !== after);
      writeFileSync(file, before);
      const { status, stderr } = spawnSync('git', ['apply', '--whitespace=nowarn', '-'], {
        cwd: folder,
        input: unifiedDiff('x.arch', before, after),
      });
      expect(stderr.toString()).toBe('');
      expect(status).toBe(0);
      expect(readFileSync(file, 'utf8')).toBe(after);
    }),
    { numRuns: 60 },
  );
  rmSync(folder, { recursive: true });
});
