/** A text in a language server without a client, for the tests of its features. `<|>` marks the cursor, `<|…|>` a range. */
import { EmptyFileSystem, type LangiumDocument, TextDocument, URI } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { Position, Range, TextEdit } from 'vscode-languageserver-types';
import { createLspServices } from './module.ts';
import type { LoadpathServices } from './services.ts';

export interface Opened {
  readonly shared: LangiumSharedServices;
  readonly arch: LoadpathServices;
  readonly document: LangiumDocument;
  readonly text: string;
  readonly cursor: Position;
  /** What is marked; empty at the cursor where only that is. */
  readonly range: Range;
  /** Parameters of a request at the cursor. */
  readonly at: { readonly textDocument: { readonly uri: string }; readonly position: Position };
}

/** @param files further files by name, in the same folder */
export async function open(marked: string, files: Readonly<Record<string, string>> = {}): Promise<Opened> {
  const { shared, arch } = createLspServices(EmptyFileSystem);
  const start = Math.max(0, marked.indexOf('<|'));
  const text = marked.replace('<|>', '').replace('<|', '').replace('|>', '');
  const end = marked.includes('<|>') ? start : Math.max(start, marked.indexOf('|>') - 2);
  const documents = Object.entries({ 'main.arch': text, ...files }).map(([name, content]) =>
    add(shared, name, content),
  );
  await shared.workspace.DocumentBuilder.build(documents, { validation: true });
  const document = documents[0]!;
  const position = document.textDocument.positionAt(start);
  return {
    shared,
    arch,
    document,
    text,
    cursor: position,
    range: { start: position, end: document.textDocument.positionAt(end) },
    at: { textDocument: { uri: document.uri.toString() }, position },
  };
}

/** The text after edits that do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create('memory:/edited.arch', 'arch', 0, text), [...edits]);
}

/** The piece of the text in a range. */
export function textIn({ document }: Opened, range: Range): string {
  return document.textDocument.getText(range);
}

function add(shared: LangiumSharedServices, name: string, content: string): LangiumDocument {
  const uri = URI.parse(`memory:/folder/${name}`);
  const textDocument = TextDocument.create(uri.toString(), 'arch', 1, content);
  shared.workspace.TextDocuments.set(textDocument);
  const document = shared.workspace.LangiumDocumentFactory.fromTextDocument(textDocument, uri);
  shared.workspace.LangiumDocuments.addDocument(document);
  return document;
}

/** Places of a text that are marked with `«…»`, beside the cursor `<|>`. */
export interface MarkedText {
  /** With the cursor, without the other marks. */
  readonly text: string;
  /** `line:from-to`, from zero on, in the order of the text. */
  readonly marks: readonly string[];
}

/** Reads the marks. They do not go over lines. */
export function readMarks(marked: string): MarkedText {
  const marks = marked.split('\n').flatMap((text, line) => {
    const plain = text.replace('<|>', '');
    return [...plain.matchAll(/«([^»]*)»/g)].map(({ index, 0: { length } }, before) => {
      const from = index - 2 * before;
      return `${line}:${from}-${from + length - 2}`;
    });
  });
  return { text: marked.replaceAll(/[«»]/g, ''), marks };
}

/** Ranges as `readMarks` writes them, in the order of the text. */
export function printRanges(ranges: readonly Range[]): readonly string[] {
  return ranges
    .toSorted((a, b) => a.start.line - b.start.line || a.start.character - b.start.character)
    .map(({ start, end }) => `${start.line}:${start.character}-${end.character}`);
}
