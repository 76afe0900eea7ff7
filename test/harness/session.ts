/** A whole server with a client beside it, in this process, for tests of what goes over the connection. The files are in memory. */
import { PassThrough } from 'node:stream';
import { URI, UriUtils } from 'langium';
import { VirtualFileSystemProvider } from 'langium/test';
import {
  createConnection,
  createMessageConnection,
  type Diagnostic,
  type InitializeResult,
  type MessageConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { ClientFiles } from '../../language/lsp/client-files.ts';
import {
  type ChangedParams,
  changedNotification,
  type FileKind,
  type FileParams,
  fileKindRequest,
  filesCapability,
  readFileRequest,
  readFolderRequest,
} from '../../language/protocol.ts';
import { type Server, startLanguageServer } from '../../language/server.ts';

export interface Session {
  readonly client: MessageConnection;
  /** What the server says that it can do. */
  readonly offered: InitializeResult['capabilities'];
  readonly server: Server;
  /** Published last, by the name of the file; a file without findings has an empty list, and one that nothing was said of is absent. */
  readonly published: ReadonlyMap<string, readonly Diagnostic[]>;
  /** Names of files in the order in which anything was published about them, those that were said to be checked anew, and what the client was asked. */
  readonly log: { readonly published: string[]; readonly changed: string[]; readonly asked: string[] };
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

/**
 * @param files what is in the folder, by name; `../` leads out of it
 * @param filesFrom where the server gets them: from a disk, or by asking the client, as in a browser
 */
export async function startSession(
  files: Readonly<Record<string, string>> = {},
  capabilities: object = {},
  filesFrom: 'disk' | 'client' = 'disk',
): Promise<Session> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  const disk = new VirtualFileSystemProvider();
  const uri = (name: string) => new URL(name, `${FOLDER}/`).href;
  disk.insert(URI.parse(uri('.keep')), '');
  for (const [name, text] of Object.entries(files)) disk.insert(URI.parse(uri(name)), text);
  const asked = new ClientFiles(connection);
  const server = startLanguageServer({ connection, fileSystemProvider: () => (filesFrom === 'disk' ? disk : asked) });
  asked.follow(server.shared);
  const client = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const published = new Map<string, readonly Diagnostic[]>();
  const log: Session['log'] = { published: [], changed: [], asked: [] };
  const nameOf = (of: string) => of.replace(`${FOLDER}/`, '');
  client.onNotification('textDocument/publishDiagnostics', ({ uri: of, diagnostics }: PublishDiagnosticsParams) => {
    published.set(nameOf(of), diagnostics);
    log.published.push(nameOf(of));
  });
  client.onNotification(changedNotification.method, ({ uri: of }: ChangedParams) => void log.changed.push(nameOf(of)));
  client.onRequest((method) => {
    log.asked.push(method);
    return null;
  });
  answerFiles(client, disk);
  client.listen();
  const workspaceFolders = [{ uri: FOLDER, name: 'folder' }];
  const { capabilities: offered } = await client.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: FOLDER,
    workspaceFolders,
    capabilities: { ...capabilities, experimental: { [filesCapability]: true } },
  });
  await client.sendNotification('initialized', {});
  const notify = (method: string, params: object) => client.sendNotification(`textDocument/${method}`, params);
  return {
    client,
    offered,
    server,
    published,
    log,
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

function answerFiles(client: MessageConnection, disk: VirtualFileSystemProvider): void {
  const answer = (method: string, read: (uri: URI) => unknown) =>
    client.onRequest(method, ({ uri }: FileParams) => {
      const at = URI.parse(uri);
      return disk.existsSync(at) ? read(at) : null;
    });
  const kind = ({ isFile }: { readonly isFile: boolean }): FileKind => (isFile ? 'file' : 'folder');
  answer(fileKindRequest.method, (uri) => kind(disk.statSync(uri)));
  answer(readFileRequest.method, (uri) => disk.readFileSync(uri));
  answer(readFolderRequest.method, (uri) =>
    disk.readDirectorySync(uri).map((entry) => ({ name: UriUtils.basename(entry.uri), kind: kind(entry) })),
  );
}
