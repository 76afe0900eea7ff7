/** Simulates request by request, in several threads where that helps. The figures do not depend on how many there are. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Architecture } from '../model/index.ts';
import {
  REPLICATIONS,
  type RemoteRun,
  type ReplicationRecord,
  type SimulateOptions,
  type Simulation,
  simulate,
  simulateRemotely,
} from '../simulator/index.ts';
import type { WorkerAnswer, WorkerQuestion } from './event-worker.ts';
import { openProgress } from './progress.ts';

/** As many threads as the machine has processors, and there is work for. */
export function usualThreads(): number {
  return Math.min(REPLICATIONS, availableParallelism());
}

/** Simulates an architecture with progress on a terminal. */
export async function simulateInThreads(
  architecture: Architecture,
  options: SimulateOptions,
  threads: number,
): Promise<Simulation> {
  const progress = openProgress();
  const onProgress = (done: number, most: number) => {
    progress.show('requests', Math.round(done), Math.round(most));
    return true;
  };
  const events = new Map<number, number>();
  const onEvents = (index: number, count: number) => {
    events.set(index, count);
    progress.show(
      'events',
      [...events.values()].reduce((sum, each) => sum + each, 0),
    );
  };
  const count = Math.min(threads, REPLICATIONS);
  const workers = count > 1 ? Array.from({ length: count }, () => startWorker(onEvents)) : [];
  try {
    const simulation =
      workers.length === 0
        ? simulate(architecture, { ...options, onProgress })
        : await simulateRemotely(architecture, options, (task) => workers[task.index % count]!(task));
    // It is stopped only from `onProgress`.
    if (!simulation) throw new Error('The simulation was stopped.');
    return simulation;
  } finally {
    progress.clear();
    for (const worker of workers) worker.end();
  }
}

/** Beside the program, or beside this file where the sources are run. */
const WORKER = import.meta.url.endsWith('.ts') ? './event-worker.ts' : './event-worker.cjs';

type Task = Parameters<Parameters<typeof simulateRemotely>[2]>[0];

/** A worker and its runs; `onEvents` hears how far each is. */
function startWorker(onEvents: (index: number, events: number) => void): ((task: Task) => RemoteRun) & { end(): void } {
  const worker = new Worker(new URL(WORKER, import.meta.url));
  const waiting = new Map<number, (record: ReplicationRecord) => void>();
  let fail: (error: Error) => void = () => {};
  const broken = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Whoever waits hears of it; nobody may be waiting.
  broken.catch(() => {});
  worker.on('message', (answer: WorkerAnswer) => {
    if ('record' in answer) waiting.get(answer.index)?.(answer.record);
    else onEvents(answer.index, answer.events);
  });
  worker.on('error', fail);
  const run = (task: Task): RemoteRun => ({
    observe: (requests) => {
      const answer = new Promise<ReplicationRecord>((resolve) => waiting.set(task.index, resolve));
      worker.postMessage({ task, requests } satisfies WorkerQuestion);
      return Promise.race([answer, broken]);
    },
  });
  return Object.assign(run, { end: () => void worker.terminate() });
}
