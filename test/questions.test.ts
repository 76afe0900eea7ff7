/** The commands that answer questions about a design, as their users run them. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { copyCommand, createPlayground, type Playground, root } from './loadpath.ts';

const SHOP = `architecture "A shop"

param people = 200k

users visitors { population: people, dailyActive: 30%, requests: 40/day, peak: 3x }

loadBalancer lb { engine: haproxy, replicas: 2, cores: 2 }
server app { replicas: 3, instance: "m5.xlarge", serviceTime: 20ms, sessions: none }
cache feed { engine: redis, replicas: 2, memory: 16GB, hitRatio: 90%, ttl: 10m }
database posts {
  engine: mysql
  instance: "m5.2xlarge"
  readTime: 2ms
  writeTime: 4ms
  readReplicas: 1
  size: 800GB
  replication { mode: async, lag: 50ms }
  failover { mode: automatic, time: 30s }
}

visitors -> lb
lb -> app
app -> feed : reads 3
feed -> posts : misses
app -> posts : writes 0.2

require p99 < 500ms
`;

// Each starts the command several times.
vi.setConfig({ testTimeout: 90_000 });

let command: ReturnType<typeof copyCommand>;
let playground: Playground;
const ajv = new Ajv({ allErrors: true });

beforeAll(() => {
  command = copyCommand();
  playground = createPlayground(command.bin, { 'shop.arch': SHOP });
}, 120_000);
afterAll(() => {
  playground.remove();
  command.remove();
});

/** The shop with twice the servers and slower ones. */
const LARGER = SHOP.replace('replicas: 3', 'replicas: 6');
const SLOWER = SHOP.replace('serviceTime: 20ms', 'serviceTime: 200ms');

/** The JSON report of a command, which follows its schema and is the same again. */
function report(name: string, ...args: string[]) {
  const schema = JSON.parse(readFileSync(join(root, 'docs', 'schema', `${name}.schema.json`), 'utf8'));
  const { stdout, stderr } = playground.run([name, ...args, '--format', 'json']);
  expect(stderr).toBe('');
  const document = JSON.parse(stdout);
  const validate = ajv.getSchema(name) ?? ajv.addSchema(schema, name).getSchema(name)!;
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
  expect(playground.run([name, ...args, '--format', 'json']).stdout).toBe(stdout);
  return document;
}

describe('fail', () => {
  test('every failure with what it does', () => {
    const { singles, pairs, pairsTried } = report('fail', 'shop.arch', '--pairs');
    expect(singles.map(({ failures }: { failures: { path: string }[] }) => failures[0]!.path).sort()).toEqual([
      'app',
      'feed',
      'lb',
      'posts',
      'posts',
    ]);
    expect(singles.every(({ lost }: { lost: number }) => lost === 0)).toBe(true);
    expect(pairs.some(({ lost }: { lost: number }) => lost === 1)).toBe(true);
    // Five things; two of them (a second server, a second balancer) and the cache can fail twice, the only read replica cannot.
    expect(pairsTried).toBe(13);
  });

  test('the table names the line to blame', () => {
    playground.write('one.arch', SHOP.replace('replicas: 2, cores: 2', 'cores: 2'));
    const { code, stdout } = playground.run(['fail', 'one.arch']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}lb \(one machine\) +100% .*'lb' is a single machine \(one\.arch:7:14\)$/m);
  });

  test('a loss above the limit is a finding', () => {
    playground.write('one.arch', SHOP.replace('replicas: 2, cores: 2', 'cores: 2'));
    expect(playground.run(['fail', 'shop.arch', '--max-lost', '0%'])).toMatchObject({ code: 0 });
    expect(playground.run(['fail', 'one.arch', '--max-lost', '50%', '-q'])).toMatchObject({ code: 1 });
  });
});

describe('grow', () => {
  test('every population and what it takes', () => {
    const { declaredUsers, points, stages } = report('grow', 'shop.arch', '--to', '20M');
    expect(declaredUsers).toBe(200_000);
    expect(points.at(-1).users).toBe(20_000_000);
    expect(stages.at(-1)).toMatchObject({ users: 20_000_000, carried: true });
    expect(stages.flatMap(({ steps }: { steps: object[] }) => steps).length).toBeGreaterThan(0);
  });

  test('the steps are printed as one would write them', () => {
    const { code, stdout } = playground.run(['grow', 'shop.arch']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}10M users: (?:one step|\d+ steps), \$/m);
    expect(stdout).toMatch(/^ {8}app \{ replicas: \d+ \}$/m);
  });

  test('without a population there is nothing to grow', () => {
    playground.write('rate.arch', 'users visitors { rate: 5/s }\n');
    expect(playground.run(['grow', 'rate.arch'])).toEqual(
      expect.objectContaining({
        code: 2,
        stderr: "loadpath: There is no population to grow: no 'users' of this file declares one.\n",
      }),
    );
  });
});

describe('diff', () => {
  test('a file does not differ from itself', () => {
    expect(report('diff', 'shop.arch', 'shop.arch')).toMatchObject({ changes: [], failures: [] });
    expect(playground.run(['diff', 'shop.arch', 'shop.arch'])).toMatchObject({
      code: 0,
      stdout: 'shop.arch → shop.arch\nNo difference.\n',
    });
  });

  test('more servers are better, but for the cost', () => {
    playground.write('larger.arch', LARGER);
    const { changes, figures } = report('diff', 'shop.arch', 'larger.arch');
    expect(changes).toMatchObject([{ change: 'changed', name: 'app', properties: [{ before: '3', after: '6' }] }]);
    const trend = (name: string) => figures.find(({ figure }: { figure: string }) => figure === name).trend;
    expect([trend('capacity'), trend('cost')]).toEqual(['better', 'worse']);
    expect(playground.run(['diff', 'shop.arch', 'larger.arch', '--fail-on-regression']).code).toBe(0);
    expect(playground.run(['diff', 'larger.arch', 'shop.arch', '--fail-on-regression']).code).toBe(1);
    expect(playground.run(['diff', 'larger.arch', 'shop.arch']).code).toBe(0);
  });

  test('a promise that breaks is exit code 1, and a row of a pull request', () => {
    playground.write('slower.arch', SLOWER);
    const { code, stdout } = playground.run(['diff', 'shop.arch', 'slower.arch', '--format', 'markdown']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^### `shop\.arch` → `slower\.arch`$/m);
    expect(stdout).toMatch(/^\| p99 \| .+ \| .+ \| worse.* \|$/m);
    expect(stdout).toMatch(/^- \*\*broken\*\*: 'require p99 < 500 ms' does not hold any more: /m);
  });

  test('a file of another revision', () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: playground.folder });
    playground.write('versioned.arch', SHOP);
    git('init', '-q');
    git('add', 'versioned.arch');
    git('commit', '-q', '-m', 'first');
    playground.write('versioned.arch', LARGER);
    const { code, stdout } = playground.run(['diff', 'git:HEAD:versioned.arch', 'versioned.arch']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/replicas: 3 → 6/);
    expect(playground.run(['diff', 'git:HEAD:gone.arch', 'versioned.arch'])).toMatchObject({ code: 2, stdout: '' });
    expect(playground.run(['diff', 'git:HEAD', 'versioned.arch']).stderr).toBe(
      "loadpath: 'git:HEAD' is not of the form git:REVISION:PATH.\n",
    );
  });
});

describe('plan', () => {
  test('the cheapest sizes, as a diff', () => {
    const { feasible, changes, costAfter, diff, written } = report('plan', 'shop.arch', '--users', '5M');
    expect({ feasible, written }).toEqual({ feasible: true, written: false });
    expect(costAfter).toBeGreaterThan(0);
    expect(changes.length).toBeGreaterThan(0);
    expect(diff).toMatch(/^--- a\/shop\.arch\n\+\+\+ b\/shop\.arch\n@@ /);
    expect(readFileSync(join(playground.folder, 'shop.arch'), 'utf8')).toBe(SHOP);
  });

  test('what is written carries the population, and there is nothing left to plan', () => {
    playground.write('planned.arch', SHOP);
    const written = playground.run(['plan', 'planned.arch', '--users', '5M', '--write']);
    expect(written).toMatchObject({ code: 0, stderr: '' });
    expect(written.stdout).toMatch(/\nWritten\.\n$/);
    const { capacity, requirements } = report('capacity', 'planned.arch');
    expect(capacity.users).toBeGreaterThanOrEqual(5e6);
    expect(requirements.every(({ holds }: { holds: boolean }) => holds)).toBe(true);
    expect(report('plan', 'planned.arch', '--users', '5M').changes).toEqual([]);
    expect(playground.run(['fmt', '--check', 'planned.arch']).code).toBe(
      playground.run(['fmt', '--check', 'shop.arch']).code,
    );
  });

  test('what cannot be kept is said', () => {
    playground.write('strict.arch', SHOP.replace('500ms', '1ms'));
    const { code, stdout } = playground.run(['plan', 'strict.arch', '--users', '1M', '--write']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^No plan for 1M users: no number or size helps against 'require p99 < 1 ms', which is /m);
    expect(playground.run(['plan', 'shop.arch']).stderr).toBe(
      "loadpath: Required option '--users <count>' not specified.\n",
    );
  });
});

describe('reshard', () => {
  test('what moves, by strategy', () => {
    const { from, to, strategies } = report('reshard', 'shop.arch', 'posts', '--to', '2');
    expect([from, to]).toEqual([1, 2]);
    expect(strategies[0]).toMatchObject({ strategy: 'hash', declared: true, moved: 0.5, bytes: 4e11, seconds: 4000 });
    const { stdout } = playground.run(['reshard', 'shop.arch', 'posts', '--to', '4', '--rate', '1GB/s']);
    expect(stdout).toMatch(/^ {2}modulo +75% +600 GB +10 min +25%$/m);
  });

  test('only databases', () => {
    const wrong = (...args: string[]) => playground.run(['reshard', 'shop.arch', ...args]);
    expect(wrong('feed', '--to', '2')).toMatchObject({
      code: 2,
      stderr: "loadpath: 'feed' is a cache; only a database has shards that move.\n",
    });
    expect(wrong('post', '--to', '2').stderr).toBe("loadpath: There is no 'post'; did you mean 'posts'?\n");
    expect(wrong('posts').stderr).toBe("loadpath: Required option '--to <count>' not specified.\n");
  });
});

describe('explain', () => {
  test('a figure with its inputs and lines', () => {
    const { value, terms, divisors } = report('explain', 'utilization', 'app', 'shop.arch');
    // 200k × 30 % × 40 a day × 3 = 83.3/s over three servers of four cores, 20 ms each.
    expect(value).toBeCloseTo((((200_000 * 0.3 * 40) / 86_400) * 3 * 0.02) / 12, 9);
    expect(terms[0].factors.at(-1).place.start).toEqual({ line: 8, column: 50 });
    expect(divisors[0].place.start.line).toBe(8);
    for (const figure of ['capacity', 'cost', 'availability', 'p99', 'rate']) report('explain', figure, 'shop.arch');
  });

  test('for people', () => {
    const { code, stdout } = playground.run(['explain', 'cost', 'shop.arch']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^cost = \$[\d,]+\/month {2}shop\.arch$/m);
    expect(stdout).toMatch(/^ {2}app +3 × m5\.xlarge at \$\S+ +\$\d+\/month {2}\[\S+\]$/m);
  });

  test('rules are explained as before, and what is neither is said', () => {
    expect(playground.run(['explain', 'database-spof']).stdout).toMatch(/^database-spof {2}/);
    expect(playground.run(['explain', 'utilisation', 'app', 'shop.arch'])).toMatchObject({
      code: 2,
      stderr: "loadpath: There is no figure 'utilisation'; did you mean 'utilization'?\n",
    });
    expect(playground.run(['explain', 'p99']).stderr).toBe(
      'loadpath: Name the file: loadpath explain p99 [component] file.arch\n',
    );
    expect(playground.run(['explain', 'shop.arch']).stderr).toMatch(
      /^loadpath: The figure stands before the file, as in 'loadpath explain p99 shop\.arch'; the figures are /,
    );
    expect(playground.run(['explain', 'rate', 'ap', 'shop.arch']).stderr).toBe(
      "loadpath: There is no 'ap'; did you mean 'app'?\n",
    );
  });
});
