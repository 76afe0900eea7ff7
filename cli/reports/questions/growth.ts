/** The report of `loadpath grow` for people: figures by population, then the steps that let it carry more. */
import {
  type Architecture,
  formatCount,
  formatPercent,
  formatQuantity,
  formatRequirement,
  partNames,
} from '../../../model/index.ts';
import type { Growth, GrowthPoint, GrowthStage, GrowthStep } from '../../../simulator/index.ts';
import type { Paint } from '../../terminal.ts';
import { loadStyle } from '../bar.ts';
import { shortTime, wholePercent } from '../figures.ts';
import { bottleneckName } from '../headline.ts';
import type { Sources } from '../sources.ts';
import { type Cell, type Column, cell, formatTable } from '../table.ts';
import { printable } from '../text-width.ts';
import { editLines } from './edits.ts';

export interface GrowthReport {
  readonly architecture: Architecture;
  readonly growth: Growth;
  /** As the user named the file. */
  readonly file: string;
  readonly sources: Sources;
  readonly paint: Paint;
  readonly columns: number;
}

const COLUMNS: readonly Column[] = [
  { heading: 'USERS', align: 'right' },
  { heading: 'P50', align: 'right' },
  { heading: 'P99', align: 'right' },
  { heading: 'ERRORS', align: 'right' },
  { heading: 'A MONTH', align: 'right' },
  { heading: 'BUSIEST' },
  { heading: 'BREAKS' },
];
/** Below this the steps between two powers of ten say nothing new. */
const INTERESTING = 0.1;

/** Two tables: the architecture as it is, and what each power of ten takes. */
export function formatGrowth({ growth, architecture, file, paint, columns }: GrowthReport): string {
  const { points, stages } = growth;
  const name = architecture.title
    ? `${paint('bold', printable(architecture.title))}  ${paint('dim', file)}`
    : paint('bold', file);
  const last = points.at(-1);
  const shown = points.filter(
    (point) =>
      point === last || Number.isInteger(Math.log10(point.users)) || (point.busiest?.utilization ?? 0) >= INTERESTING,
  );
  const needing = stages.findIndex(({ carried: isCarried, steps }) => !isCarried || steps.length > 0);
  const carried = needing < 0 ? stages.length : needing;
  const asItIs = stages[carried - 1];
  const lines = [
    name,
    verdict(growth),
    '',
    paint('bold', 'As it is'),
    ...formatTable(COLUMNS, shown.map(pointRow), { paint, width: columns }),
    '',
    paint('bold', 'What it takes'),
    ...(asItIs ? [`  up to ${formatCount(asItIs.users)} users: ${paint('green', 'carried as it is')}`] : []),
    ...unkeptLines(asItIs, undefined, paint),
    ...stages.slice(carried).flatMap((stage, i) => stageLines(stage, stages[carried + i - 1], paint)),
  ];
  return `${lines.join('\n')}\n`;
}

function verdict({ points, declaredUsers }: Growth): string {
  const broken = points.find(({ busiest, broken: promises, errors }) =>
    isBroken(busiest?.utilization, promises.length, errors),
  );
  const declared = `declared for ${formatCount(declaredUsers)} users`;
  if (!broken) return `${declared}, carries all of these populations`;
  const why = broken.busiest && broken.busiest.utilization >= 1 ? busyText(broken) : 'a promise does not hold';
  return `${declared}, breaks at or before ${formatCount(broken.users)}: ${why}`;
}

function isBroken(utilization = 0, promises: number, errors: number): boolean {
  return utilization >= 1 || promises > 0 || errors > 0;
}

function pointRow(point: GrowthPoint): Cell[] {
  const { users, p50, p99, errors, busiest, broken, costPerHour } = point;
  return [
    cell(formatCount(users)),
    cell(shortTime(p50)),
    cell(shortTime(p99)),
    cell(errorText(errors), errors > 0 ? 'red' : undefined),
    cell(formatQuantity(costPerHour, 'moneyRate').replace('/month', '')),
    cell(busyText(point), busiest ? loadStyle(busiest.utilization) : undefined),
    cell(broken.map(formatRequirement).join(', '), 'red'),
  ];
}

/** Beyond all but a thousandth, further nines say nothing. */
function errorText(errors: number): string {
  if (errors === 0) return '0';
  return errors > 0.999 ? '>99.9%' : formatPercent(errors);
}

function busyText({ busiest }: GrowthPoint): string {
  if (!busiest) return '';
  const { path, resource, part, utilization } = busiest;
  return `${path} ${part ? `${partNames[part]} ` : ''}${resource} ${wholePercent(utilization)}`;
}

function stageLines(stage: GrowthStage, before: GrowthStage | undefined, paint: Paint): string[] {
  const { users, carried, steps, stuck, costPerHour } = stage;
  const price = costPerHour > 0 ? `, ${formatQuantity(costPerHour, 'moneyRate')}` : '';
  const head = `  ${formatCount(users)} users`;
  const promises = unkeptLines(stage, before, paint);
  if (carried && steps.length === 0) return [`${head}: ${paint('green', 'no further step')}${price}`, ...promises];
  const result = carried
    ? `${head}: ${countOf(steps.length)}${price}`
    : `${head}: ${paint('red', `no edit helps against ${stuck ? reasonOf(stuck) : 'it'}`)}`;
  return [
    result,
    ...steps.flatMap((step) => [
      `    ${paint('bold', step.section)} ${step.title}, because of ${reasonOf(step.because)}`,
      ...editLines(step.edits).map((line) => paint('dim', `        ${line}`)),
    ]),
    ...promises,
  ];
}

/** Promises about availability that are out of reach, where they have not been named before. */
function unkeptLines(stage: GrowthStage | undefined, before: GrowthStage | undefined, paint: Paint): string[] {
  const fresh = stage?.unkept.filter((requirement) => !before?.unkept.includes(requirement)) ?? [];
  return fresh.map(
    (requirement) => `    ${paint('yellow', `no steps keep 'require ${formatRequirement(requirement)}'`)}`,
  );
}

function countOf(steps: number): string {
  return steps === 1 ? 'one step' : `${steps} steps`;
}

function reasonOf(because: GrowthStep['because']): string {
  return because.type === 'bottleneck'
    ? bottleneckName(because.bottleneck)
    : `'require ${formatRequirement(because.requirement)}'`;
}
