/** How much it carries, and what breaks in which order. */
import { type Bottleneck, digits, formatCount, formatRate, partNames } from '../../model/index.ts';
import { bar, loadStyle } from './bar.ts';
import { wholePercent } from './figures.ts';
import { mark } from './footnotes.ts';
import { limitOf, population } from './headline.ts';
import type { Section } from './simulation.ts';
import { type Cell, type Column, cell, formatTable } from './table.ts';

const COLUMNS: readonly Column[] = [
  { heading: 'BREAKS' },
  { heading: 'AT', align: 'right' },
  { heading: 'LOAD', align: 'right' },
  { heading: 'USED AT DECLARED LOAD' },
];
const BAR = 20;

/** The capacity in a sentence, and the first `most` bottlenecks in the order in which they are reached. */
export function capacitySection(section: Section, most: number): string[] {
  const { analysis, footnotes, paint, width } = section;
  const { capacity, solution } = analysis;
  if (solution.rate === 0) return [];
  const carried = Number.isFinite(capacity.scale)
    ? `${mark(population(capacity.users, capacity.rate), capacity.accuracy)} (${digits(capacity.scale)}x the declared load)`
    : 'no known limit';
  const shown = capacity.bottlenecks.slice(0, most);
  const more = capacity.bottlenecks.length - shown.length;
  return [
    `${paint('bold', 'Carries')} ${carried}, ${limitOf(analysis)} ${footnotes.reference(capacity.accuracy)}`.trimEnd(),
    ...(shown.length > 0
      ? formatTable(
          COLUMNS,
          shown.map((each) => row(each, section)),
          { paint, width },
        )
      : []),
    ...(more > 0 ? [paint('dim', `  and ${more} more: loadpath capacity`)] : []),
  ];
}

function row({ path, resource, part, scale, users, cause }: Bottleneck, { analysis }: Section): Cell[] {
  const used = 1 / scale;
  return [
    cell(`${path} ${part ? `${partNames[part]} ` : ''}${resource}${cause ? `, by ${cause}` : ''}`),
    cell(users > 0 ? `${formatCount(users)} users` : formatRate(analysis.solution.rate * scale)),
    cell(`${digits(scale)}x`),
    cell(`${bar(used, BAR)} ${wholePercent(used)}`, loadStyle(used)),
  ];
}
