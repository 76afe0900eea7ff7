/** A walk through every example, as an editor makes it: every feature is asked at every word, and what comes back must fit the text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CodeLens,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  InlayHint,
  Position,
  Range,
} from 'vscode-languageserver/node';
import { type Session, startSession } from './harness/session.ts';
import { isName, type Stop, stopAt, type Word, within, wordsOf } from './harness/walk.ts';
import { root } from './loadpath.ts';

/** The examples, sound architectures of many styles, and one with every statement of the language. */
const FILES = ['examples', 'test/good', 'test/walk'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.arch'))
    .map((name) => `${folder}/${name}`)
    .sort(),
);
const TEXTS = Object.fromEntries(FILES.map((name) => [name, readFileSync(join(root, name), 'utf8')]));

let session: Session;
beforeAll(async () => {
  session = await startSession(TEXTS);
}, 60_000);
afterAll(() => session.client.dispose());

describe.each(FILES)('%s', (name) => {
  const text = TEXTS[name]!;
  const lines = text.split('\n');
  const end = { line: lines.length, character: 0 };
  const whole = { start: { line: 0, character: 0 }, end };
  let words: readonly Word[];
  let stops: readonly Stop[];

  const ask = <Result>(method: string, more: object = {}) =>
    session.request<Result>(`textDocument/${method}`, { textDocument: { uri: session.uri(name) }, ...more });
  const textAt = ({ start, end: last }: Range) => lines[start.line]!.slice(start.character, last.character);
  const place = ({ text: word, range: { start } }: Word) => `${start.line + 1}:${start.character + 1} '${word}'`;
  const bad = (isWrong: (stop: Stop) => boolean) => stops.filter(isWrong).map(({ word }) => place(word));

  beforeAll(async () => {
    await session.open(name, text);
    const { legend } = session.offered.semanticTokensProvider!;
    words = await wordsOf(session.client, session.uri(name), text, legend);
    const visited: Stop[] = [];
    for (const word of words) visited.push(await stopAt(session.client, session.uri(name), word));
    stops = visited;
  }, 120_000);

  it('is formatted, and has words', async () => {
    const options = { tabSize: 2, insertSpaces: true };
    expect(await ask('formatting', { options })).toEqual([]);
    expect(await ask('rangeFormatting', { options, range: whole })).toEqual([]);
    expect(words.length).toBeGreaterThan(20);
  });

  it('has something to say about every word', () => {
    // Names that only the people who write them understand.
    const isFree = ({ word }: Stop) => word.type === 'enumMember' && /^(key|partition): /.test(lineOf(word));
    expect(bad((stop) => stop.hover === '' && !isFree(stop))).toEqual([]);
  });

  it('leads from every name to its declaration, and back to all uses', () => {
    const declared = words.filter(({ isDeclaration }) => isDeclaration).map(({ range }) => JSON.stringify(range));
    const names = stops.filter(({ word }) => isName(word));
    expect(names.length).toBeGreaterThan(3);
    for (const { word, definitions, references, highlights, rename } of names) {
      expect(definitions.length, place(word)).toBe(1);
      expect(textAt(definitions[0]!.range), place(word)).toBe(word.text);
      expect(declared, place(word)).toContain(JSON.stringify(definitions[0]!.range));
      expect(
        references.map(({ range }) => range),
        place(word),
      ).toContainEqual(word.range);
      expect([...new Set(references.map(({ range }) => textAt(range)))], place(word)).toEqual([word.text]);
      expect(highlights, place(word)).toHaveLength(references.length);
      expect(rename, place(word)).toEqual(word.range);
    }
  });

  it('renames nothing that belongs to the language', () => {
    const touched = ({ definitions, references, rename }: Stop) => definitions.length + references.length > 0 || rename;
    expect(bad((stop) => !isName(stop.word) && Boolean(touched(stop)))).toEqual([]);
  });

  it('proposes every word where it stands', () => {
    const isProposed = ({ word, completions }: Stop) =>
      completions.some((label) => label.split('.').includes(word.text));
    const isChosen = ({ type, isDeclaration }: Word) =>
      !isDeclaration && !['number', 'keyword', 'enumMember'].includes(type);
    expect(bad((stop) => isChosen(stop.word) && !isProposed(stop))).toEqual([]);
  });

  it('selects outwards from every word to the whole file', () => {
    const isNested = ({ word, selections }: Stop) =>
      selections.every((range, i) => within(i === 0 ? word.range : selections[i - 1]!, range)) &&
      selections.length > 1 &&
      selections.at(-1)!.start.line === 0;
    expect(bad((stop) => !isNested(stop))).toEqual([]);
  });

  it('explains every flow that is written', () => {
    const flows = stops.filter(({ word }) => word.type === 'method' && /->.*:/.test(lineOf(word)));
    for (const { word, signatures } of flows)
      expect(signatures[0], place(word)).toMatch(new RegExp(`^${word.text}\\b`));
  });

  it('has calls that both ends agree on', () => {
    const byName = new Map(
      stops
        .filter(({ calls }) => calls.length > 0)
        .map(({ hover, calls }) => [/^\*\*([\w.]+)\*\*/.exec(hover)?.[1], calls] as const),
    );
    for (const [caller, calls] of byName) {
      for (const call of calls.filter((each) => each.startsWith('to '))) {
        const [, callee = '', detail = ''] = /^to (\S+) (.*)$/.exec(call) ?? [];
        const incoming = byName.get(callee);
        // A component of a copy is never written by itself.
        if (incoming) expect(incoming).toContain(`from ${caller} ${detail}`);
      }
    }
  });

  it('has an outline, folds, hints, lenses and links that lie in the text', async () => {
    const symbols = (await ask<DocumentSymbol[]>('documentSymbol')).flatMap(withChildren);
    const outlined = new Set(symbols.map((symbol) => JSON.stringify(symbol.selectionRange)));
    const declared = words.filter(({ isDeclaration }) => isDeclaration);
    expect(declared.filter(({ range }) => !outlined.has(JSON.stringify(range))).map(place)).toEqual([]);
    for (const { range, selectionRange, children = [] } of symbols) {
      expect(within(selectionRange, range) && within(range, whole)).toBe(true);
      for (const child of children) expect(within(child.range, range)).toBe(true);
    }
    for (const { startLine, endLine } of await ask<FoldingRange[]>('foldingRange')) {
      expect([startLine < endLine, endLine < lines.length]).toEqual([true, true]);
    }
    for (const { position, label } of await ask<InlayHint[]>('inlayHint', { range: whole })) {
      expect([isInText(position), label]).toEqual([true, expect.stringMatching(/\d/)]);
    }
    for (const { range, command } of await ask<CodeLens[]>('codeLens')) {
      expect([within(range, whole), command!.title]).toEqual([true, expect.stringMatching(/\w/)]);
    }
    for (const { range, target } of await ask<DocumentLink[]>('documentLink')) {
      expect([within(range, whole), target]).toEqual([true, expect.stringMatching(/^\w+:/)]);
    }
  });

  function lineOf({ range: { start } }: Word): string {
    const line = lines[start.line]!.slice(0, start.character);
    return line.slice(Math.max(line.lastIndexOf('{'), line.lastIndexOf(', ')) + 1).trimStart() || line;
  }

  function isInText({ line, character }: Position): boolean {
    return character <= (lines[line]?.length ?? -1);
  }
});

function withChildren(symbol: DocumentSymbol): readonly DocumentSymbol[] {
  return [symbol, ...(symbol.children ?? []).flatMap(withChildren)];
}
