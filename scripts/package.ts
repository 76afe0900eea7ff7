/**
 * Packs the extension: `node scripts/package.ts` writes `out/loadpath.vsix`.
 * The npm package and the extension share one manifest but not their files, so the extension is staged in a folder of its own: what
 * VS Code needs, and a manifest without what only npm needs.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { root } from './stamp.mjs';

/** Everything that is in the packed extension besides its manifest. */
const files = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'dist/browser/extension.js',
  'dist/browser/server.js',
  'dist/extension.cjs',
  'dist/layout-worker.cjs',
  'dist/licenses.txt',
  'dist/language-server.cjs',
  'dist/server.cjs',
  'dist/webview-style.css',
  'dist/webview.js',
  'docs/schema/config.schema.json',
  'examples/chapter/01-single-server.arch',
  'examples/chapter/05-replication.arch',
  'examples/chapter/07-cdn.arch',
  'examples/chapter/09-data-centers.arch',
  'examples/chapter/13-millions-of-users.arch',
  'extension/media/arch-dark.svg',
  'extension/media/arch-light.svg',
  'extension/media/logo.png',
  'extension/media/walkthrough/01-single-server-contrast.svg',
  'extension/media/walkthrough/01-single-server-dark.svg',
  'extension/media/walkthrough/01-single-server-light.svg',
  'extension/media/walkthrough/05-replication-contrast.svg',
  'extension/media/walkthrough/05-replication-dark.svg',
  'extension/media/walkthrough/05-replication-light.svg',
  'extension/media/walkthrough/07-cdn-contrast.svg',
  'extension/media/walkthrough/07-cdn-dark.svg',
  'extension/media/walkthrough/07-cdn-light.svg',
  'extension/media/walkthrough/09-data-centers-contrast.svg',
  'extension/media/walkthrough/09-data-centers-dark.svg',
  'extension/media/walkthrough/09-data-centers-light.svg',
  'extension/media/walkthrough/13-millions-of-users-contrast.svg',
  'extension/media/walkthrough/13-millions-of-users-dark.svg',
  'extension/media/walkthrough/13-millions-of-users-light.svg',
  'syntaxes/arch.tmLanguage.json',
  'syntaxes/language-configuration.json',
];
/** A packed extension above this many bytes is a mistake. */
const LIMIT = 2_500_000;

const stage = join(root, '.cache', 'vsix');
rmSync(stage, { recursive: true, force: true });
for (const file of files) {
  mkdirSync(dirname(join(stage, file)), { recursive: true });
  cpSync(join(root, file), join(stage, file));
}
/**
 * What only npm needs; and `type`, because the extension host of a browser loads no ECMAScript modules and takes every .js file of a
 * package of that type for one.
 */
const npmOnly = ['devDependencies', 'scripts', 'bin', 'files', 'allowScripts', 'exports', 'type'];
const manifest = Object.entries(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).filter(
  ([name]) => !npmOnly.includes(name),
);
writeFileSync(join(stage, 'package.json'), `${JSON.stringify({ ...Object.fromEntries(manifest), files }, null, 2)}\n`);

const packed = join(root, 'out', 'loadpath.vsix');
mkdirSync(dirname(packed), { recursive: true });
await createVSIX({ cwd: stage, packagePath: packed, dependencies: false });
const { size } = statSync(packed);
if (size > LIMIT) throw new Error(`${packed} has ${size} bytes, above the limit of ${LIMIT}.`);
