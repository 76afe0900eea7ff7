import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { build } from 'esbuild';
import { SetupError } from './setup.ts';

/** The checkout that this harness belongs to. */
export const ROOT = path.join(import.meta.dirname, '..', '..');
const SUITE = path.join(import.meta.dirname, 'suite');
const UI = path.join(import.meta.dirname, 'ui');
const WEB = path.join(import.meta.dirname, 'web');

/** Builds the extension where its sources are newer than the last build, as `npm start` does. */
export function buildExtension(): void {
  runBuild(process.execPath, [path.join(ROOT, 'scripts', 'setup.mjs')]);
}

/** Packs the extension by the same script as for a release. @returns the path of the packed file */
export function packExtension(): string {
  const vsix = path.join(ROOT, 'out', 'loadpath.vsix');
  fs.rmSync(vsix, { force: true });
  runBuild('npm', ['run', 'package']);
  if (!fs.existsSync(vsix)) throw new SetupError(`'npm run package' has not written ${vsix}.`);
  return vsix;
}

/** Packs the extension, and @returns the folder with the files that are in the packed one. */
export function stageExtension(): string {
  packExtension();
  return path.join(ROOT, '.cache', 'vsix');
}

/**
 * Bundles the API suite for the extension host, which loads CommonJS and provides `vscode` itself.
 * @returns the module whose `run()` runs the suite
 */
export async function bundleSuite(outdir: string): Promise<string> {
  fs.rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: [path.join(SUITE, 'index.ts'), ...suiteFiles(SUITE)],
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return path.join(outdir, 'index.cjs');
}

/** Bundles the web suite for the extension host of a browser. @returns the module whose `run()` runs the suite */
export async function bundleWebSuite(outdir: string): Promise<string> {
  fs.rmSync(outdir, { recursive: true, force: true });
  const outfile = path.join(outdir, 'index.js');
  await build({
    entryPoints: [path.join(WEB, 'index.ts')],
    outfile,
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    target: 'chrome128',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return outfile;
}

/** The number of tests that a level declares: fewer results than that are no pass. */
export function countTests(level: 'api' | 'ui' | 'web'): number {
  const texts = suiteFiles({ api: SUITE, ui: UI, web: WEB }[level]).map((file) => fs.readFileSync(file, 'utf8'));
  return texts.reduce((sum, text) => sum + (text.match(/^ *test\(/gm)?.length ?? 0), 0);
}

function suiteFiles(folder: string): string[] {
  const names = fs.readdirSync(folder).filter((name) => name.endsWith('.suite.ts'));
  return names.sort().map((name) => path.join(folder, name));
}

function runBuild(command: string, args: readonly string[]): void {
  const shown = [path.basename(command), ...args].join(' ');
  console.log(`${shown} ...`);
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8' });
  if (status === 0) return;
  throw new SetupError(
    `${stdout ?? ''}${stderr ?? ''}\n'${shown}' failed: the extension under test could not be made.`,
  );
}
