/** The language server as a web worker. Files that are not open it gets from VS Code: a browser has no disk. */
import kernel from 'layout-kernel-text';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import type { LayoutWorker } from '../../diagram/index.ts';
import { ClientFiles } from '../../language/lsp/client-files.ts';
import { createMessageGate } from '../../language/lsp/message-gate.ts';
import { startLanguageServer } from '../../language/server.ts';
import { addPreview } from '../preview/drawing.ts';
import { exportRequest, previewRequest } from '../preview/protocol.ts';

const scope = self as unknown as DedicatedWorkerGlobalScope;
const connection = createConnection(
  ProposedFeatures.all,
  new BrowserMessageReader(scope),
  new BrowserMessageWriter(scope),
  { messageStrategy: createMessageGate([previewRequest.method, exportRequest.method]) },
);
const files = new ClientFiles(connection);
const server = startLanguageServer({ connection, fileSystemProvider: () => files });
files.follow(server.shared);
addPreview(connection, server, startLayoutWorker);

/** The kernel is inside this script as text: a worker may not be started from the address of another origin. */
function startLayoutWorker(): LayoutWorker {
  const url = URL.createObjectURL(new Blob([kernel], { type: 'text/javascript' }));
  return new Worker(url) as unknown as LayoutWorker;
}
