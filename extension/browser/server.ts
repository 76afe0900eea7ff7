/** The language server as a web worker. It sees the files that are open: a browser has no file system to read others from. */
import { EmptyFileSystem } from 'langium';
import kernel from 'layout-kernel-text';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import type { LayoutWorker } from '../../diagram/index.ts';
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
addPreview(connection, startLanguageServer({ connection, ...EmptyFileSystem }), startLayoutWorker);

/** The kernel is inside this script as text: a worker may not be started from the address of another origin. */
function startLayoutWorker(): LayoutWorker {
  const url = URL.createObjectURL(new Blob([kernel], { type: 'text/javascript' }));
  return new Worker(url) as unknown as LayoutWorker;
}
