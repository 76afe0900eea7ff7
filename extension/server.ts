/** The language server as a Node process: of the extension over IPC, of any other client over stdio (`loadpath lsp`). */
import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { createMessageGate } from '../language/lsp/message-gate.ts';
import { startLanguageServer } from '../language/server.ts';
import { addPreview } from './preview/drawing.ts';
import { startLayoutThread } from './preview/layout-thread.ts';
import { exportRequest, previewRequest } from './preview/protocol.ts';

const connection = createConnection(ProposedFeatures.all, {
  messageStrategy: createMessageGate([previewRequest.method, exportRequest.method]),
});
addPreview(connection, startLanguageServer({ connection, ...NodeFileSystem }), startLayoutThread);
