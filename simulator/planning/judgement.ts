/** Whether a choice keeps everything that it has to keep, and what it costs. */
import type { Architecture, Bottleneck, Path, Requirement, ResourceName } from '../../model/index.ts';
import { availabilityFrom } from '../availability/availability.ts';
import { bottlenecksOf } from '../capacity/bottlenecks.ts';
import { capacityOfNetwork } from '../capacity/capacity.ts';
import { judge } from '../capacity/requirements.ts';
import { costAt } from '../cost/cost.ts';
import type { Network } from '../network/network.ts';
import { prepare } from '../network/prepare.ts';
import { solutionFrom, solveLoad } from '../steady/solve.ts';

/** What a plan has to keep. */
export interface Goal {
  /** Multiple of the declared load. */
  readonly scale: number;
  /** The most that any resource may be used. */
  readonly utilization: number;
  /** What the plan can size. Anything else, such as the quota of a provider, only must not saturate. */
  readonly sizable: ReadonlySet<Path>;
  /** Promises that can be kept or broken; those that nothing is known about are left out. */
  readonly requirements: readonly Requirement[];
}

/** What a choice does not keep. */
export type Shortfall =
  | { readonly type: 'bottleneck'; readonly bottleneck: Bottleneck }
  | {
      readonly type: 'requirement';
      readonly requirement: Requirement;
      readonly value: number;
      /** What may be the cause, the most suspicious first. */
      readonly suspects: readonly Path[];
    };

/** The first resource without enough headroom, else the first promise that breaks; undefined if all is kept. */
export function shortfallOf(architecture: Architecture, goal: Goal): Shortfall | undefined {
  const network = prepare(architecture);
  const bottlenecks = bottlenecksOf(network, PEAK);
  const [first] = bottlenecks;
  if (first && isShort(first, goal)) return { type: 'bottleneck', bottleneck: first };
  const [taken] = takenConnections(network, goal);
  if (taken) return { type: 'bottleneck', bottleneck: taken };
  const busiest = [...new Set(bottlenecks.map(({ path }) => path))];
  return brokenPromise(network, goal, busiest.slice(0, MOST_SUSPECTS));
}

/**
 * True if nothing of some components, or one resource of theirs, has too little headroom; much cheaper than everything. Open connections do not
 * depend on the load, so they are looked at only when asked for.
 */
export function hasHeadroom(
  architecture: Architecture,
  goal: Goal,
  paths: ReadonlySet<Path>,
  resource?: ResourceName,
): boolean {
  const network = prepare(architecture);
  const isMeant = (one: Bottleneck) => paths.has(one.path) && (resource === undefined || one.resource === resource);
  return (
    !bottlenecksOf(network, PEAK).some((one) => isMeant(one) && isShort(one, goal)) &&
    (resource !== 'connections' || !takenConnections(network, goal).some(isMeant))
  );
}

/** Databases whose clients may open more connections than they have; that depends on the clients alone, not on their load. */
function takenConnections(network: Network, { scale }: Goal): readonly Bottleneck[] {
  if (network.stations.every(({ store }) => store?.connections === undefined)) return [];
  const users = network.sources.reduce((sum, source) => sum + source.users, 0);
  return network.stations.flatMap(({ index, path, store }) => {
    const pools = network.linksTo[index]!.map((link) => network.connections[link]!);
    const open = pools.reduce((sum, { pool = 0, from }) => sum + pool * network.stations[from]!.replicas.to, 0);
    if (store?.connections === undefined || open <= store.connections) return [];
    const most = scale * (store.connections / open);
    return [{ path, resource: 'connections', scale: most, users: users * most } as const];
  });
}

/** USD per hour at the population of the goal. */
export function costOfChoice(architecture: Architecture, { scale }: Goal): number {
  return costAt(prepare(architecture), { scale, load: 'mean' }).perHour;
}

/** Promises that can be judged for an architecture. */
export function judgeable(architecture: Architecture, scale: number): readonly Requirement[] {
  const network = prepare(architecture);
  const answers = answersFor(network, scale, architecture.requirements);
  return architecture.requirements.filter((requirement) => judge(requirement, answers).holds !== undefined);
}

/** Of those that saturate, the first few are tried against a promise that does not hold. */
const MOST_SUSPECTS = 5;
const PEAK = { scale: 1, load: 'peak' } as const;
/** Relative slack, so that a resource at exactly the limit counts as kept. */
const ROUNDING = 1e-9;

function isShort({ path, scale }: Bottleneck, goal: Goal): boolean {
  const most = goal.sizable.has(path) ? goal.utilization : 1;
  return scale * most < goal.scale * (1 - ROUNDING);
}

function brokenPromise(network: Network, goal: Goal, busiest: readonly Path[]): Shortfall | undefined {
  if (goal.requirements.length === 0) return undefined;
  const answers = answersFor(network, goal.scale, goal.requirements);
  for (const requirement of goal.requirements) {
    const { holds, value = Number.NaN } = judge(requirement, answers);
    if (holds !== false) continue;
    const causes = answers.availability?.contributions.map(({ path }) => path) ?? [];
    return {
      type: 'requirement',
      requirement,
      value,
      suspects: requirement.metric === 'availability' ? causes : busiest,
    };
  }
  return undefined;
}

function answersFor(network: Network, scale: number, requirements: readonly Requirement[]) {
  const wants = (metric: Requirement['metric']) => requirements.some((one) => one.metric === metric);
  const components = wants('backlog')
    ? new Set(network.stations.map(({ path }) => path))
    : new Set(requirements.flatMap(({ of }) => (of?.type === 'component' ? [of.name] : [])));
  const requests = new Set(requirements.flatMap(({ of }) => (of?.type === 'request' ? [of.name] : [])));
  const solved = solveLoad(network, { scale, load: 'peak' });
  return {
    architecture: network.architecture,
    solution: solutionFrom(solved, { components, requests, mix: requirements.some(({ of }) => of === undefined) }),
    cost: costAt(network, { scale, load: 'mean' }),
    ...(wants('availability') ? { availability: availabilityFrom(solved.actual) } : {}),
    ...(wants('capacity') ? { capacity: capacityOfNetwork(network) } : {}),
  };
}
