import { EmptyFileSystemProvider, TextDocument, URI } from 'langium';
import { expect, test } from 'vitest';
import { createLspServices } from './module.ts';

class Files extends EmptyFileSystemProvider {
  readonly texts: Map<string, string>;

  constructor(texts: Readonly<Record<string, string>>) {
    super();
    this.texts = new Map(Object.entries(texts));
  }

  override existsSync(uri?: URI): boolean {
    return uri !== undefined && this.texts.has(uri.path);
  }

  override readFileSync(uri?: URI): string {
    const text = uri && this.texts.get(uri.path);
    if (text === undefined) throw new Error('There is no such file.');
    return text;
  }
}

const CONFIG = '/shop/loadpath.config.jsonc';
const TEXT = `users visitors { rate: 300/s }
server app { serviceTime: 4ms, replicas: 2 }
visitors -> app
`;

/** What the editor shows for the text in `/shop/main.arch`, before and after an edit of the configuration. */
async function diagnose(...configurations: readonly string[]): Promise<readonly (readonly string[])[]> {
  const files = new Files({});
  const { shared } = createLspServices({ fileSystemProvider: () => files });
  const uri = URI.parse('memory:/shop/main.arch');
  const document = shared.workspace.LangiumDocumentFactory.fromTextDocument(
    TextDocument.create(uri.toString(), 'arch', 1, TEXT),
    uri,
  );
  shared.workspace.TextDocuments.set(document.textDocument);
  shared.workspace.LangiumDocuments.addDocument(document);
  const seen: string[][] = [];
  for (const text of configurations) {
    files.texts.set(CONFIG, text);
    await shared.workspace.DocumentBuilder.update([uri], []);
    await shared.workspace.DocumentBuilder.build([document], { validation: true });
    seen.push((document.diagnostics ?? []).map(({ code, severity }) => `${code} ${severity}`));
  }
  return seen;
}

test('diagnostics follow the configuration, and the defaults where it is broken', async () => {
  const [strict, broken, off] = await diagnose(
    '{ "extends": "loadpath:strict" }',
    '{ "extends": "loadpath:stric" }',
    '{ "rules": { "replicas-without-load-balancer": "off", "public-server": "off", "no-failover-headroom": "off" } }',
  );
  expect(strict).toContain('replicas-without-load-balancer 1');
  expect(broken).toContain('replicas-without-load-balancer 2');
  expect(off).toEqual([]);
});

test('a finding of a custom rule can be ignored with a reason', async () => {
  const custom = { id: 'owned', message: 'x', select: { kind: 'server' }, assert: { property: 'owner', op: 'exists' } };
  const files = new Files({ [CONFIG]: JSON.stringify({ customRules: [custom] }) });
  const { shared, arch } = createLspServices({ fileSystemProvider: () => files });
  const uri = URI.parse('memory:/shop/main.arch');
  const text = TextDocument.create(uri.toString(), 'arch', 1, TEXT);
  const document = shared.workspace.LangiumDocumentFactory.fromTextDocument(text, uri);
  shared.workspace.LangiumDocuments.addDocument(document);
  await shared.workspace.DocumentBuilder.build([document], { validation: true });
  const actions = await arch.lsp.CodeActionProvider?.getCodeActions(document, {
    textDocument: { uri: uri.toString() },
    range: { start: { line: 1, character: 8 }, end: { line: 1, character: 8 } },
    context: { diagnostics: [] },
  });
  expect(actions?.map(({ title }) => title)).toContain("Ignore 'owned' here, with a reason");
});
