/**
 * The direct parser makes of a text what Langium's makes of it, or nothing: the same syntax nodes, the same concrete syntax, the same
 * references, nothing left to report. `LOADPATH_PARSER_RUNS` and `LOADPATH_PARSER_SEED` try more random texts, and others.
 */
import fc from 'fast-check';
import {
  type AstNode,
  type CstNode,
  EmptyFileSystem,
  isCompositeCstNode,
  isLeafCstNode,
  isReference,
  URI,
} from 'langium';
import { describe, expect, it } from 'vitest';
import { sentences } from '../fixtures/sentences.ts';
import whole from '../fixtures/whole-language.arch?raw';
import { createLazyParser } from '../lazy-parser.ts';
import { createArchServices } from '../module.ts';
import { createParser } from '../parser.ts';
import { featureNode } from '../spans.ts';
import { findingsOfForm, syntaxFindings } from '../syntax-findings.ts';
import { parseDirectly } from './statements.ts';
import { DirectComposite } from './syntax-tree.ts';

const RUNS = Number(import.meta.env.LOADPATH_PARSER_RUNS ?? 150);
const SEED = Number(import.meta.env.LOADPATH_PARSER_SEED ?? 1);

const { arch } = createArchServices(EmptyFileSystem);
const langium = createLazyParser(arch);
const both = createParser(arch);
const documents = arch.shared.workspace.LangiumDocumentFactory;

const sources = import.meta.glob<string>(['../../examples/**/*.arch', '../../test/good/*.arch', '../fixtures/*.arch'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** Everything that can be asked of a tree, as plain data; nodes of the other tree are named by their way from the root. */
function describeTree(root: AstNode): unknown {
  const ways = new Map<CstNode | AstNode, string>();
  nameParts(root.$cstNode!, '/', ways);
  nameNodes(root, '/', ways);
  return { ast: describeNode(root, ways), cst: describeCst(root.$cstNode!, ways) };
}

function nameParts(node: CstNode, way: string, ways: Map<CstNode | AstNode, string>): void {
  ways.set(node, way);
  if (isCompositeCstNode(node)) for (const [i, part] of node.content.entries()) nameParts(part, `${way}${i}/`, ways);
}

function nameNodes(node: AstNode, way: string, ways: Map<CstNode | AstNode, string>): void {
  ways.set(node, way);
  for (const [key, child] of children(node)) nameNodes(child, `${way}${key}/`, ways);
}

function children(node: AstNode): readonly (readonly [string, AstNode])[] {
  return Object.entries(node).flatMap(([key, value]) => {
    if (key.startsWith('$')) return [];
    const all: readonly unknown[] = Array.isArray(value) ? value : [value];
    return all.flatMap((item, i) => (isNode(item) ? [[`${key}@${i}`, item] as const] : []));
  });
}

function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && '$type' in value;
}

function describeNode(node: AstNode, ways: Map<CstNode | AstNode, string>): unknown {
  const keys = Object.keys(node).filter((key) => !key.startsWith('$'));
  const value = (item: unknown): unknown => {
    if (isReference(item)) return { reference: item.$refText, at: ways.get(item.$refNode!) };
    return isNode(item) ? describeNode(item, ways) : item;
  };
  const properties = keys.map((key) => {
    const held = (node as unknown as Record<string, unknown>)[key];
    return [key, Array.isArray(held) ? held.map(value) : value(held)];
  });
  return {
    type: node.$type,
    container: node.$container && ways.get(node.$container),
    property: node.$containerProperty,
    index: node.$containerIndex,
    cst: ways.get(node.$cstNode!),
    // Those that have text in its order, as what walks the tree meets them so; empty lists stand anywhere.
    order: keys.filter(
      (key) => (node as unknown as Record<string, { length?: number }>)[key]?.length !== 0 && key !== 'template',
    ),
    properties: Object.fromEntries(properties),
  };
}

function describeCst(node: CstNode, ways: Map<CstNode | AstNode, string>): unknown {
  const { offset, end, length, range, hidden, text } = node;
  return {
    is: [isCompositeCstNode(node), isLeafCstNode(node)],
    place: { offset, end, length, range, hidden, text },
    ast: ways.get(node.astNode),
    container: node.container && ways.get(node.container),
    root: ways.get(node.root),
    fullText: node.root.fullText,
    source: node.grammarSource && arch.workspace.AstNodeLocator.getAstNodePath(node.grammarSource),
    isOfThisGrammar: node.grammarSource && isOfGrammar(node.grammarSource),
    token: isLeafCstNode(node) ? node.tokenType.name : undefined,
    parts: isCompositeCstNode(node) ? node.content.map((part) => describeCst(part, ways)) : undefined,
  };
}

function isOfGrammar(element: AstNode): boolean {
  let node: AstNode | undefined = element;
  while (node.$container) node = node.$container;
  return node === arch.Grammar;
}

/** What the tables say of the parts of a node is what a look at its parts says. */
function expectFeatures(node: AstNode): void {
  for (const key of [...Object.keys(node), 'text', 'name', 'segments']) {
    const part = featureNode(node, key);
    expect((node.$cstNode as DirectComposite).feature(key)).toEqual(part && { offset: part.offset, end: part.end });
  }
  for (const [, child] of children(node)) expectFeatures(child);
}

/** True if the direct parser has read the text; then the trees are equal. */
function expectEqual(text: string): boolean {
  const direct = parseDirectly(
    text,
    { element: () => undefined, tokenType: () => ({ name: '' }) },
    arch.references.Linker,
  );
  if (!direct) return false;
  const expected = langium.parse(text);
  const actual = both.parse(text);
  expect(expected.lexerErrors.map(({ message }) => message)).toEqual([]);
  expect(expected.parserErrors.map(({ message }) => message)).toEqual([]);
  expect(actual.value.$cstNode).toBeInstanceOf(DirectComposite);
  expect(describeTree(actual.value)).toEqual(describeTree(expected.value));
  expect(actual).toEqual({ ...expected, value: actual.value });
  expectFeatures(actual.value);
  const document = documents.fromString(text, URI.parse('memory:/direct.arch'));
  expect(findingsOfForm(document)).toEqual(syntaxFindings(document));
  return true;
}

it.each(Object.entries(sources))('%s is read directly, as Langium reads it', (_, text) => {
  expect(expectEqual(text)).toBe(true);
});

it('reads each statement of the language as Langium does, or leaves it', () => {
  const read: Record<string, boolean> = {};
  for (const text of STATEMENTS) read[text] = expectEqual(text);
  expect(Object.entries(read).flatMap(([text, direct]) => (direct ? [] : [text]))).toEqual(LEFT_TO_LANGIUM);
});

/** Edges of the lexer, words of the language as names, and ends of statements. */
const STATEMENTS = [
  '',
  ' \n',
  '// nothing',
  '/** a */ /* b */\n',
  '/* a */ server b // c\n/* d */',
  '\ufeffserver a\u00a0{\u2028}',
  'at: 5\nat -> of\nview { of: 1 }\nview.to -> request : for 3, (2)',
  'server extends extends extends.b\nextends -> a\nextends: 1',
  'server a { at 5m fail of of us.a for 3m\nto -> b\nat $5 x }',
  'request r { a { b { c: 1 } }\na.b -> c { d: 1 }\nfrom: 2 }',
  'load: [at 5m 3x, at (1 + 2) 3, at, at.b,]',
  'a: -(b - -2) * 3 / c.d .. 5M users + 1',
  'a -> b\nc -> d : reads\nserver e\n',
  'a: "\\"{" b: true, import "x" architecture "\u2028"',
  'a:',
  'server',
  'a -> b, c -> d',
  'a -> b,\nc -> d',
  'a: [1,,]',
  '}',
  'a: "b',
  '/* a',
  'a: $',
  "a: 'b'",
  'a: "\\\u2028"',
  `a: ${'('.repeat(101)}1${')'.repeat(101)}`,
];
const LEFT_TO_LANGIUM = STATEMENTS.slice(STATEMENTS.indexOf('a:'));

describe('random texts', () => {
  const tokens = [...whole.matchAll(/"[^"]*"|\/\/.*|\/\*[\s\S]*?\*\/|[A-Za-z_]\w*|\$?[\d.]+[%\w]*|->|<->|\s+|\S/g)].map(
    ([token]) => token,
  );
  const words = [...new Set(tokens)];
  const options = { numRuns: RUNS, seed: SEED };

  it('made by edits of one that has everything', () => {
    const edit = fc.record({
      at: fc.nat({ max: tokens.length - 1 }),
      remove: fc.nat({ max: 2 }),
      insert: fc.array(fc.constantFrom(...words), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 3 }), (edits) => {
        let edited: readonly string[] = tokens;
        for (const { at, remove, insert } of edits) edited = edited.toSpliced(at, remove, ...insert);
        expectEqual(edited.join(''));
      }),
      options,
    );
  });

  it('made by the rules of its grammar', () => {
    let read = 0;
    fc.assert(
      fc.property(sentences, (text) => {
        if (expectEqual(text)) read++;
      }),
      { ...options, numRuns: RUNS * 10 },
    );
    expect(read).toBeGreaterThan(RUNS * 2);
  });

  it('made of its words', () => {
    const separators = fc.constantFrom(' ', '\n', '', ' ', '\r\n', '\r', '\t', '\n\n', '\u00a0');
    const shuffled = fc.array(fc.tuple(fc.constantFrom(...words), separators), { maxLength: 12 });
    fc.assert(
      fc.property(shuffled, (list) => void expectEqual(list.flat().join(''))),
      { ...options, numRuns: RUNS * 20 },
    );
  });
});
