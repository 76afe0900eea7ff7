/** The table of request classes: response times, errors, and where the time goes. */
import { formatPercent, formatRate, type Path, type RequestResult } from '../../model/index.ts';
import { shortTime, wholePercent } from './figures.ts';
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
const LEAST_SHOWN = 0.01;

/** One row for each request class. */
export function requestSection(section: Section): string[] {
  const { analysis, architecture, paint, width } = section;
  const names = shortNames(architecture.components.map(({ path }) => path));
  const rows = analysis.solution.requests.filter(({ rate }) => rate > 0).map((request) => row(request, names, section));
  return rows.length === 0 ? [] : formatTable(COLUMNS, rows, { paint, width });
}

function row(request: RequestResult, names: (path: Path) => string, { footnotes }: Section): Cell[] {
  const { name, rate, response, errors, breakdown, accuracy } = request;
  const time = (seconds: number) => cell(mark(shortTime(seconds), accuracy));
  const total = breakdown.reduce((sum, { seconds }) => sum + seconds, 0);
  const parts = breakdown
    .filter(({ seconds }) => Number.isFinite(total) && seconds / total >= LEAST_SHOWN)
    .slice(0, PARTS_SHOWN)
    .map(({ path, seconds }) => `${names(path)} ${wholePercent(seconds / total)}`);
  return [
    cell(name),
    cell(formatRate(rate)),
    ...[response.mean, response.p50, response.p95, response.p99, response.p999].map(time),
    cell(formatPercent(errors), errors > 0 ? 'red' : undefined),
    cell(footnotes.reference(accuracy), 'dim'),
    cell(parts.join(', ')),
  ];
}

/** The last part of a path where no other path ends in the same. */
function shortNames(paths: readonly Path[]): (path: Path) => string {
  const last = (path: Path) => path.slice(path.lastIndexOf('.') + 1);
  const counts = Map.groupBy(paths, last);
  return (path) => (counts.get(last(path))?.length === 1 ? last(path) : path);
}
