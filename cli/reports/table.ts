/** Aligned columns for a terminal. */
import type { Paint, Style } from '../terminal.ts';
import { textWidth, wrap } from './text-width.ts';

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

export interface TableFormat {
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Lines of a table; a column in which every cell is empty is left out, and the last one is wrapped into what the terminal has left. */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  format: TableFormat,
): string[] {
  const used = columns.flatMap((column, index) => (rows.some((row) => row[index]?.text) ? [{ column, index }] : []));
  const widths = used.map(({ column, index }) =>
    Math.max(textWidth(column.heading), ...rows.map((row) => textWidth(row[index]?.text ?? ''))),
  );
  const before = widths.slice(0, -1).reduce((sum, each) => sum + each + GAP.length, INDENT.length);
  const rest = Math.max(MINIMUM, format.width - before);
  widths.push(Math.min(rest, widths.pop() ?? 0));
  const line = (cells: readonly Cell[]) =>
    `${INDENT}${cells.map((each, at) => aligned(each, widths[at]!, used[at]!.column, format.paint)).join(GAP)}`.trimEnd();
  const headings = used.some(({ column }) => column.heading)
    ? [line(used.map(({ column }) => cell(column.heading, 'dim')))]
    : [];
  return [
    ...headings,
    ...rows.flatMap((row) => {
      const cells = used.map(({ index }) => row[index] ?? cell(''));
      const last = cells.at(-1);
      const [first = '', ...more] = wrap(last?.text ?? '', rest);
      const wrapped = (text: string): Cell => ({ ...last, text });
      return [
        line([...cells.slice(0, -1), wrapped(first)]),
        ...more.map((text) => line([...cells.slice(0, -1).map(() => cell('')), wrapped(text)])),
      ];
    }),
  ];
}

function aligned({ text, style }: Cell, width: number, { align }: Column, paint: Paint): string {
  const padding = ' '.repeat(Math.max(0, width - textWidth(text)));
  const painted = style && text ? paint(style, text) : text;
  return align === 'right' ? padding + painted : painted + padding;
}

const INDENT = '  ';
const GAP = '  ';
const MINIMUM = 24;
