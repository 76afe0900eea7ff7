/** Puts a margin around the picture, the title and the figures above it, observers and the legend below it. */
import { type Inner, moved, shifted } from './geometry.ts';
import type { GraphCard } from './graph.ts';
import { legendWidth } from './legend.ts';
import type { PlacedCard, PlacedGraph } from './placed.ts';
import { planCard } from './plan.ts';
import { measure } from './text.ts';
import { fonts } from './typography.ts';

const MARGIN = 28;
const GAP = 24;
const HEADING = 30;
const FIGURES = 22;
const LEGEND = 20;
/** Gap between two figures in the line below the title. */
export const FIGURE_GAP = 22;

/** The finished picture. */
export function frame(
  inner: Inner,
  observers: readonly GraphCard[],
  { framed }: { readonly framed: boolean },
): PlacedGraph {
  const heading = framed ? headingSize(inner) : { width: 0, height: 0 };
  const row = observerRows(observers, Math.max(inner.width, heading.width, 480));
  const legend = framed ? legendWidth(inner) : 0;
  const width = Math.max(inner.width, heading.width, row.width, legend);
  const top = MARGIN + (heading.height > 0 ? heading.height + GAP : 0);
  const center = { x: MARGIN + Math.round((width - inner.width) / 2), y: top };
  const rowTop = top + inner.height + (inner.height > 0 && row.height > 0 ? GAP + 8 : 0);
  const bottom = rowTop + row.height;
  const legendTop = bottom + GAP;
  const rowStart = { x: MARGIN + Math.round((width - row.width) / 2), y: rowTop };
  return {
    ...moved(inner, center),
    cards: [...inner.cards.map((card) => shifted(card, center)), ...row.cards.map((card) => shifted(card, rowStart))],
    width: width + 2 * MARGIN,
    height: (legend > 0 ? legendTop + LEGEND : bottom) + MARGIN,
    ...(heading.height > 0 ? { heading: { x: MARGIN, y: MARGIN, ...heading } } : {}),
    ...(legend > 0 ? { legend: { x: MARGIN, y: legendTop, width: legend, height: LEGEND } } : {}),
  };
}

function headingSize({ title, figures, badges }: Inner): { readonly width: number; readonly height: number } {
  const titleWidth = title ? measure(title, fonts.heading) : 0;
  const figureWidth = figures.reduce(
    (sum, { label, value }) =>
      sum + FIGURE_GAP + measure(`${label} `, fonts.figureLabel) + measure(value, fonts.figure),
    0,
  );
  return {
    width: Math.ceil(Math.max(Math.min(titleWidth + badges.length * 40, 900), figureWidth)),
    height: (title || badges.length > 0 ? HEADING : 0) + (figures.length > 0 ? FIGURES : 0),
  };
}

function observerRows(
  observers: readonly GraphCard[],
  limit: number,
): { readonly cards: readonly PlacedCard[]; readonly width: number; readonly height: number } {
  const cards: PlacedCard[] = [];
  let [x, y, width, height] = [0, 0, 0, 0];
  for (const card of observers) {
    const plan = planCard(card);
    if (x > 0 && x + plan.width > limit) [x, y] = [0, height + GAP];
    cards.push({ card, plan, x, y, width: plan.width, height: plan.height });
    width = Math.max(width, x + plan.width);
    height = Math.max(height, y + plan.height);
    x += plan.width + GAP;
  }
  return { cards, width, height };
}
