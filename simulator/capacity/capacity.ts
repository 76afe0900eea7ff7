/**
 * Capacity: the largest population at which nothing saturates and every requirement holds that gets worse with the load. Saturation follows
 * from one solution (utilisation grows in proportion to the load); where the requirements stop to hold is searched below it.
 * Promises about capacity, availability and throughput do not limit the population.
 */
import type { Architecture, Bottleneck, Capacity, Metric, Requirement } from '../../model/index.ts';
import { costAt } from '../cost/cost.ts';
import type { Network } from '../network/network.ts';
import { prepare } from '../network/prepare.ts';
import { type Distribution, distributionOf } from '../statistics/index.ts';
import { isMeasurable, responseTree } from '../steady/components.ts';
import { saturationAccuracy } from '../steady/rate-trust.ts';
import { timeOfRequests } from '../steady/requests.ts';
import {
  accuracyOf,
  type SolvedLoad,
  type SolveOptions,
  solutionFrom,
  solveLoad,
  type Wanted,
} from '../steady/solve.ts';
import type { LoadOptions } from '../steady/state.ts';
import { bottlenecksOf } from './bottlenecks.ts';
import { growsWithLoad, isLatency, judge } from './requirements.ts';
import { type Broken, largestScale, type Verdict } from './search.ts';

/** The capacity of an architecture. */
export function capacityOf(architecture: Architecture, options: SolveOptions = {}): Capacity {
  return capacityOfNetwork(prepare(architecture), options.load);
}

/** The same for a network that is there already. */
export function capacityOfNetwork(network: Network, load: 'peak' | 'mean' = 'peak'): Capacity {
  const options: LoadOptions = { scale: 1, load };
  const bottlenecks = bottlenecksOf(network, options);
  const limiting = network.architecture.requirements.filter((requirement) => growsWithLoad(requirement.metric));
  const saturation = bottlenecks[0]?.scale ?? Number.POSITIVE_INFINITY;
  const found = limiting.length === 0 ? undefined : firstBroken(network, options, limiting, saturation);
  const scale = found ? found.scale : saturation;
  const declaredUsers = network.sources.reduce((sum, source) => sum + source.users, 0);
  const at = solveLoad(network, { ...options, scale: Number.isFinite(scale) ? scale : 1 });
  return {
    users: declaredUsers > 0 ? declaredUsers * scale : 0,
    scale,
    rate: rateAt(network, options, at, scale),
    ...limitOf(found, bottlenecks),
    bottlenecks,
    declaredUsers,
    accuracy: found || (bottlenecks[0] && isHeld(bottlenecks[0])) ? accuracyOf(at) : saturationAccuracy(at),
  };
}

/** Threads, connections and executions are in use for as long as answers take. */
function isHeld({ resource }: Bottleneck): boolean {
  return resource === 'threads' || resource === 'connections' || resource === 'concurrency';
}

const nothing: Wanted = { components: new Set(), requests: new Set(), mix: false };

function limitOf(found: Broken | undefined, bottlenecks: readonly Bottleneck[]): Pick<Capacity, 'limit'> {
  if (found) return { limit: { type: 'requirement', requirement: found.requirement } };
  return bottlenecks[0] ? { limit: { type: 'bottleneck', bottleneck: bottlenecks[0] } } : {};
}

/** The largest scale below saturation at which all hold, and what breaks just above; undefined if nothing breaks. */
function firstBroken(
  network: Network,
  options: LoadOptions,
  requirements: readonly Requirement[],
  saturation: number,
): Broken | undefined {
  return largestScale((scale) => verdictAt(network, { ...options, scale }, requirements), saturation);
}

/** What does not hold at a load. Response times are looked at only after everything cheaper holds. */
function verdictAt(network: Network, options: LoadOptions, requirements: readonly Requirement[]): Verdict {
  const solved = solveLoad(network, options);
  const others = requirements.filter((requirement) => !isLatency(requirement.metric));
  const broken = others.length === 0 ? undefined : brokenAmong(solved, others);
  if (broken) return { broken, excess: Number.NaN };
  let excess = Number.NEGATIVE_INFINITY;
  for (const requirement of requirements) {
    const own = excessOf(solved, requirement);
    if (own > 0) return { broken: requirement, excess: own };
    excess = Math.max(excess, own);
  }
  return { excess };
}

function brokenAmong(solved: SolvedLoad, requirements: readonly Requirement[]): Requirement | undefined {
  const { network, options } = solved;
  const asks = (metric: Metric) => requirements.some((requirement) => requirement.metric === metric);
  const wanted = { ...nothing, components: new Set(asks('backlog') ? network.stations.map(({ path }) => path) : []) };
  const cost = asks('cost') ? costAt(network, options) : { perHour: 0, lines: [], unknown: [] };
  const answers = { architecture: network.architecture, solution: solutionFrom(solved, wanted), cost };
  return requirements.find((requirement) => judge(requirement, answers).holds === false);
}

/**
 * How far a response time is beyond its limit, above 0 where it is too slow, in a measure that is nearly linear in the load close to
 * saturation: the mean grows like 1/(1 - ρ), the logarithm of P(T > limit) like -(1 - ρ). The quantile itself need not be searched for.
 */
function excessOf(solved: SolvedLoad, { metric, of, operator, limit }: Requirement): number {
  const time = isLatency(metric) && operator !== '>' && operator !== '>=' ? subjectTime(solved, of) : undefined;
  if (!time || !isLatency(metric)) return Number.NEGATIVE_INFINITY;
  if (metric === 'mean') {
    const { mean } = time;
    return mean <= limit ? Math.min(0, 1 - limit / mean) : Math.max(Number.MIN_VALUE, 1 - limit / mean);
  }
  const allowed = 1 - quantiles[metric];
  const survival = time.survival(limit);
  const ratio = Math.log(survival / allowed);
  return survival > allowed ? Math.max(Number.MIN_VALUE, ratio) : Math.min(0, ratio);
}

function subjectTime(solved: SolvedLoad, of: Requirement['of']): Distribution | undefined {
  if (!of) return timeOfRequests(solved);
  if (of.type === 'request') return timeOfRequests(solved, of.name);
  const index = solved.network.indexOf.get(of.name);
  const station = index === undefined ? undefined : solved.network.stations[index];
  return station && isMeasurable(solved, station) ? distributionOf(responseTree(solved, station)) : undefined;
}

const quantiles = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 } as const;

/** Requests per second at the capacity. */
function rateAt(network: Network, options: LoadOptions, at: SolvedLoad, scale: number): number {
  if (Number.isFinite(scale)) return at.actual.sourceRates.reduce((sum, rate) => sum + rate, 0);
  const asks = network.sources.some((source) => source.rate > 0 || source.closed);
  return asks && options.scale > 0 ? Number.POSITIVE_INFINITY : 0;
}
