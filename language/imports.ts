/** Imports between files: which files a file sees, and how they are loaded. */
import type { LangiumDocument, LangiumDocuments } from 'langium';
import { type URI, UriUtils } from 'langium';
import * as ast from './generated/ast.ts';
import { ofType } from './nodes.ts';

/** Where an import points to; undefined when no path is written. */
export function importUri(document: LangiumDocument, statement: ast.Import): URI | undefined {
  return statement.path ? UriUtils.resolvePath(UriUtils.dirname(document.uri), statement.path) : undefined;
}

/** The imports of a file, in order of their statements. */
export function importsOf(document: LangiumDocument): readonly ast.Import[] {
  const model = document.parseResult.value;
  return ast.isModel(model) ? ofType(model.statements, ast.Import.$type) : [];
}

/** The files that are loaded. */
type Loaded = Pick<LangiumDocuments, 'getDocument'>;

/** The file itself and all files that it imports, directly or not, those that are loaded, each once, itself first. */
export function importClosure(documents: Loaded, document: LangiumDocument): readonly LangiumDocument[] {
  const found = new Map([[document.uri.toString(), document]]);
  for (const file of found.values()) {
    for (const uri of importUris(file)) {
      const key = uri.toString();
      const imported = found.has(key) ? undefined : documents.getDocument(uri);
      if (imported) found.set(key, imported);
    }
  }
  return [...found.values()];
}

/** URIs of all files that a file imports, directly or not, those that are not loaded included. */
export function importedUris(documents: Loaded, document: LangiumDocument): ReadonlySet<string> {
  return new Set(importClosure(documents, document).flatMap((file) => importUris(file).map((uri) => uri.toString())));
}

/**
 * Loads all files that a file imports, directly or not, through the file system of the services, so that they can be built with it.
 * What cannot be read is left out; the lowering reports the import.
 */
export async function loadImports(
  documents: Pick<LangiumDocuments, 'getOrCreateDocument'>,
  document: LangiumDocument,
): Promise<readonly LangiumDocument[]> {
  const found = new Map([[document.uri.toString(), document]]);
  for (const file of found.values()) {
    for (const uri of importUris(file)) {
      if (found.has(uri.toString())) continue;
      const imported = await documents.getOrCreateDocument(uri).catch(() => undefined);
      if (imported) found.set(uri.toString(), imported);
    }
  }
  return [...found.values()];
}

function importUris(document: LangiumDocument): readonly URI[] {
  return importsOf(document).flatMap((statement) => importUri(document, statement) ?? []);
}
