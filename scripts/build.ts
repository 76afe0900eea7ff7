/**
 * Bundles everything that runs: `node scripts/build.ts [--if-needed] [--watch] [--sourcemap]`.
 * What is published is minified and has no source maps; `--watch` rebuilds on change and has them. `--if-needed` does nothing where no
 * source has changed since the last time.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { BuildOptions, Plugin } from 'esbuild';
import { build, context } from 'esbuild';
import { assets, bundles } from './bundles.ts';
import { licenses } from './licenses.ts';
import { fingerprint, isFresh, root, writeStamp } from './stamp.mjs';

const { values: flags } = parseArgs({
  options: { 'if-needed': { type: 'boolean' }, watch: { type: 'boolean' }, sourcemap: { type: 'boolean' } },
});
const dist = join(root, 'dist');
/** Built here and moved in one step, so that whoever runs the old bundles meanwhile, or interrupts this, has all of them. */
const fresh = join(root, 'out', `dist-${process.pid}`);

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const shared: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.LOADPATH_VERSION': JSON.stringify(version) },
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  minify: !flags.watch,
  sourcemap: flags.watch || flags.sourcemap ? 'linked' : false,
  // TypeScript projects do not matter here; esbuild would read their references' options.
  tsconfigRaw: { compilerOptions: { jsx: 'react-jsx', jsxImportSource: 'preact', verbatimModuleSyntax: true } },
};

if (flags.watch) await watch();
else if (!flags['if-needed'] || !isFresh()) await buildOnce();

async function buildOnce(): Promise<void> {
  const sources = fingerprint();
  try {
    copyAssets(fresh);
    const results = await Promise.all(bundles.map((bundle) => build(optionsOf(bundle, fresh))));
    const metafiles = results.map((result) => result.metafile);
    writeFileSync(join(fresh, 'licenses.txt'), licenses(metafiles, assets));
    writeStamp(fresh, sources);
    printSizes();
    rmSync(dist, { recursive: true, force: true });
    renameSync(fresh, dist);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
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
  copyAssets(dist);
  const contexts = await Promise.all(
    bundles.map((bundle) =>
      context({ ...optionsOf(bundle, dist), logLevel: 'silent', plugins: [...(bundle.plugins ?? []), announce] }),
    ),
  );
  await Promise.all(contexts.map((each) => each.watch()));
}

function optionsOf(bundle: BuildOptions, outdir: string) {
  return { ...shared, outdir, ...bundle, define: { ...shared.define, ...bundle.define }, metafile: true } as const;
}

function copyAssets(folder: string): void {
  for (const { from, to } of assets) {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    cpSync(join(root, from), join(folder, to));
  }
}

function printSizes(): void {
  for (const file of readdirSync(fresh, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!statSync(join(fresh, file)).isFile()) continue;
    const bytes = readFileSync(join(fresh, file));
    console.log(`${kilobytes(bytes)}  ${kilobytes(gzipSync(bytes))} gzip  dist/${file}`);
  }
}

function kilobytes(bytes: Uint8Array): string {
  return `${(bytes.length / 1000).toFixed(1).padStart(8)} KB`;
}
