/** Scenarios, played by the real command. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { copyCommand, createPlayground, type Playground, root } from './loadpath.ts';

const SHOP = `users visitors { rate: 100/s, peak: 2x }

loadBalancer lb { engine: haproxy, replicas: 2 }
server app { replicas: 4, cores: 2, serviceTime: 20ms }
database posts {
  engine: mysql
  readTime: 1ms
  writeTime: 2ms
  readReplicas: 1
  replication { mode: async, lag: 100ms }
  failover { mode: automatic, time: 30s }
}

visitors -> lb
lb -> app
app -> posts : reads 1, writes 0.5

scenario primaryLoss "The primary dies at peak" {
  duration: 20m
  load: peak
  at 5m fail primary of posts
  require availability >= 99%
  require p99 < 1s
}
scenario quiet { duration: 10m, load: mean, require errors < 1% }
`;

// Each starts the command several times.
vi.setConfig({ testTimeout: 90_000 });

let command: ReturnType<typeof copyCommand>;
let playground: Playground;

beforeAll(() => {
  command = copyCommand();
  playground = createPlayground(command.bin, { 'shop.arch': SHOP });
}, 120_000);
afterAll(() => {
  playground.remove();
  command.remove();
});

test('a broken promise is a finding, and the report says from when to when', () => {
  const { code, stdout, stderr } = playground.run(['simulate', 'shop.arch', '--scenario', 'primaryLoss']);
  expect(stderr).toBe('');
  expect(code).toBe(1);
  expect(stdout).toMatch(/^The primary dies at peak +primaryLoss +shop\.arch$/m);
  expect(stdout).toMatch(
    /^ +5 min 30 s +failover of 'posts' done after 30 s, 3,000 writes failed meanwhile, 10 acknowledged\n +writes lost$/m,
  );
  expect(stdout).toMatch(/^ +✗ +availability >= 99% +98\.7% +from 5 min to 5 min 30 s$/m);
  expect(stdout).toMatch(/^ +✓ +p99 < 1 s/m);
  expect(stdout).toMatch(/^ +errors +▁+█+▁+ +0% to 50%$/m);
});

test('with kept promises the exit code is 0, and quiet is quiet', () => {
  expect(playground.run(['simulate', 'shop.arch', '--scenario', 'quiet', '-q'])).toMatchObject({ code: 0, stdout: '' });
});

test('the JSON follows its schema and is the same again', () => {
  const run = () => playground.run(['simulate', 'shop.arch', '--scenario', 'primaryLoss', '--format', 'json']).stdout;
  const first = run();
  expect(run()).toBe(first);
  const schema = JSON.parse(readFileSync(join(root, 'docs', 'schema', 'scenario.schema.json'), 'utf8'));
  const ajv = new Ajv({ allErrors: true });
  ajv.validate(schema, JSON.parse(first));
  expect(ajv.errors ?? []).toEqual([]);
  const { times, whole, totals } = JSON.parse(first);
  expect(whole.errors).toHaveLength(times.length);
  expect(totals.failed).toBeCloseTo(200 * 0.5 * 30, 6);
});

test('a wrong name is answered with the nearest, or with all there are', () => {
  expect(playground.run(['simulate', 'shop.arch', '--scenario', 'primaryLos'])).toMatchObject({
    code: 2,
    stderr: "loadpath: There is no scenario 'primaryLos'; did you mean 'primaryLoss'?\n",
  });
  expect(playground.run(['simulate', 'shop.arch', '--scenario', 'xyz']).stderr).toBe(
    "loadpath: There is no scenario 'xyz'; there are primaryLoss, quiet.\n",
  );
  playground.write('none.arch', 'server app\n');
  expect(playground.run(['simulate', 'none.arch', '--scenario', 'xyz']).stderr).toBe(
    "loadpath: There is no scenario 'xyz'; the file declares none.\n",
  );
});

test('a view with a scenario is drawn as it is at its moment', () => {
  const views = `
view before { scenario: primaryLoss, at: 2m }
view during { scenario: primaryLoss, at: 5m }
view whole { scenario: lost, at: 3m }
scenario lost { duration: 10m, at 2m fail posts }
`;
  playground.write('views.arch', SHOP + views);
  const draw = (view: string) => playground.run(['render', 'views.arch', '--view', view]).stdout;
  expect(draw('before')).toContain('2 min');
  expect(draw('before')).not.toContain('errors');
  expect(draw('during')).toMatch(/The primary dies at peak.*5 min.*100\/s of 200\/s.*50%/s);
  expect(draw('during')).not.toContain('>down<');
  expect(draw('whole')).toContain('>down<');
});

test.each([
  ['--users', '5M'],
  ['--load', 'mean'],
])('a scenario has its own load, not that of %s', (flag, value) => {
  const { code, stderr } = playground.run(['simulate', 'shop.arch', '--scenario', 'quiet', flag, value]);
  expect(code).toBe(2);
  expect(stderr).toContain(`'${flag}' does not go with '--scenario'`);
});
