/** What one set of failures does. */
import { amount, indexByPath, type Requirement } from '../../model/index.ts';
import { type FailureModel, failureModel } from '../availability/domains.ts';
import { lossOf } from '../availability/evaluate.ts';
import { switchSeconds } from '../availability/routers.ts';
import { type Needs, needsOf } from '../availability/structure.ts';
import type { Network } from '../network/network.ts';
import { prepare } from '../network/prepare.ts';
import { without } from '../network/without.ts';
import type { State } from '../steady/state.ts';
import { type Blame, blameOf } from './blame.ts';
import { type DataLoss, dataLossOf } from './data-loss.ts';
import type { Candidate, Failure } from './failure.ts';
import { type Detour, detourAround } from './reroute.ts';
import { type Standing, standingsAfter, workingAfter, workingAtFirst } from './standing.ts';
import {
  bootTime,
  breakable,
  brokenIn,
  heldPledges,
  type Overload,
  overloadsOf,
  type Pledge,
  type Use,
  usesOf,
} from './strain.ts';
import { heldAt, stateOf, survivorsIn } from './survivors.ts';

/** What happens when one or two things fail at the same time. */
export interface FailureImpact {
  readonly failures: readonly Failure[];
  /** Share of the users' requests that cannot be answered, once everything that can take over has done so. */
  readonly lost: number;
  /** The same by request class. */
  readonly requests: readonly { readonly name: string; readonly lost: number }[];
  /** Share that is lost until routers and failover have reacted, and how many seconds that takes. */
  readonly lostAtFirst: number;
  readonly reactsIn: number;
  /** Seconds until what failed is back. */
  readonly repairedIn: number;
  /** What the survivors cannot carry, the worst first. */
  readonly overloaded: readonly Overload[];
  /** Promises about latency, errors, utilisation and backlog that held and do not hold any more. */
  readonly broken: readonly Requirement[];
  readonly dataLoss?: DataLoss;
  /** The line that could have prevented it; absent where nothing is harmed. */
  readonly blame?: Blame;
}

/** The architecture as it is, ready to lose something. */
export interface Intact {
  readonly state: State;
  /** The network with its autoscalers held, and that of each detour by its avoided connections. */
  readonly held: Network;
  readonly detours: Map<string, Network>;
  /** What requests need on those ways, by what is avoided and what caches find. */
  readonly needsByFlow: Map<string, readonly Needs[]>;
  readonly model: FailureModel;
  readonly needs: readonly Needs[];
  readonly uses: readonly Use[];
  /** Those that hold now. */
  readonly pledges: readonly Pledge[];
}

/** What a set of failures does, and the state that it leaves. */
export interface Outcome {
  readonly impact: FailureImpact;
  readonly standings: ReadonlyMap<number, Standing>;
  readonly after: State;
}

/** What a set of failures does to an architecture. */
export function outcomeOf(intact: Intact, failures: readonly Candidate[]): Outcome {
  const { state, model } = intact;
  const standings = standingsAfter(model, failures);
  const dead = new Set([...standings].flatMap(([index, { alive }]) => (alive === 0 ? [index] : [])));
  const detour = detourAround(state.network, dead);
  const survivors = survivorsIn(networkFor(intact, detour), state, model, standings);
  const after = stateOf(survivors, state, standings);
  const lost = structuralLoss(intact, detour, after, standings);
  const same = after.visits === state.visits;
  const overloaded = overloadOf(intact, detour, after, failures, standings, dead);
  const byName = new Map<string | undefined, number>([[undefined, lost.all], ...lost.requests.map(toEntry)]);
  const alive = [...standings.keys()].filter((index) => !dead.has(index));
  const broken = brokenIn(after, intact.pledges, { lost: byName, ...(same ? { changed: alive } : {}) });
  const lostAtFirst = Math.max(lost.all, lossAtFirst(intact, standings));
  const dataLoss = dataLossOf(state.network, model, failures, standings);
  const blame = blameOf(state.network, model, {
    failures,
    standings,
    lost: lost.all,
    overloaded,
    broken,
  });
  const impact: FailureImpact = {
    failures: failures.map(({ failure }) => failure),
    lost: lost.all,
    requests: lost.requests,
    lostAtFirst,
    reactsIn: lostAtFirst > lost.all ? reactionTime(intact, detour, standings) : 0,
    repairedIn: repairTime(intact, failures),
    overloaded,
    broken,
    ...(dataLoss ? { dataLoss } : {}),
    ...(blame ? { blame } : {}),
  };
  return { impact, standings, after };
}

function toEntry({ name, lost }: FailureImpact['requests'][number]): [string, number] {
  return [name, lost];
}

/** The network of the connections that are left; many failures leave the same ones. */
function networkFor(intact: Intact, { avoided }: Detour): Network {
  if (avoided.length === 0) return intact.held;
  const key = avoided.join('\n');
  let network = intact.detours.get(key);
  if (!network) {
    const rerouted = prepare(without(intact.held.architecture, avoided));
    network = {
      ...rerouted,
      stations: rerouted.stations.map((station, i) => ({ ...station, ...heldReplicas(intact, i) })),
    };
    intact.detours.set(key, network);
  }
  return network;
}

function heldReplicas({ held }: Intact, index: number) {
  const { replicas } = held.stations[index]!;
  return { replicas };
}

function structuralLoss(intact: Intact, detour: Detour, after: State, standings: ReadonlyMap<number, Standing>) {
  const { state, model } = intact;
  const needs = after.visits === state.visits ? intact.needs : needsAfter(intact, detour, after);
  const losses = needs.map((one) =>
    rounded(
      lossOf(
        one,
        (index) => workingAfter(model.groups[index]!, standings.get(index)),
        () => 0,
      ),
    ),
  );
  return { all: weighted(state, losses), requests: byClass(state, losses) };
}

/** What requests need where they take other ways, or where a cache finds less; many pairs have one failure that does it in common. */
function needsAfter({ state, needsByFlow }: Intact, { avoided }: Detour, after: State): readonly Needs[] {
  const { hit } = after.thinning;
  const changed = [...hit.keys()].filter((index) => hit[index] !== state.thinning.hit[index]);
  const key = `${avoided.join('\n')}|${changed.map((index) => `${index} ${hit[index]}`).join()}`;
  const known = needsByFlow.get(key);
  if (known) return known;
  const needs = after.network.streams.map((stream) => needsOf(after, stream));
  // What two caches change together does not come again.
  if (changed.length < 2) needsByFlow.set(key, needs);
  return needs;
}

/** Everything is as it was before, but for what is dead: nobody has noticed yet. */
function lossAtFirst({ state, model, needs }: Intact, standings: ReadonlyMap<number, Standing>): number {
  const losses = needs.map((one) =>
    rounded(
      lossOf(
        one,
        (index) => workingAtFirst(model.groups[index]!, standings.get(index)),
        () => 1,
      ),
    ),
  );
  return weighted(state, losses);
}

/** Less than this is not a loss but rounding. */
const ROUNDING = 1e-12;

function rounded(loss: number): number {
  return loss < ROUNDING ? 0 : Math.min(1, loss);
}

/** Mean over the streams by their rates; without any load, each counts the same. */
function weighted({ streamRates }: State, losses: readonly number[]): number {
  if (losses.length === 0) return 0;
  const total = streamRates.reduce((sum, rate) => sum + rate, 0);
  return losses.reduce((sum, loss, i) => sum + loss * (total > 0 ? streamRates[i]! / total : 1 / losses.length), 0);
}

function byClass(state: State, losses: readonly number[]): FailureImpact['requests'] {
  const { network, streamRates } = state;
  return network.classes.flatMap(({ name }, index) => {
    const own = network.streams.flatMap((stream, i) => (stream.class === index ? [i] : []));
    if (own.length === 0) return [];
    const total = own.reduce((sum, i) => sum + streamRates[i]!, 0);
    const lost = own.reduce((sum, i) => sum + losses[i]! * (total > 0 ? streamRates[i]! / total : 1 / own.length), 0);
    return [{ name, lost }];
  });
}

/** What is overloaded before any autoscaler reacts, and for how long: until it has, where that helps. */
function overloadOf(
  intact: Intact,
  { avoided }: Detour,
  after: State,
  failures: readonly Candidate[],
  standings: ReadonlyMap<number, Standing>,
  dead: ReadonlySet<number>,
): readonly Overload[] {
  const { state, model, uses } = intact;
  const local = after.visits === state.visits && state.network.hosts.length === 0;
  const found = overloadsOf(usesOf(after, dead, local ? standings.keys() : undefined), uses);
  const repair = repairTime(intact, failures);
  if (found.length === 0) return [];
  const lasting = new Set<string>();
  const scales = found.some(({ path }) => bootTime(state, path) !== undefined);
  if (scales) {
    const scaled = avoided.length === 0 ? state.network : prepare(without(state.network.architecture, avoided));
    const later = stateOf({ ...survivorsIn(scaled, state, model, standings), loadDependent: true }, state, standings);
    for (const { path } of overloadsOf(usesOf(later, dead), uses)) lasting.add(path);
  }
  return found.map((use): Overload => {
    const boot = bootTime(state, use.path);
    const helps = boot !== undefined && boot < repair && !lasting.has(use.path);
    return { ...use, until: helps ? 'booted' : 'repaired', lasts: helps ? boot : repair };
  });
}

function reactionTime({ state, model }: Intact, detour: Detour, standings: ReadonlyMap<number, Standing>): number {
  const routers = detour.routers.map((index) => switchSeconds(state.network.stations[index]!.component));
  const stores = [...standings].map(([index, { alive, primary }]) =>
    alive > 0 && !primary ? (model.groups[index]!.store?.failover ?? 0) : 0,
  );
  const balancers = [...standings].map(([index, { alive }]) => {
    const { detection } = model.groups[index]!;
    return alive > 0 && Number.isFinite(detection) ? detection : 0;
  });
  return Math.max(0, ...routers, ...stores, ...balancers);
}

/** Of several failures the last to be repaired. An autoscaler replaces a single machine as soon as the new one has booted. */
function repairTime({ state, model }: Intact, failures: readonly Candidate[]): number {
  const index = indexByPath(state.network.architecture);
  const each = failures.map(({ failure, group, domain }) => {
    const boot = failure.kind === 'machine' ? bootTime(state, failure.path) : undefined;
    const component = index.get(failure.path);
    const declared = component && amount(component, 'mttr');
    const usual =
      domain === undefined ? model.groups[group!]!.reliability.repair : model.domains[domain]!.reliability.repair;
    return boot ?? declared ?? usual;
  });
  return Math.max(0, ...each);
}

/** What `outcomeOf` needs of a state. */
export function intactFrom(state: State, requirements: readonly Requirement[]): Intact {
  return {
    state,
    held: heldAt(state),
    detours: new Map(),
    needsByFlow: new Map(),
    model: failureModel(state),
    needs: state.network.streams.map((stream) => needsOf(state, stream)),
    uses: usesOf(state, new Set()),
    pledges: heldPledges(state, breakable(requirements)),
  };
}
