/** The compiled code that the real command keeps between its runs: it changes nothing but the time. */
import { chmodSync, globSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { copyCommand, createPlayground } from './loadpath.ts';

const command = copyCommand();
const shop = `users visitors { population: 100k, requests: 50/day }\nserver app { serviceTime: 18ms }\nvisitors -> app\n`;
const playground = createPlayground(command.bin, { 'shop.arch': shop });
const cache = join(playground.folder, 'cache');
const env = { NODE_COMPILE_CACHE: cache };

beforeEach(() => rmSync(cache, { recursive: true, force: true }));

afterAll(() => {
  playground.remove();
  command.remove();
});

function check(more: Readonly<Record<string, string>> = {}) {
  const { code, stdout, stderr } = playground.run(['check', 'shop.arch'], { env: { ...env, ...more } });
  return { code, stdout, stderr };
}

function kept(): readonly string[] {
  return globSync('**/loadpath-*', { cwd: cache }).map((name) => join(cache, name));
}

test('a second run uses what the first has kept, and says the same', () => {
  const first = check();
  expect(first.stdout).toContain('in 1 file');
  const [file = '', ...others] = kept();
  expect(others).toEqual([]);
  const { mtimeMs, size, mode } = statSync(file);
  expect(size).toBeGreaterThan(100_000);
  if (process.platform !== 'win32') expect(mode & 0o777).toBe(0o600);
  expect(check()).toEqual(first);
  expect(statSync(file).mtimeMs).toBe(mtimeMs);
});

test('each command keeps its own, and wrong use and help keep nothing of a command', () => {
  playground.run(['check', 'none.arch'], { env });
  playground.run(['check', '--help'], { env });
  expect(kept().filter((file) => file.includes('-check-'))).toEqual([]);
  check();
  playground.run(['simulate', 'shop.arch'], { env });
  expect(kept().map((file) => basename(file).split('-')[1])).toEqual(expect.arrayContaining(['check', 'simulate']));
});

test('what is not of this version of Node is made anew', () => {
  const first = check();
  const [file = ''] = kept();
  for (const wrong of [Buffer.alloc(0), readFileSync(file).subarray(0, 5_000), Buffer.alloc(100_000)]) {
    writeFileSync(file, wrong);
    expect(check()).toEqual(first);
    expect(statSync(file).size).toBeGreaterThan(100_000);
  }
});

test.runIf(process.platform !== 'win32')('what others could have written is not run', () => {
  const first = check();
  const [file = ''] = kept();
  chmodSync(file, 0o666);
  expect(check()).toEqual(first);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('it is made anew after a day, and what is not used goes', () => {
  check();
  const [file = ''] = kept();
  const old = `${file.slice(0, -3)}old`;
  writeFileSync(old, '');
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000);
  utimesSync(old, daysAgo(30), daysAgo(30));
  utimesSync(file, daysAgo(2), daysAgo(2));
  check();
  expect(Date.now() - statSync(file).mtimeMs).toBeLessThan(24 * 60 * 60 * 1000);
  expect(kept()).toEqual([file]);
});

test('nothing is kept where the user wants nothing kept, or where nothing can be', () => {
  const first = check({ NODE_DISABLE_COMPILE_CACHE: '1' });
  expect(kept()).toEqual([]);
  writeFileSync(cache, '');
  expect(check()).toEqual(first);
});
