/** Measures a language server as its user feels it: over standard streams, one edit at a time. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type InitializeResult,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { quantile } from './measure.ts';

/** A language server that is a Node program. */
export interface Server {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
  readonly languageId: string;
}

/** Milliseconds of wall time. */
export interface ServerFigures {
  /** From the start of the process to the answer of `initialize`. */
  readonly ready: number;
  /** From the start of the process to the first diagnostics of the file. */
  readonly first: number;
  /** From a changed character to the diagnostics. */
  readonly edits: readonly number[];
  readonly completions: readonly number[];
  readonly hovers: readonly number[];
  /** Milliseconds of processor time of an edit, a completion and a hover together, where the system tells. */
  readonly cpu?: number;
  /** MiB, where the system tells. */
  readonly memory?: number;
}

/** Opens a file in a folder of its own and edits a digit in the middle, back and forth. */
export async function measureServer(
  server: Server,
  folder: string,
  file: string,
  text: string,
  edits: number,
): Promise<ServerFigures> {
  const start = performance.now();
  const child = spawn(process.execPath, [server.script, ...server.args], { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  try {
    return await converse(connection, child, { server, folder, file, text, edits, start });
  } finally {
    connection.dispose();
    child.kill();
  }
}

interface Task {
  readonly server: Server;
  readonly folder: string;
  readonly file: string;
  readonly text: string;
  readonly edits: number;
  readonly start: number;
}

async function converse(
  connection: ProtocolConnection,
  child: ChildProcess,
  { server, folder, file, text, edits, start }: Task,
): Promise<ServerFigures> {
  const uri = pathToFileURL(file).href;
  const root = pathToFileURL(folder).href;
  const diagnostics = published(connection, uri);
  connection.onRequest('workspace/configuration', ({ items }: { readonly items: readonly unknown[] }) =>
    items.map(() => null),
  );
  for (const method of ['client/registerCapability', 'window/workDoneProgress/create'])
    connection.onRequest(method, () => null);
  connection.listen();
  const { capabilities } = (await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: root,
    workspaceFolders: [{ uri: root, name: 'bench' }],
    capabilities: {
      textDocument: { publishDiagnostics: { versionSupport: true } },
      workspace: { configuration: true },
    },
  })) as InitializeResult;
  const ready = performance.now() - start;
  await connection.sendNotification('initialized', {});
  const opened = diagnostics();
  const textDocument = { uri, languageId: server.languageId, version: 1, text };
  await connection.sendNotification('textDocument/didOpen', { textDocument });
  await opened;
  const first = performance.now() - start;
  const place = placeOf(text);
  const figures = { edits: [] as number[], completions: [] as number[], hovers: [] as number[] };
  let before: number | undefined;
  for (let i = 0; i < edits + WARM_UP; i++) {
    if (i === WARM_UP) before = await processorTime(child);
    const next = diagnostics();
    const changed = performance.now();
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: i + 2 },
      contentChanges: [
        { range: { start: place, end: { ...place, character: place.character + 1 } }, text: `${3 + (i % 2)}` },
      ],
    });
    await next;
    const took = performance.now() - changed;
    // What the server still does for the last edit does not belong to the next one.
    await wait(20);
    const position = { textDocument: { uri }, position: place };
    const completion = capabilities.completionProvider
      ? await timed(() => connection.sendRequest('textDocument/completion', position))
      : Number.NaN;
    const title = { line: place.line - 1, character: text.split('\n')[place.line - 1]!.trimStart().length };
    const hover = capabilities.hoverProvider
      ? await timed(() => connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: title }))
      : Number.NaN;
    if (i < WARM_UP) continue;
    figures.edits.push(took);
    figures.completions.push(completion);
    figures.hovers.push(hover);
  }
  const after = await processorTime(child);
  const cpu = before === undefined || after === undefined ? undefined : (after - before) / edits;
  const memory = await residentMemory(child);
  await connection.sendRequest('shutdown');
  const gone = once(child, 'exit');
  await connection.sendNotification('exit');
  await Promise.race([gone, wait(5_000)]);
  return {
    ready,
    first,
    ...figures,
    ...(memory === undefined ? {} : { memory }),
    ...(cpu === undefined ? {} : { cpu }),
  };
}

const WARM_UP = 5;

/** A promise of the next diagnostics of a file, each time it is called. */
function published(connection: ProtocolConnection, uri: string): () => Promise<void> {
  let arrived: (() => void) | undefined;
  connection.onNotification('textDocument/publishDiagnostics', (params: { readonly uri: string }) => {
    if (params.uri === uri) arrived?.();
  });
  return () =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('no diagnostics within two minutes')), 120_000);
      arrived = () => {
        clearTimeout(late);
        resolve();
      };
    });
}

/** The digit of the number of replicas that is nearest to the middle of the text. */
function placeOf(text: string): { readonly line: number; readonly character: number } {
  const lines = text.split('\n');
  for (let line = lines.length >> 1; line < lines.length; line++) {
    const character = lines[line]!.search(/(?<=replicas\W+)4/);
    if (character >= 0) return { line, character };
  }
  throw new Error('the text has no number of replicas in its second half');
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Milliseconds so far; Linux counts in hundredths of a second. */
async function processorTime({ pid }: ChildProcess): Promise<number | undefined> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')).split(') ')[1]?.split(' ');
  return fields && (Number(fields[11]) + Number(fields[12])) * 10;
}

async function residentMemory({ pid }: ChildProcess): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /VmHWM:\s+(\d+)/.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}

/** `p50 / p95`. */
export function percentiles(values: readonly number[]): readonly [p50: number, p95: number] {
  return [quantile(values, 0.5), quantile(values, 0.95)];
}
