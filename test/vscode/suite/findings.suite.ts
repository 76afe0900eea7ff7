import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeAllEditors,
  eventually,
  finding,
  noFinding,
  openFixture,
  positionOf,
  replaceText,
  ruleOf,
} from './documents.ts';

suite('findings', () => {
  teardown(closeAllEditors);

  test('an .arch file is in the language arch, and wakes the extension', async () => {
    const document = await openFixture('stateful.arch');
    assert.equal(document.languageId, 'arch');
    await finding(document, 'stateful-web-tier');
    assert.equal(vscode.extensions.getExtension('loadpath.loadpath')?.isActive, true);
  });

  test('sessions kept by the web servers are reported on the component', async () => {
    const document = await openFixture('stateful.arch');
    const diagnostic = await finding(document, 'stateful-web-tier');
    assert.equal(diagnostic.source, 'loadpath');
    assert.equal(diagnostic.range.start.line, positionOf(document, 'server app').line);
    assert.ok(diagnostic.message.includes('app'), diagnostic.message);
  });

  test('a finding goes when its cause is edited away, and returns with it', async () => {
    const document = await openFixture('stateful.arch');
    await finding(document, 'stateful-web-tier');
    await replaceText(document, 'sessions: local', 'sessions: none');
    await noFinding(document, 'stateful-web-tier');
    await replaceText(document, 'sessions: none', 'sessions: local');
    await finding(document, 'stateful-web-tier');
  });

  test('a broken line is an error and does not hide the findings on the others', async () => {
    const document = await openFixture('stateful.arch');
    await replaceText(document, 'loadBalancer balancer { replicas: 2 }', 'loadBalancer balancer { replicas: : 2 }');
    const { line } = positionOf(document, 'loadBalancer balancer');
    await eventually('an error on the broken line', () =>
      vscode.languages
        .getDiagnostics(document.uri)
        .find(({ severity, range }) => severity === vscode.DiagnosticSeverity.Error && range.start.line === line),
    );
    await finding(document, 'stateful-web-tier');
  });

  test('a file that is imported has the findings of the whole, and is not opened for it', async () => {
    const main = await openFixture('parts/main.arch');
    const data = vscode.Uri.joinPath(main.uri, '..', 'data.arch');
    const found = await eventually('a finding of insufficient-headroom in data.arch', () =>
      vscode.languages.getDiagnostics(data).find((diagnostic) => ruleOf(diagnostic) === 'insufficient-headroom'),
    );
    assert.equal(found.severity, vscode.DiagnosticSeverity.Error, 'the configuration beside it says so');
    await replaceText(main, '900/s', '1/s');
    await eventually('no finding of insufficient-headroom in data.arch', () =>
      vscode.languages.getDiagnostics(data).some((diagnostic) => ruleOf(diagnostic) === 'insufficient-headroom')
        ? undefined
        : true,
    );
  });

  test('the quick fix for a cache without expiry gives it a ttl', async () => {
    const document = await openFixture('expiry.arch');
    const rule = 'cache-without-expiry';
    const diagnostic = await finding(document, rule);
    const fixes = await quickFixes(document, diagnostic.range);
    const fix = fixes.find((action) => newText(action).includes('ttl'));
    assert.ok(fix, `a fix that sets ttl among ${fixes.map((action) => action.title).join(', ') || 'no fixes'}`);
    await applyAction(fix);
    assert.match(document.getText(), /cache sessions \{[^}]*\bttl: *\d+ *[a-z]+/);
    await noFinding(document, rule);
  });
});

function quickFixes(document: vscode.TextDocument, range: vscode.Range): Thenable<vscode.CodeAction[]> {
  const resolved = 20;
  const kind = vscode.CodeActionKind.QuickFix.value;
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range, kind, resolved);
}

/** What the action would write; the command that asks for actions does not say which finding each one is for. */
function newText(action: vscode.CodeAction): string {
  const edits = action.edit?.entries().flatMap(([, inFile]) => inFile) ?? [];
  return edits.map((edit) => edit.newText).join('\n');
}

async function applyAction(action: vscode.CodeAction): Promise<void> {
  if (action.edit) assert.ok(await vscode.workspace.applyEdit(action.edit), 'VS Code has applied the edit.');
  if (action.command) {
    await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
  }
}
