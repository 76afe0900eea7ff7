/** The language server as a Node process: of the extension over IPC, of any other client over stdio (`loadpath lsp`). */
import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startLanguageServer } from '../language/server.ts';
import { addPreview } from './preview/drawing.ts';

const connection = createConnection(ProposedFeatures.all);
addPreview(connection, startLanguageServer({ connection, ...NodeFileSystem }));
