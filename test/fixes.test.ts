/** `check --fix` and baselines as users run them: files in a folder, and the bundled command. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { useFolders } from './harness/folders.ts';
import { type Playground, root } from './loadpath.ts';

/** Two findings with a preferred fix each, and one without any. */
const SHOP = `// A shop.
users visitors { rate: 300/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 2, serviceTime: 4ms }
cache feed { engine: memcached, replicas: 2, hitRatio: 90% } // newest first
queue mails { engine: rabbitmq, deadLetter: true, maxLength: 1000 }
worker sender { replicas: 8, serviceTime: 1ms }
visitors -> lb
lb -> app
app -> feed : reads 3
app -> mails : publishes 0.1
mails -> sender
`;
const BASELINE = '.loadpath-baseline.json';

const { folder } = useFolders();

const read = ({ folder }: Playground, name: string) => readFileSync(join(folder, name), 'utf8');
const rulesIn = (playground: Playground, ...args: readonly string[]): readonly string[] =>
  JSON.parse(playground.run(['check', ...args, '--format', 'json']).stdout).findings.map(
    ({ rule }: { readonly rule: string }) => rule,
  );

describe('check --fix', () => {
  test('changes the files, says what was fixed, and reports what is left', () => {
    const playground = folder({ 'shop.arch': SHOP });
    const before = rulesIn(playground);
    expect(before).toContain('cache-without-expiry');
    const { code, stderr, stdout } = playground.run(['check', '--fix']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^shop\.arch: .+ \(cache-without-expiry\)$/m);
    expect(stderr).toMatch(/^Fixed \d findings? in 1 file\.$/m);
    const after = rulesIn(playground);
    expect(after).not.toContain('cache-without-expiry');
    expect(after.length).toBeLessThan(before.length);
    for (const rule of after) expect(stdout).toContain(`[${rule}]`);
    expect(read(playground, 'shop.arch')).toContain('// A shop.\n');
    expect(read(playground, 'shop.arch')).toContain('// newest first');
    expect(readdirSync(playground.folder)).toEqual(['shop.arch']);
  });

  test('a second time changes nothing', () => {
    const playground = folder({ 'shop.arch': SHOP });
    playground.run(['check', '--fix']);
    const once = read(playground, 'shop.arch');
    expect(playground.run(['check', '--fix']).stderr).toBe('There is nothing that can be fixed.\n');
    expect(read(playground, 'shop.arch')).toBe(once);
  });

  test('--fix-dry-run writes nothing, and prints the difference that --fix makes', () => {
    const playground = folder({ 'shop.arch': SHOP });
    const { stdout, stderr } = playground.run(['check', '--fix-dry-run']);
    expect(stderr).toMatch(/^Would fix \d findings? in 1 file\.$/m);
    expect(read(playground, 'shop.arch')).toBe(SHOP);
    playground.run(['check', '--fix']);
    const fixed = read(playground, 'shop.arch');
    playground.write('shop.arch', SHOP);
    const applied = spawnSync('git', ['apply', '-'], { cwd: playground.folder, input: stdout });
    expect(applied.stderr.toString()).toBe('');
    expect(read(playground, 'shop.arch')).toBe(fixed);
  });

  test('standard input can only be shown', () => {
    const playground = folder({});
    expect(playground.run(['check', '--stdin', '--fix'], { input: SHOP })).toMatchObject({
      code: 2,
      stderr: "loadpath: '--fix' changes files; with '--stdin' use '--fix-dry-run'.\n",
    });
    const { stdout } = playground.run(['check', '--stdin', '--stdin-filename', 'x.arch', '--fix-dry-run'], {
      input: SHOP,
    });
    expect(stdout).toContain('--- a/x.arch\n+++ b/x.arch\n');
  });

  test('fixes only what is reported, and only in the files that are named', () => {
    const playground = folder({ 'main.arch': 'import "lib.arch"\n', 'lib.arch': SHOP });
    playground.run(['check', '--fix', 'main.arch']);
    expect(read(playground, 'lib.arch')).toBe(SHOP);
    playground.run(['check', '--fix', '--only', 'cache-spof']);
    expect(read(playground, 'lib.arch')).toBe(SHOP);
    playground.run(['check', '--fix']);
    expect(read(playground, 'lib.arch')).not.toBe(SHOP);
    expect(read(playground, 'main.arch')).toBe('import "lib.arch"\n');
  });

  test('one file of several roots is fixed once', () => {
    const playground = folder({
      'a.arch': 'import "lib.arch"\n',
      'b.arch': 'import "lib.arch"\n',
      'lib.arch': SHOP,
    });
    playground.run(['check', '--fix']);
    const single = folder({ 'lib.arch': SHOP });
    single.run(['check', '--fix']);
    expect(read(playground, 'lib.arch')).toBe(read(single, 'lib.arch'));
  });

  test('of a file of several roots only what all of them would change alike is changed, and the rest is named', () => {
    const main = (rate: string) => `import "lib.arch"
users visitors { rate: ${rate} }
server app { replicas: 60, cores: 8, serviceTime: 2ms }
visitors -> app
app -> posts : reads 1
`;
    const lib = `// arch-ignore insufficient-headroom: the load test has shown that it holds
database posts { engine: mysql, replicas: 1, readTime: 5ms, cores: 4 }
// arch-ignore cache-spof: there is none
database other { engine: mysql, readReplicas: 2, failover { mode: automatic } }
`;
    const playground = folder({ 'a.arch': main('700/s'), 'b.arch': main('1/s'), 'lib.arch': lib });
    const { stdout } = playground.run(['check', '--format', 'compact', 'a.arch', 'b.arch', 'lib.arch']);
    // Of the two suppressions, only the second silences nothing in both.
    expect(stdout.match(/suppression-unused 'arch-ignore [\w-]+/g)).toEqual([
      "suppression-unused 'arch-ignore cache-spof",
    ]);
    const { stderr } = playground.run(['check', '--fix', '--only', 'insufficient-headroom', '--only', 'database-spof']);
    expect(stderr).toContain("lib.arch: Add a replica of 'posts' that takes over (database-spof)");
    expect(read(playground, 'lib.arch')).toContain('arch-ignore insufficient-headroom');
  });

  test('a fix that only one of the architectures with a file needs is left to the user', () => {
    const lib = 'server app { replicas: 2, cores: 2, serviceTime: 10ms }\n';
    const main = (rate: string) => `import "lib.arch"\nusers u { rate: ${rate} }\nu -> app\n`;
    const busy = folder({ 'a.arch': main('300/s'), 'b.arch': main('320/s'), 'lib.arch': lib });
    const only = ['--only', 'insufficient-headroom'];
    expect(busy.run(['check', '--fix', ...only]).stderr).toContain("lib.arch: Set 'replicas: 3' on 'app'");
    expect(read(busy, 'lib.arch')).toContain('replicas: 3');
    const mixed = folder({ 'a.arch': main('300/s'), 'b.arch': main('1/s'), 'lib.arch': lib });
    const { stderr } = mixed.run(['check', '--fix', ...only]);
    expect(stderr).toBe(
      'lib.arch: left as it is, because not all architectures with this file would change the same (insufficient-headroom)\nThere is nothing that can be fixed.\n',
    );
    expect(read(mixed, 'lib.arch')).toBe(lib);
  });

  test('keeps the line ends of a file', () => {
    const playground = folder({ 'shop.arch': SHOP.replaceAll('\n', '\r\n') });
    playground.run(['check', '--fix']);
    expect(read(playground, 'shop.arch').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('a text with errors keeps them, and no others come', () => {
    const playground = folder({ 'shop.arch': `${SHOP}server api { cores 4 }\n` });
    playground.run(['check', '--fix']);
    expect(rulesIn(playground).filter((rule) => rule === 'syntax')).toHaveLength(1);
  });

  test('the examples of the chapter stay sound', () => {
    const examples = join(root, 'examples', 'chapter');
    const names = readdirSync(examples).filter((name) => name.endsWith('.arch'));
    const playground = folder(
      Object.fromEntries(names.map((name) => [name, readFileSync(join(examples, name), 'utf8')])),
    );
    const before = rulesIn(playground);
    playground.run(['check', '--fix']);
    const after = rulesIn(playground);
    expect(after.length).toBeLessThan(before.length);
    expect(after.filter((rule) => rule === 'syntax' || rule === 'unresolved-name')).toEqual([]);
    expect(playground.run(['check', '--fix']).stderr).toBe('There is nothing that can be fixed.\n');
  }, 60_000);
});

describe('a baseline', () => {
  test('hides what it knows, wherever the lines have moved, and nothing else', () => {
    const playground = folder({ 'shop.arch': SHOP });
    const count = rulesIn(playground).length;
    const written = playground.run(['check', '--update-baseline', '--fail-on', 'info']);
    expect(written.stderr).toBe(`Wrote ${count} findings to '${BASELINE}'.\n`);
    expect(written.code).toBe(0);
    const content = JSON.parse(read(playground, BASELINE));
    expect(content.findings).toContainEqual({
      file: 'shop.arch',
      path: 'feed',
      rule: 'cache-without-expiry',
      count: 1,
    });
    playground.write(
      'shop.arch',
      `// moved\n\n${SHOP}cache other { engine: memcached, replicas: 2, hitRatio: 90% }\napp -> other : reads 1\n`,
    );
    const { stdout } = playground.run(['check']);
    expect(stdout).toContain("'other'");
    expect(stdout).not.toContain("'feed'");
    expect(stdout).toMatch(new RegExp(`, 0 suppressed, ${count} in baseline, 0 stale`));
    expect(rulesIn(playground, '--no-baseline').length).toBeGreaterThan(count);
  });

  test('is sorted, and the same when it is written again', () => {
    const playground = folder({ 'b.arch': SHOP, 'a.arch': SHOP });
    playground.run(['check', '--update-baseline']);
    const first = read(playground, BASELINE);
    const keys = JSON.parse(first).findings.map(
      ({ file, path, rule }: Readonly<Record<string, string>>) => `${file}\n${path}\n${rule}`,
    );
    expect(keys).toEqual(keys.toSorted());
    playground.run(['check', '--update-baseline']);
    expect(read(playground, BASELINE)).toBe(first);
  });

  test('that is stale makes the run fail until it is pruned', () => {
    const playground = folder({ 'shop.arch': SHOP });
    playground.run(['check', '--update-baseline']);
    playground.write('shop.arch', SHOP.replace('hitRatio: 90%', 'hitRatio: 90%, ttl: 10m'));
    const stale = playground.run(['check']);
    expect(stale.code).toBe(1);
    expect(stale.stderr).toBe(
      `${BASELINE}: 1 finding of cache-without-expiry about 'feed' in 'shop.arch' not there any more.\n`,
    );
    expect(stale.stdout).toMatch(/ in baseline, 1 stale/);
    expect(playground.run(['check', '--pass-on-stale-baseline']).code).toBe(0);
    expect(playground.run(['check', '--only', 'cache-spof']).code).toBe(0);
    expect(playground.run(['check', '--prune-baseline']).code).toBe(0);
    expect(read(playground, BASELINE)).not.toContain('cache-without-expiry');
    expect(playground.run(['check'])).toMatchObject({ code: 0, stderr: '' });
  });

  test('of a file that is gone is stale', () => {
    const playground = folder({ 'a.arch': SHOP, 'sub/b.arch': SHOP });
    playground.run(['check', '--update-baseline']);
    expect(playground.run(['check', 'a.arch']).code).toBe(0);
    playground.write('sub/b.arch', 'server app { cores: 2 }\n');
    expect(playground.run(['check', 'a.arch']).code).toBe(0);
    expect(playground.run(['check', 'sub']).code).toBe(1);
  });

  test('never comes by itself, and keeps no problem of the language', () => {
    const playground = folder({ 'shop.arch': `${SHOP}server api { cores 4 }\n` });
    playground.run(['check'], { env: { CI: 'true' } });
    expect(existsSync(join(playground.folder, BASELINE))).toBe(false);
    expect(playground.run(['check', '--update-baseline']).code).toBe(1);
    expect(read(playground, BASELINE)).not.toContain('syntax');
  });

  test('can be named, in the command or in the configuration', () => {
    const playground = folder({ 'shop.arch': SHOP, 'loadpath.config.jsonc': '{ "baseline": "known/base.json" }' });
    playground.write('known/README', '');
    expect(playground.run(['check'])).toMatchObject({
      code: 2,
      stderr: "loadpath: There is no baseline 'known/base.json'; '--update-baseline' writes one.\n",
    });
    playground.run(['check', '--update-baseline']);
    expect(rulesIn(playground)).toEqual([]);
    expect(rulesIn(playground, '--no-baseline').length).toBeGreaterThan(0);
    playground.write('broken.json', '{}');
    expect(playground.run(['check', '--baseline', 'broken.json'])).toMatchObject({
      code: 2,
      stderr: "loadpath: 'broken.json' is no baseline of this version; '--update-baseline' writes it anew.\n",
    });
  });

  test('that cannot be written is said', () => {
    const playground = folder({ 'shop.arch': SHOP });
    expect(playground.run(['check', '--baseline', 'gone/base.json', '--update-baseline'])).toMatchObject({
      code: 2,
      stderr: "loadpath: Cannot write 'gone/base.json': there is no such file or folder.\n",
    });
  });

  test('fixes leave what it knows alone', () => {
    const playground = folder({ 'shop.arch': SHOP });
    playground.run(['check', '--update-baseline']);
    expect(playground.run(['check', '--fix']).stderr).toBe('There is nothing that can be fixed.\n');
    expect(read(playground, 'shop.arch')).toBe(SHOP);
  });
});
