/**
 * Writes `types/`: the declarations of what the package exports. The compiler makes them as a part of the build; here they are put
 * where `exports` in package.json points. Run before packing.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './stamp.mjs';

const types = join(root, 'types');

const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const { status } = spawnSync(process.execPath, [tsc, '-b', 'language'], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(1);
rmSync(types, { recursive: true, force: true });
for (const name of ['model', 'simulator', join('language', 'read.d.ts')]) {
  const from = join(root, 'out', name);
  if (!existsSync(from)) throw new Error(`The compiler has not written ${from}.`);
  mkdirSync(dirname(join(types, name)), { recursive: true });
  cpSync(from, join(types, name), { recursive: true, filter: (path) => !/\.tsbuildinfo$|testing\.d\.ts$/.test(path) });
}
