/** Draws the pictures of the README and of the pages in `docs/`, light and dark, through the command line as a user would. With `--check` it compares. */
import { execFileSync } from 'node:child_process';
import { emitBytes, ROOT } from './emit.ts';

const pictures = [
  { name: 'first', example: 'examples/first.arch', options: ['--view', 'overview'] },
  { name: 'message-queue', example: 'examples/chapter/10-message-queue.arch', options: ['--scale', '1'] },
  { name: 'stampede', example: 'examples/scenarios/cold-cache.arch', options: ['--view', 'stampede', '--scale', '1'] },
];

for (const { name, example, options } of pictures) {
  for (const theme of ['light', 'dark']) {
    const picture = execFileSync(
      process.execPath,
      ['bin/loadpath.mjs', 'render', example, ...options, '--format', 'png', '--theme', theme, '--output', '-'],
      { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 },
    );
    emitBytes(`docs/images/${name}-${theme}.png`, picture);
  }
}
