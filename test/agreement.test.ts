/** The command line and the editor say the same about the same files: `check` against the diagnostics of the language server. */
import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
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
  const onCommandLine = check(FOLDER);
  expect(onCommandLine.length).toBeGreaterThan(files.length);
  expect(inEditor).toEqual(onCommandLine);
}, 60_000);

test('files that import each other have the same findings in both, opened or not', async () => {
  const playground = createPlayground(command.bin, IMPORTS);
  const editor = await openInEditor(command.bin, playground.folder, [join(playground.folder, 'main.arch')]);
  const onCommandLine = check(playground.folder);
  expect(onCommandLine.map((line) => line.split(':')[0])).toEqual(
    expect.arrayContaining(['main.arch', 'lib/data.arch']),
  );
  const lines = () =>
    [...editor.published]
      .flatMap(([uri, diagnostics]) => diagnostics.map((each) => lineOf(uri, each, playground.folder)))
      .sort();
  await expect.poll(lines, { timeout: 20_000 }).toEqual(onCommandLine);
  await editor.close();
  playground.remove();
}, 60_000);

/** Two architectures that share a file, a circle, a file that is ignored, and one that stands alone. */
const IMPORTS: Readonly<Record<string, string>> = {
  'main.arch':
    'import "lib/data.arch"\nusers u { rate: 900/s }\nserver app { serviceTime: 2ms }\nu -> app\napp -> posts : reads 2',
  'other.arch':
    'import "lib/data.arch"\nusers u { rate: 1/s }\nserver app { serviceTime: 2ms }\nu -> app\napp -> posts : reads 2',
  'lib/data.arch': 'import "../missing.arch"\ndatabase posts { engine: mysql, readTime: 50ms, colour: 3 }',
  'circle/a.arch': 'import "b.arch"\nserver one { cores: 0 }',
  'circle/b.arch': 'import "a.arch"\nsever two { }',
  'drafts/draft.arch': 'import "../lib/data.arch"\nusers u { rate: 50/s }\nu -> posts : reads 90',
  'alone.arch': 'cache c { }',
  'loadpath.config.jsonc': '{ "ignore": ["drafts/"], "rules": { "public-server": "error" } }',
};

/** What `loadpath check` finds, as lines. */
function check(folder: string): readonly string[] {
  const playground = createPlayground(command.bin);
  const { stdout } = playground.run(['check', folder, '--format', 'json']);
  playground.remove();
  const { findings } = JSON.parse(stdout);
  return findings
    .map(({ rule, severity, message, place }: CheckFinding) => {
      const name = relative(folder, resolve(playground.folder, place.file));
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
  return [...editor.published]
    .flatMap(([uri, diagnostics]) => diagnostics.map((each) => lineOf(uri, each, FOLDER)))
    .sort();
}

function lineOf(uri: string, { range, severity = 1, code, message }: Diagnostic, folder: string): string {
  const name = relative(folder, fileURLToPath(uri));
  return `${name}:${range.start.line + 1}:${range.start.character + 1} ${SEVERITIES[severity]} ${code} ${message}`;
}
