/**
 * The direct parser makes of a text what Langium's makes of it, or nothing: the same syntax nodes, the same concrete syntax, the same
 * references, nothing left to report. `LOADPATH_PARSER_RUNS` and `LOADPATH_PARSER_SEED` try more random texts, and others.
 */
import fc from 'fast-check';
import { type AstNode, EmptyFileSystem, URI } from 'langium';
import { describe, expect, it } from 'vitest';
import { children, describeTree } from '../fixtures/describe-tree.ts';
import { sentences } from '../fixtures/sentences.ts';
import whole from '../fixtures/whole-language.arch?raw';
import { createLazyParser } from '../lazy-parser.ts';
import { createArchServices } from '../module.ts';
import { createParser } from '../parser.ts';
import { featureNode } from '../spans.ts';
import { findingsOfForm, syntaxFindings } from '../syntax-findings.ts';
import { DirectComposite } from './syntax-nodes.ts';
import { parseDirectly } from './texts.ts';

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
  expect(describeTree(actual.value, arch)).toEqual(describeTree(expected.value, arch));
  expect(actual).toEqual({ ...expected, value: actual.value });
  expectFeatures(actual.value);
  const document = documents.fromString(text, URI.parse('memory:/direct.arch'));
  expect(findingsOfForm(document, true)).toEqual(syntaxFindings(document));
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
