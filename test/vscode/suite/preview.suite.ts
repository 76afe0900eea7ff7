import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAllEditors, eventually, openFixture } from './documents.ts';

suite('preview', () => {
  teardown(closeAllEditors);

  test('Open Preview opens it in the editor group of the text', async () => {
    await openFixture('shop.arch');
    await vscode.commands.executeCommand('loadpath.openPreview');
    const group = await previewGroup();
    assert.equal(group.viewColumn, vscode.ViewColumn.One);
  });

  test('Open Preview to the Side keeps the text in view', async () => {
    await openFixture('shop.arch');
    await vscode.commands.executeCommand('loadpath.openPreviewToSide');
    const group = await previewGroup();
    assert.equal(group.viewColumn, vscode.ViewColumn.Two);
    const [text] = vscode.window.tabGroups.all;
    assert.ok(text?.activeTab?.input instanceof vscode.TabInputText, 'the text is still the active tab on the left');
  });

  test('Open Preview shows the open preview again and makes no second one', async () => {
    await openFixture('shop.arch');
    await vscode.commands.executeCommand('loadpath.openPreviewToSide');
    await previewGroup();
    await openFixture('shop.arch');
    await vscode.commands.executeCommand('loadpath.openPreviewToSide');
    await previewGroup();
    assert.equal(vscode.window.tabGroups.all.flatMap((group) => group.tabs.filter(isPreview)).length, 1);
  });
});

function previewGroup(): Promise<vscode.TabGroup> {
  return eventually('a preview', () => vscode.window.tabGroups.all.find((group) => group.tabs.some(isPreview)));
}

/** VS Code puts a prefix of its own before the view type. */
function isPreview(tab: vscode.Tab): boolean {
  return tab.input instanceof vscode.TabInputWebview && tab.input.viewType.includes('loadpath');
}
