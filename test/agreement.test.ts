/** The command line and the editor say the same about the same files: `check` against the diagnostics of the language server. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createProtocolConnection,
  type Diagnostic,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { copyCommand, createPlayground, root } from './loadpath.ts';

const FOLDER = join(root, 'examples');
const SEVERITIES = ['', 'error', 'warning', 'info'];

let command: ReturnType<typeof copyCommand>;
beforeAll(() => {
  command = copyCommand();
}, 120_000);
afterAll(() => command.remove());

test('every example has the same findings in both', async () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.arch'));
  const inEditor = await diagnose(files.map((name) => pathToFileURL(join(FOLDER, name)).href));
  const onCommandLine = check();
  expect(onCommandLine.length).toBeGreaterThan(files.length);
  expect(inEditor).toEqual(onCommandLine);
}, 60_000);

/** What `loadpath check` finds, as lines. */
function check(): readonly string[] {
  const playground = createPlayground(command.bin);
  const { stdout } = playground.run(['check', FOLDER, '--format', 'json']);
  playground.remove();
  const { findings } = JSON.parse(stdout);
  return findings
    .map(({ rule, severity, message, place }: CheckFinding) => {
      const name = place.file.slice(place.file.indexOf('examples/'));
      return `${name}:${place.start.line}:${place.start.column} ${severity} ${rule} ${message}`;
    })
    .sort();
}

interface CheckFinding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly place: { readonly file: string; readonly start: { readonly line: number; readonly column: number } };
}

/** What the server publishes about these files once they are open, as the same lines. */
async function diagnose(uris: readonly string[]): Promise<readonly string[]> {
  const server = spawn(process.execPath, [command.bin, 'lsp', '--stdio']);
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const known = new Map<string, readonly Diagnostic[]>();
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: PublishDiagnosticsParams) => {
    known.set(uri, diagnostics);
  });
  connection.listen();
  const rootUri = pathToFileURL(FOLDER).href;
  const workspaceFolders = [{ uri: rootUri, name: 'examples' }];
  await connection.sendRequest('initialize', { processId: null, rootUri, workspaceFolders, capabilities: {} });
  await connection.sendNotification('initialized', {});
  for (const uri of uris) {
    const text = readFileSync(fileURLToPath(uri), 'utf8');
    const textDocument = { uri, languageId: 'arch', version: 1, text };
    await connection.sendNotification('textDocument/didOpen', { textDocument });
  }
  await expect.poll(() => uris.filter((uri) => !known.has(uri)), { timeout: 30_000 }).toEqual([]);
  await leave(connection, server);
  return [...known].flatMap(([uri, diagnostics]) => diagnostics.map((each) => lineOf(uri, each))).sort();
}

function lineOf(uri: string, { range, severity = 1, code, message }: Diagnostic): string {
  const name = uri.slice(uri.indexOf('examples/'));
  return `${name}:${range.start.line + 1}:${range.start.character + 1} ${SEVERITIES[severity]} ${code} ${message}`;
}

async function leave(
  connection: ReturnType<typeof createProtocolConnection>,
  server: ChildProcessWithoutNullStreams,
): Promise<void> {
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  connection.dispose();
  server.kill();
}
