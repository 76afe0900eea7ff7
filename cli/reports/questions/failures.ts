/** The report of `loadpath fail` for people: what each failure does, the worst first. */
import { type Architecture, formatCount, formatPercent, formatTime } from '../../../model/index.ts';
import {
  consequencesOf,
  type FailureImpact,
  type FailureSweep,
  failureName,
  isHarmful,
  losesAtFirst,
} from '../../../simulator/index.ts';
import type { Paint } from '../../terminal.ts';
import { placeOf, type Sources } from '../sources.ts';
import { type Cell, type Column, cell, formatTable } from '../table.ts';
import { printable } from '../text-width.ts';

export interface FailureReport {
  readonly architecture: Architecture;
  readonly sweep: FailureSweep;
  /** As the user named the file. */
  readonly file: string;
  readonly load: 'peak' | 'mean';
  readonly sources: Sources;
  readonly paint: Paint;
  readonly columns: number;
}

const COLUMNS: readonly Column[] = [
  { heading: 'FAILS' },
  { heading: 'LOST', align: 'right' },
  { heading: 'AT FIRST', align: 'right' },
  { heading: 'BACK IN', align: 'right' },
  { heading: 'WHAT HAPPENS' },
];
const PAIRS_SHOWN = 20;

/** A table of everything that does harm, a line for what does none, and the same for pairs. */
export function formatFailures(report: FailureReport): string {
  const { sweep, architecture, file, paint, load } = report;
  const { singles, pairs, pairsTried = 0 } = sweep;
  const name = architecture.title
    ? `${paint('bold', printable(architecture.title))}  ${paint('dim', file)}`
    : paint('bold', file);
  const harmful = singles.filter(isHarmful);
  const lines = [
    name,
    `${formatCount(singles.length)} single failures at ${load} load: ${summary(singles)}`,
    ...table(harmful, report),
    ...(pairs
      ? [
          '',
          `${formatCount(pairsTried)} pairs, of which ${formatCount(pairs.length)} are worse than either alone: ${summary(pairs)}`,
          ...table(pairs.slice(0, PAIRS_SHOWN), report),
          ...(pairs.length > PAIRS_SHOWN
            ? [paint('dim', `  and ${formatCount(pairs.length - PAIRS_SHOWN)} more: --format json has all`)]
            : []),
        ]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

function summary(impacts: readonly FailureImpact[]): string {
  const losing = impacts.filter(({ lost }) => lost > 0).length;
  const passing = impacts.filter((impact) => impact.lost === 0 && losesAtFirst(impact)).length;
  const straining = impacts.filter(
    ({ lost, overloaded, broken }) => lost === 0 && overloaded.length + broken.length > 0,
  );
  return [
    `${formatCount(losing)} lose requests`,
    ...(passing > 0 ? [`${formatCount(passing)} lose some until others take over`] : []),
    ...(straining.length > 0 ? [`${formatCount(straining.length)} leave too little for the load`] : []),
  ].join(', ');
}

function table(impacts: readonly FailureImpact[], { paint, columns, sources }: FailureReport): string[] {
  if (impacts.length === 0) return [];
  return formatTable(
    COLUMNS,
    impacts.map((impact) => row(impact, sources)),
    { paint, width: columns },
  );
}

function row(impact: FailureImpact, sources: Sources): Cell[] {
  const { failures, lost, lostAtFirst, reactsIn, repairedIn } = impact;
  const atFirst = losesAtFirst(impact) ? `${formatPercent(lostAtFirst)} for ${formatTime(reactsIn)}` : '';
  return [
    cell(failures.map(failureName).join(' + ')),
    cell(lost > 0 ? formatPercent(lost) : '0', lost > 0 ? 'red' : undefined),
    cell(atFirst, 'yellow'),
    cell(formatTime(repairedIn)),
    cell(consequences(impact, sources)),
  ];
}

function consequences(impact: FailureImpact, sources: Sources): string {
  const { blame } = impact;
  const guilty = blame ? [`${blame.why.replace(/[.]$/, '')} (${placeOf(blame.span, sources)})`] : [];
  return [...consequencesOf(impact), ...guilty].join('; ');
}
