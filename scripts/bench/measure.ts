/** Measures programs and functions. Wall time differs from run to run on a busy machine; processor time hardly does. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One run of a program, or the medians of several. */
export interface Run {
  /** Milliseconds from start to exit. */
  readonly wall: number;
  /** Milliseconds of processor time, user and system. */
  readonly cpu: number;
  /** Largest resident set, MiB. */
  readonly memory: number;
}

/** A Node program with its arguments. */
export interface Program {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
  readonly cwd?: string;
}

/** Medians of each program, run in turns so that what else happens on the machine hits all alike; the first turn only warms up. */
export function measurePrograms(programs: readonly Program[], turns: number): readonly Run[] {
  const runs = programs.map((): Run[] => []);
  for (let turn = 0; turn <= turns; turn++)
    for (const [i, program] of programs.entries()) {
      const run = runOnce(program);
      if (turn > 0) runs[i]!.push(run);
    }
  return runs.map((all) => ({
    wall: median(all.map(({ wall }) => wall)),
    cpu: median(all.map(({ cpu }) => cpu)),
    memory: median(all.map(({ memory }) => memory)),
  }));
}

function runOnce({ name, script, args, cwd }: Program): Run {
  const figures = join(tmpdir(), `loadpath-bench-${process.pid}.json`);
  const start = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', join(import.meta.dirname, 'exit-figures.mjs'), script, ...args],
    { cwd, env: { ...process.env, BENCH_FIGURES: figures, NO_COLOR: '1' }, encoding: 'utf8', maxBuffer: 2 ** 30 },
  );
  const wall = performance.now() - start;
  if (status !== 0) throw new Error(`${name} has failed (${status}): ${stderr.slice(0, 2000)}`);
  return { wall, ...JSON.parse(readFileSync(figures, 'utf8')) };
}

/** Median milliseconds of processor time of a call, after a few to warm up. */
export function measureCalls(work: () => unknown, calls: number): number {
  const warmUp = Math.min(20, Math.ceil(calls / 4));
  for (let i = 0; i < warmUp; i++) work();
  // Short calls are measured in batches, as the clock of the processor ticks in microseconds.
  const start = performance.now();
  work();
  const batch = Math.max(1, Math.round(1 / Math.max(1e-4, performance.now() - start)));
  return median(
    Array.from({ length: calls }, () => {
      const before = process.cpuUsage();
      for (let i = 0; i < batch; i++) work();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000 / batch;
    }),
  );
}

/** The middle of several figures; of an even number the lower of the two. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The smallest value that a share of all does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
