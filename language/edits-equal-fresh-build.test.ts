/**
 * Any sequence of edits, in any file, leads to what a fresh build of the same texts says: models with the way back to the text, findings
 * with what their fixes write, diagnostics, figures, hints, lenses and semantic tokens. `LOADPATH_EDIT_RUNS` and `LOADPATH_EDIT_SEED` try more, and others; a failure prints its seed and the shortest script.
 */
import fc from 'fast-check';
import { type AstNode, type LangiumDocument, TextDocument, URI } from 'langium';
import { VirtualFileSystemProvider } from 'langium/test';
import { expect, it } from 'vitest';
import { compile } from './compile.ts';
import { toTextEdits } from './edits/index.ts';
import { apply, type Edit, edits, type Folder, startFolder, typing } from './fixtures/edit-scripts.ts';
import whole from './fixtures/whole-language.arch?raw';
import type { Insight } from './lsp/insight.ts';
import { createLspServices } from './lsp/module.ts';
import { segmentsOf } from './segments.ts';

const RUNS = Number(import.meta.env.LOADPATH_EDIT_RUNS ?? 12);
const SEED = Number(import.meta.env.LOADPATH_EDIT_SEED ?? 1);
/** Files that are open in the editor; the others change on the disk. */
const OPEN: ReadonlySet<string> = new Set(['main.arch', 'data.arch', 'new.arch']);

/** Of `main.arch` among `data.arch`, `main.arch` and `new.arch`. */
const MAIN = 1;

interface Workspace {
  readonly update: (edit: Edit) => Promise<void>;
  readonly says: () => Promise<Readonly<Record<string, unknown>>>;
}

/** A language server without a client, that has read the folder. */
async function openWorkspace(start: Folder): Promise<Workspace & { readonly folder: () => Folder }> {
  const files = new VirtualFileSystemProvider();
  const { shared, arch } = createLspServices({ fileSystemProvider: () => files });
  const { DocumentBuilder, LangiumDocuments, TextDocuments, WorkspaceLock } = shared.workspace;
  const workspaceFolders = [{ uri: 'memory:/folder', name: 'folder' }];
  shared.workspace.WorkspaceManager.initialize({ processId: null, rootUri: null, capabilities: {}, workspaceFolders });
  let folder = start;
  let version = 0;
  const write = (name: string) => {
    const uri = uriOf(name);
    files.delete(uri);
    files.insert(uri, folder[name]!);
    if (OPEN.has(name)) TextDocuments.set(TextDocument.create(uri.toString(), 'arch', ++version, folder[name]!));
  };
  for (const name of Object.keys(folder)) write(name);
  const documents = await Promise.all(
    Object.keys(folder)
      .filter(isText)
      .map((name) => LangiumDocuments.getOrCreateDocument(uriOf(name))),
  );
  await DocumentBuilder.build(documents, { validation: true });
  return {
    folder: () => folder,
    update: async (edit) => {
      const { changed, deleted, ...applied } = apply(folder, edit);
      folder = applied.folder;
      for (const name of deleted) {
        files.delete(uriOf(name));
        TextDocuments.delete(uriOf(name).toString());
      }
      for (const name of changed) write(name);
      // A change of a configuration is a change of everything.
      const touched = changed.every(isText) ? changed : Object.keys(folder).filter(isText);
      await WorkspaceLock.write((token) => DocumentBuilder.update(touched.map(uriOf), deleted.map(uriOf), token));
    },
    says: async () => {
      const said: Record<string, unknown> = {};
      for (const document of LangiumDocuments.all.toArray().sort((a, b) => (a.uri.path < b.uri.path ? -1 : 1)))
        said[document.uri.path] = await saysOf(document, arch);
      return said;
    },
  };
}

async function saysOf(document: LangiumDocument, arch: ReturnType<typeof createLspServices>['arch']): Promise<unknown> {
  const compilation = compile(arch, document);
  const { architecture, findings, layers, paths, connections } = compilation;
  const insight = arch.lsp.Insights.of(document);
  const params = { textDocument: { uri: document.uri.toString() } };
  const range = { start: { line: 0, character: 0 }, end: { line: document.textDocument.lineCount, character: 0 } };
  return {
    text: document.textDocument.getText(),
    architecture,
    findings,
    syntax: [
      [...layers].map(([path, nodes]) => [path, nodes.map(placeOf)]),
      [...paths].map(([node, all]) => [placeOf(node), all]),
      [...connections].map(([id, { node, to }]) => [id, placeOf(node), placeOf(to)]),
    ],
    all: insight.findings,
    fixes: insight.findings.map(({ fixes = [] }) => fixes.map(({ edits: own }) => toTextEdits(compilation, own))),
    figures: figuresOf(insight),
    diagnostics: document.diagnostics,
    hints: await arch.lsp.InlayHintProvider!.getInlayHints(document, { ...params, range }),
    lenses: await arch.lsp.CodeLensProvider!.provideCodeLens(document, params),
    // In order of the text, as paths of what they lead to.
    references: segmentsOf(document).map(
      ({ target }) => target?.ref && arch.workspace.AstNodeLocator.getAstNodePath(target.ref),
    ),
    linked: document.references.length,
    tokens: (await arch.lsp.SemanticTokenProvider!.semanticHighlight(document, params)).data,
  };
}

function placeOf({ $cstNode }: AstNode): unknown {
  return [$cstNode?.offset, $cstNode?.text];
}

/** Everything that the simulator says, read member by member. */
function figuresOf({ analysis, results, analysisAt }: Insight): unknown {
  if (!analysis) return undefined;
  const doubled = analysisAt(2);
  return [plain(analysis), [...results], doubled && plain(doubled.solution)];
}

function plain(answer: object): unknown {
  return JSON.parse(JSON.stringify(answer, (_, value) => (typeof value === 'number' ? String(value) : value)));
}

function isText(name: string): boolean {
  return name.endsWith('.arch');
}

function uriOf(name: string): URI {
  return URI.parse(`memory:/folder/${name}`);
}

async function expectFresh(workspace: Awaited<ReturnType<typeof openWorkspace>>): Promise<void> {
  const fresh = await openWorkspace(workspace.folder());
  expect(await workspace.says()).toEqual(await fresh.says());
}

const options: fc.Parameters<unknown> = { numRuns: RUNS, seed: SEED, endOnFailure: false };

it('after each edit', { timeout: 600_000 }, async () => {
  const script = fc.array(edits, { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(script, async (all) => {
      const workspace = await openWorkspace(startFolder);
      for (const edit of all) {
        await workspace.update(edit);
        await expectFresh(workspace);
      }
    }),
    options,
  );
});

it('after edits that come before the ones before them have been taken in', { timeout: 600_000 }, async () => {
  const bursts = fc.array(fc.array(edits, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(bursts, fc.nat({ max: 6 }), async (all, ticks) => {
      const workspace = await openWorkspace(startFolder);
      for (const burst of all) {
        const updates: Promise<void>[] = [];
        for (const edit of burst) {
          updates.push(workspace.update(edit));
          for (let i = 0; i < ticks; i++) await Promise.resolve();
        }
        await Promise.all(updates);
        await expectFresh(workspace);
      }
    }),
    options,
  );
});

it('in one file, many one after the other', { timeout: 600_000 }, async () => {
  const script = fc.array(typing, { minLength: 4, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(script, fc.constantFrom(1, 1, 3), async (all, atOnce) => {
      const workspace = await openWorkspace({
        'main.arch': whole,
        'data.arch': 'server other\n',
        'new.arch': 'import "main.arch"\n',
      });
      for (let i = 0; i < all.length; i += atOnce) {
        await Promise.all(all.slice(i, i + atOnce).map((edit) => workspace.update({ ...edit, file: MAIN })));
        await expectFresh(workspace);
      }
    }),
    { ...options, numRuns: Math.ceil(RUNS / 4) },
  );
});

it('where a path leads nowhere, and a file that may have been meant comes and goes', async () => {
  const workspace = await openWorkspace({ 'alone.arch': 'import "base"\nserver app\n' });
  for (const edit of [
    { type: 'create', name: 'base.arch', text: 'cache pages' },
    { type: 'rename', file: 1, name: 'bass.arch' },
    { type: 'rename', file: 1, name: 'base.arch' },
    { type: 'delete', file: 1 },
  ] satisfies readonly Edit[]) {
    await workspace.update(edit);
    await expectFresh(workspace);
  }
});
