/** The CI kit, as far as it runs without the services it is for: its scripts in a shell, its files as those services read them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { commands } from '../cli/commands/index.ts';
import { createProgram } from '../cli/program.ts';
import { sarifErrors } from './harness/validators.ts';
import { copyCommand, createPlayground, type Playground, root } from './loadpath.ts';

const SHOP = `users visitors { rate: 20/s }
server app { replicas: 2, serviceTime: 10ms }
cache feed { engine: redis, replicas: 2, hitRatio: 90% }
visitors -> app
app -> feed : reads 1
cache feed { engine: redis }
`;
const KIT = ['action.yml', '.pre-commit-hooks.yaml', 'ci/gitlab.yml', 'docs/ci.md'];
const { version } = JSON.parse(textOf('package.json'));

interface Step {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly shell?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly files: string;
  readonly pass_filenames?: boolean;
}

let command: ReturnType<typeof copyCommand>;
let playground: Playground;

beforeAll(() => {
  command = copyCommand();
  playground = createPlayground(command.bin, {
    '.git/HEAD': '',
    'shop.arch': SHOP,
    'loose.arch': 'cache   a{ttl:1m}\n',
  });
  // Stands in for npx, which would fetch the package from the registry.
  playground.write('bin/npx', `#!/bin/sh\n[ "$1" = --yes ] || exit 64\nshift 2\nexec node ${command.bin} "$@"\n`);
  chmodSync(join(playground.folder, 'bin', 'npx'), 0o755);
}, 120_000);
afterAll(() => {
  playground.remove();
  command.remove();
});

test('every part names the version of the package', () => {
  for (const file of KIT) {
    const named = [...textOf(file).matchAll(/(?:loadpath@|loadpath\/v|rev: v|loadpath:)(\d[\w.-]*)/g)].map(
      ([, each]) => each,
    );
    expect([file, [...new Set(named)]]).toEqual([file, [version]]);
  }
});

test('every flag that the kit and its page write is one of the command', async () => {
  const program = await createProgram(commands, async () => {});
  const flags = new Set(program.commands.flatMap(({ options }) => options.flatMap(({ long }) => (long ? [long] : []))));
  const ofOthers = [
    '--yes',
    '--prefix',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--rm',
    '--user',
    '--all-files',
  ];
  for (const file of KIT) {
    const written = [...textOf(file).matchAll(/(?<![\w-])--[a-z][a-z-]*/g)].map(([flag]) => flag);
    expect([file, written.filter((flag) => !flags.has(flag) && !ofOthers.includes(flag))]).toEqual([file, []]);
  }
});

describe('action.yml', () => {
  const action = parse(textOf('action.yml'));
  const steps: readonly Step[] = action.runs.steps;

  test('never puts an input into the text of a script', () => {
    for (const { run = '', shell } of steps.filter(({ run }) => run)) {
      expect(run).not.toContain('${{');
      expect(shell).toBe('bash');
    }
  });

  test('installs, annotates, writes SARIF, and fails as the command does', () => {
    const { codes, stdout, outputs } = runAction({ package: pack(), 'sarif-file': 'out.sarif' });
    expect(codes).toEqual([0, 0, 1]);
    expect(outputs).toBe('found=true\n');
    expect(stdout).toMatch(/^::error file=shop\.arch,line=6,.*title=duplicate-name::shop\.arch:6:7: /m);
    expect(sarifErrors(JSON.parse(readFileSync(join(playground.folder, 'out.sarif'), 'utf8')))).toEqual([]);
    expect(existsSync(join(playground.folder, 'summary.md'))).toBe(true);
  }, 60_000);

  test('takes several paths and another threshold, and runs nothing that stands in an input', () => {
    const several = runAction({ path: 'shop.arch\nloose.arch\n', 'fail-on': 'never', format: 'compact' }, 'check');
    expect(several.codes).toEqual([0]);
    expect(several.stdout).toContain('shop.arch:6:7: error duplicate-name');
    const hostile = runAction({ path: '$(touch pwned); `touch pwned`', 'fail-on': '"; touch pwned; "' }, 'check');
    expect(hostile.codes).toEqual([2]);
    expect(existsSync(join(playground.folder, 'pwned'))).toBe(false);
  });

  /** Runs the steps in order as the runner does, until one fails; `check` the last one alone. */
  function runAction(given: Readonly<Record<string, string>>, only?: 'check') {
    const inputs = { ...defaultsOf(action.inputs), ...given };
    const env = {
      PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
      HOME: playground.folder,
      RUNNER_TEMP: join(playground.folder, 'runner'),
      GITHUB_OUTPUT: join(playground.folder, 'outputs'),
      GITHUB_STEP_SUMMARY: join(playground.folder, 'summary.md'),
      npm_config_offline: 'true',
    };
    const scripts = steps.filter(({ run }) => run);
    const results = (only ? scripts.slice(-1) : scripts).map((step) =>
      bash(step.run!, { ...env, ...evaluated(step.env ?? {}, inputs) }),
    );
    return {
      codes: results.map(({ status }) => status),
      stdout: results.map(({ stdout }) => stdout).join(''),
      outputs: only ? '' : readFileSync(env.GITHUB_OUTPUT, 'utf8'),
    };
  }
});

describe('.pre-commit-hooks.yaml', () => {
  const hooks: readonly Hook[] = parse(textOf('.pre-commit-hooks.yaml'));
  const hook = (id: string) => hooks.find((each) => each.id === id)!;

  test('loadpath-check looks at the whole project when a part of it has changed', () => {
    const { entry, files, pass_filenames } = hook('loadpath-check');
    expect(pass_filenames).toBe(false);
    expect(
      ['a/b.arch', 'loadpath.config.jsonc', 'a/loadpath.config.jsonc'].filter((file) => !RegExp(files).test(file)),
    ).toEqual([]);
    expect(['a.archive', 'x.jsonc', 'arch'].filter((file) => RegExp(files).test(file))).toEqual([]);
    const { status, stdout } = bash(entry);
    expect(status).toBe(1);
    expect(stdout).toContain('error[duplicate-name]');
  });

  test('loadpath-fmt formats the files that it is given', () => {
    const { entry, files } = hook('loadpath-fmt');
    expect(RegExp(files).test('loose.arch')).toBe(true);
    expect(bash(`${entry} loose.arch`)).toMatchObject({ status: 0 });
    expect(readFileSync(join(playground.folder, 'loose.arch'), 'utf8')).toBe('cache a { ttl: 1m }\n');
  });
});

test('the job for GitLab writes the reports that it hands over', () => {
  const [header, body] = parseAllDocuments(textOf('ci/gitlab.yml')).map((document) => document.toJS());
  const inputs = defaultsOf(header.spec.inputs);
  const { script, variables, artifacts } = body.loadpath;
  const filled = Object.entries<string>(variables).map(([name, value]) => [name, interpolated(value, inputs)] as const);
  expect(bash(script.join('\n'), Object.fromEntries(filled))).toMatchObject({ status: 1 });
  const { codequality, junit } = artifacts.reports;
  expect(JSON.parse(readFileSync(join(playground.folder, codequality), 'utf8'))).toContainEqual(
    expect.objectContaining({ check_name: 'duplicate-name', severity: 'critical' }),
  );
  expect(readFileSync(join(playground.folder, junit), 'utf8')).toContain('<failure type="error"');
  expect(artifacts.when).toBe('always');
});

test('the problem matcher reads the errors and warnings of the compact format', () => {
  const [{ pattern }] = JSON.parse(textOf('ci/problem-matcher.json')).problemMatcher;
  const [{ regexp, ...groups }] = pattern;
  const { stdout } = playground.run(['check', 'shop.arch', '--format', 'compact']);
  const lines = stdout.trimEnd().split('\n');
  const matches = lines.map((line) => new RegExp(regexp).exec(line));
  for (const [at, line] of lines.entries()) expect(matches[at] === null).toBe(/:\d+: info /.test(line));
  const found = matches.find((match) => match?.[groups.code] === 'duplicate-name')!;
  const named = Object.fromEntries(Object.entries<number>(groups).map(([name, group]) => [name, found[group]]));
  expect(named).toEqual({
    file: 'shop.arch',
    line: '6',
    column: '7',
    severity: 'error',
    code: 'duplicate-name',
    message: "There is already something named 'feed' here.",
  });
});

test('the image runs the command in /data, as somebody who is not root', () => {
  const instructions = textOf('Dockerfile')
    .replaceAll(/\\\n/g, '')
    .split('\n')
    .filter((line) => /^[A-Z]+ /.test(line));
  const last = (word: string) => instructions.findLast((line) => line.startsWith(`${word} `))?.slice(word.length + 1);
  expect([last('USER'), last('WORKDIR'), last('ENTRYPOINT'), last('CMD')]).toEqual([
    'node',
    '/data',
    '["loadpath"]',
    '["check"]',
  ]);
  for (const line of instructions.filter((line) => line.startsWith('COPY ') && !line.includes('--from')))
    for (const file of line.split(/\s+/).slice(1, -1)) expect(existsSync(join(root, file))).toBe(true);
});

function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** The package as npm would publish it. */
function pack(): string {
  mkdirSync(join(playground.folder, 'packed'), { recursive: true });
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', join(playground.folder, 'packed')];
  const [{ filename }] = JSON.parse(
    execFileSync('npm', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  return join(playground.folder, 'packed', filename);
}

function bash(script: string, env: Readonly<Record<string, string>> = {}) {
  const path = [join(playground.folder, 'bin'), dirname(process.execPath), process.env.PATH].join(delimiter);
  const options = { cwd: playground.folder, encoding: 'utf8', env: { PATH: path, TMPDIR: tmpdir(), ...env } } as const;
  return spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], options);
}

function defaultsOf(inputs: Readonly<Record<string, { readonly default: unknown }>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, String(input.default)]));
}

/** GitHub's expressions, of which the action uses inputs only. */
function evaluated(env: Readonly<Record<string, string>>, inputs: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      value.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input) => inputs[input]!),
    ]),
  );
}

/** GitLab's inputs. */
function interpolated(value: string, inputs: Readonly<Record<string, string>>): string {
  return value.replace(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, input) => inputs[input]!);
}
