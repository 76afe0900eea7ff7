/** A whole server with a client beside it, in this process, for tests of what goes over the connection. The files are in memory. */
import { PassThrough } from 'node:stream';
import { URI } from 'langium';
import { VirtualFileSystemProvider } from 'langium/test';
import {
  createConnection,
  createMessageConnection,
  type Diagnostic,
  type MessageConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { type Server, startLanguageServer } from '../../language/server.ts';

export interface Session {
  readonly client: MessageConnection;
  readonly server: Server;
  /** Published last, by the name of the file; a file without findings has an empty list, and one that nothing was said of is absent. */
  readonly published: ReadonlyMap<string, readonly Diagnostic[]>;
  /** The codes of the diagnostics published last, sorted, or undefined if none were. */
  readonly codes: (name: string) => readonly unknown[] | undefined;
  /** The URI of a name in the folder. */
  readonly uri: (name: string) => string;
  readonly open: (name: string, text: string) => Promise<void>;
  readonly change: (name: string, version: number, text: string) => Promise<void>;
  readonly close: (name: string) => Promise<void>;
  /** Changes files on the disk, null for none, and tells the server. */
  readonly write: (files: Readonly<Record<string, string | null>>) => Promise<void>;
  readonly request: <Result>(method: string, params: object) => Promise<Result>;
}

/** The folder that the client has open. */
const FOLDER = 'memory:/folder';

/** @param files what is in the folder, by name; `../` leads out of it */
export async function startSession(
  files: Readonly<Record<string, string>> = {},
  capabilities: object = {},
): Promise<Session> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  const disk = new VirtualFileSystemProvider();
  const uri = (name: string) => new URL(name, `${FOLDER}/`).href;
  disk.insert(URI.parse(uri('.keep')), '');
  for (const [name, text] of Object.entries(files)) disk.insert(URI.parse(uri(name)), text);
  const server = startLanguageServer({ connection, fileSystemProvider: () => disk });
  const client = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const published = new Map<string, readonly Diagnostic[]>();
  client.onNotification('textDocument/publishDiagnostics', ({ uri: of, diagnostics }: PublishDiagnosticsParams) => {
    published.set(of.replace(`${FOLDER}/`, ''), diagnostics);
  });
  client.onRequest(() => null);
  client.listen();
  const workspaceFolders = [{ uri: FOLDER, name: 'folder' }];
  await client.sendRequest('initialize', { processId: null, rootUri: FOLDER, workspaceFolders, capabilities });
  await client.sendNotification('initialized', {});
  const notify = (method: string, params: object) => client.sendNotification(`textDocument/${method}`, params);
  return {
    client,
    server,
    published,
    uri,
    codes: (name) =>
      published
        .get(name)
        ?.map(({ code }) => code)
        .sort(),
    open: (name, text) => notify('didOpen', { textDocument: { uri: uri(name), languageId: 'arch', version: 1, text } }),
    change: (name, version, text) =>
      notify('didChange', { textDocument: { uri: uri(name), version }, contentChanges: [{ text }] }),
    close: (name) => notify('didClose', { textDocument: { uri: uri(name) } }),
    write: async (changed) => {
      const changes = Object.entries(changed).map(([name, text]) => {
        const at = URI.parse(uri(name));
        const known = disk.existsSync(at);
        if (known) disk.delete(at);
        if (text !== null) disk.insert(at, text);
        return { uri: at.toString(), type: text === null ? DELETED : known ? CHANGED : CREATED };
      });
      await client.sendNotification('workspace/didChangeWatchedFiles', { changes });
    },
    request: (method, params) => client.sendRequest(method, params),
  };
}

/** `FileChangeType` of the protocol. */
const [CREATED, CHANGED, DELETED] = [1, 2, 3];
