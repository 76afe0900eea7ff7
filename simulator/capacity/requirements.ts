/** Whether the promises hold: the value of each `require`, or why it cannot be computed. */
import {
  type Architecture,
  type AvailabilityResult,
  type Capacity,
  type CostResult,
  isInside,
  type Latency,
  type Metric,
  type Requirement,
  type RequirementResult,
  type Solution,
} from '../../model/index.ts';
import { costWithin } from '../cost/cost.ts';
import { recoveryPoint, recoveryTime, staleness } from '../recovery/recovery.ts';

/** What requirements are compared with; only what one is about is read. */
export interface Answers {
  readonly architecture: Architecture;
  readonly solution: Solution;
  readonly cost: CostResult;
  readonly availability?: AvailabilityResult;
  readonly capacity?: Capacity;
}

/** A figure, or why there is none. */
export interface Figured {
  readonly value?: number;
  readonly why?: string;
}

/** Judges one requirement. */
export function judge(requirement: Requirement, answers: Answers): RequirementResult {
  const { value, why } = figureFor(requirement, answers);
  if (value === undefined || Number.isNaN(value)) return { requirement, why: why ?? 'it cannot be computed' };
  return { requirement, value, holds: compare(value, requirement), ...(why === undefined ? {} : { why }) };
}

/** True for metrics that get worse as the load grows: those that limit the capacity. */
export function growsWithLoad(metric: Metric): boolean {
  return (
    metric in latencies || metric === 'errors' || metric === 'utilization' || metric === 'cost' || metric === 'backlog'
  );
}

const latencies = {
  p50: 'p50',
  p90: 'p90',
  p95: 'p95',
  p99: 'p99',
  p999: 'p999',
  mean: 'mean',
} as const satisfies Partial<Record<Metric, keyof Latency>>;

/** True for metrics that are response times. */
export function isLatency(metric: Metric): metric is keyof typeof latencies {
  return metric in latencies;
}

function compare(value: number, { operator, limit }: Requirement): boolean {
  if (operator === '<') return value < limit;
  if (operator === '<=') return value <= limit;
  return operator === '>' ? value > limit : value >= limit;
}

function figureFor(requirement: Requirement, answers: Answers): Figured {
  const { metric, of } = requirement;
  const { solution, architecture } = answers;
  if (isLatency(metric)) return latencyFigure(metric, requirement, solution);
  switch (metric) {
    case 'utilization':
      return utilizationFigure(requirement, solution);
    case 'throughput':
    case 'errors':
      return flowFigure(metric, requirement, solution);
    case 'availability':
      return availabilityFigure(requirement, answers.availability);
    case 'capacity': {
      const { capacity } = answers;
      if (!capacity) return {};
      return of ? capacityOfComponent(of.name, capacity) : { value: capacity.users };
    }
    case 'cost': {
      const { cost } = answers;
      const value = of ? costWithin(cost, of.name) : cost.perHour;
      const missing = cost.unknown.filter((path) => !of || isInside(path, of.name));
      if (value === undefined) return { why: `no price known for '${of?.name}'` };
      return missing.length === 0 ? { value } : { value, why: `without ${quoted(missing)}, whose price is not known` };
    }
    case 'backlog':
      return backlogFigure(requirement, solution);
    case 'rpo':
      return recoveryPoint(architecture, of?.name);
    case 'rto':
      return recoveryTime(architecture, of?.name);
    case 'staleness':
      return staleness(architecture, of?.name);
  }
}

function latencyFigure(metric: keyof typeof latencies, { of }: Requirement, solution: Solution): Figured {
  if (!of) return { value: solution.response[latencies[metric]] };
  if (of.type === 'request') {
    const found = solution.requests.find((request) => request.name === of.name);
    return found ? { value: found.response[latencies[metric]] } : { why: `no users ask for '${of.name}'` };
  }
  const response = solution.components.find((component) => component.path === of.name)?.response;
  return response ? { value: response[latencies[metric]] } : { why: `no response time known for '${of.name}'` };
}

/** Of a container, the highest inside; of everything, the highest of all. */
function utilizationFigure({ of }: Requirement, solution: Solution): Figured {
  const known = solution.components.flatMap(({ path, utilization }) =>
    utilization !== undefined && (!of || isInside(path, of.name)) ? [utilization] : [],
  );
  return known.length > 0
    ? { value: Math.max(...known) }
    : { why: `no utilization known for '${of?.name ?? 'anything'}'` };
}

function flowFigure(metric: 'throughput' | 'errors', { of }: Requirement, solution: Solution): Figured {
  if (!of) return { value: solution[metric] };
  if (of.type === 'request') {
    const found = solution.requests.find((request) => request.name === of.name);
    if (!found) return { why: `no users ask for '${of.name}'` };
    return { value: metric === 'errors' ? found.errors : found.rate * (1 - found.errors) };
  }
  const found = solution.components.find((component) => component.path === of.name);
  if (!found) return { why: `'${of.name}' takes no requests` };
  if (metric === 'throughput') return { value: found.throughput };
  return { value: found.arrivalRate > 0 ? 1 - found.throughput / found.arrivalRate : 0 };
}

function availabilityFigure({ of }: Requirement, availability: AvailabilityResult | undefined): Figured {
  if (!availability) return {};
  if (!of) return { value: availability.value };
  if (of.type === 'component') return { why: `availability is that of requests; '${of.name}' is a component` };
  const found = availability.requests.find((request) => request.name === of.name);
  return found ? { value: found.value } : { why: `no users ask for '${of.name}'` };
}

/** Users at which the first resource of a component saturates. */
function capacityOfComponent(path: string, capacity: Capacity): Figured {
  const first = capacity.bottlenecks.find((bottleneck) => isInside(bottleneck.path, path));
  return first ? { value: first.users } : { why: `nothing is known to saturate in '${path}'` };
}

/** Messages that wait, on average; without end where more arrive than are taken. */
function backlogFigure({ of }: Requirement, solution: Solution): Figured {
  const growing = solution.components.filter(
    ({ path, backlogGrowth }) => backlogGrowth !== undefined && (!of || isInside(path, of.name)),
  );
  if (growing.length === 0) return { why: of ? `'${of.name}' is not a queue` : 'there is no queue' };
  if (growing.some((queue) => queue.backlogGrowth! > 0)) return { value: Number.POSITIVE_INFINITY };
  // Queues with a most know how full they are.
  if (growing.every(({ inSystem }) => inSystem !== undefined))
    return { value: growing.reduce((sum, { inSystem = 0 }) => sum + inSystem, 0) };
  const workers = new Set(
    growing.flatMap((queue) =>
      solution.connections.flatMap(({ id }) => (id.startsWith(`${queue.path} -> `) ? [targetOf(id, queue.path)] : [])),
    ),
  );
  const waiting = solution.components.filter((component) => workers.has(component.path));
  return { value: waiting.reduce((sum, { rates, waiting: wait = 0 }) => sum + rates.messages * wait, 0) };
}

function targetOf(id: string, from: string): string {
  return id.slice(`${from} -> `.length).replace(/#\d+$/, '');
}

function quoted(paths: readonly string[]): string {
  return paths.map((path) => `'${path}'`).join(', ');
}
