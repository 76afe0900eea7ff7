/**
 * Closed populations: users who think between an answer and the next request. One closed source in a network without other load,
 * limits and threads is solved exactly (mean value analysis, convolution), up to a size; larger ones by Schweitzer's
 * approximation. Otherwise the rate is the one at which Little's law holds for the whole cycle, with open stations.
 */

import type { Accuracy } from '../../model/index.ts';
import { mode, type Network } from '../network/network.ts';
import { approximateClosed, type ClosedMetrics, type ClosedStation, solveClosed } from '../queueing/index.ts';
import { approximate, exact } from './accuracy.ts';
import type { PoolState } from './pool-load.ts';
import { responsesOf } from './responses.ts';
import { customersOf, type LoadOptions, openRate, type State, stateAt } from './state.ts';

/** A state and how far its closed populations can be trusted. */
export interface SolvedState {
  readonly state: State;
  readonly accuracy: Accuracy;
}

/** The state of a network at a load, closed populations included. */
export function solveState(network: Network, options: LoadOptions): SolvedState {
  const rates = Float64Array.from(network.sources, (source) => openRate(source, options));
  const closed = network.sources.flatMap((source, index) => (source.closed ? [index] : []));
  if (closed.length === 0) return { state: stateAt(network, { ...options, rates }), accuracy: exact };
  const alone = closed.length === 1 && rates.every((rate) => rate === 0) && isProductForm(network);
  if (alone) return solveAlone(network, options, closed[0]!);
  for (let round = 0; round < (closed.length > 1 ? MOST_ROUNDS : 1); round++) {
    const before = rates.slice();
    for (const index of closed) rates[index] = closedRate(network, options, rates, index);
    if (rates.every((rate, index) => Math.abs(rate - before[index]!) <= 1e-9 * rate)) break;
  }
  return { state: stateAt(network, { ...options, rates }), accuracy: approximate(INTERACTIVE) };
}

/**
 * The state to read saturation from: closed users ask as fast as without any waiting, so that a resource saturates at the population
 * N* = (think time + response of a lone request) × its capacity (Lazowska et al. 1984, §5.2).
 */
export function asymptoticState(network: Network, options: LoadOptions): State {
  const rates = Float64Array.from(network.sources, (source) => openRate(source, options));
  for (const [index, source] of network.sources.entries()) {
    if (!source.closed) continue;
    const alone = responseOf(network, options, rates, index, 0, true);
    const cycle = source.closed.thinkTime + alone;
    rates[index] = cycle > 0 && Number.isFinite(cycle) ? customersOf(source, options) / cycle : 0;
  }
  return stateAt(network, { ...options, rates, lossless: true });
}

const MOST_ROUNDS = 8;
const INTERACTIVE = 'closed users by the interactive response time law over open stations';
/** Work that is worth an exact solution, in users × stations. */
const MOST_WORK = 2e6;
const MOST_USERS = 2000;

/** Mean response that a source sees when it asks `rate` times a second. */
function responseOf(
  network: Network,
  options: LoadOptions,
  rates: Float64Array,
  index: number,
  rate: number,
  idle: boolean,
): number {
  const trial = rates.slice();
  trial[index] = rate;
  const state = stateAt(network, { ...options, rates: trial });
  const responses = responsesOf(state, idle);
  let mean = 0;
  for (const [i, stream] of network.streams.entries())
    if (stream.source === index) mean += network.classes[stream.class]!.share * responses.whole[i]![0]!;
  return mean;
}

/** X with X × (Z + R(X)) = N; the left side grows with X. By false position (Illinois variant), by bisection near saturation. */
function closedRate(network: Network, options: LoadOptions, rates: Float64Array, index: number): number {
  const source = network.sources[index]!;
  const customers = customersOf(source, options);
  const { thinkTime } = source.closed!;
  const excess = (rate: number) => {
    const value = rate * (thinkTime + responseOf(network, options, rates, index, rate, false)) - customers;
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };
  let low = 0;
  let high = customers / (thinkTime + responseOf(network, options, rates, index, 0, true));
  // Neither thinking nor service: every finite rate is too low.
  if (!(high > 0) || !Number.isFinite(high)) return 0;
  let below = -customers;
  let above = excess(high);
  for (let i = 0; i < MOST_TRIALS && high - low > 1e-10 * high; i++) {
    const falsePosition = low - (below * (high - low)) / (above - below);
    const trial =
      Number.isFinite(above) && falsePosition > low && falsePosition < high ? falsePosition : (low + high) / 2;
    const value = excess(trial);
    if (Math.abs(value) <= 1e-9 * customers) return trial;
    if (value > 0) {
      high = trial;
      above = value;
      below /= 2;
    } else {
      low = trial;
      below = value;
      above /= 2;
    }
  }
  return low;
}

const MOST_TRIALS = 60;

/** One group of servers of the network, as mean value analysis sees it. */
interface Unit extends ClosedStation {
  readonly visits: number;
  /** Station and pool, or the host that several stations share. */
  readonly station: number;
  readonly pool: number;
  readonly host?: number;
}

function solveAlone(network: Network, options: LoadOptions, index: number): SolvedState {
  const source = network.sources[index]!;
  const customers = customersOf(source, options);
  const one = new Float64Array(network.sources.length);
  one[index] = 1;
  const single = stateAt(network, { ...options, rates: one });
  const units = unitsOf(single);
  const delay = lonelyDelay(single, units, index);
  const network1 = { thinkTime: source.closed!.thinkTime + delay, stations: units };
  const servers = units.reduce((sum, unit) => sum + (Number.isFinite(unit.servers) ? unit.servers : 1), 0);
  const fits = customers * servers <= MOST_WORK && customers <= MOST_USERS;
  const metrics = fits ? between(network1, customers) : approximateClosed({ ...network1, population: customers });
  const rates = new Float64Array(network.sources.length);
  rates[index] = Number.isFinite(metrics.throughput) ? metrics.throughput : 0;
  const state = withResidences(stateAt(network, { ...options, rates }), units, metrics);
  const uniform = single.pools.every((pools) =>
    pools.every((pool) => pool.demand.rate === 0 || pool.demand.exponential),
  );
  if (!fits) return { state, accuracy: approximate('closed users by the approximation of Schweitzer', 0.05) };
  return { state, accuracy: uniform ? exact : approximate('closed users as if cores were shared evenly') };
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
    })),
  };
}

/** Groups of servers with their demand for each request of the source. */
function unitsOf(state: State): readonly Unit[] {
  const { network } = state;
  const own = state.pools.flatMap((pools, station) => {
    if (network.stations[station]!.host !== undefined && Number.isFinite(network.stations[station]!.cores)) return [];
    return pools.flatMap(({ pool: { groups, servers }, demand }, pool) => {
      if (demand.work === 0 || !Number.isFinite(servers)) return [];
      const unit = { demand: demand.work, visits: demand.rate, servers, station, pool };
      return new Array<Unit>(groups).fill(unit);
    });
  });
  const hosts = state.hosts.flatMap(({ demand, pool: { servers } }, host) =>
    demand.work === 0 ? [] : [{ demand: demand.work, visits: demand.rate, servers, station: -1, pool: 0, host }],
  );
  return [...own, ...hosts];
}

/** Time of a lone request outside of the units: networks, and what has no cores to wait for. Asynchronous work is not waited for. */
function lonelyDelay(state: State, units: readonly Unit[], index: number): number {
  const { network } = state;
  const { whole } = responsesOf(state, true);
  let total = 0;
  for (const [i, stream] of network.streams.entries())
    if (stream.source === index) total += network.classes[stream.class]!.share * whole[i]![0]!;
  return Math.max(0, total - units.reduce((sum, unit) => sum + unit.demand, 0));
}

/** Puts the residence times of the closed solution in the place of the open waits. */
function withResidences(state: State, units: readonly Unit[], metrics: ClosedMetrics): State {
  const pools = state.pools.map((all) => all.slice());
  const hosts = state.hosts.slice();
  for (const [i, unit] of units.entries()) {
    const wait = unit.visits > 0 ? Math.max(0, metrics.stations[i]!.residence - unit.demand) / unit.visits : 0;
    if (unit.host === undefined) pools[unit.station]![unit.pool] = waiting(pools[unit.station]![unit.pool]!, wait);
    else {
      const shared = waiting(hosts[unit.host]!, wait);
      hosts[unit.host] = shared;
      for (const part of state.network.hosts[unit.host]!.parts)
        if (Number.isFinite(state.network.stations[part]!.cores))
          pools[part] = pools[part]!.map(({ pool }) => ({ ...shared, pool }));
    }
  }
  return { ...state, pools, hosts };
}

function waiting(pool: PoolState, wait: number): PoolState {
  const waitProbability = wait > 0 ? Math.min(1, Math.max(pool.waitProbability, 1e-9)) : 0;
  return { ...pool, wait, waitProbability, shape: 'general' };
}

/** True where every request of the users waits for all the work that it causes, and only for cores. */
function isProductForm(network: Network): boolean {
  return (
    !network.loadDependent &&
    !network.impatient &&
    network.connections.every((link) => link.pool === undefined) &&
    network.streams.every(
      (stream) => stream.mode.every((how) => how !== mode.publish) && !stream.hasStatic && !stream.hasParallel,
    ) &&
    network.stations.every(
      ({ threads, target, store, balance }) =>
        threads === undefined &&
        target === undefined &&
        (store === undefined || (!store.scatter && store.readReplicas === 0 && !store.multiPrimary)) &&
        balance !== 'roundRobin' &&
        balance !== 'powerOfTwo',
    )
  );
}
