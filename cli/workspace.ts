/** Loads files with all that they import, through the same services as the editor, so that both say the same. */
import { readFile, stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { EmptyFileSystemProvider, type LangiumDocument, URI } from 'langium';
import { importClosure, loadImports } from '../language/imports.ts';
import { type ArchServices, createArchServices } from '../language/module.ts';
import { rootsAmong } from '../language/roots.ts';
import { readText } from './files.ts';
import { type Sources, sourcesOf } from './reports/sources.ts';

export interface Workspace {
  readonly services: ArchServices;
  /** The files that were asked for, in the order in which they were. */
  readonly documents: readonly LangiumDocument[];
  /** Of these, the ones that none of the others imports; where files import each other in a circle, the first. */
  readonly roots: readonly LangiumDocument[];
  /** All texts, those of imported files included. */
  readonly sources: Sources;
}

/** A text that is in no file yet, under the name of one. */
export interface GivenText {
  readonly path: string;
  readonly text: string;
}

/**
 * Reads the files (absolute paths) and what they import. Throws `UsageError` if one of the files cannot be read.
 * @param changed texts that count instead of those on the disk, by URI
 */
export async function openWorkspace(
  files: readonly string[],
  cwd: string,
  given?: GivenText,
  changed: ReadonlyMap<string, string> = new Map(),
): Promise<Workspace> {
  const { shared, arch } = createArchServices({ fileSystemProvider: () => new DiskFiles(changed) });
  const { LangiumDocuments, LangiumDocumentFactory, DocumentBuilder } = shared.workspace;
  const texts = files.map((path) => ({ path, text: readText(path, relative(cwd, path).replaceAll(sep, '/')) }));
  const documents = [...texts, ...(given ? [{ ...given, path: resolve(cwd, given.path) }] : [])].map(
    ({ path, text }) => {
      const uri = URI.parse(pathToFileURL(path).href);
      return LangiumDocumentFactory.fromString(changed.get(uri.toString()) ?? text, uri);
    },
  );
  for (const document of documents) LangiumDocuments.addDocument(document);
  for (const document of documents) await loadImports(LangiumDocuments, document);
  const all = LangiumDocuments.all.toArray();
  await DocumentBuilder.build(all);
  return {
    services: arch,
    documents,
    roots: rootsAmong(documents, (document) => importClosure(LangiumDocuments, document)),
    sources: sourcesOf(new Map(all.map(({ uri, textDocument }) => [uri.toString(), textDocument.getText()])), cwd),
  };
}

/** Imported files are read from the disk; nothing is listed, because only what is imported matters. */
class DiskFiles extends EmptyFileSystemProvider {
  private readonly changed: ReadonlyMap<string, string>;

  constructor(changed: ReadonlyMap<string, string>) {
    super();
    this.changed = changed;
  }

  override async readFile(uri?: URI): Promise<string> {
    const changed = uri && this.changed.get(uri.toString());
    if (changed !== undefined) return changed;
    if (uri?.scheme !== 'file') return '';
    const path = fileURLToPath(uri.toString());
    // Reading a device or a pipe would never end.
    if (!(await stat(path)).isFile()) throw new Error(`'${path}' is not a file.`);
    return readFile(path, 'utf8');
  }
}
