/** Documents whose text an edit has changed: only what has changed is read again, where that is possible. */
import {
  type AstNode,
  type Cancellation,
  DefaultLangiumDocumentFactory,
  type LangiumDocument,
  type ParseResult,
  type URI,
} from 'langium';
import * as ast from './generated/ast.ts';
import type { ArchParser } from './parser.ts';
import type { ArchLinker } from './scoping.ts';

type Token = Cancellation.CancellationToken;

export class ArchDocumentFactory extends DefaultLangiumDocumentFactory {
  /** What is being updated, by URI. */
  private readonly updated = new Map<string, LangiumDocument>();

  override async update<T extends AstNode = AstNode>(document: LangiumDocument<T>, token: Token) {
    const uri = document.uri.toString();
    this.updated.set(uri, document);
    try {
      return await super.update(document, token);
    } finally {
      this.updated.delete(uri);
    }
  }

  protected override async parseAsync<T extends AstNode>(
    uri: URI,
    text: string,
    token: Token,
  ): Promise<ParseResult<T>> {
    const document = this.updated.get(uri.toString());
    if (!document) return super.parseAsync(uri, text, token);
    const again = this.parseAgain(document, text);
    if (again) return again as ParseResult<AstNode> as ParseResult<T>;
    document.references = [];
    return super.parseAsync(uri, text, token);
  }

  private parseAgain(document: LangiumDocument, text: string): ParseResult | undefined {
    const before = document.parseResult.value;
    const { parser, references } = this.serviceRegistry.getServices(document.uri);
    const again = ast.isModel(before) ? (parser.LangiumParser as ArchParser).parseAgain(before, text) : undefined;
    if (again) (references.Linker as ArchLinker).takeOver(document, before, again);
    return again?.result;
  }
}
