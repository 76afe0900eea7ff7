/**
 * Reading only what an edit has changed makes the tree that reading the whole text makes, after any number of edits, and a text with
 * mistakes is read, with the same messages, as Langium's parser reads it.
 * `LOADPATH_REPARSE_RUNS` and `LOADPATH_REPARSE_SEED` try more texts, and others.
 */
import fc from 'fast-check';
import {
  type AstNode,
  DocumentState,
  EmptyFileSystem,
  type LangiumDocument,
  type ParseResult,
  TextDocument,
  URI,
} from 'langium';
import { describe, expect, it } from 'vitest';
import { children, describePlaces, describeTree } from '../fixtures/describe-tree.ts';
import { sentences } from '../fixtures/sentences.ts';
import whole from '../fixtures/whole-language.arch?raw';
import type * as ast from '../generated/ast.ts';
import { createLazyParser } from '../lazy-parser.ts';
import { createArchServices } from '../module.ts';
import { createParser } from '../parser.ts';
import { syntaxFindings } from '../syntax-findings.ts';
import { DirectComposite } from './syntax-nodes.ts';
import { parseDirectly } from './texts.ts';

const RUNS = Number(import.meta.env.LOADPATH_REPARSE_RUNS ?? 60);
const SEED = Number(import.meta.env.LOADPATH_REPARSE_SEED ?? 1);

const { arch } = createArchServices(EmptyFileSystem);
const langium = createLazyParser(arch);
const parser = createParser(arch);
const documents = arch.shared.workspace.LangiumDocumentFactory;

/** Without a mistake. */
function isRight(text: string): boolean {
  return (
    parseDirectly(text, { element: () => undefined, tokenType: () => ({ name: '' }) }, arch.references.Linker) !==
    undefined
  );
}

/** What a node says, without where it stands. */
function saidBy(node: AstNode): string {
  return node.$cstNode?.text ?? String(node.$type);
}

function eachNode(node: AstNode, visit: (node: AstNode) => void): void {
  visit(node);
  for (const [, child] of children(node)) eachNode(child, visit);
}

/** What is reported of a tree. */
function reported(text: string, result: ParseResult): unknown {
  const document = documents.fromString('', URI.parse('memory:/reparse.arch'));
  Object.defineProperty(document, 'textDocument', {
    value: TextDocument.create('memory:/reparse.arch', 'arch', 0, text),
  });
  document.parseResult = result;
  document.state = DocumentState.ComputedScopes;
  (result.value as { $document?: LangiumDocument }).$document = document;
  const lexer = result.lexerErrors.map(({ offset, length, message }) => ({ offset, length, message }));
  const errors = result.parserErrors.map(({ message, token }) => ({
    message,
    at: token.startOffset,
    image: token.image,
  }));
  return { lexer, errors, findings: syntaxFindings(document) };
}

/** The result of reading a text by itself is that of Langium's parser. Returns how it was read. */
function expectAsLangium(text: string, result: ParseResult<ast.Model>, fresh?: ParseResult<ast.Model>): void {
  if (isRight(text)) {
    expect(describeTree(result.value, arch)).toEqual(describeTree((fresh ?? langium.parse(text)).value, arch));
    return;
  }
  if (!(result.value.$cstNode instanceof DirectComposite)) return;
  const expected = langium.parse<ast.Model>(text);
  expect(describePlaces(result.value)).toEqual(describePlaces(expected.value));
  expect(reported(text, result)).toEqual(reported(text, expected));
}

interface Text {
  readonly text: string;
  readonly result: ParseResult<ast.Model>;
}

/** The text after an edit, read again: the trees must be equal, and nodes that are still there must say the same. */
function expectSame(before: Text, text: string): Text & { readonly how: 'again' | 'anew' | 'langium' } {
  const said = new Map<AstNode, string>();
  eachNode(before.result.value, (node) => said.set(node, saidBy(node)));
  const again = parser.parseAgain(before.result.value, text)?.result;
  const result = again ?? parser.parse<ast.Model>(text);
  expectAsLangium(text, result, again && parser.parse<ast.Model>(text));
  eachNode(result.value, (node) => {
    const was = said.get(node);
    if (was !== undefined) expect(saidBy(node)).toBe(was);
  });
  const isDirect = result.value.$cstNode instanceof DirectComposite;
  return { text, result, how: again ? 'again' : isDirect ? 'anew' : 'langium' };
}

/** Words and signs to type, and pieces that mostly leave a text right. */
const words = [...new Set(whole.match(/"[^"]*"|\/\/.*|[A-Za-z_]\w*|\$?[\d.]+[%\w]*|->|<->|\S/g))];
const pieces = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(' ', '\n', '\r\n', '  \n', '\n\n', '') },
  { weight: 3, arbitrary: fc.constantFrom('// note\n', '/* note */', ' // end', '/** doc */\n', '/*', '"') },
  { weight: 3, arbitrary: fc.constantFrom('1', '5', 'a', '_', ' users', ',', '.', '+ 1', '{}', '{ }', ': 2') },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'cores: 4\n',
      'a: 1, b: 2\n',
      '\nx -> y\n',
      'server n { }\n',
      '\nat 5m fail',
      'extends b',
      'param p = 2\n',
      ' to: 3 ',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(...words) },
  { weight: 1, arbitrary: sentences },
);
/** Where to type: at beginnings and ends of lines mostly, at those of words, or anywhere. */
const PLACES = [/^[ \t]*/gm, /^/gm, /$/gm, /(?<=[{}])/g, /(?<=\s)(?=\S)|(?<=\S)(?=\s)/g, /(?=[\s\S])/g] as const;
const edit = fc.record({
  at: fc.nat({ max: 100_000 }),
  place: fc.constantFrom(0, 0, 1, 1, 2, 2, 3, 3, 4, 5),
  length: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 5, 12, 40),
  text: pieces,
});
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

function apply(text: string, { at, place, length, text: typed }: Edit): string {
  const places = [...text.matchAll(PLACES[place]!)].map((match) => match.index + match[0].length);
  const offset = places[at % Math.max(1, places.length)] ?? 0;
  return text.slice(0, offset) + typed + text.slice(offset + length);
}

describe('an edit', () => {
  const text = `users people { requests: 5/day }
group us "US" {
  server app { cores: 4, engine: nginx }
  database db { engine: mysql }
  app -> db : reads 2
}
// a note
people -> us.app
require p99 < 300ms
`;

  /** Nodes that are there before and after, by what they say, without those that hold the others. */
  function kept(before: string, after: string): { readonly kept: readonly string[]; readonly made: readonly string[] } {
    const { result } = expectSame({ text: '', result: parser.parse<ast.Model>('') }, before);
    const were = new Set<AstNode>();
    eachNode(result.value, (node) => were.add(node));
    const again = parser.parseAgain(result.value, after);
    const all: AstNode[] = [];
    if (again) eachNode(again.result.value, (node) => all.push(node));
    const say = (nodes: readonly AstNode[]) =>
      nodes
        .filter(({ $container }) => $container && 'statements' in $container)
        .map((node) => saidBy(node).split('\n')[0]!);
    return { kept: say(all.filter((node) => were.has(node))), made: say(all.filter((node) => !were.has(node))) };
  }

  it('of a number makes its property anew, the one before it, and what they stand in', () => {
    expect(kept(text, text.replace('cores: 4', 'cores: 44')).made).toEqual([
      'group us "US" {',
      'server app { cores: 44, engine: nginx }',
      'cores: 44',
    ]);
    expect(kept(text, text.replace('nginx', 'apache')).made).toEqual([
      'group us "US" {',
      'server app { cores: 4, engine: apache }',
      'cores: 4',
      'engine: apache',
    ]);
  });

  it('between statements leaves all of them as they are', () => {
    expect(kept(text, text.replace('// a note', '// another\n\n'))).toMatchObject({ made: [] });
  });

  it.each([
    ['a statement is added', 'group us', 'cache c {}\ngroup us', ['cache c {}', 'users people { requests: 5/day }']],
    ['one is broken', 'require p99 <', 'require p99', ['people -> us.app']],
    ['one is not begun', 'require p99', 'server\nrequire p99', ['people -> us.app', 'server']],
    // What stands in brackets does not begin a statement, and these are no brackets any more.
    ['a parenthesis is closed that was not open', 'require p99', 'require ) p99', undefined],
    ['a text is not closed', '"US"', '"US', undefined],
    ['a brace is lacking', '}\n//', '\n//', undefined],
  ])('when %s', (_, from, to, made) => {
    const { kept: same, made: all } = kept(text, text.replace(from, to));
    if (made) expect(all).toEqual(expect.arrayContaining(made.filter((one) => !same.includes(one))));
    else expect(all).toEqual([]);
    expect(same.includes('server app { cores: 4, engine: nginx }')).toBe(made !== undefined);
  });
});

it('an edit that lets a parenthesis open or closed', () => {
  const text = 'at 5m fail app\nload: [\nat 5m 3x]\nb: 1\n';
  for (const edited of [text.replace('app', 'app )'), text.replace('app', '( app'), text.replace('1', '[')])
    expectSame({ text, result: parser.parse<ast.Model>(text) }, edited);
});

it('a text that is not closed on the line of other statements', () => {
  const text = 'app -> app { }   app -> app { request app ""   }\nb: 1\n';
  const opened = expectSame({ text, result: parser.parse<ast.Model>(text) }, `"${text}`);
  expectSame(opened, text);
  const line = 'a: "x { } b { } c { }\n';
  expectSame({ text: line, result: parser.parse<ast.Model>(line) }, line.replace('c {', 'c {"'));
});

describe('any edits, one after the other', () => {
  /** How many of the texts were read how. */
  function follow(start: string, edits: readonly Edit[], counts: Record<string, number>): void {
    let right = start;
    let current: Text = { text: start, result: parser.parse<ast.Model>(start) };
    expectAsLangium(start, current.result);
    for (const one of edits) {
      // Half of the mistakes are mended.
      const isMended = one.at % 2 === 0 && !isRight(current.text);
      const next = expectSame(current, isMended ? right : apply(current.text, one));
      if (isRight(next.text)) right = next.text;
      const kind = `${next.how}${isRight(next.text) ? '' : ', with mistakes'}`;
      counts[kind] = (counts[kind] ?? 0) + 1;
      // A text with many mistakes is no text that anybody has typed.
      current = next.result.parserErrors.length > 4 || next.how === 'langium' ? current : next;
      if (current !== next) current = { text: current.text, result: parser.parse<ast.Model>(current.text) };
    }
  }

  it('of a text that has everything', { timeout: 600_000 }, () => {
    const counts: Record<string, number> = {};
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 25 }), fc.constantFrom('\n', '\r\n'), (edits, lineEnd) =>
        follow(whole.replaceAll('\n', lineEnd), edits, counts),
      ),
      { numRuns: RUNS, seed: SEED },
    );
    expect(counts.again).toBeGreaterThan(RUNS);
    expect(counts['again, with mistakes']).toBeGreaterThan(RUNS);
  });

  it('of sentences of the grammar', { timeout: 600_000 }, () => {
    const counts: Record<string, number> = {};
    fc.assert(
      fc.property(sentences, fc.array(edit, { minLength: 1, maxLength: 20 }), (text, edits) =>
        follow(text, edits, counts),
      ),
      { numRuns: RUNS * 5, seed: SEED },
    );
  });
});
