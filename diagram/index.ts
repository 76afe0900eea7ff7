/**
 * From an architecture to a picture: model → graph → layout → SVG. It draws the same for the editor, the command line and reports.
 * It must not know the language, the file system or the document object model.
 */
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Architecture } from '../model/index.ts';
import { createLayouter, type Layouter } from './layout.ts';
import { Diagram } from './svg/diagram.tsx';
import type { Theme } from './svg/theme.ts';
import { type GraphOptions, toGraph } from './to-graph.ts';

export type {
  Badge,
  Direction,
  EdgeKind,
  Figure,
  Graph,
  GraphBox,
  GraphCard,
  GraphEdge,
  GraphNode,
  Load,
} from './graph.ts';
export { createLayouter, type Layouter, type LayoutWorker } from './layout.ts';
export { optionsAt, type ScenarioMoment } from './moment.ts';
export type { PlacedBox, PlacedCard, PlacedEdge, PlacedGraph, Point, Rectangle } from './placed.ts';
export { planBox, planCard, planLabel } from './plan.ts';
export { type PngFonts, type PngOptions, renderPng } from './png.ts';
export { Diagram, type DiagramProps } from './svg/diagram.tsx';
export { styleSheet } from './svg/style.ts';
export { definitionsOf, type Theme, themes } from './svg/theme.ts';
export { type GraphMoment, type GraphOptions, toGraph } from './to-graph.ts';

export interface SvgOptions extends GraphOptions {
  /** Default: `auto`. For a PNG it must be another one. */
  readonly theme?: Theme;
  /** The title with the headline figures, and the legend. Default: true. */
  readonly framed?: boolean;
  /** One that is kept for many pictures, or one with a worker; by default one that all calls share. */
  readonly layouter?: Layouter;
}

/** A whole SVG file that needs nothing from outside. The same input gives the same bytes. */
export async function renderSvg(architecture: Architecture, options: SvgOptions = {}): Promise<string> {
  const { theme = 'auto', framed = true, layouter = shared(), ...sources } = options;
  const graph = await layouter.layout(toGraph(architecture, sources), { framed });
  return `${renderToString(h(Diagram, { graph, theme }))}\n`;
}

let sharedLayouter: Layouter | undefined;

function shared(): Layouter {
  sharedLayouter ??= createLayouter();
  return sharedLayouter;
}
