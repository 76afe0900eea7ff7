/** The package as it is published: packed, installed without a network into an empty folder, and run there. */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildOnce, createPlayground, type Playground, root } from './loadpath.ts';

const EXAMPLE = join('examples', 'chapter', '08-stateless-tier.arch');

let empty: Playground;
let playground: Playground;
let installed: string;

beforeAll(() => {
  buildOnce();
  empty = createPlayground('', { 'package.json': '{ "private": true }' });
  const packed = npm(['pack', '--ignore-scripts', '--json', '--pack-destination', empty.folder], root);
  const [{ filename }] = JSON.parse(packed);
  npm(['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', `./${filename}`], empty.folder);
  installed = join(empty.folder, 'node_modules', 'loadpath');
  playground = createPlayground(join(installed, 'bin', 'loadpath.mjs'));
  playground.write('my.arch', readFileSync(join(root, EXAMPLE)));
}, 180_000);
afterAll(() => {
  empty.remove();
  playground.remove();
});

test('it brings the bundles, their licenses, the examples and the schemas, and no sources', () => {
  for (const file of ['dist/licenses.txt', EXAMPLE, 'docs/schema/check.schema.json', 'LICENSE', 'README.md'])
    expect(statSync(join(installed, file)).isFile()).toBe(true);
  for (const folder of ['cli', 'model', 'test', 'scripts'])
    expect(statSync(join(installed, folder), { throwIfNoEntry: false })).toBe(undefined);
});

test('it needs nothing else', () => {
  const { dependencies = {} } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  expect(dependencies).toEqual({});
});

test.each([
  ['check my.arch', / in 1 file · 3M users: carries /],
  ['simulate my.arch', /^Carries /m],
  ['capacity my.arch', /^Carries /m],
  ['fmt --check my.arch', /^$/],
  ['render my.arch', /^<svg /],
  ['rules', /cache-without-expiry/],
])('loadpath %s', (args, output) => {
  const { code, stdout } = playground.run(args.split(' '));
  expect(stdout).toMatch(output);
  expect(code).toBe(0);
});

test('it draws a PNG', () => {
  const { code, bytes } = playground.run(['render', 'my.arch', '-f', 'png']);
  expect(code).toBe(0);
  expect(Buffer.from(bytes.subarray(1, 4)).toString()).toBe('PNG');
});

function npm(args: readonly string[], cwd: string): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
