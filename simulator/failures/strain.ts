/** What the survivors cannot carry, and which promises they break. */
import { amount, type Path, type Requirement, type ResourceName, type ResourceUse } from '../../model/index.ts';
import { growsWithLoad, isLatency, judge } from '../capacity/requirements.ts';
import { distributionOf, mixtureMoments, tailBounds } from '../statistics/index.ts';
import { arrivalRateOf } from '../steady/demand.ts';
import { rateLimitOf } from '../steady/limits.ts';
import type { PoolState } from '../steady/pool-load.ts';
import { programTime } from '../steady/requests.ts';
import { treeInputsOf } from '../steady/responses.ts';
import { solutionFrom, solveLoad } from '../steady/solve.ts';
import type { State } from '../steady/state.ts';
import { mixtureOf } from '../steady/tree-algebra.ts';
import { requestMoments, requestTree, type TreeInputs } from '../steady/trees.ts';

/** A resource of the survivors that is used up. */
export interface Overload {
  readonly path: Path;
  readonly resource: ResourceName;
  readonly part?: ResourceUse['part'];
  /** Demand over what is left; 1 and more. */
  readonly utilization: number;
  /** Until the autoscalers have started what is missing, or until what failed is back. */
  readonly until: 'booted' | 'repaired';
  /** Seconds until then. */
  readonly lasts: number;
}

/** A resource and how much of it is used. */
export type Use = Pick<Overload, 'path' | 'resource' | 'part' | 'utilization'>;

/** Utilisation of cores, hosts and rate limits of everything that is not dead, or of some stations alone. */
export function usesOf(state: State, dead: ReadonlySet<number>, only?: Iterable<number>): readonly Use[] {
  const { network } = state;
  const found: Use[] = [];
  const stations = only ? [...only].map((index) => network.stations[index]!) : network.stations;
  for (const station of stations) {
    const { index, path } = station;
    if (dead.has(index)) continue;
    if (station.host === undefined && Number.isFinite(station.cores))
      for (const { pool, utilization } of state.pools[index]!)
        found.push({ path, resource: 'cpu', ...(pool.part === undefined ? {} : { part: pool.part }), utilization });
    const limit = rateLimitOf(state, index);
    if (limit !== undefined && limit > 0) {
      const utilization = arrivalRateOf(network, state.rates, index) / limit;
      found.push({ path, resource: 'rate', utilization });
    }
  }
  for (const [index, host] of only ? [] : network.hosts.entries()) {
    if (host.parts.every((part) => dead.has(part))) continue;
    found.push({ path: host.path, resource: 'cpu', utilization: state.hosts[index]!.utilization });
  }
  return found;
}

/** What is used up, the worst first, one entry for each resource; what was used up before the failure is left out. */
export function overloadsOf(uses: readonly Use[], before: readonly Use[]): readonly Use[] {
  const keyOf = ({ path, resource, part }: Use) => `${path} ${resource} ${part ?? ''}`;
  const full = new Set(before.filter(({ utilization }) => utilization >= 1).map(keyOf));
  const worst = new Map<string, Use>();
  for (const use of uses) {
    const key = keyOf(use);
    if (use.utilization < 1 || full.has(key) || (worst.get(key)?.utilization ?? 0) >= use.utilization) continue;
    worst.set(key, use);
  }
  return [...worst.values()].sort((a, b) => b.utilization - a.utilization);
}

/** A promise, and how much later answers may come before it breaks, where that is known. */
export interface Pledge {
  readonly requirement: Requirement;
  /** Probability that may be added to P(T > limit), or seconds to the mean. */
  readonly margin?: number;
}

/** The promises that hold in a state. */
export function heldPledges(state: State, requirements: readonly Requirement[]): readonly Pledge[] {
  const inputs = treeInputsOf(state);
  const broken = new Set(
    brokenIn(
      state,
      requirements.map((requirement) => ({ requirement })),
      { lost: new Map() },
    ),
  );
  return requirements
    .filter((requirement) => !broken.has(requirement))
    .map((requirement) => {
      const margin = isOfRequests(requirement) ? marginOf(state, inputs, requirement) : undefined;
      return { requirement, ...(margin === undefined ? {} : { margin }) };
    });
}

/** What has become of the requests. */
export interface Change {
  /** Share that is lost, by request class and (undefined) in all. */
  readonly lost: ReadonlyMap<string | undefined, number>;
  /** The stations that have changed, where nothing else has. */
  readonly changed?: readonly number[];
}

/** Pledges that do not hold in a state. */
export function brokenIn(state: State, promises: readonly Pledge[], change: Change): readonly Requirement[] {
  const open = promises.filter((promise) => !isSafe(state, promise, change));
  const rest = open.map(({ requirement }) => requirement).filter((one) => !isOfRequests(one));
  const inputs = rest.length < open.length ? treeInputsOf(state) : undefined;
  const answers = rest.length > 0 ? answersOf(state, rest) : undefined;
  return open.flatMap(({ requirement }) => {
    if (isOfRequests(requirement)) {
      if (!inputs || holdsByMoments(state, inputs, requirement)) return [];
      const margin = marginOf(state, inputs, requirement);
      return margin !== undefined && !(margin >= 0) ? [requirement] : [];
    }
    return answers && isBroken(requirement, answers, change.lost) ? [requirement] : [];
  });
}

/**
 * True if a promise about response times must still hold: with fewer servers a request takes longer only if it waits at one of the
 * stations that have changed, so P(T > limit) grows by at most the expected number of visits that wait (union bound), and the mean by
 * their mean waiting times. Threads and pools hold requests elsewhere, and retries send more of them; with them nothing is known.
 */
function isSafe(state: State, { requirement, margin }: Pledge, { changed }: Change): boolean {
  if (margin === undefined || changed === undefined || holdsElsewhere(state)) return false;
  let added = 0;
  for (const index of changed) added += mostAdded(state, requirement, index, state.pools[index]!);
  return added < margin;
}

/** What the waits in the pools of a station add at most to what a promise about response times leaves open. */
export function mostAdded(state: State, requirement: Requirement, index: number, pools: readonly PoolState[]): number {
  const { network, rates, streamRates } = state;
  const scope = streamsOf(state, requirement).reduce((sum, [i]) => sum + streamRates[i]!, 0);
  const visits = arrivalRateOf(network, rates, index) / scope;
  let worst = 0;
  for (const pool of pools) worst = Math.max(worst, requirement.metric === 'mean' ? pool.wait : pool.waitProbability);
  return visits > 0 && worst > 0 ? visits * worst : 0;
}

/** What is left of a promise in a state: at least so much, or undefined where it is about something else. */
export function marginIn(state: State, requirement: Requirement): number | undefined {
  return isOfRequests(requirement) ? marginOf(state, treeInputsOf(state), requirement) : undefined;
}

/** True where requests are held outside of the queues for cores, so that a wait at one place makes one at others. */
export function holdsElsewhere({ network }: State): boolean {
  return (
    network.impatient ||
    network.stations.some(({ threads, concurrency }) => threads !== undefined || concurrency !== undefined) ||
    network.connections.some(({ pool }) => pool !== undefined)
  );
}

/** True for response times of requests, which need no other figures. */
export function isOfRequests({ metric, of }: Requirement): boolean {
  return isLatency(metric) && of?.type !== 'component';
}

function isBroken(requirement: Requirement, answers: ReturnType<typeof answersOf>, lost: Change['lost']): boolean {
  const { value, holds } = judge(requirement, answers);
  if (requirement.metric !== 'errors' || value === undefined || requirement.of?.type === 'component')
    return holds === false;
  const all = 1 - (1 - value) * (1 - (lost.get(requirement.of?.name) ?? 0));
  return requirement.operator === '<' ? all >= requirement.limit : all > requirement.limit;
}

/** Requirements that a failure can break while it lasts. */
export function breakable(requirements: readonly Requirement[]): readonly Requirement[] {
  return requirements.filter(({ metric, operator }) => {
    const upper = operator === '<' || operator === '<=';
    return upper && metric !== 'cost' && growsWithLoad(metric);
  });
}

const quantiles = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 } as const;

/** What is left until a promise breaks; P(T > limit) is enough, the quantile need not be searched. Below 0 it is broken. */
function marginOf(state: State, inputs: TreeInputs, requirement: Requirement): number | undefined {
  const { metric, limit } = requirement;
  if (!isLatency(metric)) return undefined;
  const streams = streamsOf(state, requirement);
  const total = streams.reduce((sum, [i]) => sum + state.streamRates[i]!, 0);
  if (streams.length === 0 || !(total > 0)) return undefined;
  const time =
    programTime(state, streams) ??
    distributionOf(
      mixtureOf(
        streams.map(([i, stream]) => ({
          probability: state.streamRates[i]! / total,
          of: requestTree(state, inputs, stream, i),
        })),
      ),
    );
  return metric === 'mean' ? limit - time.mean : 1 - quantiles[metric] - time.survival(limit);
}

/** True if mean and variance alone show that a promise holds. */
function holdsByMoments(state: State, inputs: TreeInputs, requirement: Requirement): boolean {
  const { metric, limit } = requirement;
  if (!isLatency(metric) || metric === 'mean') return false;
  const streams = streamsOf(state, requirement);
  const moments = mixtureMoments(
    streams.map(([i, stream]) => ({
      probability: state.streamRates[i]!,
      of: requestMoments(state, inputs, stream, i),
    })),
  );
  return tailBounds(moments, limit).most < SURELY * (1 - quantiles[metric]);
}

/** Leaves room for rounding and for what tabulated distributions leave out. */
const SURELY = 0.9;

function streamsOf({ network }: State, { of }: Requirement) {
  return [...network.streams.entries()].filter(
    ([, stream]) => of === undefined || network.classes[stream.class]!.name === of.name,
  );
}

function answersOf(state: State, requirements: readonly Requirement[]) {
  const { network, options } = state;
  const components = new Set(
    requirements.flatMap(({ metric, of }) => {
      if (metric === 'backlog') return network.stations.map(({ path }) => path);
      return isLatency(metric) && of ? [of.name] : [];
    }),
  );
  const solution = solutionFrom(solveLoad(network, options), { components, requests: new Set(), mix: false });
  return { architecture: network.architecture, solution, cost: { perHour: 0, lines: [], unknown: [] } };
}

/** Seconds until an autoscaler has started what is missing. */
export function bootTime(state: State, path: Path): number | undefined {
  const index = state.network.indexOf.get(path);
  const station = index === undefined ? undefined : state.network.stations[index];
  return station?.target === undefined ? undefined : amount(station.component, 'autoscale.boot');
}
