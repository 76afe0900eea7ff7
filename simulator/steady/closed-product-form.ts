/**
 * Closed populations in a network of product form, with open load beside them. One population is solved exactly, by mean value analysis or
 * convolution, up to a size, larger ones by Schweitzer's approximation. Several are solved exactly where every queue has one
 * server and they are small, else by Linearizer. Open requests make the servers slower for the closed ones, and find these
 * in front of them (Lazowska et al. 1984, §7.4.3).
 */
import type { Accuracy } from '../../model/index.ts';
import type { Network } from '../network/network.ts';
import {
  approximateClosed,
  type ClosedMetrics,
  type ClosedStation,
  linearizer,
  type MultiClassNetwork,
  openRequestsBeside,
  solveClosed,
  solveMultiClass,
} from '../queueing/index.ts';
import { approximate, exact } from './accuracy.ts';
import type { SolvedState } from './closed.ts';
import type { PoolState } from './pool-load.ts';
import { responsesOf } from './responses.ts';
import { customersOf, type LoadOptions, type State, stateAt } from './state.ts';

/** Work that is worth an exact solution, in users × stations. */
const MOST_WORK = 2e6;
const MOST_USERS = 2000;

/** One group of servers of the network, as mean value analysis sees it. */
interface Unit {
  readonly servers: number;
  /** Erlangs of the open requests. */
  readonly background: number;
  /** Seconds per request, and visits, of each closed population. */
  readonly demands: readonly number[];
  readonly visits: readonly number[];
  /** Open operations per second. */
  readonly openRate: number;
  /** Station and pool, or the host that several stations share. */
  readonly station: number;
  readonly pool: number;
  readonly host?: number;
}

/** A solution, with everything by population. */
interface Solved {
  readonly throughputs: readonly number[];
  /** Seconds per request, by population and unit. */
  readonly residences: readonly ArrayLike<number>[];
  /** Open requests at each unit. */
  readonly open: readonly number[];
  readonly accuracy: Accuracy;
}

/** The state with closed populations and open `rates`; undefined where open load alone is more than some server can do. */
export function solveProductForm(
  network: Network,
  options: LoadOptions,
  closed: readonly number[],
  rates: Float64Array,
): SolvedState | undefined {
  const beside = stateAt(network, { ...options, rates });
  const singles = closed.map((index) => {
    const one = new Float64Array(network.sources.length);
    one[index] = 1;
    return stateAt(network, { ...options, rates: one });
  });
  const units = unitsOf(beside, singles);
  if (units.some(({ background, servers }) => background >= servers)) return undefined;
  const populations = closed.map((index, c) => ({
    population: customersOf(network.sources[index]!, options),
    thinkTime: network.sources[index]!.closed!.thinkTime + lonelyDelay(singles[c]!, units, index, c),
    demands: units.map(({ demands }) => demands[c]!),
  }));
  const solved = populations.length === 1 ? solveOne(units, populations[0]!) : solveSeveral(units, populations);
  const all = rates.slice();
  for (const [c, index] of closed.entries())
    all[index] = Number.isFinite(solved.throughputs[c]) ? solved.throughputs[c]! : 0;
  const state = withWaits(stateAt(network, { ...options, rates: all }), units, solved, closed);
  const fair = singles.every(isUniform) && isUniform(state);
  return { state, accuracy: fair ? solved.accuracy : sharedEvenly(solved.accuracy) };
}

function isUniform(state: State): boolean {
  return state.pools.every((pools) =>
    pools.every(
      ({ demand, pool }) => demand.rate === 0 || demand.exponential || pool.discipline === 'processorSharing',
    ),
  );
}

function sharedEvenly(accuracy: Accuracy): Accuracy {
  return accuracy.kind === 'exact' ? approximate('closed users as if cores were shared evenly') : accuracy;
}

type Population = MultiClassNetwork['classes'][number];

function solveOne(units: readonly Unit[], { population, thinkTime, demands }: Population): Solved {
  const stations = units.map(({ servers, background }, k) => ({ demand: demands[k]!, servers, background }));
  const servers = units.reduce((sum, unit) => sum + (Number.isFinite(unit.servers) ? unit.servers : 1), 0);
  const fits = population * servers <= MOST_WORK && population <= MOST_USERS;
  const network = { thinkTime, stations };
  const metrics = fits ? between(network, population) : approximateClosed({ ...network, population });
  return {
    throughputs: [metrics.throughput],
    residences: [metrics.stations.map(({ residence }) => residence)],
    open: metrics.stations.map(({ open }) => open),
    accuracy: fits ? exact : approximate('closed users by the approximation of Schweitzer', 0.05),
  };
}

/** Part of a user is the mixture of the whole numbers around it. */
function between(network: { thinkTime: number; stations: readonly ClosedStation[] }, customers: number): ClosedMetrics {
  const below = Math.floor(customers);
  const low = solveClosed({ ...network, population: below });
  const part = customers - below;
  if (part < 1e-9) return low;
  const high = solveClosed({ ...network, population: below + 1 });
  const mix = (a: number, b: number) => (1 - part) * a + part * b;
  return {
    throughput: mix(low.throughput, high.throughput),
    response: mix(low.response, high.response),
    stations: low.stations.map((station, i) => ({
      utilization: mix(station.utilization, high.stations[i]!.utilization),
      residence: mix(station.residence, high.stations[i]!.residence),
      inSystem: mix(station.inSystem, high.stations[i]!.inSystem),
      open: mix(station.open, high.stations[i]!.open),
    })),
  };
}

/** Several servers become one fast server and a delay (Seidmann 1987); open requests slow each server down. */
function solveSeveral(units: readonly Unit[], populations: readonly Population[]): Solved {
  const queued = (k: number, demand: number) => demand / (units[k]!.servers - units[k]!.background);
  const idle = (k: number, demand: number) => Math.max(0, demand - queued(k, demand));
  const simple = units.every(({ servers }) => servers === 1);
  const network: MultiClassNetwork = {
    classes: populations.map(({ population, thinkTime, demands }) => ({
      population,
      thinkTime: thinkTime + (simple ? 0 : demands.reduce((sum, demand, k) => sum + idle(k, demand), 0)),
      demands: demands.map((demand, k) => queued(k, demand)),
    })),
    delays: units.map(() => false),
  };
  const whole = populations.every(({ population }) => Number.isInteger(population));
  const exactly = whole ? solveMultiClass(network) : undefined;
  const metrics = exactly ?? linearizer(network);
  const residences = populations.map(({ demands }, c) =>
    Float64Array.from(demands, (demand, k) => metrics.residences[c]![k]! + (simple ? 0 : idle(k, demand))),
  );
  const throughputs = [...metrics.throughputs];
  return {
    throughputs,
    residences,
    open: units.map(({ servers, background }, k) => {
      const others = throughputs.reduce((sum, rate, c) => sum + rate * metrics.residences[c]![k]!, 0);
      return openRequestsBeside({ servers, background }, others);
    }),
    accuracy: !simple
      ? approximate('several groups of closed users, several cores as one fast one and a delay', 0.15)
      : exactly
        ? exact
        : approximate('several groups of closed users by Linearizer', 0.02),
  };
}

/** Groups of servers with their demand for each request of the closed sources, and their open load. */
function unitsOf(beside: State, singles: readonly State[]): readonly Unit[] {
  const { network } = beside;
  const own = beside.pools.flatMap((pools, station) => {
    if (network.stations[station]!.host !== undefined && Number.isFinite(network.stations[station]!.cores)) return [];
    return pools.flatMap(({ pool: { groups, servers }, demand: open }, pool) => {
      const unit = unitFrom(
        servers,
        open,
        singles.map((state) => state.pools[station]![pool]!.demand),
      );
      return unit ? new Array<Unit>(groups).fill({ ...unit, station, pool }) : [];
    });
  });
  const hosts = beside.hosts.flatMap(({ demand: open, pool: { servers } }, host) => {
    const unit = unitFrom(
      servers,
      open,
      singles.map((state) => state.hosts[host]!.demand),
    );
    return unit ? [{ ...unit, station: -1, pool: 0, host }] : [];
  });
  return [...own, ...hosts];
}

function unitFrom(servers: number, open: PoolState['demand'], demands: readonly PoolState['demand'][]) {
  if (!Number.isFinite(servers) || demands.every(({ work }) => work === 0)) return undefined;
  return {
    servers,
    background: open.work,
    openRate: open.rate,
    demands: demands.map(({ work }) => work),
    visits: demands.map(({ rate }) => rate),
  };
}

/** Time of a lone request outside of the units: networks, and what has no cores to wait for. Asynchronous work is not waited for. */
function lonelyDelay(state: State, units: readonly Unit[], index: number, population: number): number {
  const { network } = state;
  const { whole } = responsesOf(state, true);
  let total = 0;
  for (const [i, stream] of network.streams.entries())
    if (stream.source === index) total += network.classes[stream.class]!.share * whole[i]![0]!;
  return Math.max(0, total - units.reduce((sum, unit) => sum + unit.demands[population]!, 0));
}

/** Puts the waits of the solution in the place of the open ones: those of each stream's source, and their mean over all requests. */
function withWaits(state: State, units: readonly Unit[], solved: Solved, closed: readonly number[]): State {
  const { network } = state;
  const waits = units.map((unit, k) => {
    const own = unit.demands.map((demand, c) =>
      unit.visits[c]! > 0 ? Math.max(0, solved.residences[c]![k]! - demand) / unit.visits[c]! : 0,
    );
    const open = unit.openRate > 0 ? Math.max(0, solved.open[k]! - unit.background) / unit.openRate : 0;
    const rates = unit.visits.map((visits, c) => visits * solved.throughputs[c]!);
    const rate = rates.reduce((sum, each) => sum + each, unit.openRate);
    const all = rates.reduce((sum, each, c) => sum + each * own[c]!, unit.openRate * open);
    const mean = rate > 0 ? all / rate : 0;
    const { pool, demand } = unit.host === undefined ? state.pools[unit.station]![unit.pool]! : state.hosts[unit.host]!;
    if (pool.discipline !== 'processorSharing' || !(demand.rate > 0)) return { own, open, mean };
    // Where cores are shared, waits grow with the service time: here is that of a request of the mean one.
    const service = demand.work / demand.rate;
    return {
      own: own.map((wait, c) => (unit.demands[c]! > 0 ? (wait * unit.visits[c]! * service) / unit.demands[c]! : 0)),
      open: unit.background > 0 ? (open * unit.openRate * service) / unit.background : 0,
      mean,
    };
  });
  const mean = replaced(state, units, (k) => waits[k]!.mean);
  if (closed.length === 1 && units.every(({ openRate }) => openRate === 0) && onlyFrom(state, closed[0]!))
    return { ...state, ...mean };
  const views = [...closed.map((_, c) => replaced(state, units, (k) => waits[k]!.own[c]!).pools)];
  const outside = replaced(state, units, (k) => waits[k]!.open).pools;
  const streamPools = network.streams.map(({ source }) => {
    const c = closed.indexOf(source);
    return c >= 0 ? views[c]! : outside;
  });
  return { ...state, ...mean, streamPools };
}

function onlyFrom({ network }: State, source: number): boolean {
  return network.streams.every((stream) => stream.source === source);
}

function replaced(
  state: State,
  units: readonly Unit[],
  waitAt: (unit: number) => number,
): Pick<State, 'pools' | 'hosts'> {
  const pools = state.pools.map((all) => all.slice());
  const hosts = state.hosts.slice();
  for (const [k, unit] of units.entries()) {
    const wait = waitAt(k);
    if (unit.host === undefined) pools[unit.station]![unit.pool] = withWait(pools[unit.station]![unit.pool]!, wait);
    else {
      const shared = withWait(hosts[unit.host]!, wait);
      hosts[unit.host] = shared;
      for (const part of state.network.hosts[unit.host]!.parts)
        if (Number.isFinite(state.network.stations[part]!.cores))
          pools[part] = pools[part]!.map(({ pool }) => ({ ...shared, pool }));
    }
  }
  return { pools, hosts };
}

/** A group in which requests wait so long instead. */
export function withWait(pool: PoolState, wait: number): PoolState {
  const waitProbability = wait > 0 ? Math.min(1, Math.max(pool.waitProbability, 1e-9)) : 0;
  return { ...pool, wait, waitProbability, shape: pool.shape === 'shared' ? 'shared' : 'general' };
}
