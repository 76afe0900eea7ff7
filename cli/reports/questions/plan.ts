/** The report of `loadpath plan` for people: what to change, why, and what it costs. */
import {
  type Architecture,
  formatCount,
  formatMetric,
  formatQuantity,
  formatRequirement,
} from '../../../model/index.ts';
import type { Plan, SearchStep, Shortfall } from '../../../simulator/index.ts';
import type { Paint } from '../../terminal.ts';
import { bottleneckName } from '../headline.ts';
import type { Sources } from '../sources.ts';
import { cell, formatTable } from '../table.ts';
import { printable } from '../text-width.ts';

export interface PlanReport {
  readonly architecture: Architecture;
  readonly plan: Plan;
  /** Of every file that changes. */
  readonly diff: string;
  /** Whether the files have been changed. */
  readonly written: boolean;
  /** As the user named the file. */
  readonly file: string;
  readonly sources: Sources;
  readonly paint: Paint;
  readonly columns: number;
}

const CHANGES = [
  { heading: 'CHANGE' },
  { heading: '' },
  { heading: 'FROM', align: 'right' },
  { heading: 'TO', align: 'right' },
] as const;
const STEPS = [
  { heading: 'SEARCH' },
  { heading: '' },
  { heading: 'A MONTH', align: 'right' },
  { heading: 'BECAUSE OF' },
] as const;

/** The answer in a sentence, the changes, how they were found, and the edit of the text. */
export function formatPlan(report: PlanReport): string {
  const { plan, architecture, file, diff, written, paint, columns: width } = report;
  const { changes, search } = plan;
  const name = architecture.title
    ? `${paint('bold', printable(architecture.title))}  ${paint('dim', file)}`
    : paint('bold', file);
  const sections = [
    [name, verdict(plan, paint)],
    changes.length > 0
      ? formatTable(
          CHANGES,
          changes.map(({ path, property, before, after }) => [cell(path), cell(property), cell(before), cell(after)]),
          { paint, width },
        )
      : [],
    search.length > 0
      ? [
          ...formatTable(STEPS, search.map(stepRow), { paint, width }),
          paint('dim', `  ${formatCount(plan.tried)} choices looked at`),
        ]
      : [],
    written
      ? [paint('green', 'Written.')]
      : diff === ''
        ? []
        : diff
            .trimEnd()
            .split('\n')
            .map((line) => colored(line, paint)),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

/** What is short, in words. */
export function shortfallText(short: Shortfall, utilization: number): string {
  if (short.type === 'bottleneck')
    return `${bottleneckName(short.bottleneck)} above ${formatQuantity(utilization, 'ratio')}`;
  return `'require ${formatRequirement(short.requirement)}', which is ${formatMetric(short.requirement.metric, short.value)}`;
}

function verdict({ users, feasible, unmet, changes, costBefore, costAfter, utilization }: Plan, paint: Paint): string {
  const population = `${formatCount(users)} users`;
  if (!feasible && unmet)
    return paint(
      'red',
      `No plan for ${population}: no number or size helps against ${shortfallText(unmet, utilization)}.`,
    );
  const price = costAfter > 0 ? `${formatQuantity(costAfter, 'moneyRate')} ` : '';
  const before = costBefore > 0 ? ` instead of ${formatQuantity(costBefore, 'moneyRate')}` : '';
  if (changes.length === 0)
    return `For ${population} nothing has to change, and nothing cheaper was found (${price.trim() || 'no price known'}).`;
  return `For ${population}: ${price}${price ? `${before.trim()} ` : ''}with ${changes.length === 1 ? 'one change' : `${changes.length} changes`}.`;
}

function stepRow({ phase, change, because, costPerHour }: SearchStep) {
  return [
    cell(phase, 'dim'),
    cell(change),
    cell(costPerHour > 0 ? formatQuantity(costPerHour, 'moneyRate').replace('/month', '') : ''),
    cell(because ? reasonOf(because) : '', 'dim'),
  ];
}

function reasonOf(short: Shortfall): string {
  return short.type === 'bottleneck' ? bottleneckName(short.bottleneck) : formatRequirement(short.requirement);
}

function colored(line: string, paint: Paint): string {
  if (line.startsWith('+')) return paint('green', line);
  return line.startsWith('-') ? paint('red', line) : line;
}
