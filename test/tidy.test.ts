/** What the compiler cannot say about the shape of the code. ARCHITECTURE.md names these invariants. */
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
/** Which folders a folder may import from. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  model: [],
  simulator: ['model'],
  diagram: ['model'],
  language: ['model', 'simulator'],
  cli: ['model', 'simulator', 'diagram', 'language'],
  extension: ['model', 'simulator', 'diagram', 'language', 'cli'],
};
const IMPORT = /(?:from\s+|import\s*\(\s*|import\s+)'([^']+)'/g;

const sources = await readSources();

test('folders import only what the arrows allow', () => {
  const wrong = imports().filter(({ file, specifier }) => {
    if (!specifier.startsWith('.')) return false;
    const target = normalize(join(dirname(file), specifier)).split(sep)[0]!;
    return target !== roomOf(file) && !ALLOWED[roomOf(file)]!.includes(target);
  });
  expect(wrong.map(describe)).toEqual([]);
});

test('only extension/ knows vscode', () => {
  const wrong = imports().filter(({ file, specifier }) => specifier === 'vscode' && roomOf(file) !== 'extension');
  expect(wrong.map(describe)).toEqual([]);
});

test('everything but cli/ and the entry points runs in a browser', () => {
  const wrong = imports().filter(
    ({ file, specifier }) => specifier.startsWith('node:') && !['cli', 'extension'].includes(roomOf(file)),
  );
  expect(wrong.map(describe)).toEqual([]);
});

test('the webview imports nothing of Node and nothing of the editor', () => {
  const wrong = imports().filter(
    ({ file, specifier }) =>
      file.includes(`webview${sep}`) && (specifier.startsWith('node:') || specifier === 'vscode'),
  );
  expect(wrong.map(describe)).toEqual([]);
});

test('nothing but the command line writes to the console', () => {
  const wrong = sources.filter(
    ({ file, text }) => !['cli', 'extension'].includes(roomOf(file)) && /\bconsole\.\w+\(/.test(text),
  );
  expect(wrong.map(({ file }) => file)).toEqual([]);
});

test('the simulator has no clock and no global random', () => {
  const wrong = sources.filter(
    ({ file, text }) =>
      roomOf(file) === 'simulator' && /\b(Math\.random|Date\.now|new Date|performance\.now)\b/.test(text),
  );
  expect(wrong.map(({ file }) => file)).toEqual([]);
});

test('no file is longer than 400 lines', () => {
  const long = sources.filter(({ text }) => text.split('\n').length > 401);
  expect(long.map(({ file, text }) => `${file}: ${text.split('\n').length - 1} lines`)).toEqual([]);
});

test('no types are given up', () => {
  const wrong = sources.filter(({ text }) => /:\s*any\b|\bas any\b|@ts-(?:ignore|expect-error|nocheck)/.test(text));
  expect(wrong.map(({ file }) => file)).toEqual([]);
});

async function readSources(): Promise<readonly { readonly file: string; readonly text: string }[]> {
  const files: string[] = [];
  for await (const file of glob(`{${Object.keys(ALLOWED).join(',')}}/**/*.{ts,tsx}`, { cwd: ROOT })) files.push(file);
  return files
    .filter((file) => !file.endsWith('.test.ts') && !file.includes(`generated${sep}`))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));
}

function* eachImport(): Generator<{ readonly file: string; readonly specifier: string }> {
  for (const { file, text } of sources)
    for (const [, specifier] of text.matchAll(IMPORT)) yield { file, specifier: specifier! };
}

function imports(): readonly { readonly file: string; readonly specifier: string }[] {
  return [...eachImport()];
}

function roomOf(file: string): string {
  return file.split(sep)[0]!;
}

function describe({ file, specifier }: { readonly file: string; readonly specifier: string }): string {
  return `${file} imports ${specifier}`;
}
