import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { LayoutWorker } from '../../diagram/index.ts';

/** Starts the thread that computes layouts; it does not keep the process alive. */
export function startLayoutThread(): LayoutWorker {
  const thread = new Worker(join(__dirname, 'layout-worker.cjs'));
  thread.unref();
  const handle: LayoutWorker = {
    onmessage: null,
    postMessage: (message) => thread.postMessage(message),
    terminate: () => void thread.terminate(),
  };
  thread.on('message', (data: unknown) => handle.onmessage?.({ data } as never));
  return handle;
}
