/** Figures and pictures as users ask for them: the bundled command in a folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROKEN, SHOP, SILENT } from './harness/shop.ts';
import { copyCommand, createPlayground, type Playground } from './loadpath.ts';

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

let command: ReturnType<typeof copyCommand>;
let playground: Playground;

beforeAll(() => {
  command = copyCommand();
  playground = createPlayground(command.bin, { 'shop.arch': SHOP, 'silent.arch': SILENT, 'broken.arch': BROKEN });
}, 120_000);
afterAll(() => {
  playground.remove();
  command.remove();
});

describe('simulate and capacity', () => {
  test('the report has the components, the capacity and the promises', () => {
    const { code, stdout } = playground.run(['simulate', 'shop.arch']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}app +\S+\/s +[█▏▎▍▌▋▊▉░]{8} +\S+% cpu/m);
    expect(stdout).toMatch(/^Carries .+ users \(.+x the declared load\), (?:breaks first at|limited by) '.+'/m);
    expect(stdout).toMatch(/^ {2}✓ {2}p99 < 500 ms +\S+ ms$/m);
  });

  test('calls that are tried again are listed, and storms that would not end', () => {
    playground.write(
      'retries.arch',
      `users u { rate: 50/s }
server app { serviceTime: 1ms, cores: 2 }
server api { serviceTime: 10ms }
u -> app
app -> api : calls 1 { timeout: 60ms, retries: 2, backoff: jittered }
`,
    );
    const { code, stdout } = playground.run(['simulate', 'retries.arch']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}CALLS +RATE +ATTEMPTS +FAIL AT LAST\n {2}app -> api +53.2\/s +1.06 each +0.0219%$/m);
    expect(stdout).toContain("After a disturbance retries would keep 'api' overloaded: 150% busy instead of 53%.");
    expect(stdout).toContain("breaks first at 'api' (cpu, by retries)");
  });

  test('a promise that does not hold is a finding', () => {
    playground.write('slow.arch', SHOP.replace('500ms', '1ms'));
    expect(playground.run(['simulate', 'slow.arch'])).toMatchObject({ code: 1 });
    expect(playground.run(['simulate', 'slow.arch', '--fail-on', 'never'])).toMatchObject({ code: 0 });
  });

  test('recovery of the stores, storage a year and bandwidth, and why', () => {
    const kept = SHOP.replace(
      'visitors -> lb',
      `database orders { readReplicas: 1, serviceTime: 1ms, replication { lag: 2s } }
app -> orders : writes 0.1 { payload: 2KB }
visitors -> lb { payload: 20KB }`,
    );
    playground.write('kept.arch', kept);
    const { code, stdout } = playground.run(['simulate', 'kept.arch']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}orders \(primary\) +2 s +\? +the lag of its read replicas; neither/m);
    expect(stdout).toMatch(/^ {2}with the users +\S+ [KMG]bps/m);
    const document = JSON.parse(playground.run(['simulate', 'kept.arch', '--format', 'json']).stdout);
    const [orders] = document.envelope.storage.filter(({ path }: { path: string }) => path === 'orders');
    expect(orders.perYear).toBeCloseTo(orders.writes * 2000 * 31_536_000, -3);
    expect(document.recovery).toContainEqual(expect.objectContaining({ path: 'orders', kind: 'store' }));
    const twice = JSON.parse(playground.run(['simulate', 'kept.arch', '--format', 'json', '--users', '400k']).stdout);
    expect(twice.envelope.traffic.edge.peak).toBeCloseTo(2 * document.envelope.traffic.edge.peak, 3);
    expect(playground.run(['explain', 'rpo', 'orders', 'kept.arch']).stdout).toMatch(
      /^rpo of orders = 2 s {2}kept\.arch$/m,
    );
    expect(playground.run(['explain', 'storage', 'orders', 'kept.arch']).stdout).toContain('app -> orders');
    expect(document.energy.energy).toBeGreaterThan(0);
    const energy = playground.run(['explain', 'energy', 'app', 'kept.arch']).stdout;
    expect(energy).toMatch(/^energy of app = ~\S+ kWh a year {2}kept\.arch$/m);
    expect(energy).toContain('[cloud-carbon]');
  });

  test('a file with errors is not computed', () => {
    for (const name of ['simulate', 'capacity', 'render']) {
      const { code, stdout, stderr } = playground.run([name, 'broken.arch']);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain('error[syntax]');
    }
    const forced = playground.run(['capacity', 'broken.arch', '--fail-on', 'never']);
    expect(forced.code).toBe(0);
    expect(forced.stderr).toBe(
      "What the errors in 'broken.arch' are about is left out; 'loadpath check' shows them.\n",
    );
    expect(forced.stdout).toContain('Carries ');
  });

  test('the load can be the mean, or that of another population', () => {
    const rate = (...args: string[]) =>
      JSON.parse(playground.run(['simulate', 'shop.arch', '--format', 'json', ...args]).stdout).solution.rate;
    expect(rate('--load', 'mean')).toBeCloseTo(rate() / 3);
    expect(rate('--users', '400k')).toBeCloseTo(rate() * 2);
  });

  test('the bottlenecks come in the order in which they are reached', () => {
    const { stdout } = playground.run(['capacity', 'shop.arch', '--format', 'json']);
    const scales = JSON.parse(stdout).capacity.bottlenecks.map(({ scale }: { scale: number }) => scale);
    expect(scales.length).toBeGreaterThan(1);
    expect(scales).toEqual(scales.toSorted((a: number, b: number) => a - b));
  });
});

describe('render', () => {
  test('SVG is the default, and the same again', () => {
    const { code, stdout } = playground.run(['render', 'shop.arch']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^<svg .*<\/svg>\n$/s);
    expect(playground.run(['render', 'shop.arch']).stdout).toBe(stdout);
    expect(playground.run(['render', 'shop.arch', '--theme', 'dark', '--view', 'whole']).stdout).not.toBe(stdout);
  });

  test('the load is part of the picture, unless it is not wanted', () => {
    const { stdout } = playground.run(['render', 'shop.arch']);
    expect(stdout).toContain('carries');
    expect(playground.run(['render', 'shop.arch', '--no-load']).stdout).not.toContain('carries');
  });

  test('the name of the output says the format; twice the scale has twice the pixels', () => {
    const widths = ['1', '2'].map((scale) => {
      expect(playground.run(['render', 'shop.arch', '-o', 'shop.png', '--scale', scale])).toMatchObject({
        code: 0,
        stdout: '',
      });
      const png = readFileSync(join(playground.folder, 'shop.png'));
      expect([...png.subarray(0, 8)]).toEqual(PNG_SIGNATURE);
      return png.readUInt32BE(16);
    });
    expect(Math.abs(widths[1]! - 2 * widths[0]!)).toBeLessThanOrEqual(1);
  });

  test('a PNG goes through a pipe', () => {
    const { bytes } = playground.run(['render', 'shop.arch', '-f', 'png']);
    expect([...bytes.subarray(0, 8)]).toEqual(PNG_SIGNATURE);
  });

  test('JSON has the positions', () => {
    const { diagram } = JSON.parse(playground.run(['render', 'shop.arch', '-f', 'json']).stdout);
    expect(diagram.cards.map(({ card }: { card: { id: string } }) => card.id)).toContain('posts');
  });
});
