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

/** What is found in one architecture. */
export interface RootFindings {
  /** URIs of all files of it. */
  readonly files: readonly string[];
  readonly findings: readonly Finding[];
}

/** A finding, and each root that has it with its own words for it. */
export interface SharedFinding<Root> {
  readonly finding: Finding;
  readonly by: readonly { readonly root: Root; readonly finding: Finding }[];
}

/**
 * The findings of several architectures, those that they share once. That nothing uses a declaration, or that a suppression silences
 * nothing, is true only where it is so in every architecture that the file is part of.
 */
export function shareFindings<Root extends RootFindings>(roots: readonly Root[]): readonly SharedFinding<Root>[] {
  const all = roots.flatMap((root) => root.findings.map((finding) => ({ root, finding })));
  return [...Map.groupBy(all, ({ finding }) => findingKey(finding)).values()].flatMap((by) => {
    const { finding } = by[0]!;
    const isFalse = ofNoUse.has(finding.rule) && by.length < withFile(roots, finding.span.file).length;
    return isFalse ? [] : [{ finding, by }];
  });
}

/** Those that a file is part of. */
export function withFile<Root extends RootFindings>(roots: readonly Root[], file: string): readonly Root[] {
  return roots.length === 1 ? roots : roots.filter(({ files }) => files.includes(file));
}

const ofNoUse: ReadonlySet<string> = new Set(['orphan-component', 'suppression-unused']);

/** The same for two findings that say the same of the same place: of a file that several roots import, one of them is reported. */
export function findingKey({ rule, message, span }: Finding): string {
  return `${rule}\n${span.file}:${span.start.offset}-${span.end.offset}\n${message}`;
}
