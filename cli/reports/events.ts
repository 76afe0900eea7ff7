/** A simulation request by request for people: each figure with its interval, and how far the steady state is from it. */
import {
  type Architecture,
  digits,
  formatCount,
  formatMoment,
  formatPercent,
  formatRate,
  type Latency,
  partNames,
  type Solution,
} from '../../model/index.ts';
import type {
  Estimate,
  SimulatedComponent,
  SimulatedLatency,
  SimulatedRequest,
  Simulation,
} from '../../simulator/index.ts';
import type { Paint } from '../terminal.ts';
import { bar, loadStyle } from './bar.ts';
import { shortTime, wholePercent } from './figures.ts';

import type { Sources } from './sources.ts';
import { type Cell, type Column, cell, formatTable } from './table.ts';
import { printable, wrap } from './text-width.ts';

export interface EventReport {
  readonly architecture: Architecture;
  readonly simulation: Simulation;
  /** What the formulas say at the same load. */
  readonly steady: Solution;
  /** As the user named the file. */
  readonly file: string;
  readonly load: 'peak' | 'mean';
  readonly sources: Sources;
  readonly paint: Paint;
  readonly columns: number;
}

/** The whole report of `loadpath simulate --engine events`. */
export function formatEvents(report: EventReport): string {
  return [title(report), requestSection(report), componentSection(report), callSection(report), notes(report)]
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function title({ architecture, simulation, file, load, paint }: EventReport): string[] {
  const name = architecture.title
    ? `${paint('bold', printable(architecture.title))}  ${paint('dim', file)}`
    : paint('bold', file);
  const { observed, seconds, replications, seed, precision, rate } = simulation;
  if (simulation.ended === 'idle') return [name, 'no load declared'];
  const facts = [
    `${load} load ${formatRate(rate.value)}`,
    `${formatCount(Math.round(observed))} requests in ${formatMoment(seconds)}, ${replications} runs, seed ${seed}`,
    ...(Number.isFinite(precision) ? [`mean response ±${roughly(precision)}`] : []),
  ];
  return [name, facts.join(' · ')];
}

const quantiles = ['mean', 'p50', 'p90', 'p95', 'p99', 'p999'] as const satisfies readonly (keyof Latency)[];

const REQUEST_COLUMNS: readonly Column[] = [
  { heading: 'REQUESTS' },
  { heading: '' },
  { heading: 'RATE', align: 'right' },
  { heading: 'ERRORS', align: 'right' },
  ...['MEAN', 'P50', 'P90', 'P95', 'P99', 'P99.9'].map((heading) => ({ heading, align: 'right' as const })),
];

/** Three rows for each class: what was simulated, how sure that is, and how far the formulas are from it. */
function requestSection({ simulation, steady, paint, columns }: EventReport): string[] {
  const rows = simulation.requests
    .filter(({ rate }) => rate.value > 0)
    .flatMap((request) =>
      requestRows(
        request,
        steady.requests.find(({ name }) => name === request.name),
      ),
    );
  return rows.length === 0 ? [] : formatTable(REQUEST_COLUMNS, rows, { paint, width: columns });
}

function requestRows(request: SimulatedRequest, formula: Solution['requests'][number] | undefined): Cell[][] {
  const { name, rate, errors, response } = request;
  const times = (text: (latency: SimulatedLatency, metric: keyof SimulatedLatency) => string, style?: 'dim') =>
    quantiles.map((metric) => cell(response ? text(response, metric) : '', style));
  return [
    [
      cell(name),
      cell('simulated'),
      cell(formatRate(rate.value)),
      cell(formatPercent(errors.value), errors.value > 0 ? 'red' : undefined),
      ...times((latency, metric) => shortTime(latency[metric].value)),
    ],
    [
      cell(''),
      cell('± 95%', 'dim'),
      cell(interval(rate), 'dim'),
      cell(errors.value > 0 ? interval(errors) : '', 'dim'),
      ...times((latency, metric) => interval(latency[metric]), 'dim'),
    ],
    [
      cell(''),
      cell('formulas', 'dim'),
      cell(formula ? deviation(formula.rate, rate.value) : '', 'dim'),
      cell(formula && errors.value > 0 ? deviation(formula.errors, errors.value) : '', 'dim'),
      ...times((latency, metric) => (formula ? deviation(formula.response[metric], latency[metric].value) : ''), 'dim'),
    ],
  ];
}

/** `±1.2%` of the value. */
function interval({ value, halfWidth }: Estimate): string {
  if (value === 0) return '';
  return Number.isFinite(halfWidth) ? `±${roughly(halfWidth / Math.abs(value))}` : '±∞';
}

/** How far a figure of the formulas is from the simulated one: `+3.1%`. */
function deviation(formula: number, simulated: number): string {
  if (simulated === 0) return formula === 0 ? '' : shortTime(formula);
  if (!Number.isFinite(formula)) return '∞';
  const share = formula / simulated - 1;
  if (Math.abs(share) >= MUCH) return `×${(formula / simulated).toPrecision(2)}`;
  return `${share < 0 ? '−' : '+'}${roughly(Math.abs(share))}`;
}

/** A percentage of two digits: differences have no more. */
function roughly(share: number): string {
  return formatPercent(Number(share.toPrecision(2)));
}

/** From this on a factor says more than a percentage. */
const MUCH = 2;

const BAR = 8;
const COMPONENT_COLUMNS: readonly Column[] = [
  { heading: 'COMPONENT' },
  { heading: 'RATE', align: 'right' },
  { heading: 'BUSY' },
  { heading: 'QUEUE', align: 'right' },
  { heading: 'WAIT', align: 'right' },
  { heading: 'MEAN', align: 'right' },
  { heading: '', align: 'right' },
  { heading: 'P99', align: 'right' },
  { heading: '', align: 'right' },
  { heading: 'NOTES' },
];

function componentSection({ simulation, steady, paint, columns }: EventReport): string[] {
  const formulas = new Map(steady.components.map((component) => [component.path, component]));
  const shown = simulation.components.filter(
    ({ arrivalRate, response, resources }) => arrivalRate.value > 0 && (response || resources.length > 0),
  );
  if (shown.length === 0) return [];
  const rows = shown.flatMap((component) => componentRows(component, formulas.get(component.path)?.response));
  return formatTable(COMPONENT_COLUMNS, rows, { paint, width: columns });
}

function componentRows(component: SimulatedComponent, formula: Latency | undefined): Cell[][] {
  const { path, arrivalRate, response, waiting, queueLength, resources } = component;
  const timed = response && response.mean.value > 0 ? response : undefined;
  const [busiest, ...others] = resources.toSorted((a, b) => b.utilization.value - a.utilization.value);
  const pair = (metric: 'mean' | 'p99') => [
    cell(timed ? `${shortTime(timed[metric].value)} ${interval(timed[metric])}`.trimEnd() : ''),
    cell(timed && formula ? deviation(formula[metric], timed[metric].value) : '', 'dim'),
  ];
  const first = [
    cell(path),
    cell(formatRate(arrivalRate.value)),
    busyCell(busiest),
    cell(queueLength.value > 0 ? digits(Number(queueLength.value.toPrecision(2))) : ''),
    cell(timed && waiting ? shortTime(waiting.value) : ''),
    ...pair('mean'),
    ...pair('p99'),
    cell(notesOf(component).join(', ')),
  ];
  return [first, ...others.map((one) => [cell(''), cell(''), busyCell(one)])];
}

function busyCell(use: SimulatedComponent['resources'][number] | undefined): Cell {
  if (!use) return cell('');
  const { resource, part, utilization } = use;
  const name = part ? `${partNames[part]} ${resource}` : resource;
  return cell(
    `${bar(utilization.value, BAR)} ${wholePercent(utilization.value).padStart(4)} ${name}`,
    loadStyle(utilization.value),
  );
}

function notesOf({ refused, resources }: SimulatedComponent): string[] {
  const waits = resources.flatMap(({ resource, waiting }) =>
    waiting && waiting.value > 0
      ? [`waits ${shortTime(waiting.value)} for ${resource === 'threads' ? 'a thread' : 'a connection'}`]
      : [],
  );
  return [...(refused.value > 0 ? [`refuses ${formatPercent(refused.value)}`] : []), ...waits];
}

const CALL_COLUMNS: readonly Column[] = [
  { heading: 'CALLS' },
  { heading: 'RATE', align: 'right' },
  { heading: 'ATTEMPTS', align: 'right' },
  { heading: 'FAIL', align: 'right' },
];

/** Calls of which some are tried again or fail. */
function callSection({ simulation, paint, columns }: EventReport): string[] {
  const rows = simulation.calls
    .filter(({ attempts, failures }) => attempts.value > 1 || failures.value > 0)
    .map(({ id, rate, attempts, failures }) => [
      cell(id),
      cell(formatRate(rate.value)),
      cell(attempts.value.toFixed(3)),
      cell(formatPercent(failures.value), failures.value > 0 ? 'red' : undefined),
    ]);
  return rows.length === 0 ? [] : formatTable(CALL_COLUMNS, rows, { paint, width: columns });
}

function notes({ simulation, paint, columns }: EventReport): string[] {
  const { accuracy, limits } = simulation;
  const why = accuracy.kind === 'exact' ? [] : [`${accuracy.kind === 'unreliable' ? '? ' : '~ '}${accuracy.why}.`];
  return [...why, ...limits].flatMap((text) => wrap(text, columns)).map((line) => paint('dim', line));
}
