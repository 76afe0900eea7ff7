/** Loads files with all that they import, through the same services as the editor, so that both say the same. */
import { readFile, stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type LangiumDocument, URI } from 'langium';
import type { CompileServices } from '../language/compile.ts';
import { type DirectFiles, type FileText, openDirectly } from '../language/direct/files.ts';
import { importClosure } from '../language/imports.ts';

import { rootsAmong } from '../language/roots.ts';
import { readText } from './files.ts';
import { type Sources, sourcesOf } from './reports/sources.ts';

export interface Workspace {
  readonly services: CompileServices;
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
  const texts = files.map((path) => ({ path, text: readText(path, relative(cwd, path).replaceAll(sep, '/')) }));
  const all = [...texts, ...(given ? [{ ...given, path: resolve(cwd, given.path) }] : [])].map(({ path, text }) => {
    const uri = URI.parse(pathToFileURL(path).href);
    return { uri, text: changed.get(uri.toString()) ?? text };
  });
  const read = (uri: URI) => readImported(uri, changed);
  const { services, documents } = (await openDirectly(all, read)) ?? (await openWithLangium(all, read));
  const { LangiumDocuments } = services.shared.workspace;
  const readTexts = LangiumDocuments.all.map(
    ({ uri, textDocument }) => [uri.toString(), textDocument.getText()] as const,
  );
  return {
    services,
    documents,
    roots: rootsAmong(documents, (document) => importClosure(LangiumDocuments, document)),
    sources: sourcesOf(new Map(readTexts), cwd),
  };
}

/** Files with mistakes: the services that say what is wrong are loaded when they are needed. */
async function openWithLangium(files: readonly FileText[], read: (uri: URI) => Promise<string>): Promise<DirectFiles> {
  const { openFiles } = await import('../language/open-files.ts');
  return openFiles(files, read);
}

/** Imported files are read from the disk. */
async function readImported(uri: URI, changed: ReadonlyMap<string, string>): Promise<string> {
  const text = changed.get(uri.toString());
  if (text !== undefined) return text;
  if (uri.scheme !== 'file') return '';
  const path = fileURLToPath(uri.toString());
  // Reading a device or a pipe would never end.
  if (!(await stat(path)).isFile()) throw new Error(`'${path}' is not a file.`);
  return readFile(path, 'utf8');
}
