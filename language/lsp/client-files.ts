/** The files of a client that answers for them, as a file system: for a server in a browser, and for files that are on no disk. */
import { type FileSystemNode, type FileSystemProvider, type URI, UriUtils } from 'langium';
import type { Connection } from 'vscode-languageserver';
import { fileKindRequest, filesCapability, type RequestKind, readFileRequest, readFolderRequest } from '../protocol.ts';
import type { LoadpathSharedServices } from './services.ts';
import { memberOf } from './settings.ts';

/** A file system that cannot be read at once. What it is asked for at once counts as absent until it has been fetched. */
export interface DeferredFiles {
  /** Fetches what was asked for since the last time. @returns whether there was anything to fetch */
  fetchMissed(): Promise<boolean>;
  /** A file has changed: what is known of it is out of date. */
  forget(uri: string): void;
}

export function isDeferred(files: object): files is DeferredFiles {
  return 'fetchMissed' in files && 'forget' in files;
}

export class ClientFiles implements FileSystemProvider, DeferredFiles {
  private readonly connection: Connection;
  private answers = false;
  /** Texts of small files that are read at once, null for those that are not there. */
  private readonly known = new Map<string, string | null>();
  private readonly missed = new Set<string>();

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Until the client has said that it answers, there are no files. */
  follow({ lsp }: LoadpathSharedServices): void {
    lsp.LanguageServer.onInitialize(({ capabilities }) => {
      this.answers = memberOf(capabilities.experimental, filesCapability) === true;
    });
  }

  async stat(uri: URI): Promise<FileSystemNode> {
    const kind = await this.ask(fileKindRequest, uri);
    if (!kind) throw new Error(`There is no '${uri.toString()}'.`);
    return { uri, isFile: kind === 'file', isDirectory: kind === 'folder' };
  }

  async exists(uri: URI): Promise<boolean> {
    return (await this.ask(fileKindRequest, uri)) !== null;
  }

  async readFile(uri: URI): Promise<string> {
    const text = await this.ask(readFileRequest, uri);
    if (text === null) throw new Error(`'${uri.toString()}' cannot be read.`);
    return text;
  }

  async readDirectory(uri: URI): Promise<FileSystemNode[]> {
    const entries = (await this.ask(readFolderRequest, uri)) ?? [];
    return entries.map(({ name, kind }) => ({
      uri: UriUtils.joinPath(uri, name),
      isFile: kind === 'file',
      isDirectory: kind === 'folder',
    }));
  }

  existsSync(uri: URI): boolean {
    return this.textNow(uri) !== null;
  }

  readFileSync(uri: URI): string {
    const text = this.textNow(uri);
    if (text === null) throw new Error(`'${uri.toString()}' cannot be read.`);
    return text;
  }

  statSync(uri: URI): FileSystemNode {
    throw notAtOnce(uri);
  }

  readBinary(uri: URI): Promise<Uint8Array> {
    throw notAtOnce(uri);
  }

  readBinarySync(uri: URI): Uint8Array {
    throw notAtOnce(uri);
  }

  readDirectorySync(uri: URI): FileSystemNode[] {
    throw notAtOnce(uri);
  }

  async fetchMissed(): Promise<boolean> {
    const missed = [...this.missed];
    this.missed.clear();
    const fetch = async (uri: string) => this.known.set(uri, await this.ask(readFileRequest, uri));
    await Promise.all(missed.map(fetch));
    return missed.length > 0;
  }

  forget(uri: string): void {
    this.known.delete(uri);
  }

  private textNow(uri: URI): string | null {
    const key = uri.toString();
    const text = this.known.get(key);
    if (text === undefined) this.missed.add(key);
    return text ?? null;
  }

  private async ask<Result>(
    { method }: RequestKind<{ uri: string }, Result | null>,
    uri: URI | string,
  ): Promise<Result | null> {
    return this.answers ? this.connection.sendRequest<Result | null>(method, { uri: uri.toString() }) : null;
  }
}

function notAtOnce(uri: URI): Error {
  return new Error(`'${uri.toString()}' is read as a text, and not at once.`);
}

/** Files on the disk from there, all others from the client. */
export function diskAndClient(disk: FileSystemProvider, client: ClientFiles): FileSystemProvider & DeferredFiles {
  const of = (uri: URI): FileSystemProvider => (uri.scheme === 'file' ? disk : client);
  return {
    stat: (uri) => of(uri).stat(uri),
    statSync: (uri) => of(uri).statSync(uri),
    exists: (uri) => of(uri).exists(uri),
    existsSync: (uri) => of(uri).existsSync(uri),
    readBinary: (uri) => of(uri).readBinary(uri),
    readBinarySync: (uri) => of(uri).readBinarySync(uri),
    readFile: (uri) => of(uri).readFile(uri),
    readFileSync: (uri) => of(uri).readFileSync(uri),
    readDirectory: (uri) => of(uri).readDirectory(uri),
    readDirectorySync: (uri) => of(uri).readDirectorySync(uri),
    fetchMissed: () => client.fetchMissed(),
    forget: (uri) => client.forget(uri),
  };
}
