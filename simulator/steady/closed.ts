/**
 * Closed populations: users who think between an answer and the next request. A network without limits and threads is solved as one of
 * product form, open load beside the closed one included. Otherwise the rate is the one at which Little's law holds for the
 * whole cycle, with open stations.
 */

import type { Accuracy } from '../../model/index.ts';
import { mode, type Network } from '../network/network.ts';
import { approximate, exact } from './accuracy.ts';
import { solveProductForm } from './closed-product-form.ts';
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
