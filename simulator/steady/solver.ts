/**
 * One network at many loads and sizes: what a slider, a sweep or a search asks for, without the full results. The network is built once; a
 * solve gives figures by station as flat tables, and response times of requests; all the rest is made from it when it is asked for.
 */
import type { Path, Solution } from '../../model/index.ts';
import type { Network } from '../network/network.ts';
import type { Distribution } from '../statistics/index.ts';
import { isMeasurable, meanResponse } from './components.ts';
import { arrivalRateOf } from './demand.ts';
import { timeOfRequests } from './requests.ts';
import { type SolvedLoad, type SolveOptions, solutionFrom, solveLoad, usableScale, usersAt } from './solve.ts';
import { sharesVisits } from './state.ts';

/** A network ready to be solved again and again. */
export interface Solver {
  readonly network: Network;
  /** Paths of what the tables of `SteadyFigures` are about, in their order. */
  readonly paths: readonly Path[];
  /** The steady state at a load, with as many replicas as declared unless told otherwise. Figures of earlier solves stay valid. */
  at(load?: SolverLoad): SteadyFigures;
}

/** A load, and how many replicas take it. */
export interface SolverLoad extends SolveOptions {
  /** By path, at least 1; only of what `canResize` allows. Autoscaling is off there. */
  readonly replicas?: Readonly<Record<Path, number>>;
}

/** A steady state in tables by station, each made when it is first read. */
export interface SteadyFigures {
  readonly users: number;
  /** Requests per second of all sources. */
  readonly rate: number;
  /** Operations per second that arrive. */
  readonly arrivalRates: Float64Array;
  /** Of the busiest group of servers; 1 and more cannot keep up. */
  readonly utilizations: Float64Array;
  /** Mean seconds of an operation, wait included, what it calls not included; NaN where nothing arrives or no time is known. */
  readonly means: Float64Array;
  /** Response time of the whole mix, or of one request class; undefined where there is none. */
  requests(name?: string): Pick<Distribution, 'mean' | 'survival' | 'quantile'> | undefined;
  /** The same state in full, as `solveNetwork` gives it. */
  solution(): Solution;
}

/** A solver of a network. */
export function solverOf(network: Network): Solver {
  const sized = new Map<string, Network>();
  return {
    network,
    paths: network.stations.map(({ path }) => path),
    at: ({ scale = 1, load = 'peak', replicas } = {}) => {
      const own = replicas ? withReplicas(network, replicas, sized) : network;
      return figuresOf(solveLoad(own, { scale: usableScale(scale), load }));
    },
  };
}

/**
 * True where another number of replicas changes nothing but the station itself: not for parts of hosts, caches, whose room depends on it, and
 * what a router chooses by capacity.
 */
export function canResize({ stations, indexOf, linksTo, linksFrom, connections }: Network, path: Path): boolean {
  const index = indexOf.get(path);
  const station = index === undefined ? undefined : stations[index];
  if (!station || station.host !== undefined || station.cache || !Number.isFinite(station.cores)) return false;
  return linksTo[station.index]!.every((link) => {
    const { from } = connections[link]!;
    const { kind } = stations[from]!.component;
    return (
      (kind !== 'loadBalancer' && kind !== 'queue' && kind !== 'users' && kind !== 'dns') ||
      linksFrom[from]!.length === 1
    );
  });
}

function withReplicas(
  network: Network,
  replicas: Readonly<Record<Path, number>>,
  known: Map<string, Network>,
): Network {
  const sizes = Object.entries(replicas).filter(([path]) => canResize(network, path));
  if (sizes.length === 0) return network;
  const key = sizes.map(([path, count]) => `${path} ${count}`).join('\n');
  let sized = known.get(key);
  if (!sized) {
    const stations = [...network.stations];
    for (const [path, asked] of sizes) {
      const { target: _, ...station } = stations[network.indexOf.get(path)!]!;
      const count = Number.isFinite(asked) ? Math.max(1, Math.floor(asked)) : 1;
      stations[station.index] = { ...station, replicas: { from: count, to: count } };
    }
    sized = { ...network, stations };
    sharesVisits(network, sized);
    if (known.size >= MOST_KEPT) known.clear();
    known.set(key, sized);
  }
  return sized;
}

/** A slider goes back and forth between few sizes; a sweep meets each once. */
const MOST_KEPT = 64;

function figuresOf(solved: SolvedLoad): SteadyFigures {
  const { network, actual, options } = solved;
  const table = (of: (index: number) => number) => {
    const values = new Float64Array(network.stations.length);
    for (let index = 0; index < values.length; index++) values[index] = of(index);
    return values;
  };
  let arrivalRates: Float64Array | undefined;
  let utilizations: Float64Array | undefined;
  let means: Float64Array | undefined;
  return {
    users: usersAt(network, options),
    rate: actual.streamRates.reduce((sum, rate) => sum + rate, 0),
    get arrivalRates() {
      arrivalRates ??= table((index) => arrivalRateOf(network, actual.rates, index));
      return arrivalRates;
    },
    get utilizations() {
      utilizations ??= table((index) => {
        let most = 0;
        for (const { utilization } of actual.pools[index]!) if (utilization > most) most = utilization;
        return most;
      });
      return utilizations;
    },
    get means() {
      means ??= table((index) => {
        const station = network.stations[index]!;
        return isMeasurable(solved, station) ? meanResponse(solved, station) : Number.NaN;
      });
      return means;
    },
    requests: (name) => timeOfRequests(solved, name),
    solution: () => solutionFrom(solved),
  };
}
