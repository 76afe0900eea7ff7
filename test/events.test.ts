/** `simulate --engine events`, by the real command. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { copyCommand, createPlayground, type Playground, root } from './loadpath.ts';

const SHOP = `users visitors { rate: 200/s }

loadBalancer lb { engine: haproxy, algorithm: leastConnections }
server app { replicas: 4, serviceTime: 10ms, threads: 8 }
database posts { engine: mysql, readTime: 1ms, writeTime: 2ms, readReplicas: 1 }
external payments { latency: 50ms }

visitors -> lb
lb -> app
app -> posts : reads 1, writes 0.5
app -> payments : calls 0.2 { timeout: 100ms, retries: 1 }

request upload { share: 5%, app { serviceTime: 60ms } }
scenario quiet { duration: 10m, load: mean }
`;
const RUN = ['simulate', 'shop.arch', '--engine', 'events', '--requests', '40k'];

// Each starts the command several times.
vi.setConfig({ testTimeout: 90_000 });

let command: ReturnType<typeof copyCommand>;
let playground: Playground;

beforeAll(() => {
  command = copyCommand();
  playground = createPlayground(command.bin, { 'shop.arch': SHOP, 'broken.arch': 'server s {' });
}, 120_000);
afterAll(() => {
  playground.remove();
  command.remove();
});

test('the report has intervals and what the formulas say, by request, component and call', () => {
  const { code, stdout, stderr } = playground.run(RUN);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^peak load \d+\/s · [\d.,k]+ requests in 3 min 20 s, 4 runs, seed 1 · mean response ±[\d.]+%$/m,
  );
  expect(stdout).toMatch(/^ +default +simulated +\d+\/s .* ms/m);
  expect(stdout).toMatch(/^ +upload +simulated/m);
  expect(stdout).toMatch(/^ +± 95% +±[\d.]+%/m);
  expect(stdout).toMatch(/^ +formulas +[+−][\d.]+%/m);
  expect(stdout).toMatch(/^ +app +\d+\/s +█.* cpu /m);
  expect(stdout).toMatch(/^ +app -> payments +[\d.]+\/s +1\.1\d\d +[\d.]+%$/m);
});

test('the document follows its schema, and is the same with any number of threads', () => {
  const run = (...more: string[]) => playground.run([...RUN, '--format', 'json', ...more]).stdout;
  const one = run('--threads', '1');
  expect(run('--threads', '2')).toBe(one);
  expect(run('--threads', '4')).toBe(one);
  expect(run('--seed', '2')).not.toBe(one);
  const schema = JSON.parse(readFileSync(join(root, 'docs', 'schema', 'events.schema.json'), 'utf8'));
  const ajv = new Ajv({ allErrors: true });
  ajv.validate(schema, JSON.parse(one));
  expect(ajv.errors ?? []).toEqual([]);
  const { components, requests, ended, seed } = JSON.parse(one);
  expect([ended, seed]).toEqual(['requests', 1]);
  const posts = components.find(({ path }: { path: string }) => path === 'posts');
  expect(posts.resources.map(({ part }: { part: string }) => part)).toEqual(['primary', 'replica']);
  // The formulas take the replicas behind the balancer as one queue.
  for (const { response } of requests) expect(Math.abs(response.mean.difference)).toBeLessThan(0.25);
});

test('more precision takes more requests', () => {
  const run = (precision: string) =>
    JSON.parse(playground.run([...RUN.slice(0, 4), '--precision', precision, '--format', 'json']).stdout);
  const [coarse, fine] = [run('10%'), run('3%')];
  expect([coarse.ended, fine.ended]).toEqual(['precise', 'precise']);
  expect(fine.observed).toBeGreaterThan(coarse.observed);
  expect(fine.precision).toBeLessThan(0.03);
});

test.each([
  [['--seed', '3'], "'--seed' goes with '--engine events' only."],
  [['--threads', '2'], "'--threads' goes with '--engine events' only."],
  [['--engine', 'event'], "'event' is no value of '--engine'; did you mean 'events'?"],
  [['--engine', 'events', '--threads', '0'], "'--threads' is 1 or more."],
  [['--engine', 'events', '--seed', '1.5'], "'1.5' is no value of '--seed'; it takes a whole number."],
  [['--engine', 'events', '--precision', '0%'], "'--precision' is between 0% and 100%, such as 1%."],
  [['--engine', 'events', '--requests', '10'], "'--requests' is 1000 or more: fewer say nothing."],
  [
    ['--engine', 'events', '--scenario', 'quiet'],
    "A scenario is played as a flow, so '--engine events' does not go with '--scenario'.",
  ],
  [
    ['--engine', 'events', '--users', '5M'],
    "'--users' scales a declared population, and no 'users' of this file has one.",
  ],
])('%j is refused', (options, message) => {
  expect(playground.run(['simulate', 'shop.arch', ...options])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: `loadpath: ${message}\n`,
  });
});

test('a file with errors is not simulated, one without load says so', () => {
  expect(playground.run(['simulate', 'broken.arch', '--engine', 'events']).code).toBe(1);
  playground.write('idle.arch', 'server s { serviceTime: 1ms }\n');
  const { code, stdout } = playground.run(['simulate', 'idle.arch', '--engine', 'events']);
  expect(code).toBe(0);
  expect(stdout).toBe('idle.arch\nno load declared\n');
});
