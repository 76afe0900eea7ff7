/** What bounded queues, rate limits and concurrency limits let in at a load. */

import { operationCount } from '../network/operation.ts';
import { erlangB } from '../queueing/index.ts';
import { arrivalRateOf, rateOf } from './demand.ts';
import { linkRates } from './edges.ts';
import type { PoolState } from './pool-load.ts';
import { responsesOf } from './responses.ts';
import type { State } from './state.ts';

/** Fractions let in, by station and by link. */
export interface Limits {
  readonly admitted: Float64Array;
  readonly accepted: Float64Array;
  readonly passed: Float64Array;
}

/** The fractions that follow from the arrivals of a state. */
export function limitsOf(state: State): Limits {
  const { network, rates } = state;
  const functions = network.stations.some((station) => station.concurrency !== undefined);
  const holding = functions ? responsesOf(state).holding : undefined;
  const admitted = new Float64Array(network.stations.length);
  const accepted = new Float64Array(network.stations.length);
  for (const station of network.stations) {
    const index = station.index;
    const limit = rateLimitOf(state, index);
    const arrivals = arrivalRateOf(network, rates, index);
    admitted[index] = limit === undefined || arrivals <= limit ? 1 : limit / arrivals;
    const refused =
      station.concurrency === undefined ? refusedOf(state, index) : erlangB(station.concurrency, holding![index]!);
    accepted[index] = admitted[index]! * (1 - refused);
  }
  return { admitted, accepted, passed: passedOf(state) };
}

/** Operations per second that a station accepts; undefined without a limit. */
export function rateLimitOf(state: State, index: number): number | undefined {
  const limit = state.network.stations[index]!.rateLimit;
  return limit && (limit.inAll ?? limit.perReplica! * state.replicas[index]!);
}

/** Fraction of a station's operations that full queues turn away. */
function refusedOf(state: State, index: number): number {
  const pools = state.pools[index]!;
  if (pools.every((pool) => pool.refused === 0)) return 0;
  let rate = 0;
  let refused = 0;
  for (let kind = 0; kind < operationCount; kind++) {
    const arrivals = rateOf(state.network, state.rates, index, kind);
    rate += arrivals;
    for (const one of pools) if (arrivals > 0) refused += arrivals * shareOf(one, kind) * one.refused;
  }
  if (!Number.isFinite(rate)) return 1;
  return rate > 0 ? Math.min(1, refused / rate) : 0;
}

function shareOf({ pool }: PoolState, kind: number): number {
  return pool.groups * pool.weight[kind]!;
}

function passedOf(state: State): Float64Array {
  const { connections } = state.network;
  const passed = new Float64Array(connections.length).fill(1);
  if (connections.every((link) => link.rateLimit === undefined)) return passed;
  const rates = linkRates(state);
  for (const [index, { rateLimit }] of connections.entries()) {
    if (rateLimit === undefined) continue;
    const through = state.thinning.passed[index]!;
    const offered = through > 0 ? rates[index]! / through : Number.POSITIVE_INFINITY;
    if (offered > rateLimit) passed[index] = rateLimit / offered;
  }
  return passed;
}
