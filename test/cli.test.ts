/** The command as its users run it: the bundles, in a folder of their own, over standard streams. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROKEN, SHOP, SILENT } from './harness/shop.ts';
import { copyCommand, createPlayground, type Playground, root } from './loadpath.ts';

let command: ReturnType<typeof copyCommand>;
let playground: Playground;

beforeAll(() => {
  command = copyCommand();
  playground = createPlayground(command.bin, {
    'shop.arch': SHOP,
    'silent.arch': SILENT,
    'broken.arch': BROKEN,
    'folder/a.arch': 'import "../shop.arch"\n',
    'notes.txt': 'no architecture',
    'unformatted.arch': 'cache   feed{engine:redis}\n',
  });
  mkdirSync(join(playground.folder, 'empty'));
  playground.write('binary.arch', Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 0x00]));
  playground.write('latin.arch', Uint8Array.from([0x22, 0xe9, 0x22]));
  symlinkSync('loop.arch', join(playground.folder, 'loop.arch'));
}, 120_000);
afterAll(() => {
  playground.remove();
  command.remove();
});

describe('what the caller got wrong is one sentence on standard error, and exit code 2', () => {
  test.each([
    ['check gone.arch', "Cannot read 'gone.arch': there is no such file or folder."],
    ['check loop.arch', "Cannot read 'loop.arch': its links go in a circle."],
    ['check empty', "There is no .arch file in 'empty'."],
    ['check notes.txt', "'notes.txt' is not an .arch file."],
    ['check binary.arch', "'binary.arch' is a binary file, not UTF-8 text."],
    ['check latin.arch', "'latin.arch' is not UTF-8 text."],
    ['fmt latin.arch', "'latin.arch' is not UTF-8 text."],
    ['simulate folder', "'folder' is a folder, and this command takes one file."],
    ['render folder', "'folder' is a folder, and this command takes one file."],
    ['render', "Missing required argument 'file'."],
    ['simulate', "Name a file, or pass its text with '--stdin'."],
    ['check --fromat json', "Unknown option '--fromat'; did you mean '--format'?"],
    ['check --zzz', "Unknown option '--zzz'."],
    ['chekc', "Unknown command 'chekc'; did you mean 'check'?"],
    [
      'check --format xml',
      "'xml' is no value of '--format'; it is one of pretty, compact, json, jsonl, sarif, junit, github, gitlab, checkstyle, markdown.",
    ],
    ['check --format jsn', "'jsn' is no value of '--format'; did you mean 'json'?"],
    ['check --max-warnings many', "'many' is no value of '--max-warnings'; it takes a whole number."],
    ['check --max-warnings', "Option '--max-warnings <count>' argument missing."],
    ['check shop.arch --set people', "'--set people' is not of the form name=value."],
    ['check shop.arch --set peple=1M', "There is no param 'peple'; did you mean 'people'?"],
    ['check silent.arch --set x=1', "There is no param 'x', nor any other."],
    [
      'check shop.arch --set people=10ms',
      "The value of param 'people' cannot be '10ms': expected a number such as 3, but this is a time.",
    ],
    [
      'check shop.arch --only cache-without-expiri',
      "There is no rule 'cache-without-expiri'; did you mean 'cache-without-expiry'?",
    ],
    ['check shop.arch --skip zzz', "There is no rule 'zzz'; 'loadpath rules' lists all."],
    ['explain zzz', "There is no rule 'zzz'; 'loadpath rules' lists all."],
    ['simulate shop.arch --users 5ms', "'5ms' is no value of '--users'; it takes a number such as 5M."],
    ['render shop.arch --scale 0', "'0' is no value of '--scale'; it takes a number above 0."],
    ['render shop.arch --view hole', "There is no view 'hole'; did you mean 'whole'?"],
    ['render silent.arch --view whole', "There is no view 'whole'; the file declares none."],
    ['render shop.arch -o gone/x.svg', "Cannot write 'gone/x.svg': there is no such file or folder."],
    ['check shop.arch -o empty', "Cannot write 'empty': it is a folder."],
  ])('loadpath %s', (args, sentence) => {
    const before = readdirSync(playground.folder);
    const { code, stdout, stderr } = playground.run(args.split(' '));
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `loadpath: ${sentence}\n` });
    expect(readdirSync(playground.folder)).toEqual(before);
  });

  test('no command at all shows the help', () => {
    const { code, stdout, stderr } = playground.run([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: loadpath <command> \[options\]\n/);
  });
});

describe('check', () => {
  test('findings below the threshold do not fail', () => {
    const { code, stdout, stderr } = playground.run(['check', 'shop.arch']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`warning[cache-without-expiry]: `);
    expect(stdout).toContain(`  --> shop.arch:14:7\n`);
    expect(stdout).toMatch(/^\d+ warnings?, 1 note in 1 file · 200k users: carries .+ · p99 .+$/m);
  });

  test.each([
    ['--fail-on warning', 1],
    ['--max-warnings 0', 1],
    ['--max-warnings 99', 0],
    ['--only single-server --fail-on info', 0],
  ])('%s answers %i', (args, code) => {
    expect(playground.run(['check', 'shop.arch', ...args.split(' ')]).code).toBe(code);
  });

  test('an error on one line does not hide the findings on the others', () => {
    const { code, stdout } = playground.run(['check', 'broken.arch']);
    expect(code).toBe(1);
    expect(stdout).toContain('error[syntax]');
    expect(stdout).toContain('warning[cache-without-expiry]');
  });

  test('quiet says only what makes it fail', () => {
    expect(playground.run(['check', '-q', 'shop.arch'])).toMatchObject({ code: 0, stdout: '', stderr: '' });
    const { stdout } = playground.run(['check', '-q', 'broken.arch']);
    expect(stdout).toContain('error[');
    expect(stdout).not.toMatch(/warning\[| in 1 file/);
  });

  test('a folder is checked with what it imports, and an imported file is no root of its own', () => {
    const { code, stdout } = playground.run(['check', 'folder', '--format', 'json']);
    const report = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(report.files).toEqual(['folder/a.arch', 'shop.arch']);
    expect(report.architectures.map(({ file }: { file: string }) => file)).toEqual(['folder/a.arch']);
  });

  test('standard input is checked under its name', () => {
    const { code, stdout } = playground.run(['check', '--stdin', '--stdin-filename', 'sub/new.arch'], {
      input: BROKEN,
    });
    expect(code).toBe(1);
    expect(stdout).toContain('--> sub/new.arch:');
    expect(playground.run(['check', '--stdin'], { input: SILENT })).toMatchObject({ code: 0 });
  });

  test('a param is overridden', () => {
    const { stdout } = playground.run(['check', 'shop.arch', '--set', 'people=1M', '--format', 'json']);
    expect(JSON.parse(stdout).architectures[0].users).toBe(1_000_000);
  });

  test('colour comes and goes as asked, and never changes the words', () => {
    const colored = playground.run(['check', 'shop.arch', '--color', 'always']).stdout;
    const uncolored = playground.run(['check', 'shop.arch']).stdout;
    expect(colored).toContain('\u001b[');
    expect(uncolored).not.toContain('\u001b[');
    expect(stripVTControlCharacters(colored)).toBe(uncolored);
    expect(playground.run(['check', 'shop.arch'], { env: { FORCE_COLOR: '1' } }).stdout).toContain('\u001b[');
    expect(playground.run(['check', 'shop.arch', '--color', 'never'], { env: { FORCE_COLOR: '1' } }).stdout).toBe(
      uncolored,
    );
  });
});

describe('machine output', () => {
  const ajv = new Ajv({ allErrors: true });

  test.each(['check', 'simulate', 'capacity'])('%s follows its schema, byte for byte the same again', (name) => {
    const schema = JSON.parse(readFileSync(join(root, 'docs', 'schema', `${name}.schema.json`), 'utf8'));
    const validate = ajv.compile(schema);
    const examples = readdirSync(join(root, 'examples', 'chapter')).filter((name) => name.endsWith('.arch'));
    const files = [
      join(playground.folder, 'shop.arch'),
      ...examples.slice(-1).map((name) => join(root, 'examples', 'chapter', name)),
    ];
    for (const file of files) {
      const first = playground.run([name, file, '--format', 'json', '--fail-on', 'never']);
      expect(first).toMatchObject({ code: 0, stderr: '' });
      validate(JSON.parse(first.stdout));
      expect(validate.errors ?? []).toEqual([]);
      expect(playground.run([name, file, '--format', 'json', '--fail-on', 'never']).stdout).toBe(first.stdout);
    }
  });

  test('a report is written whole to a file', () => {
    expect(playground.run(['check', 'shop.arch', '--format', 'json', '-o', 'report.json'])).toMatchObject({
      code: 0,
      stdout: '',
    });
    const written = readFileSync(join(playground.folder, 'report.json'), 'utf8');
    expect(written).toBe(playground.run(['check', 'shop.arch', '--format', 'json']).stdout);
  });
});

describe('fmt', () => {
  test('a file is formatted in place, once', () => {
    expect(playground.run(['fmt', '--check', 'unformatted.arch'])).toMatchObject({
      code: 1,
      stdout: 'unformatted.arch\n',
      stderr: '1 of 1 file not formatted.\n',
    });
    expect(playground.run(['fmt', 'unformatted.arch'])).toMatchObject({ code: 0, stderr: 'Formatted 1 of 1 file.\n' });
    expect(readFileSync(join(playground.folder, 'unformatted.arch'), 'utf8')).toBe('cache feed { engine: redis }\n');
    expect(playground.run(['fmt', 'unformatted.arch'])).toMatchObject({
      code: 0,
      stdout: '',
      stderr: '1 file formatted already.\n',
    });
  });

  test('standard input is formatted to standard output', () => {
    const { code, stdout } = playground.run(['fmt', '--stdin'], { input: 'cache   feed{}' });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'cache feed { }\n' });
  });

  test('a text with syntax errors is reported and left alone', () => {
    playground.write('wrong.arch', 'cache   feed {');
    const { code, stdout, stderr } = playground.run(['fmt', 'wrong.arch']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error\[syntax\]: .+\n --> wrong\.arch:1:/);
    expect(stderr).toMatch(/\n1 of 1 file not formatted because of errors\.\n$/);
    expect(readFileSync(join(playground.folder, 'wrong.arch'), 'utf8')).toBe('cache   feed {');
  });

  test('if one file cannot be read, none is changed', () => {
    playground.write('again.arch', 'cache   feed{}');
    expect(playground.run(['fmt', 'again.arch', 'latin.arch'])).toMatchObject({ code: 2 });
    expect(readFileSync(join(playground.folder, 'again.arch'), 'utf8')).toBe('cache   feed{}');
  });
});

describe('rules', () => {
  test('all are listed, and each is explained', () => {
    const { rules } = JSON.parse(playground.run(['rules', '--format', 'json']).stdout);
    const listed = playground.run(['rules']).stdout;
    for (const { id, title } of rules)
      expect(listed).toMatch(new RegExp(`^ {2}${id} +\\w+ +${title.slice(0, 20)}`, 'm'));
    const explained = playground.run(['explain', 'cache-without-expiry']).stdout;
    expect(explained).toMatch(/^cache-without-expiry {2}warning {2}/);
    expect(explained).toContain('\nHow to fix\n');
  });
});

describe('lsp', () => {
  test('the server answers over standard streams and leaves when it is told to', async () => {
    const server = spawn(process.execPath, [command.bin, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    let answers = '';
    server.stdout.setEncoding('utf8').on('data', (chunk) => {
      answers += chunk;
    });
    const send = (content: object) => {
      const body = JSON.stringify({ jsonrpc: '2.0', ...content });
      server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    };
    send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
    await expect.poll(() => answers, { timeout: 10_000 }).toContain('"id":1,"result":{"capabilities":{');
    send({ id: 2, method: 'shutdown' });
    await expect.poll(() => answers, { timeout: 10_000 }).toContain('"id":2,"result":null');
    send({ method: 'exit' });
    const [code] = await once(server, 'exit');
    expect(code).toBe(0);
  });
});

describe('the process', () => {
  test('help and version are answers, not errors', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(playground.run(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
    for (const args of [['--help'], ['help', 'check'], ['check', '--help']])
      expect(playground.run(args)).toMatchObject({
        code: 0,
        stderr: '',
        stdout: expect.stringMatching(/^Usage: loadpath /),
      });
  });

  test('a bug is one sentence, its stack only on demand', () => {
    const env = { NODE_OPTIONS: '--import=data:text/javascript,Array.prototype.toSorted=undefined' };
    const { code, stdout, stderr } = playground.run(['check', 'shop.arch'], { env });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(
      /^loadpath: Internal error \(.+\): this is a bug, please report it .+\.\nRun it again with '--debug' to see where\.\n$/,
    );
    expect(playground.run(['check', 'shop.arch', '--debug'], { env }).stderr).toMatch(/^ {4}at /m);
  });

  test('an old Node gets one sentence', () => {
    const old = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '22.11.0' } })";
    const { code, stdout, stderr } = playground.run(['check', 'shop.arch'], {
      env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(old)}` },
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe('loadpath needs Node 22.12 or newer, and this is 22.11.0.\n');
  });

  test('a reader that goes away is no error', () => {
    const script = `"${process.execPath}" "${command.bin}" explain cache-without-expiry | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
    expect(stdout).toMatch(/^cache-without-expiry .*\n0\n$/);
    expect(stderr).toBe('');
  });
});
