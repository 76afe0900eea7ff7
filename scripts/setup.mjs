// Before `npm start`: installs and builds what is missing or out of date, and says nothing when nothing is.
// Plain JavaScript, because it runs on the machine's own Node, which may be too old for anything else here.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFresh, root } from './stamp.mjs';

if (!isInstalled()) npm('Installing the development dependencies', 'ci', '--no-audit', '--no-fund');
if (!isFresh()) npm('Building', 'run', 'bundle', '--silent');

/** npm leaves a copy of the lock file in node_modules; the root package is not part of it. */
function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed) || !existsSync(join(root, 'node_modules', '.bin', 'node'))) return false;
  return packages(installed) === packages(join(root, 'package-lock.json'));
}

function packages(/** @type {string} */ lockFile) {
  const entries = Object.entries(JSON.parse(readFileSync(lockFile, 'utf8')).packages);
  // Optional packages are those of other platforms.
  const needed = entries.filter(([name, { optional, devOptional }]) => name !== '' && !optional && !devOptional);
  return JSON.stringify(needed.map(([name, { version }]) => [name, version]).sort());
}

function npm(/** @type {string} */ what, /** @type {string[]} */ ...args) {
  process.stderr.write(`${what} (npm ${args.join(' ')}) …\n`);
  // Standard output belongs to the main job.
  const { status } = spawnSync('npm', args, {
    cwd: root,
    stdio: ['ignore', args[0] === 'ci' ? 2 : 'ignore', 2],
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  process.stderr.write(`'npm ${args.join(' ')}' failed, so Loadpath cannot start.\n`);
  process.exit(2);
}
