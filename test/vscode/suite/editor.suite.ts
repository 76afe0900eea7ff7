import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAllEditors, eventually, openFixture, positionOf, replaceText } from './documents.ts';

suite('editor', () => {
  teardown(closeAllEditors);

  test('the call hierarchy follows requests, with rates', async () => {
    const document = await openFixture('shop.arch');
    const position = positionOf(document, 'server checkout', 'server '.length);
    const [item] = await eventually('an item at checkout', async () => {
      const items: vscode.CallHierarchyItem[] = await vscode.commands.executeCommand(
        'vscode.prepareCallHierarchy',
        document.uri,
        position,
      );
      return items.length > 0 ? items : undefined;
    });
    const outgoing: vscode.CallHierarchyOutgoingCall[] = await vscode.commands.executeCommand(
      'vscode.provideOutgoingCalls',
      item,
    );
    assert.deepEqual(
      outgoing.map(({ to }) => to.name),
      ['east.orders'],
    );
    assert.match(outgoing[0]?.to.detail ?? '', /^\d+\/s · reads 2, writes 1$/);
  });

  test('help explains the flows of a connection', async () => {
    const document = await openFixture('shop.arch');
    await replaceText(document, ': reads 2, writes 1', ': reads ');
    const help: vscode.SignatureHelp = await eventually('help behind the colon', () =>
      vscode.commands.executeCommand(
        'vscode.executeSignatureHelpProvider',
        document.uri,
        positionOf(document, ': reads ', ': reads '.length),
      ),
    );
    assert.deepEqual(
      help.signatures.map(({ label }) => label),
      ['reads n'],
    );
  });

  test('a feature ends when its setting is switched off, and returns with it', async () => {
    const document = await openFixture('shop.arch');
    const position = positionOf(document, 'server checkout', 'server '.length);
    const hovers = (): Thenable<vscode.Hover[]> =>
      vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, position);
    const settings = vscode.workspace.getConfiguration('loadpath', document.uri);
    await eventually('a hover', async () => ((await hovers()).length > 0 ? true : undefined));
    await settings.update('hover.enabled', false, vscode.ConfigurationTarget.Global);
    await eventually('no hover', async () => ((await hovers()).length === 0 ? true : undefined));
    await settings.update('hover.enabled', undefined, vscode.ConfigurationTarget.Global);
    await eventually('a hover again', async () => ((await hovers()).length > 0 ? true : undefined));
  });

  test('an example of the walkthrough is opened as a copy', async () => {
    await vscode.commands.executeCommand('loadpath.openExample', '01-single-server');
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.isUntitled, true);
    assert.equal(document?.languageId, 'arch');
    assert.match(document?.getText() ?? '', /host machine "One server"/);
  });

  test('there is a task that checks the folder', async () => {
    await openFixture('shop.arch');
    const tasks = await vscode.tasks.fetchTasks({ type: 'loadpath' });
    assert.deepEqual(
      tasks.map(({ name, problemMatchers }) => [name, problemMatchers]),
      [['check', ['$loadpath']]],
    );
  });
});
