/** Writing generated files: all generators go through here, so that all of them can also check. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

/** Writes a generated text file. With `--check` on the command line it compares instead and makes the process fail if they differ. */
export function emit(file: string, text: string): void {
  emitBytes(file, Buffer.from(text.endsWith('\n') ? text : `${text}\n`));
}

/** The same for a file that is not text. */
export function emitBytes(file: string, content: Buffer): void {
  const path = join(ROOT, file);
  const same = current(path)?.equals(content) ?? false;
  if (process.argv.includes('--check')) {
    if (!same) {
      process.exitCode = 1;
      console.error(`${file} is not current: run 'npm run docs' and commit the result.`);
    }
    return;
  }
  if (same) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  console.log(`wrote ${file}`);
}

function current(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
