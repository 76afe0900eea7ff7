/** Figures of the simulation as short texts: for hints behind components, lenses above the architecture, and hovers. */
import {
  type Analysis,
  type Bottleneck,
  type ComponentResult,
  digits,
  formatCount,
  formatPercent,
  formatQuantity,
  formatRate,
  formatRequirement,
  formatTime,
  partNames,
  type ResourceName,
} from '../../model/index.ts';

/** `62% · 1.2k/s · p99 14 ms`; empty where nothing arrives. */
export function hintText({ utilization, arrivalRate, response }: ComponentResult): string {
  if (!(arrivalRate > 0)) return '';
  const parts = [
    utilization === undefined ? '' : shortPercent(utilization),
    formatRate(arrivalRate),
    response && response.p99 > 0 ? `p99 ${formatTime(response.p99)}` : '',
  ];
  return parts.filter(Boolean).join(' · ');
}

/** Whole percents are enough beside the text; below ten one digit more. */
function shortPercent(fraction: number): string {
  if (!Number.isFinite(fraction)) return '∞';
  return fraction >= 0.095 ? `${Math.round(fraction * 100)}%` : `${digits(Math.round(fraction * 1000) / 10)}%`;
}

/** What a resource is called in a sentence. */
export const resourceLabels: Readonly<Record<ResourceName, string>> = {
  cpu: 'CPU',
  network: 'network',
  threads: 'threads',
  pool: 'connection pool',
  rate: 'rate limit',
  memory: 'memory',
  connections: 'connections',
  concurrency: 'concurrency',
};

/** `us.posts (CPU of the primary)`. */
export function bottleneckText({ path, resource, part, cause }: Bottleneck): string {
  return `${path} (${resourceLabels[resource]}${part ? ` of the ${partNames[part]}` : ''}${cause ? `, by ${cause}` : ''})`;
}

/** How many users the architecture carries; where users are declared by their rate, how many times the load. */
export function capacityText({ capacity }: Analysis): string {
  if (!Number.isFinite(capacity.scale)) return 'no known limit';
  return capacity.declaredUsers > 0 ? `${formatCount(capacity.users)} users` : `${digits(capacity.scale)}× the load`;
}

/** The first thing that gives way; undefined where nothing does. */
export function limitText({ capacity: { limit } }: Analysis): string | undefined {
  if (!limit) return undefined;
  if (limit.type === 'bottleneck') return bottleneckText(limit.bottleneck);
  return formatRequirement(limit.requirement);
}

/** A table of everything known about one component under its load. */
export function resultTable(result: ComponentResult): string {
  const { utilization, arrivalRate, response, refused, hitRatio, backlogGrowth, saturatesAt, replicasNeeded } = result;
  const rows: (readonly [string, string])[] = [['arrives', formatRate(arrivalRate)]];
  if (utilization !== undefined) rows.push(['utilisation', formatPercent(utilization)]);
  if (result.resources.length > 1) rows.push(...resourceRows(result));
  if (response && response.p99 > 0) {
    rows.push(['response', `mean ${formatTime(response.mean)}, p99 ${formatTime(response.p99)}`]);
    const { waiting = 0 } = result;
    if (waiting >= SHORTEST) rows.push(['of it waiting', formatTime(waiting)]);
  }
  if (hitRatio !== undefined) rows.push(['hit ratio', formatPercent(hitRatio)]);
  if (refused > 0) rows.push(['refused', formatPercent(refused)]);
  if (backlogGrowth !== undefined && backlogGrowth > 0) rows.push(['backlog grows', formatRate(backlogGrowth)]);
  if (saturatesAt !== undefined) rows.push(['saturates at', `${digits(saturatesAt)}× this load`]);
  if (replicasNeeded !== undefined) rows.push(['replicas needed', formatQuantity(replicasNeeded, 'count')]);
  const table = ['| at peak | |', '|:--|--:|', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
  return `${table}\n\n${accuracyText(result.accuracy)}`;
}

/** Seconds: less waiting than this is what the formula leaves of none. */
const SHORTEST = 1e-9;

/** Of the primary and the replicas of a shard only the busier one is shown. */
function resourceRows({ resources }: ComponentResult): readonly (readonly [string, string])[] {
  const used = new Map<string, number>();
  for (const { resource, utilization, part } of resources) {
    const name = `${resourceLabels[resource]}${part ? ` (${partNames[part]})` : ''}`;
    used.set(name, Math.max(used.get(name) ?? 0, utilization));
  }
  return [...used].map(([name, utilization]) => [name, formatPercent(utilization)]);
}

function accuracyText(accuracy: ComponentResult['accuracy']): string {
  switch (accuracy.kind) {
    case 'exact':
      return '_Exact for the stated model._';
    case 'approximate': {
      const error = accuracy.error === undefined ? '' : `, within about ${formatPercent(accuracy.error)}`;
      return `_Approximate${error}: ${lowerFirst(accuracy.why)}._`;
    }
    case 'unreliable':
      return `_Not reliable: ${lowerFirst(accuracy.why)}._`;
  }
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z ]/.test(text) ? `${text[0]!.toLowerCase()}${text.slice(1)}` : text;
}
