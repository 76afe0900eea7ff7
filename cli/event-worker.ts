/** A worker thread that runs some of the independent runs of a simulation: each is made when it is first asked for, and goes on from there. */
import { parentPort } from 'node:worker_threads';
import { Replication, type ReplicationRecord, type ReplicationTask } from '../simulator/index.ts';

/** What a worker is asked: to observe one of its runs until about so many requests have come. */
export interface WorkerQuestion {
  readonly task: ReplicationTask;
  readonly requests: number;
}

/** What it answers, with the index of the run. */
export interface WorkerAnswer {
  readonly index: number;
  readonly record: ReplicationRecord;
}

const runs = new Map<number, Replication>();

parentPort?.on('message', ({ task, requests }: WorkerQuestion) => {
  const run = runs.get(task.index) ?? new Replication(task);
  runs.set(task.index, run);
  const record = run.observe(requests);
  if (record) parentPort?.postMessage({ index: task.index, record } satisfies WorkerAnswer);
});
