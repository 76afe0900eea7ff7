import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { STOPPED } from './cleanup.ts';
import { RESULTS_VARIABLE, type Recording } from './recorder.ts';
import { judge, type ProcessEnd, type Verdict } from './verdict.ts';

/** A suite to be run by a process of its own. */
export interface Level {
  readonly title: string;
  /** Program and arguments. */
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Number of tests without which the level has not passed. */
  readonly expected: number;
  readonly limitMs: number;
  /** Folder for the recording and the log. */
  readonly artifacts: string;
  /** Show the log while the tests run, too. */
  readonly verbose: boolean;
}

const POLL_MS = 500;
const LOG_TAIL_LINES = 40;

/** Runs the level, prints each test when it is over, and judges the run. */
export async function runLevel(level: Level): Promise<Verdict> {
  console.log(`\n${level.title}`);
  const results = path.join(level.artifacts, 'results.json');
  const log = path.join(level.artifacts, 'log.txt');
  fs.rmSync(level.artifacts, { recursive: true, force: true });
  fs.mkdirSync(level.artifacts, { recursive: true });
  const printer = createPrinter(results);
  const timer = setInterval(() => printer.printNew(), POLL_MS);
  const end = await runProcess(level, { log, results });
  clearInterval(timer);
  const verdict = judge(printer.printNew(), end, level.expected);
  if (verdict.reason) console.log(`  ${verdict.reason}\n${tail(log)}`);
  if (verdict.exitCode !== 0) console.log(`  The whole log: ${log}`);
  return verdict;
}

async function runProcess(level: Level, files: { log: string; results: string }): Promise<ProcessEnd> {
  const log = fs.openSync(files.log, 'w');
  // The leader of a process group, so that whatever it has started can be stopped with it.
  const [program = process.execPath, ...args] = level.command;
  const child = spawn(program, args, {
    env: { ...process.env, ...level.env, [RESULTS_VARIABLE]: files.results },
    stdio: level.verbose ? ['ignore', 'inherit', 'inherit'] : ['ignore', log, log],
    detached: process.platform !== 'win32',
  });
  const interrupt = () => void stop(child).then(() => process.exit(STOPPED));
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    void stop(child);
  }, level.limitMs);
  const [code] = await once(child, 'close');
  clearTimeout(timer);
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  fs.closeSync(log);
  return timedOut ? { kind: 'timeout' } : { kind: 'exit', code };
}

const GRACE_MS = 10_000;

/** Gives the process time to stop its server and browser, which are outside its group. */
async function stop(child: ChildProcess): Promise<void> {
  const signal = (name: NodeJS.Signals) => {
    try {
      if (process.platform === 'win32') child.kill(name);
      else process.kill(-(child.pid ?? process.pid), name);
    } catch {
      // The group is gone already, which is what was wanted.
    }
  };
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  signal('SIGTERM');
  const timer = setTimeout(() => signal('SIGKILL'), GRACE_MS);
  await ended;
  clearTimeout(timer);
}

function createPrinter(results: string): { printNew(): Recording | undefined } {
  let printed = 0;
  return {
    printNew() {
      const recording = readRecording(results);
      for (const test of recording?.tests.slice(printed) ?? []) {
        const mark = { passed: '✓', failed: '✗', skipped: '-' }[test.state];
        console.log(`  ${mark} ${test.title} (${test.durationMs} ms)`);
        if (test.error) console.log(test.error.replace(/^/gm, '      '));
      }
      printed = recording?.tests.length ?? 0;
      return recording;
    },
  };
}

function readRecording(file: string): Recording | undefined {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined;
}

function tail(file: string): string {
  return fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n').replace(/^/gm, '  | ');
}
