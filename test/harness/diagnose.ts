/** What the language server of the command line publishes about files, as an editor gets it. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import {
  createProtocolConnection,
  type Diagnostic,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

/** Diagnostics by URI. */
export type Published = ReadonlyMap<string, readonly Diagnostic[]>;

export interface EditorSession {
  /** Those published last, of everything that any were published about. */
  readonly published: Published;
  /** Tells the server that a file has changed on the disk. */
  fileChanged(path: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens files in a server that runs `bin`, and waits for the diagnostics of each. */
export async function openInEditor(bin: string, folder: string, files: readonly string[]): Promise<EditorSession> {
  const server = spawn(process.execPath, [bin, 'lsp', '--stdio']);
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const published = new Map<string, readonly Diagnostic[]>();
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: PublishDiagnosticsParams) => {
    published.set(uri, diagnostics);
  });
  connection.listen();
  const rootUri = pathToFileURL(folder).href;
  const workspaceFolders = [{ uri: rootUri, name: 'folder' }];
  await connection.sendRequest('initialize', { processId: null, rootUri, workspaceFolders, capabilities: {} });
  await connection.sendNotification('initialized', {});
  const uris = files.map((file) => pathToFileURL(file).href);
  for (const uri of uris) {
    const text = readFileSync(fileURLToPath(uri), 'utf8');
    const textDocument = { uri, languageId: 'arch', version: 1, text };
    await connection.sendNotification('textDocument/didOpen', { textDocument });
  }
  await expect.poll(() => uris.filter((uri) => !published.has(uri)), { timeout: 30_000 }).toEqual([]);
  return {
    published,
    fileChanged: (path) =>
      connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: pathToFileURL(path).href, type: 2 }],
      }),
    close: () => leave(connection, server),
  };
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
