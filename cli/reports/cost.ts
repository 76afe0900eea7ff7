/** What it costs a month, and for what. */
import { formatQuantity } from '../../model/index.ts';
import type { Section } from './simulation.ts';
import { cell, formatTable } from './table.ts';

const COLUMNS = [{ heading: 'PAYS FOR' }, { heading: 'A MONTH', align: 'right' }, { heading: 'HOW' }] as const;

const LINES_SHOWN = 12;

/** The sum in a sentence, then its largest parts. */
export function costSection({ analysis, paint, width }: Section): string[] {
  const { perHour, lines, unknown } = analysis.cost;
  if (lines.length === 0) return [];
  const sorted = lines.filter((line) => line.perHour > 0).toSorted((a, b) => b.perHour - a.perHour);
  const more = sorted.slice(LINES_SHOWN);
  const rest = more.reduce((sum, line) => sum + line.perHour, 0);
  const rows = sorted
    .slice(0, LINES_SHOWN)
    .map((line) => [cell(line.path), cell(monthly(line.perHour)), cell(line.why)]);
  if (more.length > 0) rows.push([cell(`${more.length} more`, 'dim'), cell(monthly(rest)), cell('')]);
  return [
    `${paint('bold', 'Costs')} ${formatQuantity(perHour, 'moneyRate')}`,
    ...formatTable(COLUMNS, rows, { paint, width }),
    ...(unknown.length > 0 ? [paint('dim', `  not priced: ${unknown.join(', ')}`)] : []),
  ];
}

function monthly(perHour: number): string {
  return formatQuantity(perHour, 'moneyRate').replace('/month', '');
}
