/** The command line and the editor say the same about the same files: `check` against the diagnostics of the language server. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver/node';
import { openInEditor } from './harness/diagnose.ts';
import { copyCommand, createPlayground, root } from './loadpath.ts';

const FOLDER = join(root, 'examples');
const SEVERITIES = ['', 'error', 'warning', 'info'];

let command: ReturnType<typeof copyCommand>;
beforeAll(() => {
  command = copyCommand();
}, 120_000);
afterAll(() => command.remove());

test('every example has the same findings in both', async () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.arch'));
  const inEditor = await diagnose(files.map((name) => join(FOLDER, name)));
  const onCommandLine = check();
  expect(onCommandLine.length).toBeGreaterThan(files.length);
  expect(inEditor).toEqual(onCommandLine);
}, 60_000);

/** What `loadpath check` finds, as lines. */
function check(): readonly string[] {
  const playground = createPlayground(command.bin);
  const { stdout } = playground.run(['check', FOLDER, '--format', 'json']);
  playground.remove();
  const { findings } = JSON.parse(stdout);
  return findings
    .map(({ rule, severity, message, place }: CheckFinding) => {
      const name = place.file.slice(place.file.indexOf('examples/'));
      return `${name}:${place.start.line}:${place.start.column} ${severity} ${rule} ${message}`;
    })
    .sort();
}

interface CheckFinding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly place: { readonly file: string; readonly start: { readonly line: number; readonly column: number } };
}

/** What the server publishes about these files once they are open, as the same lines. */
async function diagnose(files: readonly string[]): Promise<readonly string[]> {
  const editor = await openInEditor(command.bin, FOLDER, files);
  await editor.close();
  return [...editor.published].flatMap(([uri, diagnostics]) => diagnostics.map((each) => lineOf(uri, each))).sort();
}

function lineOf(uri: string, { range, severity = 1, code, message }: Diagnostic): string {
  const name = uri.slice(uri.indexOf('examples/'));
  return `${name}:${range.start.line + 1}:${range.start.character + 1} ${SEVERITIES[severity]} ${code} ${message}`;
}
