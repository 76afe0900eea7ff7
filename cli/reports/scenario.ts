/** A played scenario for people: what happened when, how it went over time, and whether its promises held. */
import {
  type Architecture,
  formatCount,
  formatMetric,
  formatMoment,
  formatPercent,
  formatRate,
  formatRequirement,
  formatTime,
} from '../../model/index.ts';
import type { ComponentSeries, Playback, ScenarioVerdict } from '../../simulator/index.ts';
import type { Paint } from '../terminal.ts';
import type { Sources } from './sources.ts';
import { type Pick, sparkline } from './sparkline.ts';
import { type Cell, cell, formatTable } from './table.ts';
import { printable, wrap } from './text-width.ts';

export interface ScenarioReport {
  readonly architecture: Architecture;
  readonly playback: Playback;
  /** As the user named the file. */
  readonly file: string;
  readonly sources: Sources;
  readonly paint: Paint;
  readonly columns: number;
}

/** The whole report of `loadpath simulate --scenario`. */
export function formatScenario(report: ScenarioReport): string {
  return [
    title(report),
    wholeSection(report),
    componentSection(report),
    logSection(report),
    verdictSection(report),
    notes(report),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function title({ playback, file, paint }: ScenarioReport): string[] {
  const { scenario, totals, availability, duration, requirements } = playback;
  const names =
    playback.title === undefined ? paint('bold', scenario) : `${paint('bold', printable(playback.title))}  ${scenario}`;
  const broken = requirements.filter(({ holds }) => holds === false).length;
  const promises =
    requirements.length === 0
      ? []
      : [broken === 0 ? 'all promises kept' : `${broken} of ${requirements.length} promises broken`];
  const lost =
    totals.failed >= 0.5
      ? [`${formatCount(Math.round(totals.failed))} of ${formatCount(Math.round(totals.entered))} requests fail`]
      : [];
  return [
    `${names}  ${paint('dim', file)}`,
    [formatMoment(duration), `availability ${formatPercent(availability)}`, ...lost, ...promises].join(' · '),
  ];
}

const MOST_COLUMNS = 60;
const LEAST_COLUMNS = 20;

function chartColumns({ columns }: ScenarioReport, rest: number): number {
  return Math.max(LEAST_COLUMNS, Math.min(MOST_COLUMNS, columns - rest));
}

function wholeSection(report: ScenarioReport): string[] {
  const { playback, paint } = report;
  const { times, duration, whole } = playback;
  const columns = chartColumns(report, 40);
  const row = (name: string, values: readonly number[], pick: Pick, format: (value: number) => string): Cell[] => {
    const extremes = [Math.min(...values), Math.max(...values)].map(format);
    const range = extremes[0] === extremes[1] ? extremes[0]! : `${extremes[0]} to ${extremes[1]}`;
    return [cell(name), cell(sparkline({ times, values, duration }, columns, pick), 'cyan'), cell(range)];
  };
  const axis = `0${formatMoment(duration).padStart(columns - 1)}`;
  const waits = whole.waiting.some((count) => count > 0);
  return formatTable(
    [{ heading: '' }, { heading: axis }, { heading: '' }],
    [
      row('offered', whole.offered, 'most', formatRate),
      row('answered', whole.throughput, 'least', formatRate),
      row('errors', whole.errors, 'most', formatPercent),
      ...(waits ? [row('waiting', whole.waiting, 'most', (count) => formatCount(Math.round(count)))] : []),
      row('mean', whole.mean, 'most', formatTime),
      ...(whole.p99 ? [row('p99', whole.p99, 'most', formatTime)] : []),
    ],
    { paint, width: report.columns },
  );
}

const COMPONENT_COLUMNS = [
  { heading: 'COMPONENT' },
  { heading: 'UTILIZATION' },
  { heading: 'MOST', align: 'right' },
  { heading: 'BACKLOG', align: 'right' },
  { heading: 'MACHINES', align: 'right' },
  { heading: 'HITS', align: 'right' },
] as const;

/** Components that something happens to. */
function componentSection(report: ScenarioReport): string[] {
  const { playback, paint } = report;
  const columns = chartColumns(report, 62);
  const moved = playback.components.filter(isMoved);
  if (moved.length === 0) return [];
  return formatTable(
    COMPONENT_COLUMNS,
    moved.map((one) => componentRow(one, playback, columns)),
    { paint, width: report.columns },
  );
}

function isMoved({ utilization = [], backlog, replicas, failing, hitRatio = [] }: ComponentSeries): boolean {
  const varies = (values: readonly number[]) => values.some((value) => value !== values[0]);
  return (
    varies(utilization) || varies(replicas) || varies(hitRatio) || backlog.some(positive) || failing.some(positive)
  );
}

function positive(value: number): boolean {
  return value > 0;
}

function componentRow(series: ComponentSeries, { times, duration }: Playback, columns: number): Cell[] {
  const { path, utilization, backlog, replicas, hitRatio } = series;
  const busiest = utilization && Math.max(...utilization);
  const waits = Math.max(...backlog);
  return [
    cell(path),
    cell(
      utilization ? sparkline({ times, values: utilization, duration }, columns, 'most', 1) : '',
      loadColor(busiest),
    ),
    cell(busiest === undefined ? '' : formatPercent(busiest), loadColor(busiest)),
    cell(waits > 0 ? formatCount(Math.round(waits)) : ''),
    cell(span(replicas, (count) => formatCount(count))),
    cell(hitRatio?.some(positive) ? span(hitRatio, formatPercent) : ''),
  ];
}

function loadColor(busiest: number | undefined): 'red' | 'yellow' | 'green' {
  if (busiest !== undefined && busiest >= 1) return 'red';
  return busiest !== undefined && busiest >= 0.8 ? 'yellow' : 'green';
}

function span(values: readonly number[], format: (value: number) => string): string {
  const [least, most] = [Math.min(...values), Math.max(...values)].map(format);
  return least === most ? `${most}` : `${least}–${most}`;
}

function logSection({ playback, paint, columns }: ScenarioReport): string[] {
  if (playback.log.length === 0) return [];
  const styles = { event: 'bold', reaction: undefined, harm: 'red' } as const;
  return formatTable(
    [{ heading: 'WHEN', align: 'right' }, { heading: 'WHAT' }],
    playback.log.map(({ at, text, kind }) => [cell(formatMoment(at)), cell(printable(text), styles[kind])]),
    { paint, width: columns },
  );
}

function verdictSection({ playback, paint, columns }: ScenarioReport): string[] {
  if (playback.requirements.length === 0) return [];
  return formatTable(
    [{ heading: '' }, { heading: 'REQUIRED' }, { heading: 'WORST', align: 'right' }, { heading: '' }],
    playback.requirements.map(verdictRow),
    { paint, width: columns },
  );
}

function verdictRow({ requirement, holds, worst, broken, why }: ScenarioVerdict): Cell[] {
  const mark = holds === undefined ? cell('?', 'yellow') : holds ? cell('✓', 'green') : cell('✗', 'red');
  const value = worst === undefined ? '' : formatMetric(requirement.metric, worst);
  return [
    mark,
    cell(formatRequirement(requirement)),
    cell(value, holds === false ? 'red' : undefined),
    cell(why ?? brokenText(broken), 'dim'),
  ];
}

/** `from 5 min to 5 min 30 s and 2 more times`. */
export function brokenText(broken: ScenarioVerdict['broken']): string {
  const [first, ...others] = broken;
  if (!first) return '';
  const more = others.length === 0 ? '' : `, and ${others.length} more ${others.length === 1 ? 'time' : 'times'}`;
  return `from ${formatMoment(first.from)} to ${formatMoment(first.to)}${more}`;
}

function notes({ playback, paint, columns }: ScenarioReport): string[] {
  const { accuracy, limits } = playback;
  const why = accuracy.kind === 'exact' ? [] : [`Approximate: ${accuracy.why}.`];
  return [...why, ...limits].flatMap((text) => wrap(text, columns)).map((line) => paint('dim', line));
}
