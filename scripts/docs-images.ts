/** Draws the pictures of the README and of the pages in `docs/`, light and dark, through the command line as a user would. With `--check` it compares. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './emit.ts';

const pictures = [
  { name: 'first', example: 'examples/first.arch', options: ['--view', 'overview'] },
  { name: 'message-queue', example: 'examples/chapter/10-message-queue.arch', options: ['--scale', '1'] },
];

for (const { name, example, options } of pictures) {
  for (const theme of ['light', 'dark']) {
    const picture = execFileSync(
      process.execPath,
      ['bin/loadpath.mjs', 'render', example, ...options, '--format', 'png', '--theme', theme, '--output', '-'],
      { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 },
    );
    emitPicture(`docs/images/${name}-${theme}.png`, picture);
  }
}

function emitPicture(file: string, content: Buffer): void {
  const path = join(ROOT, file);
  const same = current(path)?.equals(content) ?? false;
  if (same) return;
  if (process.argv.includes('--check')) {
    process.exitCode = 1;
    console.error(`${file} is not current: run 'npm run docs' and commit the result.`);
    return;
  }
  mkdirSync(join(ROOT, 'docs/images'), { recursive: true });
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
