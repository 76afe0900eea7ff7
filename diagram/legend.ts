/** The legend explains the lines and colours that occur in the picture, and no others. */
import { type EdgeKind, edgeKinds, type LoadLevel, loadLevels } from './graph.ts';
import type { PlacedGraph } from './placed.ts';
import { measure } from './text.ts';
import { fonts } from './typography.ts';

export type LegendEntry =
  | { readonly type: 'edge'; readonly kind: EdgeKind; readonly text: string; readonly x: number }
  | { readonly type: 'load'; readonly level: LoadLevel; readonly text: string; readonly x: number };

/** Width of a sample and the gap behind it. */
export const SAMPLE = { width: 24, gap: 7 } as const;
const GAP = 20;

/** Static files and misses look like any request. */
const edgeTexts: Readonly<Partial<Record<EdgeKind, string>>> = {
  sync: 'request',
  async: 'asynchronous',
  replication: 'replication',
};
const loadTexts: Readonly<Record<LoadLevel, string>> = {
  calm: 'load below 60%',
  warm: '60–80%',
  hot: '80–100%',
  over: 'over 100%',
};

type Content = Pick<PlacedGraph, 'edges' | 'boxes' | 'cards'>;

/** Entries from left to right; `x` is relative to the legend. Lines are explained only if there are several kinds. */
export function legendEntries({ edges, boxes, cards }: Content): readonly LegendEntry[] {
  const kinds = new Set(edges.map(({ edge }) => edge.kind));
  const levels = new Set(
    [...boxes.map(({ box }) => box.load), ...cards.map(({ card }) => card.load)].map((load) => load?.level),
  );
  let x = 0;
  const at = (text: string): number => {
    const start = x;
    x += SAMPLE.width + SAMPLE.gap + Math.ceil(measure(text, fonts.legend)) + GAP;
    return start;
  };
  const explained = edgeKinds.flatMap((kind) => (kinds.has(kind) ? [{ kind, text: edgeTexts[kind] }] : []));
  const lines = explained.some(({ kind }) => kind === 'async' || kind === 'replication') ? explained : [];
  return [
    ...lines.flatMap(({ kind, text }) => (text ? [{ type: 'edge' as const, kind, text, x: at(text) }] : [])),
    ...loadLevels
      .filter((level) => levels.has(level))
      .map((level) => ({ type: 'load' as const, level, text: loadTexts[level], x: at(loadTexts[level]) })),
  ];
}

export function legendWidth(content: Content): number {
  const last = legendEntries(content).at(-1);
  return last ? last.x + SAMPLE.width + SAMPLE.gap + Math.ceil(measure(last.text, fonts.legend)) : 0;
}
