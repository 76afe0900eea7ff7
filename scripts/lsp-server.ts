/** The language server in this process, for pages and tests that ask it what it can do. */
import { PassThrough } from 'node:stream';
import { NodeFileSystem } from 'langium/node';
import {
  createConnection,
  createMessageConnection,
  type InitializeResult,
  type MessageConnection,
  ProposedFeatures,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { startLanguageServer } from '../language/server.ts';

export interface AskedServer {
  readonly initialized: InitializeResult;
  /** Methods that the server has sent by itself so far, in alphabetical order. */
  readonly sent: () => readonly string[];
  readonly client: MessageConnection;
  /** Whether anybody answers a request: true for any answer but `MethodNotFound`. */
  readonly answers: (method: string) => Promise<boolean>;
}

const METHOD_NOT_FOUND = -32601;

/** Starts the server and completes the handshake with these capabilities of the client. */
export async function askServer(capabilities: object): Promise<AskedServer> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  startLanguageServer({
    connection: createConnection(
      ProposedFeatures.all,
      new StreamMessageReader(toServer),
      new StreamMessageWriter(toClient),
    ),
    ...NodeFileSystem,
  });
  const client = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const sent = new Set<string>();
  client.onNotification((method) => void sent.add(method));
  client.onRequest((method) => {
    sent.add(method);
    return method === 'workspace/configuration' ? [{}] : null;
  });
  client.listen();
  const initialized: InitializeResult = await client.sendRequest('initialize', {
    processId: null,
    rootUri: null,
    workspaceFolders: null,
    capabilities,
  });
  await client.sendNotification('initialized', {});
  return {
    initialized,
    client,
    sent: () => [...sent].sort(),
    answers: async (method) => {
      try {
        await client.sendRequest(method, { textDocument: { uri: 'file:///none.arch' } });
        return true;
      } catch (error) {
        return !(error instanceof ResponseError && error.code === METHOD_NOT_FOUND);
      }
    },
  };
}
