/** Scenarios on every example and on every design that is held to be sound: nothing happens, which is the steady state, or everything does. */
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { parse } from '../language/index.ts';
import type { Action, Scenario } from '../model/index.ts';
import { play, solve } from '../simulator/index.ts';

// Two hundred events on thirty components.
vi.setConfig({ testTimeout: 90_000 });

const ROOT = join(import.meta.dirname, '..');
const files: string[] = [];
for await (const file of glob('{examples,test/good}/**/*.arch', { cwd: ROOT })) files.push(file);
files.sort();

const at = { line: 0, character: 0, offset: 0 };
const span = { file: 'test:///a.arch', start: at, end: at };

const quiet = { name: 'quiet', duration: 600, events: [], requirements: [], span, nameSpan: span } as const;

describe.each(files)('%s', (file) => {
  it.each(['peak', 'mean'] as const)('is as in the steady state at %s load', async (load) => {
    const { architecture } = await parse(readFileSync(join(ROOT, file), 'utf8'));
    const scenario: Scenario = { ...quiet, load: { type: load } };
    const steady = solve(architecture, { load });
    const playback = play(architecture, scenario)!;
    expect(playback.whole.offered[0]).toBeCloseTo(steady.rate, 6);
    expect(playback.whole.errors.at(-1)).toBeCloseTo(steady.errors, 6);
    expect(playback.whole.mean[0]! / steady.response.mean).toBeCloseTo(1, 6);
    for (const { path, utilization, arrivalRate } of steady.components) {
      const own = playback.components.find((one) => one.path === path)!;
      expect(own.arrivalRate[0]! / Math.max(arrivalRate, 1e-9), path).toBeCloseTo(arrivalRate > 0 ? 1 : 0, 6);
      if (utilization !== undefined) expect(own.utilization?.[0], path).toBeCloseTo(utilization, 6);
      expect(own.backlog.at(-1), path).toBe(0);
    }
  });

  it('keeps its balance whatever happens to whichever part', async () => {
    const { architecture } = await parse(readFileSync(join(ROOT, file), 'utf8'));
    const paths = architecture.components.map(({ path }) => path);
    const actions = paths.flatMap((target, i): readonly Action[] => [
      { type: 'fail', target, what: (['all', 'primary', 'zone', { count: 1 }] as const)[i % 4]! },
      { type: 'slow', target, factor: 3 },
      { type: 'flush', target },
      { type: 'deploy', target },
      { type: 'scale', target, to: 3 },
      { type: 'partition', target, from: paths[(i * 7 + 3) % paths.length]! },
      { type: 'surge', factor: 1.5 },
    ]);
    const events = actions.map((action, i) => ({ at: i * 10, lasts: 25, action, span }));
    const duration = actions.length * 10 + 600;
    const scenario: Scenario = { ...quiet, duration, load: { type: 'peak' }, events };
    const { totals, whole, components } = play(architecture, scenario, { steps: 120 })!;
    const { entered, answered, failed, waiting } = totals;
    expect((answered + failed + waiting) / entered).toBeCloseTo(1, 6);
    for (const part of [answered, failed, waiting]) expect(part).toBeGreaterThanOrEqual(-1e-6 * entered);
    expect(whole.errors.every((share) => share >= 0 && share <= 1)).toBe(true);
    expect(whole.throughput.every((rate) => rate >= 0 && Number.isFinite(rate))).toBe(true);
    for (const { path, backlog, arrivalRate } of components)
      expect(
        [...backlog, ...arrivalRate].every((value) => value >= 0 && Number.isFinite(value)),
        path,
      ).toBe(true);
  });
});
