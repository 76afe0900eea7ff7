/**
 * Which files are architectures of their own. A file that another one imports is a part of that one's architecture: what is wrong in it
 * is what is wrong in the whole. The command line and the editor both ask here, so that they say the same.
 */
import type { LangiumDocument } from 'langium';
import type { Finding } from '../model/index.ts';

/** The file itself and all that it imports, itself first. */
export type Closure = (document: LangiumDocument) => readonly LangiumDocument[];

/** Of these files the ones that none of the others imports; where files import each other in a circle, the first. */
export function rootsAmong(documents: readonly LangiumDocument[], closure: Closure): readonly LangiumDocument[] {
  const imported = new Set(documents.flatMap((document) => closure(document).slice(1)));
  const roots = documents.filter((document) => !imported.has(document));
  const reached = new Set(roots.flatMap(closure));
  for (const document of documents) {
    if (reached.has(document)) continue;
    roots.push(document);
    for (const file of closure(document)) reached.add(file);
  }
  return roots;
}

/** The same for two findings that say the same of the same place: of a file that several roots import, one of them is reported. */
export function findingKey({ rule, message, span }: Finding): string {
  return `${rule}\n${span.file}:${span.start.offset}-${span.end.offset}\n${message}`;
}
