/** The table of components: rate, how busy, waiting, response times, and what else there is to say about each. */
import {
  ancestors,
  type Component,
  type ComponentResult,
  digits,
  formatCount,
  formatPercent,
  formatRate,
  isContainer,
  partNames,
  type ResourceUse,
} from '../../model/index.ts';
import { bar, loadStyle } from './bar.ts';
import { shortTime, wholePercent } from './figures.ts';
import { mark } from './footnotes.ts';
import type { Section } from './simulation.ts';
import { type Cell, type Column, cell, formatTable } from './table.ts';

const COLUMNS: readonly Column[] = [
  { heading: 'COMPONENT' },
  { heading: 'RATE', align: 'right' },
  { heading: 'BUSY' },
  { heading: 'WAIT', align: 'right' },
  { heading: 'P50', align: 'right' },
  { heading: 'P99', align: 'right' },
  { heading: '', align: 'left' },
  { heading: 'NOTES' },
];
const BAR = 8;

/** Containers are shown as headings of what is in them; those with nothing that takes part in requests are left out. */
export function componentSection(section: Section): string[] {
  const { architecture, analysis, paint, width } = section;
  if (analysis.solution.rate === 0) return [];
  const results = new Map(analysis.solution.components.map((result) => [result.path, result]));
  const shown = architecture.components.filter(({ path, kind }) =>
    isContainer(kind) ? [...results.keys()].some((other) => other.startsWith(`${path}.`)) : results.has(path),
  );
  if (shown.length === 0) return [];
  const rows = shown.flatMap((component) => {
    const depth = ancestors(architecture, component).length;
    const result = results.get(component.path);
    return result ? componentRows(component, result, depth, section) : [[cell(indent(depth) + component.name, 'dim')]];
  });
  return formatTable(COLUMNS, rows, { paint, width });
}

function componentRows(component: Component, result: ComponentResult, depth: number, section: Section): Cell[][] {
  const { accuracy, response, waiting } = result;
  const [busiest, ...others] = busiestByPart(result.resources);
  const timed = response !== undefined && response.mean > 0;
  const time = (seconds: number | undefined) =>
    cell(timed && seconds !== undefined ? mark(shortTime(seconds), accuracy) : '');
  const first = [
    cell(indent(depth) + component.name),
    cell(result.arrivalRate > 0 ? formatRate(result.arrivalRate) : ''),
    busyCell(busiest),
    time(waiting),
    time(response?.p50),
    time(response?.p99),
    cell(timed ? section.footnotes.reference(accuracy) : '', 'dim'),
    cell(notesOf(result).join(', ')),
  ];
  return [first, ...others.map((use) => [cell(''), cell(''), busyCell(use)])];
}

/** The busiest resource of each part, the busiest first. */
function busiestByPart(resources: readonly ResourceUse[]): ResourceUse[] {
  const byPart = new Map<ResourceUse['part'], ResourceUse>();
  for (const use of resources) {
    const known = byPart.get(use.part);
    if (!known || use.utilization > known.utilization) byPart.set(use.part, use);
  }
  return [...byPart.values()].sort((a, b) => b.utilization - a.utilization);
}

function busyCell(use: ResourceUse | undefined): Cell {
  if (!use) return cell('');
  const what = use.part ? `${partNames[use.part]} ${use.resource}` : use.resource;
  const share = wholePercent(use.utilization).padStart(4);
  return cell(`${bar(use.utilization, BAR)} ${share} ${what}`, loadStyle(use.utilization));
}

function notesOf(result: ComponentResult): string[] {
  const { hitRatio, refused, backlogGrowth, saturatesAt, replicasNeeded, utilization } = result;
  return [
    ...(hitRatio === undefined ? [] : [`${formatPercent(hitRatio)} hits`]),
    ...(refused > 0 ? [`${formatPercent(refused)} refused`] : []),
    ...(backlogGrowth && backlogGrowth > 0 ? [`backlog grows ${formatRate(backlogGrowth)}`] : []),
    ...(utilization !== undefined && utilization >= 1 && replicasNeeded
      ? [`needs ${formatCount(replicasNeeded)} replicas`]
      : []),
    ...(saturatesAt !== undefined && saturatesAt < 2 ? [`full at ${digits(saturatesAt)}x`] : []),
  ];
}

function indent(depth: number): string {
  return '  '.repeat(depth);
}
