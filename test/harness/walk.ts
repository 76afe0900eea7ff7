/** A walk through a file: every question that an editor asks, at every word of it. */
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  CompletionList,
  DocumentHighlight,
  Hover,
  Location,
  MessageConnection,
  Position,
  Range,
  SelectionRange,
  SemanticTokens,
  SignatureHelp,
} from 'vscode-languageserver/node';

/** A word of the text with its meaning, as the server colours it. */
export interface Word {
  readonly text: string;
  /** `class`, `namespace`, `interface` and `parameter` are names; the others are words of the language. */
  readonly type: string;
  readonly isDeclaration: boolean;
  readonly range: Range;
}

/** What is said at a word. */
export interface Stop {
  readonly word: Word;
  readonly hover: string;
  readonly definitions: readonly Location[];
  readonly references: readonly Location[];
  readonly highlights: readonly DocumentHighlight[];
  /** Where renaming would begin; undefined where it is refused. */
  readonly rename: Range | undefined;
  readonly completions: readonly string[];
  readonly selections: readonly Range[];
  readonly signatures: readonly string[];
  readonly calls: readonly string[];
}

const NAMES: ReadonlySet<string> = new Set(['class', 'namespace', 'interface', 'parameter']);

export function isName({ type }: Word): boolean {
  return NAMES.has(type);
}

/** The coloured words of an open file, in order. @param types of the server's legend */
export async function wordsOf(
  client: MessageConnection,
  uri: string,
  text: string,
  legend: { readonly tokenTypes: readonly string[]; readonly tokenModifiers: readonly string[] },
): Promise<readonly Word[]> {
  const textDocument = { uri };
  const { data } = await client.sendRequest<SemanticTokens>('textDocument/semanticTokens/full', { textDocument });
  const lines = text.split('\n');
  const words: Word[] = [];
  let [line, character] = [0, 0];
  for (let i = 0; i < data.length; i += 5) {
    const [lineDelta = 0, delta = 0, length = 0, type = 0, modifiers = 0] = data.slice(i, i + 5);
    character = lineDelta === 0 ? character + delta : delta;
    line += lineDelta;
    words.push({
      text: lines[line]!.slice(character, character + length),
      type: legend.tokenTypes[type]!,
      isDeclaration: (modifiers & (1 << legend.tokenModifiers.indexOf('declaration'))) !== 0,
      range: { start: { line, character }, end: { line, character: character + length } },
    });
  }
  return words;
}

/** Asks everything at the beginning of a word. */
export async function stopAt(client: MessageConnection, uri: string, word: Word): Promise<Stop> {
  const at = { textDocument: { uri }, position: word.range.start };
  const ask = <Result>(method: string, more: object = {}): Promise<Result | null> =>
    client.sendRequest(`textDocument/${method}`, { ...at, ...more });
  const hover = await ask<Hover>('hover');
  const completion = await ask<CompletionList>('completion');
  const selection = await ask<SelectionRange[]>('selectionRange', { positions: [word.range.start] });
  const help = await ask<SignatureHelp>('signatureHelp', { position: word.range.end });
  const items = isName(word) ? await ask<CallHierarchyItem[]>('prepareCallHierarchy') : null;
  return {
    word,
    hover: hover ? (hover.contents as { readonly value: string }).value : '',
    definitions: (await ask<Location[]>('definition')) ?? [],
    references: (await ask<Location[]>('references', { context: { includeDeclaration: true } })) ?? [],
    highlights: (await ask<DocumentHighlight[]>('documentHighlight')) ?? [],
    rename: (await ask<Range>('prepareRename').catch(() => null)) ?? undefined,
    completions: completion?.items.map(({ label }) => label) ?? [],
    selections: selection?.[0] ? outwards(selection[0]) : [],
    signatures: help?.signatures.map(({ label }) => label) ?? [],
    calls: items?.[0] ? await callsOf(client, items[0]) : [],
  };
}

/** `from NAME DETAIL` and `to NAME DETAIL`. */
async function callsOf(client: MessageConnection, item: CallHierarchyItem): Promise<readonly string[]> {
  const incoming = await client.sendRequest<CallHierarchyIncomingCall[] | null>('callHierarchy/incomingCalls', {
    item,
  });
  const outgoing = await client.sendRequest<CallHierarchyOutgoingCall[] | null>('callHierarchy/outgoingCalls', {
    item,
  });
  return [
    ...(incoming ?? []).map(({ from }) => `from ${from.name} ${from.detail ?? ''}`),
    ...(outgoing ?? []).map(({ to }) => `to ${to.name} ${to.detail ?? ''}`),
  ];
}

function outwards(innermost: SelectionRange): readonly Range[] {
  const ranges: Range[] = [];
  for (let each: SelectionRange | undefined = innermost; each; each = each.parent) ranges.push(each.range);
  return ranges;
}

/** Whether a range lies in another one. */
export function within(inner: Range, outer: Range): boolean {
  return compare(outer.start, inner.start) <= 0 && compare(inner.end, outer.end) <= 0;
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}
