import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { folderWithin, repositoryRoot } from './repository.ts';

const folder = mkdtempSync(join(tmpdir(), 'loadpath-repository-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the root is the innermost folder with a .git, be it a folder or a file', () => {
  mkdirSync(join(folder, 'outer', '.git'), { recursive: true });
  mkdirSync(join(folder, 'outer', 'a', 'b'), { recursive: true });
  mkdirSync(join(folder, 'outer', 'module', 'c'), { recursive: true });
  writeFileSync(join(folder, 'outer', 'module', '.git'), 'gitdir: ../.git/modules/module\n');
  expect(repositoryRoot(join(folder, 'outer', 'a', 'b'))).toBe(join(folder, 'outer'));
  expect(repositoryRoot(join(folder, 'outer'))).toBe(join(folder, 'outer'));
  expect(repositoryRoot(join(folder, 'outer', 'module', 'c'))).toBe(join(folder, 'outer', 'module'));
});

test('a folder is named from the root with forward slashes', () => {
  expect(folderWithin(folder, join(folder, 'a', 'b'))).toBe('a/b');
  expect(folderWithin(folder, folder)).toBe('');
});
