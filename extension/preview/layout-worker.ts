/** The thread in which layouts are computed, so that a large one never keeps the language server from answering. */
import { parentPort } from 'node:worker_threads';
import { Worker as Kernel } from 'elkjs/lib/elk-worker.min.js';

// The kernel thinks that it is the client's handle to a web worker; here it runs in the thread itself.
const kernel = new Kernel('');
kernel.onmessage = ({ data }) => parentPort?.postMessage(data);
parentPort?.on('message', (message: unknown) => kernel.postMessage(message));
