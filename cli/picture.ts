/** Pictures of an architecture; the only part of the command line that loads the layout. */
import { readFileSync } from 'node:fs';
import {
  createLayouter,
  optionsAt,
  type PngFonts,
  renderPng,
  renderSvg,
  type SvgOptions,
  type Theme,
  toGraph,
} from '../diagram/index.ts';
import { check } from '../language/check.ts';
import type { View } from '../model/index.ts';
import { snapshot } from '../simulator/index.ts';
import type { OpenedArchitecture } from './architecture.ts';
import { openConfigurations } from './configuration.ts';
import { getNamed } from './named.ts';
import { JSON_VERSION, toJson } from './reports/json.ts';

export interface PictureOptions {
  readonly format: 'svg' | 'png' | 'json';
  readonly theme?: Theme;
  /** Name of a view of the file. */
  readonly view?: string;
  /** Pixels of a PNG for each pixel of the SVG. */
  readonly scale: number;
  /** With utilisation and findings. */
  readonly load: boolean;
}

/** The whole file. Throws `UsageError` if there is no such view. */
export async function drawPicture(opened: OpenedArchitecture, options: PictureOptions): Promise<string | Uint8Array> {
  const { architecture } = opened;
  const { format, theme = 'auto', scale } = options;
  const view = options.view === undefined ? undefined : getNamed(architecture.views, 'view', options.view);
  const sources: SvgOptions = { ...(view ? { view } : {}), ...(options.load ? known(opened, view) : {}) };
  if (format === 'json') {
    const diagram = await createLayouter().layout(toGraph(architecture, sources));
    return toJson({ version: JSON_VERSION, command: 'render', file: opened.file, diagram });
  }
  if (format === 'svg') return renderSvg(architecture, { ...sources, theme });
  const svg = await renderSvg(architecture, { ...sources, theme: theme === 'auto' ? 'light' : theme });
  return renderPng(svg, { wasm: asset('resvg.wasm'), fonts: fonts(), scale });
}

/** Load and findings; of a view with a scenario, those of the moment that it shows. */
function known({ architecture, findings }: OpenedArchitecture, view: View | undefined): SvgOptions {
  const { settings } = openConfigurations({}, process.cwd())(architecture.files[0] ?? '');
  const { analysis, findings: all } = check({ architecture, findings }, { settings });
  const scenario = architecture.scenarios.find(({ name }) => name === view?.scenario);
  if (!scenario) return { analysis, findings: all };
  return { ...optionsAt(analysis, scenario, snapshot(architecture, scenario, view?.at ?? 0)), findings: all };
}

function fonts(): PngFonts {
  return ['Inter-Regular.ttf', 'Inter-SemiBold.ttf'].map(asset);
}

/** All bundles of the command line are in one folder, and the assets in the one beside it. */
function asset(name: string): Uint8Array {
  return readFileSync(new URL(`../assets/${name}`, import.meta.url));
}
