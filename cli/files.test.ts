import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findArchFile, findArchFiles, foldersBelow, readText, writeWhole } from './files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadpath-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('folders are searched, but not node_modules and hidden folders; each file once, sorted', () => {
  for (const name of ['b.arch', 'a/c.arch', 'a/d.txt', 'node_modules/x.arch', '.git/y.arch']) touch(name);
  const found = findArchFiles(['.', 'a', 'b.arch'], folder);
  expect(found).toEqual([join(folder, 'a', 'c.arch'), join(folder, 'b.arch')]);
});

test('what Git leaves out is left out, by the innermost pattern', () => {
  execFileSync('git', ['init', '--quiet', folder]);
  touch('.gitignore', 'build/\n*.draft.arch\n!kept.draft.arch\n/top.arch\n');
  touch('a/.gitignore', '!a.draft.arch\ntop.arch\n# comment\n\\#odd.arch\n');
  const all = ['top.arch', 'x.draft.arch', 'kept.draft.arch', 'b.arch', 'a/a.draft.arch', 'a/top.arch', 'a/#odd.arch'];
  for (const name of [...all, 'a/b/c.arch', 'build/d.arch', 'a/build/kept.draft.arch', 'b/top.arch', 'a/Build/e.arch'])
    touch(name);
  const names = (paths: string[], options = {}) =>
    findArchFiles(paths, folder, options).map((path) => path.slice(folder.length + 1));
  expect(names(['.'])).toEqual(
    ['a/Build/e.arch', 'a/a.draft.arch', 'a/b/c.arch', 'b.arch', 'b/top.arch', 'kept.draft.arch'].sort(),
  );
  const untracked = execFileSync('git', ['-C', folder, 'ls-files', '-z', '--others', '--exclude-standard', '*.arch']);
  expect(names(['.'])).toEqual(untracked.toString().split('\0').filter(Boolean).sort());
  // Patterns of the folders around hold in a folder that is named.
  expect(names(['a'])).toEqual(['a/Build/e.arch', 'a/a.draft.arch', 'a/b/c.arch'].sort());
  // Whoever names something that is left out means it.
  expect(names(['top.arch', 'build'])).toEqual(['build/d.arch', 'top.arch']);
  expect(names(['a/build'])).toEqual(['a/build/kept.draft.arch']);
  expect(names(['.'], { gitignore: false })).toHaveLength(12);
  touch('drafts/one.draft.arch');
  expect(() => names(['drafts'])).toThrow(
    "'.gitignore' leaves out every .arch file in 'drafts'; '--no-gitignore' takes them in.",
  );
  expect(foldersBelow(folder).map((path) => path.slice(folder.length + 1))).not.toContain('build');
});

test.each([
  ['gone.arch', "Cannot read 'gone.arch': there is no such file or folder."],
  ['empty', "There is no .arch file in 'empty'."],
  ['notes.txt', "'notes.txt' is not an .arch file."],
  ['notes.txt/x.arch', "Cannot read 'notes.txt/x.arch': a part of the path is not a folder."],
  ['loop.arch', "Cannot read 'loop.arch': its links go in a circle."],
])('%s: %s', (path, message) => {
  mkdirSync(join(folder, 'empty'));
  touch('notes.txt');
  symlinkSync('loop.arch', join(folder, 'loop.arch'));
  expect(() => findArchFiles([path], folder)).toThrow(message);
});

test('a folder is no file', () => {
  mkdirSync(join(folder, 'x.arch'));
  expect(() => findArchFile('x.arch', folder)).toThrow("'x.arch' is a folder, and this command takes one file.");
});

test.each([
  ['binary', [0x7f, 0x45, 0x00], "'x.arch' is a binary file, not UTF-8 text."],
  ['Latin-1', [0x63, 0xe9], "'x.arch' is not UTF-8 text."],
])('%s is refused', (_what, bytes, message) => {
  writeFileSync(join(folder, 'x.arch'), Uint8Array.from(bytes));
  expect(() => readText(join(folder, 'x.arch'), 'x.arch')).toThrow(message);
});

test('writing replaces the file in one step, keeps its mode, follows links and leaves nothing else', () => {
  touch('x.arch');
  chmodSync(join(folder, 'x.arch'), 0o640);
  symlinkSync('x.arch', join(folder, 'link.arch'));
  linkSync(join(folder, 'x.arch'), join(folder, 'before'));
  writeWhole(join(folder, 'link.arch'), 'link.arch', 'new');
  expect(readFileSync(join(folder, 'x.arch'), 'utf8')).toBe('new');
  expect(statSync(join(folder, 'x.arch')).mode & 0o777).toBe(0o640);
  // The old file is untouched under its other name: it was replaced, not overwritten.
  expect(readFileSync(join(folder, 'before'), 'utf8')).toBe('x.arch');
  expect(readdirSync(folder).sort()).toEqual(['before', 'link.arch', 'x.arch']);
});

test('a file that cannot be written is said so, and nothing is left', () => {
  mkdirSync(join(folder, 'x.svg'));
  expect(() => writeWhole(join(folder, 'x.svg'), 'x.svg', 'new')).toThrow("Cannot write 'x.svg': it is a folder.");
  expect(readdirSync(folder)).toEqual(['x.svg']);
});

function touch(name: string, text = name): void {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
}
