/** Everything can be switched off, and the manifest of the extension names every switch. */
import { expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
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
  documentHighlight: (lsp, { document, at }) => lsp.DocumentHighlightProvider?.getDocumentHighlight(document, at),
  documentLinks: (lsp, { document, at }) => lsp.DocumentLinkProvider?.getDocumentLinks(document, at),
  folding: (lsp, { document, at }) => lsp.FoldingRangeProvider?.getFoldingRanges(document, at),
  formatting: (lsp, { document, at }) =>
    lsp.Formatter?.formatDocument(document, { ...at, options: { tabSize: 2, insertSpaces: true } }),
  hover: (lsp, { document, at }) => lsp.HoverProvider?.getHoverContent(document, at),
  inlayHints: (lsp, { document, at }) => lsp.InlayHintProvider?.getInlayHints(document, { ...at, range: whole }),
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

it('has a switch for each of them, in the manifest too', () => {
  expect(settingPaths.filter((path) => path !== 'hover.figures')).toEqual(
    Object.keys(requests).map((name) => `${name}.enabled`),
  );
  const contributed = Object.keys(manifest.contributes.configuration.properties)
    .map((name) => name.replace('loadpath.', ''))
    .filter((name) => !/^(preview|trace)\./.test(name));
  expect(contributed.toSorted()).toEqual([...settingPaths].sort());
});
