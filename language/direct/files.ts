/**
 * Files without mistakes with all that they import, read and linked without Langium's services: to load and to make these takes longer
 * than to check a small file. What comes of it is what comes of Langium's services with the direct parser, which they use, too.
 */
import {
  type LangiumDocument,
  type LangiumDocuments,
  type LangiumSharedCoreServices,
  type Stream,
  stream,
  type URI,
  UriTrie,
} from 'langium';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CompileServices } from '../compile.ts';
import type * as ast from '../generated/ast.ts';
import { loadImports } from '../imports.ts';
import { Names } from '../names.ts';
import { segmentsOf } from '../segments.ts';
import type { Linker } from './cursor.ts';
import { DirectReference } from './reference.ts';
import type { Grammar } from './syntax-tree.ts';
import { parseDirectly } from './texts.ts';

/** A file that is read. */
export interface FileText {
  readonly uri: URI;
  readonly text: string;
}

/** Linked files. */
export interface DirectFiles {
  readonly services: CompileServices;
  /** Those that were given, in their order. */
  readonly documents: readonly LangiumDocument[];
}

/**
 * Reads and links files. Undefined where one of them, or of those that they import, has a mistake of form: then Langium's services say
 * what is wrong.
 * @param read the text of an imported file; rejects where there is none
 */
export async function openDirectly(
  files: readonly FileText[],
  read: (uri: URI) => Promise<string>,
): Promise<DirectFiles | undefined> {
  const opened = new OpenedFiles(read);
  const documents: LangiumDocument[] = [];
  for (const { uri, text } of files) {
    const document = opened.open(uri, text);
    if (!document) return undefined;
    documents.push(document);
  }
  for (const document of documents) await loadImports(opened, document);
  if (opened.hasMistake) return undefined;
  opened.link();
  return { services: opened.services, documents };
}

/** Documents by URI, in the order in which Langium's service has them. */
class OpenedFiles implements Pick<LangiumDocuments, 'all' | 'getDocument' | 'getOrCreateDocument'> {
  readonly services: CompileServices;
  /** True once an imported file could not be read directly. */
  hasMistake = false;
  private readonly read: (uri: URI) => Promise<string>;
  private readonly linker: Linker;
  private readonly documents = new UriTrie<LangiumDocument>();

  constructor(read: (uri: URI) => Promise<string>) {
    this.read = read;
    // Langium's caches ask to be told when a document changes, and these do not.
    const workspace = { LangiumDocuments: this, DocumentBuilder: { onUpdate: () => ({ dispose: () => {} }) } };
    const shared = { workspace } as unknown as LangiumSharedCoreServices;
    const names = new Names({ shared });
    this.services = { shared, references: { Names: names } };
    this.linker = {
      buildReference: (segment, _property, refNode, refText) => new DirectReference(names, segment, refNode, refText),
    };
  }

  get all(): Stream<LangiumDocument> {
    return stream(this.documents.all());
  }

  getDocument(uri: URI): LangiumDocument | undefined {
    return this.documents.find(uri.toString());
  }

  async getOrCreateDocument(uri: URI): Promise<LangiumDocument> {
    const document = this.getDocument(uri) ?? this.open(uri, await this.read(uri));
    if (!document) throw new Error('Langium has to read this file.');
    return document;
  }

  /** Undefined where the text has a mistake. */
  open(uri: URI, text: string): LangiumDocument | undefined {
    const value = parseDirectly(text, noGrammar, this.linker);
    if (!value) {
      this.hasMistake = true;
      return undefined;
    }
    const document: LangiumDocument<ast.Model> = {
      uri,
      textDocument: TextDocument.create(uri.toString(), 'arch', 0, text),
      parseResult: { value, lexerErrors: [], parserErrors: [] },
      // `IndexedReferences`, as all names can be asked for what they mean.
      state: 5,
      references: [],
    };
    Object.assign(value, { $document: document });
    this.documents.insert(uri.toString(), document);
    return document;
  }

  /** What a name means can depend on what others mean, so all are resolved in the order in which Langium does it. */
  link(): void {
    for (const document of this.all) {
      for (const { target } of segmentsOf(document)) (target as DirectReference).link();
    }
  }
}

/** Only Langium's own services ask syntax nodes for their places in the grammar. */
const noGrammar: Grammar = { element: () => undefined, tokenType: (name) => ({ name }) };
