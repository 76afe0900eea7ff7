/** Calls that are tried again, and what retries would keep overloaded. */
import { digits, formatPercent, formatRate } from '../../model/index.ts';
import { wholePercent } from './figures.ts';
import type { Section } from './simulation.ts';
import { type Column, cell, formatTable } from './table.ts';
import { wrap } from './text-width.ts';

const COLUMNS: readonly Column[] = [
  { heading: 'CALLS' },
  { heading: 'RATE', align: 'right' },
  { heading: 'ATTEMPTS', align: 'right' },
  { heading: 'FAIL AT LAST', align: 'right' },
];
/** Fewer attempts and failures than this look like none. */
const LEAST = 0.0005;

/** One row for each connection whose calls do not all get their answer at once; a sentence for each storm. */
export function callSection({ analysis, paint, width }: Section): string[] {
  const { solution, storms } = analysis;
  const rows = solution.connections
    .filter(({ attempts = 1, failures = 0 }) => attempts > 1 + LEAST || failures > LEAST)
    .map(({ id, rate, attempts = 1, failures = 0 }) => [
      cell(id),
      cell(formatRate(rate)),
      cell(`${digits(attempts)} each`),
      cell(formatPercent(failures), failures > LEAST ? 'red' : undefined),
    ]);
  const sentences = storms.map(({ path, utilization, during }) =>
    utilization >= 1
      ? `Retries overload '${path}': ${wholePercent(during)} busy, and each failure makes more attempts.`
      : `After a disturbance retries would keep '${path}' overloaded: ${wholePercent(during)} busy instead of ${wholePercent(utilization)}.`,
  );
  return [
    ...(rows.length > 0 ? formatTable(COLUMNS, rows, { paint, width }) : []),
    ...sentences.flatMap((sentence) => wrap(sentence, width)).map((line) => paint('yellow', line)),
  ];
}
