import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAllEditors, eventually, openFixture, ruleOf } from './documents.ts';

suite('scenarios', () => {
  teardown(closeAllEditors);

  test('a broken promise of a scenario is a finding on its limit', async () => {
    const document = await openFixture('surge.arch');
    const finding = await eventually('the finding', () =>
      vscode.languages.getDiagnostics(document.uri).find((it) => ruleOf(it) === 'scenario-requirement-violated'),
    );
    assert.equal(document.getText(finding.range), '1s');
    assert.equal(finding.relatedInformation?.length, 1, 'it names the event before');
  });

  test('promises and scenarios are tests', async () => {
    const document = await openFixture('surge.arch');
    const tests = await eventually('the tests of the file', async () => {
      const found: readonly unknown[] = await vscode.commands.executeCommand(
        'vscode.testing.getTestsInFile',
        document.uri,
      );
      return found.length > 0 ? JSON.stringify(found) : undefined;
    });
    assert.match(tests, /scenario flashCrowd/);
    const controllers: readonly string[] = await vscode.commands.executeCommand(
      'vscode.testing.getControllersWithTests',
    );
    assert.ok(
      controllers.some((id) => id.endsWith('loadpath')),
      controllers.join(),
    );
    await vscode.commands.executeCommand('testing.runAll');
  });

  test('the lens above a scenario says how it goes, and plays it beside the text', async () => {
    const document = await openFixture('surge.arch');
    const lens = await eventually('the lens', async () => (await lensesOf(document)).find(isPlay));
    assert.match(lens.command?.title ?? '', /availability 100% · 1 of 2 promises broken$/);
    assert.equal(document.getText(lens.range), 'flashCrowd');
    const { command, arguments: args = [] } = lens.command!;
    await vscode.commands.executeCommand(command, ...args);
    const group = await eventually('the preview', () =>
      vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(isPreview)),
    );
    assert.equal(group.viewColumn, vscode.ViewColumn.Two);
  });
});

async function lensesOf({ uri }: vscode.TextDocument): Promise<readonly vscode.CodeLens[]> {
  return (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100)) ?? [];
}

function isPlay({ command }: vscode.CodeLens): boolean {
  return command?.command === 'loadpath.playScenario';
}

function isPreview({ input }: vscode.Tab): boolean {
  return input instanceof vscode.TabInputWebview && input.viewType.includes('loadpath');
}
