/** The package as it is published: packed, installed without a network into an empty folder, and run there. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildOnce, createPlayground, type Playground, root } from './loadpath.ts';

const EXAMPLE = join('examples', 'chapter', '08-stateless-tier.arch');

let empty: Playground;
let playground: Playground;
let installed: string;

beforeAll(() => {
  buildOnce();
  execFileSync(process.execPath, [join(root, 'scripts', 'library-types.ts')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
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
  ['simulate my.arch --engine events --requests 5k --threads 2', /^ +default +simulated /m],
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

/** What docs/library.md shows. */
const PROGRAM = `import { read } from 'loadpath/language';
import { formatCount, type Architecture } from 'loadpath/model';
import { analyze, explain, failuresOf, growthOf, planFor } from 'loadpath/simulator';

const text = 'users people { population: 100k, requests: 40/day } server app { serviceTime: 10ms } people -> app';
const { architecture, findings }: { architecture: Architecture; findings: readonly object[] } = await read(text);
const { capacity } = analyze(architecture);
const { singles } = failuresOf(architecture);
const plan = planFor(architecture, { users: 10e6 });
const why = explain(architecture, 'utilization', 'app');
console.log(
  JSON.stringify({
    findings: findings.length,
    users: formatCount(capacity.users),
    lost: singles[0]?.lost,
    stages: growthOf(architecture).stages.length,
    planned: plan?.changes[0]?.after,
    terms: 'why' in why ? 0 : why.terms.length,
  }),
);
`;

test('it is a library, with types', () => {
  empty.write('program.mts', PROGRAM);
  const run = (...args: string[]) => execFileSync(process.execPath, args, { cwd: empty.folder, encoding: 'utf8' });
  // 100,000 × 40 a day × 10 ms = 46 % of one core.
  expect(JSON.parse(run('program.mts'))).toEqual({
    findings: 0,
    users: '216k',
    lost: 1,
    stages: 9,
    planned: '67',
    terms: 1,
  });
  empty.write(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: { module: 'NodeNext', target: 'ES2024', strict: true, noEmit: true, types: [] },
    }),
  );
  expect(run(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', '.')).toBe('');
});

test('the library has nothing of Node in it', () => {
  const folder = join(installed, 'dist', 'library');
  const names = readdirSync(folder);
  expect(names).toEqual(expect.arrayContaining(['language.js', 'model.js', 'simulator.js']));
  // What asks for a module of Node, or requires any.
  const wrong = names.filter((name) =>
    /(?:from|import) *"node:|(?<![.\w])require\("/.test(readFileSync(join(folder, name), 'utf8')),
  );
  expect(wrong).toEqual([]);
});

function npm(args: readonly string[], cwd: string): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
