/** What is bundled from where, and which files are copied beside the bundles. */
import type { BuildOptions } from 'esbuild';

const node: BuildOptions = { platform: 'node', target: 'node22.12' };

export const bundles: readonly BuildOptions[] = [
  {
    ...node,
    entryPoints: [{ in: 'cli/main.ts', out: 'cli/main' }],
    format: 'esm',
    // Each command and each report is loaded when it is used, so `fmt` never loads the layout.
    splitting: true,
    chunkNames: 'cli/[name]-[hash]',
    // CommonJS dependencies inside an ECMAScript module bundle still call `require` for Node's own modules.
    banner: { js: "import{createRequire as $r}from'node:module';const require=$r(import.meta.url);" },
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
];
