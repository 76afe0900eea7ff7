// Whether dist/ was built from the sources as they are now. Plain JavaScript: `npm start` runs it on whichever Node is there.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const SOURCES = ['cli', 'diagram', 'extension', 'interop', 'language', 'model', 'simulator', 'scripts'];
const FILES = ['package.json', 'package-lock.json'];
const STAMP = 'stamp.txt';

/** True if dist/ is there and no source was added, removed or changed since. */
export function isFresh() {
  const stamp = join(root, 'dist', STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint();
}

/** Says in a folder of bundles that they were built from sources with this fingerprint, taken before the build. */
export function writeStamp(/** @type {string} */ folder, /** @type {string} */ built) {
  writeFileSync(join(folder, STAMP), built);
}

/** Names, sizes and times of all sources, as one hash. */
export function fingerprint() {
  const hash = createHash('sha256');
  for (const name of [...SOURCES.flatMap(filesBelow), ...FILES]) {
    const { mtimeMs, size } = statSync(join(root, name));
    hash.update(`${name} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function filesBelow(/** @type {string} */ folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx|mjs|css|json|svg|ttf|langium)$/.test(name) && !name.endsWith('.test.ts'))
    .map((name) => join(folder, name))
    .sort();
}
