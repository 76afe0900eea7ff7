/** `check --changed`, `--watch` and `--stats` as users run them: a repository, and the bundled command. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { useFolders } from './harness/folders.ts';
import type { Playground } from './loadpath.ts';

/** A warning about each cache. */
const SHOP = `users visitors { rate: 30/s }
server app { serviceTime: 4ms }
server api { serviceTime: 4ms }
cache feed { engine: memcached, replicas: 2, hitRatio: 90%, eviction: lru }
cache pages { engine: memcached, replicas: 2, hitRatio: 90%, eviction: lru }
visitors -> app, api
app -> feed : reads 1
api -> pages : reads 1
`;
const RULE = 'cache-without-expiry';

const { folder, bin } = useFolders();
const processes: ChildProcess[] = [];
afterEach(() => {
  for (const process of processes.splice(0)) process.kill('SIGKILL');
});

function git({ folder }: Playground, ...args: readonly string[]): void {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main'];
  execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'ignore' });
}

function repository(files: Readonly<Record<string, string>>): Playground {
  const playground = folder(files);
  git(playground, 'init');
  git(playground, 'add', '.');
  git(playground, 'commit', '-m', 'first');
  return playground;
}

function found(playground: Playground, ...args: readonly string[]): readonly string[] {
  const { stdout, stderr } = playground.run(['check', '--only', RULE, '--format', 'json', ...args]);
  expect(stderr).toBe('');
  return JSON.parse(stdout).findings.map(({ subject }: { readonly subject: string }) => subject);
}

describe('--changed', () => {
  test('reports nothing where nothing has changed, and all without it', () => {
    const playground = repository({ 'shop.arch': SHOP });
    expect(found(playground, '--changed')).toEqual([]);
    expect(found(playground)).toEqual(['feed', 'pages']);
  });

  test.each([
    ['the component itself', SHOP.replace('cache feed { engine: memcached', 'cache feed { engine: redis'), ['feed']],
    ['its caller', SHOP.replace('server app { serviceTime: 4ms', 'server app { serviceTime: 5ms'), ['feed']],
    ['its connection', SHOP.replace('api -> pages : reads 1', 'api -> pages : reads 2'), ['pages']],
    ['something else', SHOP.replace('rate: 30/s', 'rate: 31/s'), []],
    ['a comment', `// A shop.\n${SHOP}`, []],
    ['a param', SHOP.replace('users visitors', 'param n = 1\nusers visitors'), ['feed', 'pages']],
  ])('reports what is about %s', (_, text, subjects) => {
    const playground = repository({ 'shop.arch': SHOP });
    playground.write('shop.arch', text);
    expect(found(playground, '--changed')).toEqual(subjects);
  });

  test('sees files that git does not know yet, and names with blanks', () => {
    const playground = repository({ 'a.arch': 'server app { cores: 2 }\n', 'b c.arch': 'server app { cores: 2 }\n' });
    playground.write('new.arch', SHOP);
    expect(found(playground, '--changed')).toEqual(['feed', 'pages']);
    git(playground, 'add', '.');
    git(playground, 'commit', '-m', 'second');
    playground.write('b c.arch', SHOP);
    expect(found(playground, '--changed')).toEqual(['feed', 'pages']);
  });

  test('compares with where the branch has left the other', () => {
    const playground = repository({ 'shop.arch': SHOP });
    git(playground, 'switch', '-c', 'topic');
    playground.write('shop.arch', SHOP.replace('cache feed { engine: memcached', 'cache feed { engine: redis'));
    git(playground, 'commit', '-am', 'feed');
    git(playground, 'switch', 'main');
    playground.write('shop.arch', SHOP.replace('cache pages { engine: memcached', 'cache pages { engine: redis'));
    git(playground, 'commit', '-am', 'pages');
    git(playground, 'switch', 'topic');
    expect(found(playground, '--changed')).toEqual([]);
    expect(found(playground, '--changed=main')).toEqual(['feed']);
  });

  test('works from a folder inside, and before the first commit', () => {
    const playground = folder({ 'shop.arch': SHOP });
    git(playground, 'init');
    expect(found(playground, '--changed')).toEqual(['feed', 'pages']);
    git(playground, 'add', '.');
    expect(found(playground, '--changed')).toEqual(['feed', 'pages']);
  });

  test('says what is missing', () => {
    const playground = folder({ 'shop.arch': SHOP });
    const limit = { env: { GIT_CEILING_DIRECTORIES: '/' } };
    expect(playground.run(['check', '--changed'], limit)).toMatchObject({
      code: 2,
      stderr: "loadpath: '--changed' needs a git repository, and this folder is in none.\n",
    });
    expect(playground.run(['check', '--changed'], { env: { PATH: '/nowhere' } })).toMatchObject({
      code: 2,
      stderr: "loadpath: '--changed' needs git, and there is none on this machine.\n",
    });
    git(playground, 'init');
    git(playground, 'add', '.');
    git(playground, 'commit', '-m', 'first');
    for (const revision of ['gone', '-x'])
      expect(playground.run(['check', `--changed=${revision}`])).toMatchObject({
        code: 2,
        stderr: `loadpath: git knows no revision '${revision}'; write '--changed=REVISION', or paths before '--changed'.\n`,
      });
  });
});

test('--stats lists the rules with their times, and what could not be judged', () => {
  const playground = folder({ 'shop.arch': 'users visitors { rate: 30/s }\nserver app\nvisitors -> app\n' });
  const { stdout, stderr } = playground.run(['check', '--stats']);
  expect(stderr).toMatch(/^\d+ rules run\n/);
  expect(stderr).toMatch(/^ +single-server +\d+\.\d ms +\d+$/m);
  expect(stderr).toMatch(/^ +simulation +\d+\.\d ms$/m);
  expect(stderr).toContain("insufficient-headroom could not judge:\n  'app', which has no 'serviceTime'\n");
  expect(stdout).toBe(playground.run(['check']).stdout);
});

describe('--watch', () => {
  interface Watching {
    readonly process: ChildProcess;
    readonly output: () => string;
    /** Waits for so many runs. */
    readonly runs: (count: number) => Promise<void>;
  }

  function start(playground: Playground, ...args: readonly string[]): Watching {
    const child = spawn(process.execPath, [bin(), 'check', '--watch', ...args], {
      cwd: playground.folder,
      env: { PATH: process.env.PATH },
    });
    processes.push(child);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const seen = () => stderr.match(/^Watching for changes/gm)?.length ?? 0;
    return {
      process: child,
      output: () => stdout + stderr,
      runs: (count) => expect.poll(seen, { timeout: 20_000 }).toBeGreaterThanOrEqual(count),
    };
  }

  test('checks again when a file, an import or the configuration changes, and ends on Ctrl-C', async () => {
    const playground = folder({ 'main.arch': 'import "lib.arch"\n', 'lib.arch': SHOP });
    const watching = start(playground, '--only', RULE, 'main.arch');
    await watching.runs(1);
    expect(watching.output()).toContain("'feed' has no 'ttl'");
    playground.write('lib.arch', SHOP.replaceAll('hitRatio: 90%', 'hitRatio: 90%, ttl: 10m'));
    await watching.runs(2);
    expect(watching.output()).toContain('No findings in 2 files');
    playground.write('loadpath.config.jsonc', '{ "rule": {} }');
    await expect.poll(watching.output, { timeout: 20_000 }).toContain("did you mean 'rules'?");
    playground.write('loadpath.config.jsonc', '{}');
    await watching.runs(3);
    watching.process.kill('SIGINT');
    expect(await once(watching.process, 'exit')).toEqual([0, null]);
  }, 60_000);

  test('finds new files', async () => {
    const playground = folder({ 'a.arch': 'server app { cores: 2 }\n' });
    const watching = start(playground);
    await watching.runs(1);
    playground.write('b.arch', 'server app { cores 2 }\n');
    await expect.poll(watching.output, { timeout: 20_000 }).toContain('error[syntax]');
  }, 60_000);
});
