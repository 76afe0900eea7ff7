/**
 * Files that are read and linked directly become what they become with Langium's services: the same architecture, the same findings, the
 * same names. `LOADPATH_PARSER_RUNS` and `LOADPATH_PARSER_SEED` try more random texts, and others.
 */
import fc from 'fast-check';
import { type LangiumDocument, URI, UriUtils } from 'langium';
import { describe, expect, it } from 'vitest';
import { compile } from '../compile.ts';
import { sentences } from '../fixtures/sentences.ts';
import type * as ast from '../generated/ast.ts';
import { importClosure } from '../imports.ts';
import { openFiles } from '../open-files.ts';
import { rootsAmong } from '../roots.ts';
import { segmentsOf } from '../segments.ts';
import { type DirectFiles, openDirectly } from './files.ts';

const RUNS = Number(import.meta.env.LOADPATH_PARSER_RUNS ?? 150);
const SEED = Number(import.meta.env.LOADPATH_PARSER_SEED ?? 1);
const folder = URI.parse('file:///models');

const sources = import.meta.glob<string>(['../../examples/**/*.arch', '../../test/good/*.arch', '../fixtures/*.arch'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** Opens the first of several files, by path, and what it imports of the others. */
async function open(files: Readonly<Record<string, string>>, given = Object.keys(files).slice(0, 1)) {
  const texts = new Map(Object.entries(files).map(([path, text]) => [uriOf(path).toString(), text]));
  const first = given.map((path) => ({ uri: uriOf(path), text: files[path]! }));
  const read = async (uri: URI) => {
    const text = texts.get(uri.toString());
    if (text === undefined) throw new Error(`There is no ${uri.toString()}.`);
    return text;
  };
  return { directly: await openDirectly(first, read), langium: () => openFiles(first, read) };
}

function uriOf(path: string): URI {
  return UriUtils.resolvePath(folder, path);
}

/** All that is made of files, as plain data. */
function describeFiles({ services, documents }: DirectFiles): unknown {
  const { LangiumDocuments } = services.shared.workspace;
  const roots = rootsAmong(documents, (document) => importClosure(LangiumDocuments, document));
  return {
    files: LangiumDocuments.all.map(({ uri }) => uri.toString()).toArray(),
    references: LangiumDocuments.all.flatMap(referencesOf).toArray(),
    compiled: roots.map((root) => {
      const { architecture, findings, overrideErrors, nodes, layers, connections } = compile(services, root);
      return {
        root: root.uri.toString(),
        architecture,
        findings,
        overrideErrors,
        nodes: [...nodes].map(([path, node]) => [path, placeOf(node)]),
        layers: [...layers].map(([path, all]) => [path, all.map(placeOf)]),
        connections: [...connections].map(([id, { node }]) => [id, placeOf(node)]),
      };
    }),
  };
}

function referencesOf(document: LangiumDocument): readonly unknown[] {
  return segmentsOf(document).map(({ target }) => [target.$refText, target.$refNode?.offset, placeOf(target.ref)]);
}

function placeOf(node: ast.Named | ast.Statement | undefined): string | undefined {
  return node && `${node.$type} ${node.$cstNode!.root.astNode.$document!.uri.toString()} ${node.$cstNode!.offset}`;
}

/** True if the files were read directly; then nothing differs. */
async function expectEqual(files: Readonly<Record<string, string>>, given?: string[]): Promise<boolean> {
  const { directly, langium } = await open(files, given);
  if (directly) expect(describeFiles(directly)).toEqual(describeFiles(await langium()));
  return directly !== undefined;
}

it.each(Object.entries(sources))('%s is what it is with Langium', async (path, text) => {
  expect(await expectEqual({ [path]: text, ...sources })).toBe(true);
});

it('all files at once are what they are with Langium', async () => {
  expect(await expectEqual(sources, Object.keys(sources))).toBe(true);
});

it.each<[string, Readonly<Record<string, string>>]>([
  ['nothing', { 'a.arch': '' }],
  [
    'imports in a circle',
    { 'a.arch': 'import "b.arch"\nserver a\na -> b', 'b.arch': 'import "a.arch"\nserver b\nb -> a' },
  ],
  ['an import that is not there', { 'a.arch': 'import "none.arch"\nserver a' }],
  ['a path without its extension', { 'a.arch': 'import "b"\nserver a', 'b.arch': 'server b' }],
  [
    'a path with blanks and steps',
    { 'x/a.arch': 'import "../y y/b.arch"\na -> b\nserver a', 'y y/b.arch': 'server b' },
  ],
  [
    'extends in a circle',
    { 'a.arch': 'template server a extends b\ntemplate server b extends a\nserver c extends a { d: e }' },
  ],
  ['a name inside of what is extended', { 'a.arch': 'server a extends b.c { }\nservice b { server c }\nb.c -> a' }],
  [
    'overrides of copies',
    { 'a.arch': 'service s { server x }\nservice t extends s { x { cores: 4 } }\nt.x -> s.x\nx -> s' },
  ],
  ['ambiguous names', { 'a.arch': 'service a { server x }\nservice b { server x }\nx -> a\na.x -> b.x' }],
  ['words that are names of something', { 'a.arch': 'cache redis { engine: redis }\nserver s { mode: redis }' }],
])('%s', async (_, files) => {
  expect(await expectEqual(files)).toBe(true);
});

it('leaves files with mistakes to Langium, also where they are imported', async () => {
  const mistaken: readonly Readonly<Record<string, string>>[] = [
    { 'a.arch': 'server' },
    { 'a.arch': 'import "b.arch"', 'b.arch': 'server {' },
    { 'a.arch': 'import "b.arch"', 'b.arch': 'import "c.arch"', 'c.arch': '"' },
  ];
  for (const files of mistaken) expect(await expectEqual(files)).toBe(false);
});

describe('random texts', () => {
  it('are what they are with Langium', async () => {
    let read = 0;
    await fc.assert(
      fc.asyncProperty(sentences, sentences, async (text, imported) => {
        if (await expectEqual({ 'a.arch': `import "b.arch"\n${text}`, 'b.arch': imported })) read++;
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect(read).toBeGreaterThan(RUNS / 5);
  });
});
