/** The steady state of an architecture in figures: components, connections, request classes, the whole. */
import type { Accuracy, Architecture, ConnectionResult, Latency, RequestResult, Solution } from '../../model/index.ts';
import type { Network } from '../network/network.ts';
import { prepare } from '../network/prepare.ts';
import { weakest } from './accuracy.ts';
import { retriesAlong } from './call-results.ts';
import { asymptoticState, solveState } from './closed.ts';
import { componentResults } from './components.ts';
import { linkRates } from './edges.ts';
import { type LatencyCache, noLatency } from './latency.ts';
import { rateAccuracy } from './rate-trust.ts';
import { classAccuracies, latencyOfAll, requestResults } from './requests.ts';
import type { Loads } from './resources.ts';
import { responsesOf, treeInputsOf } from './responses.ts';
import type { LoadOptions } from './state.ts';
import type { TreeInputs } from './trees.ts';
import { stationAccuracies, usedAccuracies } from './trust.ts';

/** At which load to solve: `peak` unless told otherwise, times `scale` (1). */
export interface SolveOptions {
  readonly load?: 'peak' | 'mean';
  readonly scale?: number;
}

/** Everything about one load from which results are read. */
export interface SolvedLoad extends Loads {
  readonly network: Network;
  readonly options: LoadOptions;
  readonly accuracies: readonly Accuracy[];
  /** Of the closed populations. */
  readonly closedAccuracy: Accuracy;
  readonly latencies: LatencyCache;
  /** Of the actual load. */
  readonly treeInputs: TreeInputs;
}

/** The steady state of an architecture. */
export function solve(architecture: Architecture, options: SolveOptions = {}): Solution {
  return solveNetwork(prepare(architecture), options.scale, options.load);
}

/** The same for a network that is solved at several loads. */
export function solveNetwork(network: Network, scale = 1, load: 'peak' | 'mean' = 'peak'): Solution {
  return solutionFrom(solveLoad(network, { scale: usableScale(scale), load }));
}

/** Solves a load. What not every question needs is computed when it is first asked for. */
export function solveLoad(network: Network, options: LoadOptions): SolvedLoad {
  const { state: actual, accuracy } = solveState(network, options);
  const { calls, worked } = actual.thinning;
  const linear = !network.loadDependent && !calls && !worked && network.sources.every((source) => !source.closed);
  const offered = once(() => (linear ? actual : asymptoticState(network, options)));
  const responses = once(() => responsesOf(actual));
  const treeInputs = once(() => treeInputsOf(actual));
  const idle = once(() => responsesOf(offered(), true));
  const accuracies = once(() => stationAccuracies(actual, responses));
  return {
    network,
    options,
    actual,
    closedAccuracy: accuracy,
    latencies: new Map(),
    get offered() {
      return offered();
    },
    get responses() {
      return responses();
    },
    get treeInputs() {
      return treeInputs();
    },
    get idle() {
      return idle();
    },
    get accuracies() {
      return accuracies();
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Which quantiles to compute; they are most of the work. What is not wanted has the mean in their place. */
export interface Wanted {
  readonly components: ReadonlySet<string>;
  readonly requests: ReadonlySet<string>;
  /** Of the whole mix. */
  readonly mix: boolean;
}

/** The results of a solved load, each part when it is first read; all of them unless less is wanted. */
export function solutionFrom(solved: SolvedLoad, wanted?: Wanted): Solution {
  const requests = once(() => requestResults(solved, wanted));
  const own = once(() => requests().filter((request) => request.name !== STATIC_FILES));
  const rate = once(() => own().reduce((sum, request) => sum + request.rate, 0));
  const throughput = once(() => own().reduce((sum, request) => sum + request.rate * (1 - request.errors), 0));
  const response = once(() => wholeMix(solved, own(), wanted));
  const components = once(() => componentResults(solved, wanted?.components));
  const connections = once(() => connectionResults(solved, rate()));
  const accuracy = once(() => weakest([...requests().map((request) => request.accuracy), ...usedAccuracies(solved)]));
  return {
    users: usersAt(solved.network, solved.options),
    get rate() {
      return rate();
    },
    get throughput() {
      return throughput();
    },
    get errors() {
      return rate() > 0 && Number.isFinite(rate()) ? Math.min(1, Math.max(0, 1 - throughput() / rate())) : 0;
    },
    get response() {
      return response();
    },
    get requests() {
      return requests();
    },
    get components() {
      return components();
    },
    get connections() {
      return connections();
    },
    get accuracy() {
      return accuracy();
    },
    get loadAccuracy() {
      return rateAccuracy(solved);
    },
  };
}

/** How far the results of a load can be trusted; of static files, which no promise is about, nothing. */
export function accuracyOf(solved: SolvedLoad): Accuracy {
  return weakest([...classAccuracies(solved), ...usedAccuracies(solved)]);
}

/** Name under which the users' static files are reported; not an identifier, so no request class can have it. */
export const STATIC_FILES = 'static files';

/** Users of all sources at a load. */
export function usersAt(network: Network, options: LoadOptions): number {
  let users = 0;
  for (const source of network.sources) users += source.users * options.scale;
  return users;
}

function wholeMix(solved: SolvedLoad, own: readonly RequestResult[], wanted: Wanted | undefined): Latency {
  if (wanted && !wanted.mix) return noLatency;
  const only = own.filter((request) => request.rate > 0);
  if (only.length === 0) return own[0]?.response ?? noLatency;
  return only.length === 1 && !wanted ? only[0]!.response : latencyOfAll(solved);
}

function connectionResults({ network, actual }: SolvedLoad, rate: number): readonly ConnectionResult[] {
  const rates = linkRates(actual);
  const known = network.connections.map((link, index) => ({
    id: link.id,
    rate: rates[index]!,
    visits: rate > 0 && Number.isFinite(rate) ? rates[index]! / rate : 0,
    ...retriesAlong(actual, index),
  }));
  const listed = new Set(known.map((link) => link.id));
  const others = network.architecture.connections.filter((connection) => !listed.has(connection.id));
  return [...known, ...others.map(({ id }) => ({ id, rate: 0, visits: 0 }))];
}

/** A scale that can be solved for: 0 in place of what makes no sense. */
export function usableScale(scale: number): number {
  return Number.isFinite(scale) && scale > 0 ? scale : 0;
}
