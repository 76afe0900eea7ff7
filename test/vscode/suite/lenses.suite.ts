import * as vscode from 'vscode';
import { closeAllEditors, eventually, openFixture, positionOf } from './documents.ts';

suite('lenses', () => {
  teardown(closeAllEditors);

  test('the first limit leads to its line', async () => {
    const document = await openFixture('shop.arch');
    await click(document, 'loadpath.reveal');
    await eventually('the cursor at the server', () => cursorAt(document, 'server checkout', 'server '.length));
  });

  test('the capacity lists what saturates, and what is chosen is shown', async () => {
    const document = await openFixture('shop.arch');
    await click(document, 'loadpath.showCapacity');
    await eventually('the first bottleneck, shown while it is active', () =>
      cursorAt(document, 'server checkout', 'server '.length),
    );
    await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await eventually('the second', () => cursorAt(document, 'database orders', 'database '.length));
  });

  test('leaving a list goes back to where the cursor was', async () => {
    const document = await openFixture('shop.arch');
    const editor = vscode.window.activeTextEditor!;
    const before = positionOf(document, 'dataCenter');
    editor.selection = new vscode.Selection(before, before);
    await click(document, 'loadpath.showFailures');
    await eventually('a failure, shown', () => (editor.selection.active.isEqual(before) ? undefined : true));
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await eventually('the place before', () => (editor.selection.active.isEqual(before) ? true : undefined));
  });
});

/** Does what a click on the lens with this command does. */
async function click({ uri }: vscode.TextDocument, command: string): Promise<void> {
  const lens = await eventually(`a lens with ${command}`, async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
    return lenses?.find((each) => each.command?.command === command);
  });
  await vscode.commands.executeCommand(command, ...(lens.command?.arguments ?? []));
}

function cursorAt(document: vscode.TextDocument, text: string, offset: number): true | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor?.document === document && editor.selection.active.isEqual(positionOf(document, text, offset))
    ? true
    : undefined;
}
