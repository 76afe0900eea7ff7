/**
 * Bundles everything that runs: `node scripts/build.ts [--watch] [--sourcemap]`.
 * What is published is minified and has no source maps; `--watch` rebuilds on change and has them.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { BuildOptions, Metafile, Plugin } from 'esbuild';
import { build, context } from 'esbuild';
import { assets, bundles } from './bundles.ts';
import { licenses } from './licenses.ts';
import { fingerprint, root, writeStamp } from './stamp.mjs';

const { values: flags } = parseArgs({ options: { watch: { type: 'boolean' }, sourcemap: { type: 'boolean' } } });
const dist = join(root, 'dist');

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const shared: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.LOADPATH_VERSION': JSON.stringify(version) },
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  minify: !flags.watch,
  outdir: 'dist',
  sourcemap: flags.watch || flags.sourcemap ? 'linked' : false,
  // TypeScript projects do not matter here; esbuild would read their references' options.
  tsconfigRaw: { compilerOptions: { jsx: 'react-jsx', jsxImportSource: 'preact', verbatimModuleSyntax: true } },
};

if (flags.watch) await watch();
else await buildOnce();

async function buildOnce(): Promise<void> {
  const sources = fingerprint();
  rmSync(dist, { recursive: true, force: true });
  copyAssets();
  const results = await Promise.all(bundles.map((bundle) => build({ ...shared, ...bundle, metafile: true })));
  const metafiles = results.map((result) => result.metafile);
  writeFileSync(join(dist, 'licenses.txt'), licenses(metafiles, assets));
  writeStamp(sources);
  printSizes(metafiles);
}

/** The lines that the problem matcher of `.vscode/tasks.json` waits for. */
async function watch(): Promise<void> {
  const announce: Plugin = {
    name: 'announce',
    setup({ onStart, onEnd }) {
      onStart(() => console.log('[watch] build started'));
      onEnd(({ errors }) => {
        for (const { text, location } of errors)
          console.error(`✘ [ERROR] ${text}\n    ${location?.file}:${location?.line}:${location?.column}:`);
        console.log('[watch] build finished');
      });
    },
  };
  copyAssets();
  const contexts = await Promise.all(
    bundles.map((bundle) => context({ ...shared, ...bundle, logLevel: 'silent', plugins: [announce] })),
  );
  await Promise.all(contexts.map((each) => each.watch()));
}

function copyAssets(): void {
  for (const { from, to } of assets) {
    mkdirSync(dirname(join(dist, to)), { recursive: true });
    cpSync(join(root, from), join(dist, to));
  }
}

function printSizes(metafiles: readonly Metafile[]): void {
  const outputs = metafiles.flatMap((metafile) => Object.keys(metafile.outputs));
  for (const file of [...outputs, ...assets.map(({ to }) => join('dist', to))].sort()) {
    const bytes = readFileSync(join(root, file));
    console.log(`${kilobytes(bytes)}  ${kilobytes(gzipSync(bytes))} gzip  ${file}`);
  }
}

function kilobytes(bytes: Uint8Array): string {
  return `${(bytes.length / 1000).toFixed(1).padStart(8)} KB`;
}
