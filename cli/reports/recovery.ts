/** What the loss of a data store or a data center costs, in data and in time. */
import { formatTime, type RecoveryFigure, type RecoveryResult } from '../../model/index.ts';
import { recoveryOf } from '../../simulator/index.ts';
import type { Section } from './simulation.ts';
import { type Cell, cell, formatTable } from './table.ts';
import { wrap } from './text-width.ts';

const COLUMNS = [
  { heading: 'IF LOST' },
  { heading: 'WRITES GONE', align: 'right' },
  { heading: 'BACK IN', align: 'right' },
  { heading: 'BECAUSE' },
] as const;

/** A line for each store and each data center; what providers take care of, and what nothing is known of, in a line each. */
export function recoverySection({ architecture, paint, width }: Section): string[] {
  const all = recoveryOf(architecture);
  const shown = all.filter((one) => one.kind === 'dataCenter' || (isKnown(one) && !isProvided(one)));
  const named = (title: string, some: readonly RecoveryResult[]) =>
    some.length > 0
      ? wrap(`${title}: ${some.map(({ path }) => path).join(', ')}`, width - 2).map((line) => paint('dim', `  ${line}`))
      : [];
  if (!shown.some(isKnown)) return [];
  return [
    `${paint('bold', 'Recovery')} of data (RPO) and of service (RTO)`,
    ...formatTable(COLUMNS, shown.map(row), { paint, width }),
    ...named('kept by their providers', all.filter(isProvided)),
    ...named(
      'nothing declared that could bring back',
      all.filter((one) => one.kind === 'store' && !isKnown(one)),
    ),
  ];
}

function isKnown({ rpo, rto }: RecoveryResult): boolean {
  return rpo.seconds !== undefined || rto.seconds !== undefined;
}

/** Nothing is lost, and nobody says how long it takes. */
function isProvided({ kind, rpo, rto }: RecoveryResult): boolean {
  return kind === 'store' && rpo.seconds === 0 && rto.seconds === undefined;
}

function row({ path, kind, rpo, rto }: RecoveryResult): Cell[] {
  return [
    cell(kind === 'store' ? `${path} (primary)` : `${path} (data center)`),
    timeCell(rpo),
    timeCell(rto),
    cell([rpo.why, rto.why].filter((why) => why !== '').join('; ')),
  ];
}

function timeCell({ seconds }: RecoveryFigure): Cell {
  return seconds === undefined ? cell('?', 'yellow') : cell(seconds === 0 ? '0' : formatTime(seconds));
}
