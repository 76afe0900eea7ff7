/** The architectures that a file is part of, among all files that are loaded. */
import { type LangiumDocument, WorkspaceCache } from 'langium';
import { importClosure } from '../imports.ts';
import { rootsAmong } from '../roots.ts';
import type { LoadpathServices } from './services.ts';

/** What the roots are until the next change of any text. */
interface Survey {
  /** The roots of each file, by path. */
  readonly of: ReadonlyMap<LangiumDocument, readonly LangiumDocument[]>;
  /** The files of each root. */
  readonly members: ReadonlyMap<LangiumDocument, readonly LangiumDocument[]>;
  /** How often each root has changed, as far as anybody has asked. */
  readonly editions: Map<LangiumDocument, number>;
}

export class Roots {
  private readonly services: LoadpathServices;
  private readonly cache: WorkspaceCache<'survey', Survey>;
  /** The texts that each root consisted of when it was last asked for, and how often those have changed. */
  private readonly known = new WeakMap<
    LangiumDocument,
    { readonly texts: readonly object[]; readonly count: number }
  >();

  constructor(services: LoadpathServices) {
    this.services = services;
    this.cache = new WorkspaceCache(services.shared);
  }

  /** At least one: a file that nothing imports is a root itself. Ask only when all files have been parsed. */
  of(document: LangiumDocument): readonly LangiumDocument[] {
    return this.survey().of.get(document) ?? [document];
  }

  /** Changes when any text changes that has a part in what is said about the file, or when it gets other roots. */
  edition(document: LangiumDocument): string {
    return this.of(document)
      .map((root) => `${root.uri.toString()} ${this.editionOfRoot(root)}`)
      .join('\n');
  }

  private editionOfRoot(root: LangiumDocument): number {
    const { members, editions } = this.survey();
    const counted = editions.get(root);
    if (counted !== undefined) return counted;
    const texts = (members.get(root) ?? [root]).map(({ parseResult }) => parseResult);
    const known = this.known.get(root);
    const isSame = known?.texts.length === texts.length && known.texts.every((text, i) => text === texts[i]);
    const count = (known?.count ?? 0) + (isSame ? 0 : 1);
    this.known.set(root, { texts, count });
    editions.set(root, count);
    return count;
  }

  private survey(): Survey {
    return this.cache.get('survey', () => this.look());
  }

  /** As the command line finds them in a folder: by path, without the files that their configuration ignores. */
  private look(): Survey {
    const { LangiumDocuments } = this.services.shared.workspace;
    const closures = new Map<LangiumDocument, readonly LangiumDocument[]>();
    const closure = (document: LangiumDocument) => {
      const files = closures.get(document) ?? importClosure(LangiumDocuments, document);
      closures.set(document, files);
      return files;
    };
    const checked = LangiumDocuments.all.filter(({ uri }) => !this.isIgnored(uri.toString())).toArray();
    const of = new Map<LangiumDocument, LangiumDocument[]>();
    const members = new Map<LangiumDocument, readonly LangiumDocument[]>();
    for (const root of rootsAmong(checked.sort(byPath), closure)) {
      members.set(root, closure(root));
      for (const file of closure(root)) of.set(file, [...(of.get(file) ?? []), root]);
    }
    return { of, members, editions: new Map() };
  }

  private isIgnored(uri: string): boolean {
    return this.services.lsp.Configurations.of(uri).settings.ignores(uri);
  }
}

function byPath({ uri: a }: LangiumDocument, { uri: b }: LangiumDocument): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
