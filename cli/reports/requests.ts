/** The table of request classes: response times, errors, and where the time goes. */
import { formatPercent, formatRate, formatTime, type RequestResult } from '../../model/index.ts';
import { mark } from './footnotes.ts';
import type { Section } from './simulation.ts';
import { type Cell, type Column, cell, formatTable } from './table.ts';

const COLUMNS: readonly Column[] = [
  { heading: 'REQUESTS' },
  { heading: 'RATE', align: 'right' },
  { heading: 'MEAN', align: 'right' },
  { heading: 'P50', align: 'right' },
  { heading: 'P95', align: 'right' },
  { heading: 'P99', align: 'right' },
  { heading: 'P99.9', align: 'right' },
  { heading: 'ERRORS', align: 'right' },
  { heading: '' },
  { heading: 'MEAN TIME GOES TO' },
];
const PARTS_SHOWN = 3;

/** One row for each request class. */
export function requestSection(section: Section): string[] {
  const { analysis, paint, width } = section;
  const rows = analysis.solution.requests.filter(({ rate }) => rate > 0).map((request) => row(request, section));
  return rows.length === 0 ? [] : formatTable(COLUMNS, rows, { paint, width });
}

function row({ name, rate, response, errors, breakdown, accuracy }: RequestResult, { footnotes }: Section): Cell[] {
  const time = (seconds: number) => cell(mark(formatTime(seconds), accuracy));
  const total = breakdown.reduce((sum, { seconds }) => sum + seconds, 0);
  const parts = breakdown
    .filter(({ seconds }) => seconds > 0 && Number.isFinite(total))
    .slice(0, PARTS_SHOWN)
    .map(({ path, seconds }) => `${path} ${formatPercent(seconds / total)}`);
  return [
    cell(name),
    cell(formatRate(rate)),
    ...[response.mean, response.p50, response.p95, response.p99, response.p999].map(time),
    cell(errors > 0 ? formatPercent(errors) : '0%', errors > 0 ? 'red' : undefined),
    cell(footnotes.reference(accuracy), 'dim'),
    cell(parts.join(', ')),
  ];
}
