import * as vscode from 'vscode';
import { check, test } from './registry.ts';
import { DRAWN } from './signals.ts';

const TEXT = `architecture "Shop"
users visitors { population: 100k, dailyActive: 40%, requests: 50/day, peak: 3x }
loadBalancer lb { replicas: 2 }
/** Takes the orders. */
server app { replicas: 4, cores: 4, serviceTime: 18ms }
cache pages { engine: redis, replicas: 2, memory: 4GB, eviction: lru }
visitors -> lb
lb -> app
app -> pages : reads 2
`;
const POLL_MS = 100;
const PATIENCE_MS = 20_000;

let document: vscode.TextDocument;

test('the extension host is a worker without Node', async () => {
  check(typeof process === 'undefined' || !process.versions?.node, 'there is Node');
  check(vscode.env.uiKind === vscode.UIKind.Web, 'this is no browser');
});

test('diagnostics come from the server in its worker', async () => {
  document = await vscode.workspace.openTextDocument({ language: 'arch', content: TEXT });
  await vscode.window.showTextDocument(document);
  await eventually('a finding of cache-without-expiry', () => {
    const codes = vscode.languages.getDiagnostics(document.uri).map(({ code }) => codeOf(code));
    return codes.includes('cache-without-expiry');
  });
});

test('completion offers the properties of the component', async () => {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    positionOf('serviceTime'),
  );
  const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
  check(labels.includes('sessions'), `sessions is not among ${labels}`);
  check(!labels.includes('population'), 'population belongs to users');
});

test('hover shows documentation and figures', async () => {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    positionOf('app {'),
  );
  const text = hovers.flatMap(({ contents }) => contents.map((part) => (typeof part === 'string' ? part : part.value)));
  check(text.join().includes('Takes the orders.'), text.join());
  check(text.join().includes('utilisation'), text.join());
});

test('an imported file that is not open is seen, with the configuration beside it', async () => {
  const folder = vscode.workspace.workspaceFolders?.[0];
  check(folder, 'there is no folder');
  const data = vscode.Uri.joinPath(folder.uri, 'parts', 'data.arch');
  const main = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, 'parts', 'main.arch'));
  await eventually('an error of insufficient-headroom in the imported file', () =>
    vscode.languages
      .getDiagnostics(data)
      .some(
        ({ code, severity }) =>
          codeOf(code) === 'insufficient-headroom' && severity === vscode.DiagnosticSeverity.Error,
      ),
  );
  const codes = vscode.languages.getDiagnostics(main.uri).map(({ code }) => codeOf(code));
  check(!codes.includes('unresolved-import') && !codes.includes('unresolved-name'), codes.join());
  const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
    'vscode.executeDefinitionProvider',
    main.uri,
    main.positionAt(main.getText().indexOf('products :')),
  );
  const targets = found.map((place) => ('targetUri' in place ? place.targetUri : place.uri).toString());
  check(targets.includes(data.toString()), targets.join());
  const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
    'vscode.executeDocumentRenameProvider',
    main.uri,
    main.positionAt(main.getText().indexOf('products :')),
    'goods',
  );
  check(edit.entries().length === 2, 'the rename reaches both files');
});

test('the preview opens beside the text', async () => {
  await vscode.commands.executeCommand('loadpath.openPreviewToSide');
  await eventually('a preview', () =>
    vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ input }) => input instanceof vscode.TabInputWebview)),
  );
});

test('the preview draws the components', async () => {
  const extension = vscode.extensions.getExtension('loadpath.loadpath');
  check(extension, 'the extension is not there');
  const answer = await fetch(vscode.Uri.joinPath(extension.extensionUri, '__suite', DRAWN).toString(true));
  check(answer.ok, await answer.text());
});

function codeOf(code: vscode.Diagnostic['code']): unknown {
  return typeof code === 'object' ? code.value : code;
}

function positionOf(piece: string): vscode.Position {
  return document.positionAt(TEXT.indexOf(piece));
}

async function eventually(what: string, holds: () => boolean): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!holds()) {
    check(Date.now() < end, `not within ${PATIENCE_MS / 1000} seconds: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
