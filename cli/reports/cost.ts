/** What it costs a month, and for what. */
import { formatQuantity } from '../../model/index.ts';
import type { Section } from './simulation.ts';
import { cell, formatTable } from './table.ts';

const COLUMNS = [{ heading: 'PAYS FOR' }, { heading: 'A MONTH', align: 'right' }, { heading: 'HOW' }] as const;

/** The sum in a sentence, then its parts, the most expensive first. */
export function costSection({ analysis, paint, width }: Section): string[] {
  const { perHour, lines, unknown } = analysis.cost;
  if (lines.length === 0) return [];
  const rows = lines
    .toSorted((a, b) => b.perHour - a.perHour)
    .map((line) => [
      cell(line.path),
      cell(formatQuantity(line.perHour, 'moneyRate').replace('/month', '')),
      cell(line.why),
    ]);
  return [
    `${paint('bold', 'Costs')} ${formatQuantity(perHour, 'moneyRate')}`,
    ...formatTable(COLUMNS, rows, { paint, width }),
    ...(unknown.length > 0 ? [paint('dim', `  not priced: ${unknown.join(', ')}`)] : []),
  ];
}
