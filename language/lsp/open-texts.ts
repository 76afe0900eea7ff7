/** Which text of each open file has been parsed. */
import { type LangiumDocument, URI } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';

/** A text as it was: an edit changes the version of the same object, opening the file again makes another one. */
interface ParsedText {
  readonly text: object | undefined;
  readonly version: number | undefined;
}

export class OpenTexts {
  private readonly open: () => LangiumSharedServices['workspace']['TextDocuments'];
  private readonly parsed = new WeakMap<LangiumDocument, ParsedText>();

  constructor(open: () => LangiumSharedServices['workspace']['TextDocuments']) {
    this.open = open;
  }

  uris(): readonly URI[] {
    return this.open()
      .all()
      .map(({ uri }) => URI.parse(uri));
  }

  isOpen(uri: URI): boolean {
    return this.open().get(uri) !== undefined;
  }

  /** The document is about to be parsed from the text that is open now. */
  note(document: LangiumDocument): void {
    const text = this.open().get(document.uri);
    this.parsed.set(document, { text, version: text?.version });
  }

  /** True if the document was parsed from the text that is open; for a file that is not open always. */
  isCurrent(document: LangiumDocument): boolean {
    const text = this.open().get(document.uri);
    if (!text) return true;
    const parsed = this.parsed.get(document);
    return parsed ? parsed.text === text && parsed.version === text.version : document.textDocument === text;
  }

  /** The version that the document was parsed from; undefined for a file that is not open. */
  versionOf(document: LangiumDocument): number | undefined {
    const text = this.open().get(document.uri);
    return text && (this.parsed.get(document)?.version ?? text.version);
  }
}
