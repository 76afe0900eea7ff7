/** Draws the extension's logo, which VS Code wants as a PNG, from its SVG: `node scripts/logo.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

const media = join(import.meta.dirname, '..', 'extension', 'media');
/** Pixels; VS Code asks for at least 128 and shows it larger on dense screens. */
const SIZE = 256;

await initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));
const image = new Resvg(readFileSync(join(media, 'logo.svg'), 'utf8'), { fitTo: { mode: 'width', value: SIZE } });
writeFileSync(join(media, 'logo.png'), image.render().asPng());
