import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAllEditors, eventually, openFixture, positionOf, replaceText } from './documents.ts';

suite('language features', () => {
  teardown(closeAllEditors);

  test('completion offers the properties of the component at the cursor', async () => {
    const document = await openFixture('shop.arch');
    await replaceText(document, 'serviceTime: 18ms }', 'serviceTime: 18ms,  }');
    const labels = await completions(document, positionOf(document, '18ms,  }', '18ms, '.length));
    assert.ok(labels.includes('sessions'), labels.join());
    assert.ok(!labels.includes('population'), 'population belongs to users, not to servers');
  });

  test('completion offers the kinds of components in a container', async () => {
    const document = await openFixture('shop.arch');
    await replaceText(document, '  balancer -> checkout', '  \n  balancer -> checkout');
    const labels = await completions(document, positionOf(document, '\n  \n  balancer', '\n  '.length));
    for (const kind of ['cache', 'queue', 'server']) assert.ok(labels.includes(kind), `${kind} in ${labels.join()}`);
  });

  test('hover shows the documentation of a component and of a property', async () => {
    const document = await openFixture('shop.arch');
    const component = await hover(document, positionOf(document, '-> checkout', '-> '.length));
    assert.match(component, /Takes the orders\./);
    const property = await hover(document, positionOf(document, 'serviceTime', 1));
    assert.match(property, /serviceTime/);
  });

  test('definition and references connect a name with its declaration', async () => {
    const document = await openFixture('shop.arch');
    const use = positionOf(document, '-> checkout', '-> '.length);
    const [declared] = await locations('vscode.executeDefinitionProvider', document, use);
    assert.deepEqual(declared?.start, positionOf(document, 'server checkout', 'server '.length));
    const references = await locations('vscode.executeReferenceProvider', document, use);
    assert.equal(references.length, 3, 'the declaration, and a use on either side of an arrow');
  });

  test('rename changes the declaration and every use', async () => {
    const document = await openFixture('shop.arch');
    const at = positionOf(document, 'server checkout', 'server '.length);
    const edit = await eventually('an edit that renames', () =>
      vscode.commands.executeCommand<vscode.WorkspaceEdit | undefined>(
        'vscode.executeDocumentRenameProvider',
        document.uri,
        at,
        'cashDesk',
      ),
    );
    const before = document.getText();
    assert.ok(await vscode.workspace.applyEdit(edit), 'VS Code has applied the edit.');
    assert.equal(document.getText(), before.replaceAll('checkout', 'cashDesk'));
  });

  test('symbols follow the nesting of the components', async () => {
    const document = await openFixture('shop.arch');
    const symbols = await eventually('symbols', () =>
      vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      ),
    );
    const east = flatten(symbols).find((symbol) => symbol.name === 'east');
    const inside = east?.children.map((symbol) => symbol.name) ?? [];
    for (const name of ['balancer', 'checkout', 'orders']) assert.ok(inside.includes(name), `${name} in ${inside}`);
  });

  test('formatting tidies the text and leaves tidy text alone', async () => {
    const document = await openFixture('unformatted.arch');
    await format(document);
    const tidy = document.getText();
    assert.match(tidy, /^server app \{\n {2}replicas: 2\n {2}cores: 4\n {2}serviceTime: 20ms\n\}/m);
    assert.match(tidy, /^visitors -> app$/m);
    await format(document);
    assert.equal(document.getText(), tidy);
  });

  test('folding covers a container, and semantic tokens are given', async () => {
    const document = await openFixture('shop.arch');
    const ranges = await eventually('folding ranges', () =>
      vscode.commands.executeCommand<vscode.FoldingRange[] | undefined>(
        'vscode.executeFoldingRangeProvider',
        document.uri,
      ),
    );
    const east = positionOf(document, 'dataCenter east').line;
    assert.ok(
      ranges.some((range) => range.start === east),
      'the data center can be folded',
    );
    const tokens = await eventually('semantic tokens', () =>
      vscode.commands.executeCommand<vscode.SemanticTokens | undefined>(
        'vscode.provideDocumentSemanticTokens',
        document.uri,
      ),
    );
    assert.ok(tokens.data.length > 0, 'there are semantic tokens');
  });
});

async function completions(document: vscode.TextDocument, position: vscode.Position): Promise<string[]> {
  const list = await eventually('completions', async () => {
    const answer = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      position,
    );
    return answer.items.length > 0 ? answer : undefined;
  });
  return list.items.map((item) => (typeof item.label === 'string' ? item.label : item.label.label));
}

async function hover(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await eventually('a hover', async () => {
    const answer = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    return answer.length > 0 ? answer : undefined;
  });
  const parts = hovers.flatMap((one) => one.contents);
  return parts.map((part) => (typeof part === 'string' ? part : part.value)).join('\n');
}

/** Definition providers answer with locations or with links; of either, the range of the name. */
async function locations(
  command: string,
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.Range[]> {
  const found = await eventually('locations', async () => {
    const answer = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      command,
      document.uri,
      position,
    );
    return answer.length > 0 ? answer : undefined;
  });
  return found.map((one) => ('range' in one ? one.range : (one.targetSelectionRange ?? one.targetRange)));
}

async function format(document: vscode.TextDocument): Promise<void> {
  const edits = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
    'vscode.executeFormatDocumentProvider',
    document.uri,
    { tabSize: 2, insertSpaces: true },
  );
  if (!edits || edits.length === 0) return;
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, edits);
  assert.ok(await vscode.workspace.applyEdit(edit), 'VS Code has applied the edits.');
}

function flatten(symbols: readonly vscode.DocumentSymbol[]): vscode.DocumentSymbol[] {
  return symbols.flatMap((symbol) => [symbol, ...flatten(symbol.children)]);
}
