/** How large a node or a label is, and where its parts stand inside it. The layout reserves exactly what is drawn. */
import { formatCount } from '../model/index.ts';
import type { GraphBox, GraphCard, GraphEdge, StoreParts } from './graph.ts';
import { measure, wrap } from './text.ts';
import { fonts } from './typography.ts';

/** Positions are in pixels from the upper left corner of the card; those of text are baselines. */
export interface CardPlan {
  readonly width: number;
  /** With the edges of the copies that peek out below. */
  readonly height: number;
  /** Of the front card alone. */
  readonly front: number;
  /** Copies drawn behind it. */
  readonly behind: number;
  readonly title: readonly Line[];
  readonly subtitle: readonly Line[];
  readonly icon: { readonly x: number; readonly y: number };
  /** The number of replicas, right of the title. */
  readonly count?: Line & { readonly width: number };
  readonly parts?: PartsPlan;
  /** The load bar: its line and the right end of its text. */
  readonly load?: { readonly y: number; readonly from: number; readonly to: number; readonly textEnd: number };
}

export interface Line {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

export interface PartsPlan {
  readonly y: number;
  /** Left end of each drawn shard. */
  readonly shards: readonly number[];
  /** Replicas drawn behind each primary. */
  readonly replicas: number;
  readonly caption: Line;
}

export interface BoxPlan {
  readonly title: Line;
  readonly subtitle?: Line;
  /** The least width that holds the heading. */
  readonly width: number;
  /** Where its words and marks end. */
  readonly end: number;
  readonly load?: { readonly x: number; readonly textEnd: number };
}

export interface LabelPlan {
  readonly lines: readonly { readonly text: string; readonly font: 'flow' | 'rate' }[];
  readonly width: number;
  readonly height: number;
}

/** Side of the square behind an icon. */
export const ICON = 34;
/** How far the copies of a replicated component peek out below each other. */
export const STACK_STEP = 5;
/** Height of the heading of a box, above its contents. */
export const BOX_HEADING = 46;
/** A database in the row of parts: a cylinder, and by how much the ones behind it are shifted. */
export const CYLINDER = { width: 10, height: 13, shift: 6, gap: 7 } as const;
/** Diameter of a badge. */
export const BADGE = 18;

const PADDING = 12;
const TEXT = PADDING + ICON + 10;
const WIDEST = 244;
const NARROWEST = 144;
/** Widths are multiples of this, so that cards look alike and a longer word rarely moves the picture. */
const STEP = 20;
const TITLE_LINE = 17;
const SUBTITLE_LINE = 15;
const MOST_SHARDS = 6;
const MOST_REPLICAS = 5;
const LABEL_WIDTH = 150;
/** Between the parts of a heading. */
const GAP = 10;
/** The bar in a heading and the gap behind it. */
const LOAD_BAR = 52;

export function planCard(card: GraphCard): CardPlan {
  const count = countText(card);
  const countWidth = count ? Math.ceil(measure(count, fonts.count)) + 12 : 0;
  const beside = countWidth > 0 ? countWidth + 8 : 0;
  const titles = wrap(card.title, WIDEST - TEXT - PADDING - beside, fonts.title, 2);
  const subtitles = wrap(card.subtitle ?? '', WIDEST - TEXT - PADDING, fonts.subtitle, 3);
  const caption = card.parts && captionOf(card.parts);
  const marks = card.parts && marksOf(card.parts);
  const row = caption && marks ? marks.width + 8 + measure(caption, fonts.subtitle) : 0;
  const own = row > WIDEST - 2 * PADDING;
  const rowWidth = own ? Math.max(marks!.width, measure(caption!, fonts.subtitle)) : row;
  const wanted = Math.max(
    TEXT + PADDING + beside + widest(titles, 'title'),
    TEXT + PADDING + widest(subtitles, 'subtitle'),
    2 * PADDING + rowWidth,
  );
  const width = Math.max(NARROWEST, Math.min(WIDEST, Math.ceil(wanted / STEP) * STEP));
  const text = titles.length * TITLE_LINE + subtitles.length * SUBTITLE_LINE;
  const header = Math.max(ICON, text);
  const top = PADDING + (header - text) / 2;
  let y = PADDING + header;
  let parts: PartsPlan | undefined;
  if (card.parts && caption && marks) {
    y += 9;
    const line = own
      ? { text: caption, x: PADDING, y: y + CYLINDER.height + 15 }
      : { text: caption, x: PADDING + marks.width + 8, y: y + 10.5 };
    parts = { y, shards: marks.shards.map((x) => PADDING + x), replicas: marks.replicas, caption: line };
    y += CYLINDER.height + (own ? SUBTITLE_LINE + 3 : 0);
  }
  const loadWidth = card.load ? Math.ceil(measure(card.load.text, fonts.load)) : 0;
  if (card.load) y += 18;
  const front = y + PADDING;
  const behind = copiesBehind(card);
  return {
    width,
    height: front + behind * STACK_STEP,
    front,
    behind,
    icon: { x: PADDING, y: PADDING + (header - ICON) / 2 },
    title: titles.map((line, index) => ({ text: line, x: TEXT, y: top + 13 + index * TITLE_LINE })),
    subtitle: subtitles.map((line, index) => ({
      text: line,
      x: TEXT,
      y: top + titles.length * TITLE_LINE + 11 + index * SUBTITLE_LINE,
    })),
    ...(count ? { count: { text: count, x: width - PADDING - countWidth, y: top, width: countWidth } } : {}),
    ...(parts ? { parts } : {}),
    ...(card.load
      ? { load: { y: y - 4, from: PADDING, to: width - PADDING - loadWidth - 8, textEnd: width - PADDING } }
      : {}),
  };
}

export function planBox(box: GraphBox): BoxPlan {
  const title = wrap(box.title, 320, fonts.boxTitle, 1)[0] ?? '';
  const subtitle = wrap(box.subtitle ?? '', 320, fonts.subtitle, 1)[0];
  const titleEnd = 38 + Math.ceil(measure(title, fonts.boxTitle));
  const textEnd = subtitle ? titleEnd + GAP + Math.ceil(measure(subtitle, fonts.subtitle)) : titleEnd;
  const loadEnd = box.load ? textEnd + GAP + LOAD_BAR + Math.ceil(measure(box.load.text, fonts.load)) : textEnd;
  const end = box.badges.length > 0 ? loadEnd + GAP + box.badges.length * (BADGE + 3) : loadEnd;
  return {
    title: { text: title, x: 38, y: 26.5 },
    ...(subtitle ? { subtitle: { text: subtitle, x: titleEnd + GAP, y: 26 } } : {}),
    ...(box.load ? { load: { x: textEnd + GAP, textEnd: loadEnd } } : {}),
    end,
    width: end + 18,
  };
}

/** Undefined when there is nothing to say. */
export function planLabel(edge: GraphEdge): LabelPlan | undefined {
  const lines = [
    ...wrap(edge.flow ?? '', LABEL_WIDTH, fonts.flow, 2).map((text) => ({ text, font: 'flow' as const })),
    ...(edge.rate ? [{ text: edge.rate, font: 'rate' as const }] : []),
  ];
  const badges = edge.badges.length * (BADGE + 2);
  if (lines.length === 0 && badges === 0) return undefined;
  const text = Math.max(0, ...lines.map((line) => measure(line.text, fonts[line.font])));
  return { lines, width: Math.ceil(text) + 12 + badges, height: Math.max(lines.length * 14 + 4, badges > 0 ? 22 : 0) };
}

/** `×6–24`; nothing for a single one. */
function countText({ replicas: { from, to }, hidden }: GraphCard): string | undefined {
  if (hidden !== undefined || to <= 1) return undefined;
  return from === to ? `×${formatCount(from)}` : `×${formatCount(from)}–${formatCount(to)}`;
}

function copiesBehind({ replicas, hidden }: GraphCard): number {
  if (hidden !== undefined) return 2;
  return replicas.to > 2 ? 2 : replicas.to > 1 ? 1 : 0;
}

function captionOf({ shards, readReplicas }: StoreParts): string {
  const copies = `primary + ${formatCount(readReplicas)} ${readReplicas === 1 ? 'replica' : 'replicas'}`;
  if (shards === 1) return copies;
  return readReplicas === 0 ? `${formatCount(shards)} shards` : `${formatCount(shards)} × (${copies})`;
}

function marksOf(parts: StoreParts): {
  readonly shards: readonly number[];
  readonly replicas: number;
  readonly width: number;
} {
  const replicas = Math.min(parts.readReplicas, parts.shards > 1 ? 3 : MOST_REPLICAS);
  const one = CYLINDER.width + replicas * CYLINDER.shift;
  const count = Math.min(parts.shards, MOST_SHARDS);
  const shards = Array.from({ length: count }, (_, index) => index * (one + CYLINDER.gap));
  return { shards, replicas, width: count * one + (count - 1) * CYLINDER.gap };
}

function widest(lines: readonly string[], font: 'title' | 'subtitle'): number {
  return Math.max(0, ...lines.map((line) => measure(line, fonts[font])));
}
