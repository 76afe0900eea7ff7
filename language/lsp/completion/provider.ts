/** Completion: reads the words before the cursor, asks what fits there, and puts it into the protocol's words. */
import { type LangiumDocument, UriUtils } from 'langium';
import type { CompletionProvider, CompletionProviderOptions } from 'langium/lsp';
import type { CompletionItem, CompletionList, CompletionParams, Range } from 'vscode-languageserver';
import { type FlowType, flowTypes } from '../../../model/index.ts';
import * as ast from '../../generated/ast.ts';
import { rules } from '../../rules/index.ts';
import type { LoadpathServices } from '../services.ts';
import { contextAfter } from './context.ts';
import type { Offer } from './offer.ts';
import { offersAt, type Templates } from './offers.ts';
import { tokenize, wordsBefore } from './tokens.ts';

export class LoadpathCompletionProvider implements CompletionProvider {
  /** Besides letters: what a reference, a value, a flow or a path may follow. */
  readonly completionOptions: CompletionProviderOptions = { triggerCharacters: ['.', ':', '"', '/', '>', '['] };
  private readonly services: LoadpathServices;

  constructor(services: LoadpathServices) {
    this.services = services;
  }

  getCompletion(document: LangiumDocument, { position }: CompletionParams): CompletionList {
    const text = document.textDocument.getText();
    const offset = document.textDocument.offsetAt(position);
    const words = wordsBefore(text, offset);
    const end = offset + (/^\w*/.exec(text.slice(offset))?.[0].length ?? 0);
    const range = { start: document.textDocument.positionAt(words.start), end: document.textDocument.positionAt(end) };
    const offers = this.offers(document, words, text.slice(end));
    // Where the colon or the body is there already, only the name is written.
    const follows = /^\s*[:{]/.test(text.slice(end));
    return { isIncomplete: false, items: offers.map((offer) => toItem(follows ? nameOnly(offer) : offer, range)) };
  }

  private offers(document: LangiumDocument, words: ReturnType<typeof wordsBefore>, after: string): readonly Offer[] {
    // A number that is being written is not the beginning of a word.
    if (words.inside === 'comment' || /^[$\d]/.test(words.prefix)) return [];
    if (words.inside === 'suppression') return rules.map(ruleOffer);
    if (isAmount(words, document.textDocument.getText())) return [];
    const context = contextAfter(words.tokens);
    const known = {
      architecture: this.services.lsp.Insights.of(document).architecture,
      templates: templatesOf(document),
    };
    if (context.place.type === 'importPath') return this.importOffers(document, words.inside === 'string');
    const present = new Set([...context.present, ...presentAfter(after)]);
    const offers = offersAt({ ...context, present }, known);
    if (words.inside !== 'string') return offers;
    // Inside a string only what would be written as one.
    return offers.flatMap(({ insert, ...offer }) => (insert?.startsWith('"') ? { ...offer, insert: offer.label } : []));
  }

  private importOffers(document: LangiumDocument, inString: boolean): readonly Offer[] {
    const folder = UriUtils.dirname(document.uri);
    return this.services.shared.workspace.LangiumDocuments.all
      .filter(({ uri }) => uri.toString() !== document.uri.toString() && uri.scheme === document.uri.scheme)
      .map(({ uri }): Offer => {
        const relative = UriUtils.relative(folder, uri);
        const path = relative.startsWith('.') ? relative : `./${relative}`;
        return { label: path, kind: 'file', insert: inString ? path : `"${path}"`, rank: 1 };
      })
      .toArray();
  }
}

/** Behind `reads ` a number comes, or a comma, or the next line. */
function isAmount({ tokens, start, prefix }: ReturnType<typeof wordsBefore>, text: string): boolean {
  const last = tokens.at(-1);
  if (!last || prefix !== '' || text.slice(last.start, start).includes('\n')) return false;
  const counts = Object.hasOwn(flowTypes, last.text) && flowTypes[last.text as FlowType].amount === 'perRequest';
  return counts && contextAfter(tokens.slice(0, -1)).place.type === 'flow';
}

function nameOnly({ snippet: _, next: __, ...offer }: Offer): Offer {
  return offer;
}

function ruleOffer({ meta }: (typeof rules)[number]): Offer {
  return { label: meta.id, kind: 'value', detail: meta.title, doc: meta.summary, insert: `${meta.id}: `, rank: 1 };
}

function templatesOf(document: LangiumDocument): Templates {
  const found: { readonly name: string; readonly kind: string }[] = [];
  const visit = (statements: readonly ast.Statement[]): void => {
    for (const statement of statements) {
      // Recovery leaves parts undefined that the types promise.
      if (ast.isDeclaration(statement) && statement.template && statement.name !== undefined)
        found.push({ name: statement.name, kind: statement.kind });
      if ('statements' in statement) visit(statement.statements);
    }
  };
  visit((document.parseResult.value as ast.Model).statements);
  return found;
}

/** Names of the properties and blocks between the cursor and the end of its body. */
function presentAfter(text: string): readonly string[] {
  const tokens = tokenize(text.slice(0, LOOK_AHEAD));
  const found: string[] = [];
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.text === '}' && depth-- === 0) break;
    const next = tokens[index + 1]?.text;
    if (depth === 0 && token.type === 'word' && (next === ':' || next === '{')) found.push(token.text);
    if (token.text === '{') depth++;
  }
  return found;
}

/** A body with more than this behind the cursor is a container's, whose properties stand before its parts. */
const LOOK_AHEAD = 4000;

/** Numbers of `CompletionItemKind`, which is a namespace and so could not be left out of a bundle. */
const itemKinds: Readonly<Record<Offer['kind'], NonNullable<CompletionItem['kind']>>> = {
  kind: 7,
  keyword: 14,
  property: 10,
  value: 12,
  component: 6,
  param: 21,
  flow: 11,
  metric: 20,
  event: 23,
  file: 17,
};

function toItem(offer: Offer, range: Range): CompletionItem {
  const { label, kind, detail, doc, insert, snippet, next, rank } = offer;
  return {
    label,
    kind: itemKinds[kind],
    ...(detail ? { detail } : {}),
    ...(doc ? { documentation: { kind: 'markdown', value: doc } } : {}),
    sortText: `${rank}${label}`,
    filterText: label,
    textEdit: { range, newText: snippet ?? insert ?? label },
    insertTextFormat: snippet ? 2 : 1,
    ...(next ? { command: { title: 'Suggest', command: 'editor.action.triggerSuggest' } } : {}),
  };
}
