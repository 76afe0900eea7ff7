/** A worker thread that runs some of the independent runs of a simulation: each is made when it is first asked for, and goes on from there. */
import { parentPort } from 'node:worker_threads';
import { Replication, type ReplicationRecord, type ReplicationTask } from '../simulator/index.ts';

/** What a worker is asked: to observe one of its runs until about so many requests have come. */
export interface WorkerQuestion {
  readonly task: ReplicationTask;
  readonly requests: number;
}

/** What it answers, with the index of the run: now and then the events so far, at the end the record. */
export type WorkerAnswer =
  | { readonly index: number; readonly events: number }
  | { readonly index: number; readonly record: ReplicationRecord };

const runs = new Map<number, Replication>();

parentPort?.on('message', ({ task, requests }: WorkerQuestion) => {
  const run = runs.get(task.index) ?? new Replication(task);
  runs.set(task.index, run);
  const { index } = task;
  const answer = (text: WorkerAnswer) => parentPort?.postMessage(text);
  const record = run.observe(requests, (events) => {
    answer({ index, events });
    return true;
  });
  if (record) answer({ index, record });
});
