/** One instant of a playback as a state of the steady-state engine, so that its figures are read as everywhere else. */
import type { Network } from '../network/network.ts';
import { approximate } from '../steady/accuracy.ts';
import { failing, NEGLIGIBLE } from '../steady/call-trees.ts';
import { demandOf } from '../steady/demand.ts';
import { type PoolState, solvePool } from '../steady/pool-load.ts';
import { hostPool, poolsOf } from '../steady/pools.ts';
import { behindBacklog } from '../steady/priority-load.ts';
import { responsesOf } from '../steady/responses.ts';
import { callsOf } from '../steady/retries.ts';
import type { SolvedLoad } from '../steady/solve.ts';
import type { State } from '../steady/state.ts';
import { stationAccuracies } from '../steady/trust.ts';
import type { Conditions } from './conditions.ts';
import type { Flows } from './flows.ts';
import { thinningAt } from './thinning.ts';
import type { UnitFlow } from './unit-flow.ts';

/** An instant: the flows, and since when units have been close to saturation. */
export interface Instant {
  readonly conditions: Conditions;
  readonly flows: Flows;
  readonly sourceRates: Float64Array;
  readonly streamRates: Float64Array;
  /** Seconds for which a unit has been nearly or more than saturated; Infinity for one that started so. */
  readonly strained: (unit: UnitFlow) => number;
}

/** The state at an instant. Waits are those of the steady state, but for backlogs, whose wait is the time until they are served. @param ofAnswered leaves out calls that fail for certain */
export function stateOfInstant(instant: Instant, ofAnswered = false): State {
  const { conditions, flows, sourceRates, streamRates } = instant;
  const { replicas } = conditions;
  const network = ofAnswered ? withoutHopeless(conditions.network, flows) : conditions.network;
  const pools: PoolState[][] = network.stations.map(() => []);
  const hosts: PoolState[] = [];
  for (const flow of flows.units) {
    const state = waitsIn(flow, instant.strained(flow));
    if (flow.unit.host !== undefined) hosts[flow.unit.host] = state;
    for (const { station, pool } of flow.unit.parts)
      pools[station]!.push(flow.unit.host === undefined ? state : { ...state, pool });
  }
  fillGaps(network, flows, pools, hosts);
  const thinning = thinningAt(network, flows);
  return {
    network,
    options: { scale: 1, load: 'peak' },
    sourceRates,
    streamRates,
    visits: flows.sweeps.map(({ visits }) => visits),
    rates: flows.rates,
    thinning,
    replicas: replicas.map((running) => Math.max(1, running)),
    pools,
    hosts,
    done: thinning.admitted,
  };
}

/**
 * The network without the calls that fail for certain: response times are those of the requests that are answered, and these do without.
 * Rates are not read from it.
 */
function withoutHopeless(network: Network, { sweeps }: Flows): Network {
  const isHopeless = (i: number, edge: number) => {
    const { lost, late } = sweeps[i]!;
    return failing({ lost: lost[edge]!, late: late[edge]! }) > 1 - NEGLIGIBLE;
  };
  const streams = network.streams.map((stream, i) => {
    if (!stream.weight.some((_, edge) => isHopeless(i, edge))) return stream;
    return { ...stream, weight: stream.weight.map((weight, edge) => (isHopeless(i, edge) ? 0 : weight)) };
  });
  return streams.every((stream, i) => stream === network.streams[i]) ? network : { ...network, streams };
}

/** Shares of the attempts that are late by chance, by stream and edge, as the steady state at the instant has them. */
export function chanceLate(instant: Instant): readonly Float64Array[] {
  const state = stateOfInstant(instant);
  const calls = callsOf(state);
  return state.network.streams.map((stream) => calls?.get(stream)?.late ?? new Float64Array(stream.target.length));
}

/** Parts of a host that use none of its cores, users, and hosts without parts. */
function fillGaps(network: Network, { accepted }: Flows, pools: PoolState[][], hosts: PoolState[]): void {
  for (const station of network.stations) {
    if (pools[station.index]!.length > 0) continue;
    for (const pool of poolsOf(station, station.replicas.from))
      pools[station.index]!.push(solvePool(pool, demandOf(network, accepted, station, pool)));
  }
  for (const [index, host] of network.hosts.entries()) {
    if (hosts[index]) continue;
    const demand = { rate: 0, work: 0, square: 0, uniform: true, exponential: true };
    hosts[index] = solvePool(hostPool(host), demand);
  }
}

/**
 * The wait in a unit. Close to saturation the steady state takes its time: a queue that starts empty is after t seconds no longer than
 * what it was at a utilisation of 0.9 plus reflected
 * Brownian motion without drift, whose mean workload is that of |N(0, σ² t)|, √(2 σ² t / π) (reflection principle), with
 * σ² = λ E[S²] for random arrivals.
 */
function waitsIn({ pool, queued, delay, unit, work }: UnitFlow, strained: number): PoolState {
  const utilization = unit.servers > 0 ? work / unit.servers : work > 0 ? Number.POSITIVE_INFINITY : 0;
  if (queued) {
    const chance = pool.demand.rate > 0 ? waitAt({ ...pool, utilization }, Math.min(utilization, STRAINED)) : 0;
    const waiting: PoolState = {
      ...pool,
      utilization: Math.max(1, utilization),
      wait: delay + chance,
      waitProbability: 1,
      refused: 0,
      shape: 'delayed',
    };
    const { levels } = pool.demand;
    return levels && pool.demand.rate > 0 ? behindBacklog(waiting, levels, delay + chance) : waiting;
  }
  if (unit.bounded || pool.wait === 0 || !Number.isFinite(strained)) return pool;
  const most = waitAt(pool, STRAINED) + Math.sqrt((2 * pool.demand.square * strained) / Math.PI) / pool.pool.servers;
  if (pool.wait <= most) return pool;
  return { ...pool, wait: most, waitProbability: Math.max(pool.waitProbability, 1e-9), shape: 'general' };
}

/** The steady wait at another utilisation. */
function waitAt({ pool, demand, utilization }: PoolState, other: number): number {
  const factor = Math.min(1, other / utilization);
  const { levels: _, rate, work, square, ...rest } = demand;
  return solvePool(pool, { ...rest, rate: rate * factor, work: work * factor, square: square * factor }).wait;
}

/** Utilisation from which on the steady state takes noticeable time. */
export const STRAINED = 0.9;

/** The same, ready for the figures of the steady-state engine. */
export function solvedAt(instant: Instant): SolvedLoad {
  const actual = stateOfInstant(instant, true);
  const responses = responsesOf(actual);
  let idle: ReturnType<typeof responsesOf> | undefined;
  let accuracies: ReturnType<typeof stationAccuracies> | undefined;
  return {
    network: actual.network,
    options: actual.options,
    actual,
    offered: actual,
    responses,
    treeInputs: responses,
    get idle() {
      idle ??= responsesOf(actual, true);
      return idle;
    },
    closedAccuracy: approximate('the fluid view: amounts, not single requests'),
    latencies: new Map(),
    get accuracies() {
      accuracies ??= stationAccuracies(actual, () => responses);
      return accuracies;
    },
  };
}
