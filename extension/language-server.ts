/** The language server as a Node process: of the extension over IPC, of any other client over stdio (`loadpath lsp`). */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { ClientFiles, diskAndClient } from '../language/lsp/client-files.ts';
import { createMessageGate } from '../language/lsp/message-gate.ts';
import { startLanguageServer } from '../language/server.ts';
import { DiskFiles } from './disk-files.ts';
import { addPreview } from './preview/drawing.ts';
import { startLayoutThread } from './preview/layout-thread.ts';
import { exportRequest, previewRequest } from './preview/protocol.ts';

const connection = createConnection(ProposedFeatures.all, {
  messageStrategy: createMessageGate([previewRequest.method, exportRequest.method]),
});
const client = new ClientFiles(connection);
const files = diskAndClient(new DiskFiles(), client);
const server = startLanguageServer({ connection, fileSystemProvider: () => files });
client.follow(server.shared);
addPreview(connection, server, startLayoutThread);
