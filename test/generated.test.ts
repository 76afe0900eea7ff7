/** Generated files are committed and current: whoever changes their sources runs `npm run generate` and `npm run docs`. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const generators = readdirSync(join(ROOT, 'scripts')).filter((file) => /^docs-.*\.ts$/.test(file));

test.each([...generators, 'syntax.ts'])(
  'scripts/%s would write what is there',
  (file) => {
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts', file), '--check'], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  },
  60_000,
);
