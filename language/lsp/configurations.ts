/** The configuration of each file, read through the services' file system, and its problems as diagnostics of its own files. */
import { DocumentState, type FileSystemProvider, URI, UriUtils, WorkspaceCache } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { Connection, Diagnostic } from 'vscode-languageserver';
import { CONFIG_NAME } from '../config/configuration.ts';
import { type ConfigFiles, configurationFor, type LoadedConfiguration } from '../config/load-configuration.ts';
import { isDeferred } from './client-files.ts';
import type { LoadpathServices } from './services.ts';

/** Keeps the configurations until the next build. */
export class Configurations {
  private readonly files: ConfigFiles;
  private readonly cache: WorkspaceCache<string, LoadedConfiguration>;

  private readonly provider: FileSystemProvider;

  constructor({ shared }: LoadpathServices) {
    this.provider = shared.workspace.FileSystemProvider;
    this.files = filesOf(this.provider);
    this.cache = new WorkspaceCache(shared);
  }

  /** Fetches what a file system has that cannot be read at once; to be awaited before anything is asked about these files. */
  async prepare(uris: Iterable<string>): Promise<void> {
    if (!isDeferred(this.provider)) return;
    const oneInEach = new Map([...uris].map((uri) => [folderOf(uri), uri]));
    do {
      for (const uri of oneInEach.values()) configurationFor(uri, this.files);
    } while (await this.provider.fetchMissed());
  }

  /** Reads a changed file anew when it is next asked about. */
  forget(uri: string): void {
    if (isDeferred(this.provider)) this.provider.forget(uri);
  }

  /** What holds for a file; the defaults where a configuration is broken. */
  of(uri: string): LoadedConfiguration {
    return this.cache.get(folderOf(uri), () => configurationFor(uri, this.files));
  }
}

function folderOf(uri: string): string {
  return UriUtils.dirname(URI.parse(uri)).toString();
}

/** What cannot be read is as if it were not there. */
function filesOf(provider: FileSystemProvider): ConfigFiles {
  const attempt = <T>(action: () => T): T | undefined => {
    try {
      return action();
    } catch {
      return undefined;
    }
  };
  return {
    exists: (uri) => attempt(() => provider.existsSync(URI.parse(uri))) === true,
    read: (uri) => attempt(() => provider.readFileSync(URI.parse(uri))),
  };
}

/** Checks everything anew when a configuration changes, and tells the client what is wrong in one. */
export function followConfigurations(
  connection: Connection,
  { shared, arch }: { readonly shared: LangiumSharedServices; readonly arch: LoadpathServices },
): void {
  const { DocumentBuilder, LangiumDocuments, WorkspaceLock } = shared.workspace;
  /** Configurations that were read, and what was sent about them last. */
  const followed = new Set<string>();
  const sent = new Map<string, string>();
  const send = (uri: string, diagnostics: Diagnostic[]) => {
    const content = JSON.stringify(diagnostics);
    if ((sent.get(uri) ?? '[]') === content) return;
    sent.set(uri, content);
    void connection.sendDiagnostics({ uri, diagnostics });
  };
  DocumentBuilder.onDocumentPhase(DocumentState.Validated, async ({ uri }) => {
    const loaded = arch.lsp.Configurations.of(uri.toString());
    for (const file of loaded.files) {
      followed.add(file);
      send(file, diagnosticsOf(loaded, file));
    }
  });
  shared.lsp.DocumentUpdateHandler.onWatchedFilesChange?.(({ changes }) => {
    if (!changes.some(({ uri }) => uri.endsWith(`/${CONFIG_NAME}`) || followed.has(URI.parse(uri).toString()))) return;
    for (const { uri } of changes) arch.lsp.Configurations.forget(URI.parse(uri).toString());
    for (const file of sent.keys()) send(file, []);
    const all = LangiumDocuments.all.map(({ uri }) => uri).toArray();
    void WorkspaceLock.write((token) => DocumentBuilder.update(all, [], token)).catch(() => undefined);
  });
}

function diagnosticsOf({ problems }: LoadedConfiguration, file: string): Diagnostic[] {
  return problems
    .filter((problem) => problem.file === file)
    .map(({ message, span }) => ({
      range: { start: { ...span.start }, end: { ...span.end } },
      message,
      severity: 1,
      source: 'loadpath',
      code: 'configuration',
    }));
}
