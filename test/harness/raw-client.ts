/** A client that writes bytes: what no library would send can be sent, and what comes back is seen as it is. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'vitest';
import { root } from '../loadpath.ts';

export interface Received {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly [name: string]: unknown };
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export interface RawClient {
  /** Everything that the server has sent so far. */
  readonly received: readonly Received[];
  /** Writes messages in one piece. */
  send(...messages: readonly object[]): void;
  write(bytes: Uint8Array): Promise<void>;
  /** Waits for the answer to a request. */
  answer(id: number): Promise<Received>;
  /** Sends a request, and waits for its answer. */
  request(method: string, params?: unknown): Promise<Received>;
  /** Sends `initialize` with these capabilities, and `initialized`. */
  initialize(capabilities?: object): Promise<Received>;
  /** Closes the server's input. */
  end(): void;
  /** The exit code, once the server has ended. */
  readonly exit: Promise<number | null>;
  kill(): void;
}

/** The bytes of a message, with further headers before that of its length. */
export function frame(message: object, ...headers: readonly string[]): Buffer {
  const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
  const head = [...headers, `Content-Length: ${body.length}`].map((header) => `${header}\r\n`).join('');
  return Buffer.concat([Buffer.from(`${head}\r\n`), body]);
}

/** Starts the bundled server. */
export function startRawClient(): RawClient {
  const server = spawn(process.execPath, [join(root, 'dist', 'server.cjs'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const received: Received[] = [];
  let pending = Buffer.alloc(0);
  server.stdout.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    for (let next = split(pending); next; next = split(pending)) {
      received.push(next.message);
      pending = next.rest;
    }
  });
  let lastId = 1000;
  const exit = once(server, 'exit').then(([code]) => code as number | null);
  const write = (bytes: Uint8Array) => new Promise<void>((resolve) => server.stdin.write(bytes, () => resolve()));
  const client: RawClient = {
    received,
    exit,
    write,
    send: (...messages) => void write(Buffer.concat(messages.map((message) => frame(message)))),
    answer: async (id) => {
      const find = () => received.find((message) => message.id === id && message.method === undefined);
      await expect.poll(find, { timeout: 10_000 }).toMatchObject({ id });
      return find()!;
    },
    request: (method, params) => {
      const id = ++lastId;
      client.send({ id, method, params });
      return client.answer(id);
    },
    initialize: async (capabilities = {}) => {
      const answer = await client.request('initialize', { processId: null, rootUri: null, capabilities });
      client.send({ method: 'initialized', params: {} });
      return answer;
    },
    end: () => void server.stdin.end(),
    kill: () => void server.kill('SIGKILL'),
  };
  return client;
}

function split(bytes: Buffer): { readonly message: Received; readonly rest: Buffer<ArrayBuffer> } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const length = Number(/Content-Length: (\d+)/i.exec(bytes.subarray(0, end).toString())?.[1]);
  const body = bytes.subarray(end + 4, end + 4 + length);
  if (body.length < length) return undefined;
  return { message: JSON.parse(body.toString()), rest: Buffer.from(bytes.subarray(end + 4 + length)) };
}
