import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { closeAllEditors, eventually, ruleOf } from './documents.ts';

const SEVERITIES = ['error', 'warning', 'info', 'hint'];

/** A finding of `loadpath check --format json`; places count from 1. */
interface CheckFinding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly place: { readonly start: CheckPosition; readonly end: CheckPosition };
}

interface CheckPosition {
  readonly line: number;
  readonly column: number;
}

/** The walk through every example: what an editor shows of each, as VS Code itself asks for it. */
suite('examples', () => {
  teardown(closeAllEditors);

  const extension = vscode.extensions.getExtension('loadpath.loadpath');
  assert.ok(extension, 'The extension is installed.');
  const root = extension.extensionUri.fsPath;
  const files = fs
    .readdirSync(path.join(root, 'examples'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.arch'))
    .sort();

  test('there are examples', () => assert.ok(files.length > 10, files.join()));

  for (const name of files) {
    test(`${name} has the findings of the command line, and every feature answers`, async () => {
      const file = path.join(root, 'examples', name);
      const document = await vscode.workspace.openTextDocument(file);
      await vscode.window.showTextDocument(document);
      const expected = findingsOf(root, file);
      await eventually(`the findings of ${name}`, () => {
        const shown = vscode.languages.getDiagnostics(document.uri).map(lineOf).sort();
        return JSON.stringify(shown) === JSON.stringify(expected) ? true : undefined;
      });
      await expectFigures(document);
      await expectNames(document);
      assert.deepEqual((await formatting(document)) ?? [], [], 'it is formatted');
    });
  }
});

function findingsOf(root: string, file: string): readonly string[] {
  const args = [path.join(root, 'bin', 'loadpath.mjs'), 'check', file, '--format', 'json', '--fail-on', 'never'];
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { findings } = JSON.parse(execFileSync(process.execPath, args, { env, encoding: 'utf8' }));
  return findings
    .map(({ rule, severity, message, place: { start, end } }: CheckFinding) =>
      [start.line, start.column, end.line, end.column, severity, rule, message].join(' '),
    )
    .sort();
}

function lineOf(diagnostic: vscode.Diagnostic): string {
  const { range, severity, message } = diagnostic;
  const place = [range.start, range.end].flatMap(({ line, character }) => [line + 1, character + 1]);
  return [...place, SEVERITIES[severity], ruleOf(diagnostic), message].join(' ');
}

/** Lenses above the architecture, hints behind components. */
async function expectFigures(document: vscode.TextDocument): Promise<void> {
  const lenses: vscode.CodeLens[] = await vscode.commands.executeCommand(
    'vscode.executeCodeLensProvider',
    document.uri,
  );
  assert.match(lenses[0]?.command?.title ?? '', /^carries [\d.]+[kM]? ?/);
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const hints: vscode.InlayHint[] = await vscode.commands.executeCommand(
    'vscode.executeInlayHintProvider',
    document.uri,
    whole,
  );
  assert.ok(
    hints.some(({ label }) => / · p99 /.test(String(label))),
    'a component shows its p99',
  );
}

/** Every declared name: that it is one, that hovering over it says something, and that it is among its own references. */
async function expectNames(document: vscode.TextDocument): Promise<void> {
  const ask = async <T>(command: string, at: vscode.Position): Promise<readonly T[]> =>
    (await vscode.commands.executeCommand<T[] | undefined>(command, document.uri, at)) ?? [];
  const symbols: vscode.DocumentSymbol[] = await vscode.commands.executeCommand(
    'vscode.executeDocumentSymbolProvider',
    document.uri,
  );
  for (const { name, selectionRange, kind } of symbols.flatMap(withChildren)) {
    // Requirements have no name of their own.
    if (kind === vscode.SymbolKind.Boolean) continue;
    const at = selectionRange.start;
    assert.equal(document.getText(selectionRange), name);
    const [hover] = await ask<vscode.Hover>('vscode.executeHoverProvider', at);
    assert.ok(hover, `a hover over ${name}`);
    const references = await ask<vscode.Location>('vscode.executeReferenceProvider', at);
    assert.ok(references.some(({ range }) => range.isEqual(selectionRange)) || isView(document, at), name);
  }
}

function isView(document: vscode.TextDocument, { line }: vscode.Position): boolean {
  return document.lineAt(line).text.trimStart().startsWith('view ');
}

function withChildren(symbol: vscode.DocumentSymbol): readonly vscode.DocumentSymbol[] {
  return [symbol, ...symbol.children.flatMap(withChildren)];
}

function formatting(document: vscode.TextDocument): Thenable<vscode.TextEdit[] | undefined> {
  const options = { tabSize: 2, insertSpaces: true };
  return vscode.commands.executeCommand('vscode.executeFormatDocumentProvider', document.uri, options);
}
