/** The bundled language server as a client sees it: over standard streams, from the first request to the exit. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CodeAction,
  type CodeLens,
  type CompletionList,
  createProtocolConnection,
  type Diagnostic,
  type DocumentSymbol,
  type Hover,
  type InitializeResult,
  type InlayHint,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type SelectionRange,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { exportRequest, previewRequest } from '../extension/preview/protocol.ts';
import { changedNotification, modelRequest, partsRequest, type RequestKind } from '../language/protocol.ts';
import { buildOnce, root } from './loadpath.ts';

const uri = 'file:///folder/shop.arch';
const text = `architecture "Shop"
users visitors { population: 100k, dailyActive: 40%, requests: 50/day, peak: 3x }
loadBalancer lb { replicas: 2 }
server app { replicas: 4, cores: 4, serviceTime: 18ms }
cache pages { engine: redis, replicas: 2, memory: 4GB, eviction: lru }
visitors -> lb
lb -> app
app -> pages : reads 2
view front "Front" { include: [visitors, lb] }
`;

let process_: ChildProcess;
let server: ProtocolConnection;
let capabilities: InitializeResult['capabilities'];
const published: PublishDiagnosticsParams[] = [];
const changed: number[] = [];

beforeAll(async () => {
  buildOnce();
  process_ = spawn(process.execPath, [join(root, 'dist', 'server.cjs'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  server = createProtocolConnection(
    new StreamMessageReader(process_.stdout!),
    new StreamMessageWriter(process_.stdin!),
  );
  server.onNotification(
    'textDocument/publishDiagnostics',
    (params: PublishDiagnosticsParams) => void published.push(params),
  );
  server.onNotification(changedNotification.method, ({ version }: { version: number }) => void changed.push(version));
  server.listen();
  const result: InitializeResult = await server.sendRequest('initialize', {
    processId: null,
    rootUri: null,
    capabilities: { experimental: { loadpathCommands: ['loadpath.showCapacity'] } },
  });
  capabilities = result.capabilities;
  await server.sendNotification('initialized', {});
  await server.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'arch', version: 1, text },
  });
}, 180_000);

afterAll(async () => {
  const exit = once(process_, 'exit');
  await server.sendRequest('shutdown');
  await server.sendNotification('exit');
  expect((await exit)[0]).toBe(0);
  server.dispose();
});

/** The position of the first occurrence of a piece of the text. */
function at(piece: string) {
  const before = text.slice(0, text.indexOf(piece)).split('\n');
  return { textDocument: { uri }, position: { line: before.length - 1, character: before.at(-1)!.length } };
}

function request<Result>(method: string, params: object): Promise<Result> {
  return server.sendRequest(method, params);
}

function ask<Params, Result>(kind: RequestKind<Params, Result>, params: Params): Promise<Result> {
  return server.sendRequest(kind.method, params);
}

/** What is published about a version of the text. */
async function diagnostics(version: number): Promise<readonly Diagnostic[]> {
  const of = () => published.findLast((params) => params.uri === uri && params.version === version);
  await expect.poll(of, { timeout: 10_000 }).toMatchObject({ version });
  return of()!.diagnostics;
}

async function change(version: number, newText: string): Promise<void> {
  const contentChanges = [{ text: newText }];
  await server.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
}

describe('the language server over standard streams', () => {
  it('says what it can do', () => {
    expect(capabilities).toMatchObject({
      completionProvider: { triggerCharacters: expect.arrayContaining(['.', ':']) },
      hoverProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      documentSymbolProvider: true,
      workspaceSymbolProvider: {},
      renameProvider: { prepareProvider: true },
      foldingRangeProvider: true,
      selectionRangeProvider: true,
      documentFormattingProvider: true,
      documentRangeFormattingProvider: true,
      codeActionProvider: { codeActionKinds: ['quickfix', 'source.fixAll.loadpath', 'source.organizeImports'] },
      semanticTokensProvider: { full: expect.anything() },
      documentLinkProvider: {},
      inlayHintProvider: {},
      codeLensProvider: {},
    });
  });

  it('publishes findings, with the rule and a link to its page', async () => {
    const found = await diagnostics(1);
    expect(found).toContainEqual(
      expect.objectContaining({
        code: 'cache-without-expiry',
        source: 'loadpath',
        severity: 2,
        codeDescription: { href: expect.stringMatching(/^https:.*cache-without-expiry\.md$/) },
      }),
    );
  });

  it('says when a file has been checked anew', () => {
    expect(changed).toContain(1);
  });

  it('completes', async () => {
    const { items } = await request<CompletionList>('textDocument/completion', at('replicas: 4'));
    expect(items.map(({ label }) => label)).toContain('sessions');
  });

  it('hovers', async () => {
    const hover = await request<Hover>('textDocument/hover', at('app {'));
    expect(hover.contents).toMatchObject({ kind: 'markdown', value: expect.stringContaining('**app** · server') });
  });

  it('fixes', async () => {
    const { position } = at('pages {');
    const params = { textDocument: { uri }, range: { start: position, end: position }, context: { diagnostics: [] } };
    const actions = await request<CodeAction[]>('textDocument/codeAction', params);
    expect(actions.map(({ title }) => title)).toContainEqual(expect.stringContaining('ttl'));
  });

  it('renames', async () => {
    const edit = await request<WorkspaceEdit>('textDocument/rename', { ...at('app {'), newName: 'shop' });
    expect(edit.changes![uri]).toHaveLength(3);
    await expect(request('textDocument/rename', { ...at('app {'), newName: 'no name' })).rejects.toThrow(
      'is not a name',
    );
  });

  it('outlines and selects', async () => {
    const symbols = await request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri } });
    expect(symbols.map(({ name }) => name)).toEqual(['visitors', 'lb', 'app', 'pages', 'front']);
    const params = { textDocument: { uri }, positions: [at('18ms').position] };
    const [innermost] = await request<SelectionRange[]>('textDocument/selectionRange', params);
    const widths: number[] = [];
    for (let range = innermost; range; range = range.parent) {
      widths.push((range.range.end.line - range.range.start.line) * 1000 + range.range.end.character);
    }
    expect(widths.length).toBeGreaterThanOrEqual(4);
    expect(widths).toEqual(widths.toSorted((a, b) => a - b));
  });

  it('shows figures behind components', async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const hints = await request<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri }, range });
    expect(hints.map(({ label }) => label)).toContainEqual(expect.stringMatching(/% · 69\.4\/s · p99/));
  });

  it('gives lenses the commands that the client has, and answers what these ask', async () => {
    const lenses = await server.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    expect(lenses.map(({ command }) => command!.command)).toEqual(['loadpath.showCapacity', '', '']);
    expect(lenses[0]!.command!.arguments).toEqual([uri]);
    const { title, parts } = (await ask(partsRequest, { uri, figure: 'capacity' }))!;
    expect([title, parts[0]!.span.start.line]).toEqual([expect.stringMatching(/^Carries [\d.]+[kM] users$/), 3]);
    expect(await server.sendRequest(partsRequest.method, { uri: 'file:///nothing.arch', figure: 'cost' })).toBe(null);
  });

  it('answers with the model, at any load', async () => {
    const model = (await ask(modelRequest, { uri }))!;
    expect(model).toMatchObject({ version: 1, broken: false });
    expect(model.architecture.components.map(({ path }) => path)).toEqual(['visitors', 'lb', 'app', 'pages']);
    const doubled = (await ask(modelRequest, { uri, scale: 2 }))!;
    expect(doubled.analysis.solution.rate).toBeCloseTo(2 * model.analysis.solution.rate, 6);
    expect(await ask(modelRequest, { uri: 'file:///folder/none.arch' })).toBe(null);
  });

  it('draws, and moves nothing when only the load changes', async () => {
    const { picture, places } = await ask(previewRequest, { uri });
    expect(picture!.placed.cards.map(({ card }) => card.id).toSorted()).toEqual(['app', 'lb', 'pages', 'visitors']);
    expect(places.app!.name.start).toMatchObject(at('app {').position);
    const more = (await ask(previewRequest, { uri, users: 10_000_000 })).picture!;
    const where = ({ cards }: typeof more.placed) => cards.map(({ card, x, y }) => [card.id, x, y]);
    expect(where(more.placed)).toEqual(where(picture!.placed));
    expect(more.placed.cards.find(({ card }) => card.id === 'app')!.card.load!.level).toBe('over');
    expect(more.summary.users).toBe(10_000_000);
  });

  it('draws a view, and everything where there is no such view', async () => {
    const idsOf = async (view: string) =>
      (await ask(previewRequest, { uri, view })).picture!.placed.cards.map(({ card }) => card.id).toSorted();
    expect(await idsOf('front')).toEqual(['lb', 'visitors']);
    expect(await idsOf('back')).toEqual(['app', 'lb', 'pages', 'visitors']);
    const { views, view } = (await ask(previewRequest, { uri, view: 'front' })).picture!;
    expect({ views, view }).toEqual({ views: [{ name: 'front', title: 'Front' }], view: 'front' });
    const svg = await ask(exportRequest, { uri, view: 'front' });
    expect(svg).toMatch(/^<svg .*data-id="lb"/s);
    expect(svg).not.toContain('data-id="pages"');
  });

  it('follows edits, keeps the last good picture while the text is broken, and formats', async () => {
    await change(2, text.replace('server app {', '/* server app {'));
    expect((await diagnostics(2)).map(({ code }) => code)).toContain('syntax');
    const { picture } = await ask(previewRequest, { uri });
    expect(picture!.problem).toMatch(/^Line 4: /);
    expect(picture!.placed.cards).toHaveLength(4);

    await change(3, text.replace('server app {', 'server   app    {'));
    expect((await diagnostics(3)).map(({ code }) => code)).not.toContain('syntax');
    expect((await ask(previewRequest, { uri })).picture!.problem).toBe(undefined);
    const options = { tabSize: 2, insertSpaces: true };
    const edits = await request<TextEdit[]>('textDocument/formatting', { textDocument: { uri }, options });
    expect(edits.map(({ newText }) => newText)).toEqual([' ', ' ']);
  });

  it('lives on after requests about nothing', async () => {
    const nowhere = { textDocument: { uri: 'file:///folder/none.arch' }, position: { line: 0, character: 0 } };
    await request('textDocument/hover', nowhere).catch(() => undefined);
    await expect(request('loadpath/noSuchRequest', {})).rejects.toMatchObject({ code: -32601 });
    expect(await ask(previewRequest, { uri: 'file:///folder/none.arch' })).toEqual({ places: {} });
    expect(await request<Hover>('textDocument/hover', at('lb {'))).toMatchObject({ contents: { kind: 'markdown' } });
  });
});
