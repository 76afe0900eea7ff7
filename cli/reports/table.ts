/** Aligned columns for a terminal. */
import type { Paint, Style } from '../terminal.ts';
import { padEnd, padStart, textWidth, truncate } from './text-width.ts';

export interface Cell {
  readonly text: string;
  readonly style?: Style;
}

export interface Column {
  readonly heading: string;
  readonly align?: 'left' | 'right';
}

/** A cell from a text. */
export function cell(text: string, style?: Style): Cell {
  return style === undefined ? { text } : { text, style };
}

/**
 * Lines of a table; a column in which every cell is empty is left out, and the last column is cut to what the terminal has left.
 */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  options: { readonly paint: Paint; readonly width: number; readonly indent?: string },
): string[] {
  const { paint, width, indent = '  ' } = options;
  const used = columns.flatMap((column, index) => (rows.some((row) => row[index]?.text) ? [{ column, index }] : []));
  const widths = used.map(({ column, index }) =>
    Math.max(textWidth(column.heading), ...rows.map((row) => textWidth(row[index]?.text ?? ''))),
  );
  const before = widths.slice(0, -1).reduce((sum, each) => sum + each + GAP.length, indent.length);
  const last = Math.max(MINIMUM, width - before);
  const line = (cells: readonly Cell[]) =>
    `${indent}${cells.map(({ text, style }, at) => (style ? paint(style, text) : text) + (at < cells.length - 1 ? GAP : '')).join('')}`.trimEnd();
  const fitted = (row: readonly Cell[]) =>
    used.map(({ column, index }, at): Cell => {
      const { text = '', style } = row[index] ?? {};
      if (at === used.length - 1 && column.align !== 'right') return { text: truncate(text, last), ...(style ? { style } : {}) };
      const pad = column.align === 'right' ? padStart : padEnd;
      return { text: pad(text, widths[at]!), ...(style ? { style } : {}) };
    });
  const headings = columns.map(({ heading }) => cell(heading, 'dim'));
  const shownHeadings = columns.some(({ heading }) => heading) ? [line(fitted(headings))] : [];
  return [...shownHeadings, ...rows.map((row) => line(fitted(row)))];
}

const GAP = '  ';
const MINIMUM = 12;
