/**
 * Closed populations: users who think between an answer and the next request. A network without limits and threads is solved as one of
 * product form, open load beside the closed one included. One population around threads and connections goes through flow-equivalent servers.
 * Otherwise the rate is the one at which Little's law holds for the
 * whole cycle, with open stations.
 */

import type { Accuracy } from '../../model/index.ts';
import { mode, type Network } from '../network/network.ts';
import { approximate, exact } from './accuracy.ts';
import { solveProductForm, withWait } from './closed-product-form.ts';
import { closedThroughput } from './holders.ts';
import type { PoolState } from './pool-load.ts';
import { responsesOf } from './responses.ts';
import { customersOf, type LoadOptions, openRate, type State, stateAt } from './state.ts';
import { hasCrowdedTransfers } from './transfers.ts';

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
  const together = isProductForm(network) ? solveProductForm(network, options, closed, rates) : undefined;
  if (together && !hasCrowdedTransfers(together.state)) return together;
  const layered = closed.length === 1 ? solveLayered(network, options, rates, closed[0]!) : undefined;
  if (layered) return layered;
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

/**
 * One population around threads and connections: its rate is that at which the network, its limits as flow-equivalent servers, lets that
 * many users through; the waits of the open network at that rate are then scaled to what the rate leaves of the cycle, N / X - Z.
 */
function solveLayered(
  network: Network,
  options: LoadOptions,
  open: Float64Array,
  index: number,
): SolvedState | undefined {
  const source = network.sources[index]!;
  const customers = Math.round(customersOf(source, options));
  const { thinkTime } = source.closed!;
  const fits = customers >= 1 && customers <= MOST_LAYERED && Math.abs(customers - customersOf(source, options)) < 1e-9;
  if (!fits || !isLayered(network)) return undefined;
  const rates = open.slice();
  const stateWith = (rate: number) => {
    rates[index] = rate;
    return stateAt(network, { ...options, rates: rates.slice() });
  };
  const alone = responseOf(network, options, open, index, 0, true);
  let [low, high] = [0, customers / (thinkTime + alone)];
  if (!(high > 0) || !Number.isFinite(high)) return undefined;
  for (let step = 0; step < MOST_TRIALS && high - low > 1e-9 * high; step++) {
    const trial = step === 0 ? high : (low + high) / 2;
    const state = stateWith(trial);
    const found = closedThroughput(state, responsesOf(state).whole, { source: index, customers, thinkTime });
    if (found >= trial) low = trial;
    else high = trial;
  }
  return withCycle(stateWith(low), index, customers / low - thinkTime, alone);
}

/** The waits in proportion, so that a request takes `response` seconds of which it needs `alone`. */
function withCycle(state: State, index: number, response: number, alone: number): SolvedState | undefined {
  const { network } = state;
  const { whole } = responsesOf(state);
  let mean = 0;
  for (const [i, stream] of network.streams.entries())
    if (stream.source === index) mean += network.classes[stream.class]!.share * whole[i]![0]!;
  const waitScale = mean > alone * (1 + 1e-12) ? Math.max(0, response - alone) / (mean - alone) : 1;
  if (!Number.isFinite(mean) || !Number.isFinite(waitScale)) return undefined;
  const scaled = (pool: PoolState) => (pool.wait > 0 ? withWait(pool, pool.wait * waitScale) : pool);
  return {
    state: { ...state, waitScale, pools: state.pools.map((all) => all.map(scaled)), hosts: state.hosts.map(scaled) },
    accuracy: approximate('closed users around flow-equivalent servers', 0.04),
  };
}

/** More users are as many sources of their own, and the counting would take long. */
const MOST_LAYERED = 500;

/** True where nothing but cores, threads and connections decides how long the users wait. */
function isLayered(network: Network): boolean {
  return (
    !network.loadDependent &&
    !network.impatient &&
    (network.stations.some(({ threads }) => threads !== undefined) ||
      network.connections.some(({ pool }) => pool !== undefined)) &&
    network.streams.every(
      (stream) =>
        stream.cycles.length === 0 &&
        stream.mode.every((how) => how !== mode.publish) &&
        !stream.hasStatic &&
        !stream.hasParallel,
    ) &&
    network.stations.every(
      ({ target, store }) =>
        target === undefined &&
        (store === undefined || (!store.scatter && store.readReplicas === 0 && !store.multiPrimary)),
    )
  );
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
      ({ threads, target, store, balance, discipline }) =>
        threads === undefined &&
        target === undefined &&
        (store === undefined || (!store.scatter && store.readReplicas === 0 && !store.multiPrimary)) &&
        balance !== 'roundRobin' &&
        balance !== 'powerOfTwo' &&
        (network.levels === 1 || discipline === 'fifo' || discipline === 'processorSharing'),
    )
  );
}
