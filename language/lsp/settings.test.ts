/** Everything can be switched off, and the manifest of the extension names every switch. */
import { expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { startSession } from '../../test/harness/session.ts';
import { settingPaths } from './settings.ts';
import { open } from './testing.ts';

const text = `import "./other.arch"
param people = 5M
users visitors { population: people / 2, dailyActive: 40%, requests: 50/day }
server <|>app { cores: 4, serviceTime: 18ms
  memory: 2GB
}
visitors -> app : `;

type Services = Awaited<ReturnType<typeof open>>['arch']['lsp'];
type Opened = Awaited<ReturnType<typeof open>>;

const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
const context = { diagnostics: [], only: ['quickfix'] };
const end = { line: 6, character: 18 };

/** One request for each feature, with an answer as long as the feature is on. */
const requests: Readonly<Record<string, (lsp: Services, opened: Opened) => unknown>> = {
  callHierarchy: (lsp, { document, at }) => lsp.CallHierarchyProvider?.prepareCallHierarchy(document, at),
  codeActions: (lsp, { document, at }) =>
    lsp.CodeActionProvider?.getCodeActions(document, { ...at, range: whole, context }),
  codeLens: (lsp, { document, at }) => lsp.CodeLensProvider?.provideCodeLens(document, at),
  completion: (lsp, { document, at }) => lsp.CompletionProvider?.getCompletion(document, { ...at, position: end }),
  definition: (lsp, { document, at }) => lsp.DefinitionProvider?.getDefinition(document, at),
  documentHighlight: (lsp, { document, at }) => lsp.DocumentHighlightProvider?.getDocumentHighlight(document, at),
  documentLinks: (lsp, { document, at }) => lsp.DocumentLinkProvider?.getDocumentLinks(document, at),
  documentSymbols: (lsp, { document, at }) => lsp.DocumentSymbolProvider?.getSymbols(document, at),
  folding: (lsp, { document, at }) => lsp.FoldingRangeProvider?.getFoldingRanges(document, at),
  formatting: (lsp, { document, at }) =>
    lsp.Formatter?.formatDocument(document, { ...at, options: { tabSize: 2, insertSpaces: true } }),
  hover: (lsp, { document, at }) => lsp.HoverProvider?.getHoverContent(document, at),
  inlayHints: (lsp, { document, at }) => lsp.InlayHintProvider?.getInlayHints(document, { ...at, range: whole }),
  references: (lsp, { document, at }) =>
    lsp.ReferencesProvider?.findReferences(document, { ...at, context: { includeDeclaration: true } }),
  rename: (lsp, { document, at }) => lsp.RenameProvider?.prepareRename(document, at),
  semanticTokens: (lsp, { document, at }) => lsp.SemanticTokenProvider?.semanticHighlight(document, at),
  signatureHelp: (lsp, { document, at }) => lsp.SignatureHelp?.provideSignatureHelp(document, { ...at, position: end }),
};

it.each(Object.entries(requests))('%s is silent when it is switched off', async (name, ask) => {
  const opened = await open(text);
  const { lsp } = opened.arch;
  const answer = await ask(lsp, opened);
  expect(Array.isArray(answer) ? answer.length > 0 || name === 'formatting' : answer).toBeTruthy();
  lsp.Settings.update({ [name]: { enabled: false } });
  expect(await ask(lsp, opened)).toBeUndefined();
});

it('rename changes nothing when it is switched off', async () => {
  const { arch, document, at } = await open(text);
  arch.lsp.Settings.update({ rename: { enabled: false } });
  expect(await arch.lsp.RenameProvider!.rename(document, { ...at, newName: 'other' })).toBeUndefined();
});

it.each([
  ['workspaceSymbols', 'workspace/symbol', { query: 'app' }],
  ['selectionRanges', 'textDocument/selectionRange', { positions: [{ line: 0, character: 8 }] }],
])('%s is silent when it is switched off by the client', async (name, method, params) => {
  const session = await startSession();
  await session.open('main.arch', 'server app { }');
  const ask = async () =>
    (await session.request<unknown[] | null>(method, { ...params, textDocument: { uri: session.uri('main.arch') } })) ??
    [];
  expect(await ask()).toHaveLength(1);
  const settings = { loadpath: { [name]: { enabled: false } } };
  await session.client.sendNotification('workspace/didChangeConfiguration', { settings });
  await expect.poll(ask).toEqual([]);
  session.client.dispose();
});

it('has a switch for each of them, in the manifest too', () => {
  const switches = [...Object.keys(requests), 'workspaceSymbols', 'selectionRanges'].map((name) => `${name}.enabled`);
  expect(settingPaths.filter((path) => path !== 'hover.figures').toSorted()).toEqual(switches.sort());
  const contributed = Object.keys(manifest.contributes.configuration.properties)
    .map((name) => name.replace('loadpath.', ''))
    .filter((name) => !/^(preview|trace)\./.test(name));
  expect(contributed.toSorted()).toEqual([...settingPaths].sort());
});
