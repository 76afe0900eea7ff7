/** Runs the real command, `bin/loadpath.mjs` with the bundles, in a folder of its own. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The checkout. */
export const root = join(import.meta.dirname, '..');

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as it came. */
  readonly bytes: Uint8Array;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A folder below the playground's, instead of it. */
  readonly within?: string;
}

/** A temporary folder with files in it; `remove` it in the end. */
export interface Playground {
  readonly folder: string;
  write(name: string, content: string | Uint8Array): void;
  /** Runs `loadpath` there. */
  run(args: readonly string[], options?: RunOptions): Outcome;
  remove(): void;
}

/** Builds the bundles if a source has changed since they were built. */
export function buildOnce(): void {
  const script = join(root, 'scripts', 'build.ts');
  execFileSync(process.execPath, [script, '--if-needed'], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/**
 * What is needed to run the command, in a folder of its own: the bundles must not need anything of the checkout, and the checkout may
 * be built anew while the tests run. The result is the script to run; `remove` takes its folder away.
 */
export function copyCommand(): { readonly bin: string; remove(): void } {
  buildOnce();
  const folder = mkdtempSync(join(tmpdir(), 'loadpath-bin-'));
  for (const name of ['bin', 'dist', 'package.json']) cpSync(join(root, name), join(folder, name), { recursive: true });
  return { bin: join(folder, 'bin', 'loadpath.mjs'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A folder with these files, in which to run the script `bin`. */
export function createPlayground(bin: string, files: Readonly<Record<string, string>> = {}): Playground {
  const folder = mkdtempSync(join(tmpdir(), 'loadpath-cli-'));
  const write = (name: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  };
  for (const [name, content] of Object.entries(files)) write(name, content);
  return {
    folder,
    write,
    run: (args, { input = '', env = {}, within = '' } = {}) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
        cwd: join(folder, within),
        input,
        // The environment of the tests may itself ask for colour, or for none.
        env: { PATH: process.env.PATH, TMPDIR: tmpdir(), ...env },
        maxBuffer: 64 * 1024 * 1024,
      });
      return { code: status, stdout: stdout.toString(), stderr: stderr.toString(), bytes: stdout };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
