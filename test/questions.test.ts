/** The commands that answer questions about a design, as their users run them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
    expect(stdout).toMatch(/^ {2}10M users: \d+ steps, \$/m);
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
