/** What is bundled from where, and which files are copied beside the bundles. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BuildOptions, Plugin } from 'esbuild';
import { fingerprinted, keptBundle, lateBuiltins } from './kept-code.ts';
import { langiumParts } from './langium-parts.ts';

const node: BuildOptions = { platform: 'node', target: 'node22.12' };

/** Resolves `layout-kernel-text` to the script of the layout kernel, as text. */
const layoutKernelText: Plugin = {
  name: 'layout-kernel-text',
  setup({ onResolve, onLoad }) {
    const path = createRequire(import.meta.url).resolve('elkjs/lib/elk-worker.min.js');
    onResolve({ filter: /^layout-kernel-text$/ }, () => ({ path }));
    onLoad({ filter: /elk-worker\.min\.js$/ }, () => ({ contents: readFileSync(path, 'utf8'), loader: 'text' }));
  },
};

const browser: BuildOptions = { platform: 'browser', target: 'chrome128' };

/** The command line loads the layout kernel when it lays something out: it is as large as everything else together. */
const layoutKernelApart: Plugin = {
  name: 'layout-kernel-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^elkjs\/lib\/elk\.bundled\.js$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './layout-kernel.cjs', external: true },
    );
  },
};

export const bundles: readonly BuildOptions[] = [
  {
    ...node,
    ...keptBundle,
    entryPoints: [{ in: 'cli/main.ts', out: 'cli/main' }],
    // jsonc-parser's other build requires its own files at run time.
    mainFields: ['module', 'main'],
    // What is imported dynamically is a function in the bundle, so that `fmt` runs nothing of the simulator.
    supported: { 'dynamic-import': false },
    plugins: [layoutKernelApart, langiumParts, lateBuiltins, fingerprinted],
  },
  {
    ...node,
    entryPoints: {
      'cli/start': 'cli/start.ts',
      'cli/layout-kernel': 'elkjs/lib/elk.bundled.js',
      'cli/event-worker': 'cli/event-worker.ts',
    },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  },
  {
    ...node,
    ...keptBundle,
    entryPoints: { 'language-server': 'extension/language-server.ts' },
    // The server computes layouts in the worker and never loads the kernel itself.
    external: ['elkjs/lib/elk.bundled.js'],
    // The packages' ECMAScript builds, where they have both, can be shaken.
    mainFields: ['module', 'main'],
    plugins: [langiumParts, lateBuiltins, fingerprinted],
  },
  {
    ...node,
    entryPoints: {
      extension: 'extension/extension.ts',
      server: 'extension/server.ts',
      'layout-worker': 'extension/preview/layout-worker.ts',
    },
    // What VS Code loads.
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    external: ['vscode'],
    mainFields: ['module', 'main'],
  },
  {
    ...browser,
    entryPoints: { 'browser/extension': 'extension/browser/extension.ts' },
    // What the extension host of a browser loads.
    format: 'cjs',
    external: ['vscode'],
    mainFields: ['browser', 'module', 'main'],
  },
  {
    ...browser,
    entryPoints: { 'browser/server': 'extension/browser/server.ts' },
    format: 'iife',
    external: ['elkjs/lib/elk.bundled.js'],
    mainFields: ['browser', 'module', 'main'],
    plugins: [layoutKernelText],
  },
  {
    ...browser,
    entryPoints: {
      webview: 'extension/preview/webview/main.tsx',
      'webview-style': 'extension/preview/webview/preview.css',
    },
    format: 'iife',
  },
  {
    // What `exports` in package.json names: for Node and browsers alike, so nothing of either.
    platform: 'browser',
    target: 'es2024',
    entryPoints: {
      'library/simulator': 'simulator/index.ts',
      'library/model': 'model/index.ts',
      'library/language': 'language/read.ts',
    },
    format: 'esm',
    splitting: true,
    chunkNames: 'library/[name]-[hash]',
    mainFields: ['browser', 'module', 'main'],
  },
];

export interface Asset {
  /** Path from the checkout. */
  readonly from: string;
  /** Path below `dist/`. */
  readonly to: string;
}

export const assets: readonly Asset[] = [
  { from: 'node_modules/@resvg/resvg-wasm/index_bg.wasm', to: 'assets/resvg.wasm' },
  { from: 'diagram/font/Inter-Regular.ttf', to: 'assets/Inter-Regular.ttf' },
  { from: 'diagram/font/Inter-SemiBold.ttf', to: 'assets/Inter-SemiBold.ttf' },
  { from: 'diagram/font/OFL.txt', to: 'assets/OFL.txt' },
];
