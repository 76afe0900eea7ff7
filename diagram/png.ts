/** A picture as PNG, without a browser: resvg in WebAssembly. The caller brings the bytes of the module and of the fonts. */
import type { InitInput } from '@resvg/resvg-wasm';

export interface PngOptions {
  /** `@resvg/resvg-wasm/index_bg.wasm`: bytes, compiled module or response. Only the first call needs it. */
  readonly wasm: InitInput | Promise<InitInput>;
  /** The files of `diagram/font/`. */
  readonly fonts: PngFonts;
  /** Pixels for each pixel of the SVG. Default: 2. */
  readonly scale?: number;
}

export type PngFonts = readonly Uint8Array[];

/** The longest side in pixels; above it the scale is reduced, because the picture is held in memory as four bytes a pixel. */
const LONGEST = 16_000;

/** Draws an SVG of `renderSvg` that has a theme other than `auto`, because resvg knows no CSS variables. */
export async function renderPng(svg: string, { wasm, fonts, scale = 2 }: PngOptions): Promise<Uint8Array> {
  const { initWasm, Resvg } = await import('@resvg/resvg-wasm');
  initialized ??= initWasm(wasm);
  await initialized;
  const font = { fontBuffers: [...fonts], defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' };
  const [, width = 1, height = 1] = (/viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []).map(Number);
  const zoom = Math.min(scale, LONGEST / Math.max(width, height));
  const resvg = new Resvg(svg, { font, fitTo: { mode: 'zoom', value: zoom } });
  const image = resvg.render();
  const bytes = image.asPng();
  image.free();
  resvg.free();
  return bytes;
}

let initialized: Promise<void> | undefined;
