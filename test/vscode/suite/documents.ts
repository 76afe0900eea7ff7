import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

const POLL_MS = 100;
const PATIENCE_MS = 20_000;

/** Opens a file of the fixture workspace in the active editor. */
export async function openFixture(name: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'VS Code has been started with the fixture workspace.');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** Reverts and closes everything: under test, VS Code refuses the dialog that asks whether to save. */
export async function closeAllEditors(): Promise<void> {
  while (vscode.window.tabGroups.all.some((group) => group.tabs.length > 0)) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}

/** Asks again and again, because language servers answer in their own time, and fails with `what` after 20 seconds. */
export async function eventually<T>(what: string, ask: () => T | undefined | PromiseLike<T | undefined>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`Not within ${PATIENCE_MS / 1000} seconds: ${what}.`);
}

/** The id of the rule that a diagnostic comes from, be it plain or with a link to the rule's page. */
export function ruleOf(diagnostic: vscode.Diagnostic): string | undefined {
  const { code } = diagnostic;
  const value = typeof code === 'object' ? code.value : code;
  return value === undefined ? undefined : String(value);
}

/** Waits for a finding of the rule. */
export function finding(document: vscode.TextDocument, rule: string): Promise<vscode.Diagnostic> {
  return eventually(`a finding of ${rule} in ${document.fileName}`, () =>
    vscode.languages.getDiagnostics(document.uri).find((diagnostic) => ruleOf(diagnostic) === rule),
  );
}

/** Waits until the rule has no finding any more. */
export function noFinding(document: vscode.TextDocument, rule: string): Promise<true> {
  return eventually(`no finding of ${rule} in ${document.fileName}`, () =>
    vscode.languages.getDiagnostics(document.uri).some((diagnostic) => ruleOf(diagnostic) === rule) ? undefined : true,
  );
}

/** The position of the first occurrence of `text`, moved into it by `offset` characters. */
export function positionOf(document: vscode.TextDocument, text: string, offset = 0): vscode.Position {
  const index = document.getText().indexOf(text);
  assert.ok(index >= 0, `'${text}' is in ${document.fileName}.`);
  return document.positionAt(index + offset);
}

/** Replaces the first occurrence of `text`, as typing would. */
export async function replaceText(document: vscode.TextDocument, text: string, replacement: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    document.uri,
    new vscode.Range(positionOf(document, text), positionOf(document, text, text.length)),
    replacement,
  );
  assert.ok(await vscode.workspace.applyEdit(edit), 'VS Code has applied the edit.');
}
