/** How often it is there, what takes it away, and which single failures lose requests. */
import { formatPercent, formatTime, SECONDS_PER_YEAR } from '../../model/index.ts';
import { wholePercent } from './figures.ts';
import { mark } from './footnotes.ts';
import type { Section } from './simulation.ts';
import { cell, formatTable } from './table.ts';

const CONTRIBUTIONS_SHOWN = 5;
const COLUMNS = [{ heading: 'LOST TO' }, { heading: 'A YEAR', align: 'right' }, { heading: 'WHY' }] as const;

/** The availability in a sentence, then the worst contributions and the single points of failure. */
export function availabilitySection({ analysis, footnotes, paint, width }: Section): string[] {
  const { value, downtime, contributions, singlePoints, requests, accuracy } = analysis.availability;
  const worst = contributions.filter(({ unavailability }) => unavailability > 0).slice(0, CONTRIBUTIONS_SHOWN);
  if (worst.length === 0 && singlePoints.length === 0) return [];
  const rows = worst.map(({ path, unavailability, why }) => [
    cell(path),
    cell(formatTime(unavailability * SECONDS_PER_YEAR)),
    cell(why),
  ]);
  const others = requests.filter((request) => request.value !== value);
  return [
    `${paint('bold', 'Available')} ${mark(formatPercent(value), accuracy)}, down ${formatTime(downtime)} a year ${footnotes.reference(accuracy)}`.trimEnd(),
    ...(others.length > 0
      ? [`  ${others.map(({ name, value }) => `${name} ${formatPercent(value)}`).join(', ')}`]
      : []),
    ...formatTable(COLUMNS, rows, { paint, width }),
    ...singlePoints.map(
      ({ path, lost }) =>
        `  ${paint('red', 'single point of failure')} ${path}, ${wholePercent(lost)} of requests lost`,
    ),
  ];
}
