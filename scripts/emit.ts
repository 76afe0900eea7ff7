/** Writing generated files: all generators go through here, so that all of them can also check. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

/** Writes a generated text file. With `--check` on the command line it compares instead and makes the process fail if they differ. */
export function emit(file: string, text: string): void {
  const path = join(ROOT, file);
  const content = text.endsWith('\n') ? text : `${text}\n`;
  if (process.argv.includes('--check')) {
    if (current(path) !== content) {
      process.exitCode = 1;
      console.error(`${file} is not current: run 'npm run docs' and commit the result.`);
    }
    return;
  }
  if (current(path) === content) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  console.log(`wrote ${file}`);
}

function current(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
