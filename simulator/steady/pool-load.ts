/** What one group of servers has to do at a load, and how long its requests take. */
import {
  fewerOfTwo,
  fewestOfAll,
  ggcWaitProbability,
  roundRobinResponse,
  solveGgc,
  solveGgck,
  solveMmck,
} from '../queueing/index.ts';
import { type ResponseTime, waitThenService } from '../statistics/index.ts';
import type { Pool } from './pools.ts';
import { asTheyCome, type LevelState, levelResponse, levelWait, withPriorities } from './priority-load.ts';
import { asExponential, sharedResponse, sharedWait } from './shared-load.ts';

/** The arrivals of one group of a pool: rate and the first two moments of what they ask for. */
export interface PoolDemand {
  /** Operations per second. */
  readonly rate: number;
  /** Σ rate × E[S]: busy servers, if there were enough. */
  readonly work: number;
  /** Σ rate × E[S²]. */
  readonly square: number;
  /** True if all operations have the same distribution of service time. */
  readonly uniform: boolean;
  /** True if that is an exponential one. */
  readonly exponential: boolean;
  /** Squared coefficient of variation of the times between arrivals; absent where they come at random, or in turn by the `balance`. */
  readonly arrivals?: number;
  /** Places to wait in; absent if unbounded. */
  readonly places?: number;
  /** By level of priority, the most urgent first; absent where the order does not depend on it. */
  readonly levels?: readonly LevelLoad[];
}

/** The part of the requests of one level of priority. */
export interface LevelLoad extends Pick<PoolDemand, 'rate' | 'work' | 'square'> {
  /** Σ rate × E[S³]. */
  readonly cube: number;
}

/** A pool at a load. */
export interface PoolState {
  readonly pool: Pool;
  readonly demand: PoolDemand;
  /** Offered work per server; 1 and more means that it cannot keep up. */
  readonly utilization: number;
  /** Mean wait for a server in seconds; under processor sharing, by what the others lengthen the mean service. */
  readonly wait: number;
  readonly waitProbability: number;
  /** Squared coefficient of variation of the wait of those who wait; absent where it is exponential. */
  readonly waitVariability?: number;
  /** Fraction of the arrivals that is turned away. */
  readonly refused: number;
  /** How the response follows from wait and service. */
  readonly shape: 'mmc' | 'mmck' | 'mg1' | 'exponential' | 'general' | 'delayed' | 'shared' | 'priority';
  /** Relative error to expect of the mean; 0 where the formula is exact. */
  readonly error: number;
  /** By level of priority; of the shape `priority`. */
  readonly levels?: readonly LevelState[];
}

/** Solves one group: M/M/c and M/G/1 exactly, bounded queues as M/M/c/K, everything else by two moments (Whitt 1993). */
export function solvePool(pool: Pool, demand: PoolDemand): PoolState {
  const { rate, work } = demand;
  const { servers } = pool;
  const base = { pool, demand, utilization: work === 0 ? 0 : work / servers, refused: 0, error: 0 };
  if (rate === 0 || work === 0 || servers === Number.POSITIVE_INFINITY)
    return { ...base, wait: 0, waitProbability: 0, shape: 'general' };
  if (!Number.isFinite(rate) || !Number.isFinite(work))
    return { ...base, wait: Number.POSITIVE_INFINITY, waitProbability: 1, shape: 'general' };
  if (demand.levels) return withPriorities(solvePool(pool, asTheyCome(demand)), demand.levels);
  const unbounded = demand.places === undefined;
  if (pool.discipline === 'processorSharing' && (base.utilization < 1 || !unbounded)) return sharedPool(base, demand);
  if (demand.places !== undefined) return boundedPool(base, demand, demand.places);
  if (base.utilization >= 1) return { ...base, wait: Number.POSITIVE_INFINITY, waitProbability: 1, shape: 'general' };
  return balancedPool(base, demand) ?? queuedPool(base, demand);
}

/** As `solvePool`; the same object as long as a group has the same to do as when it was asked for last. */
export function poolAt(pool: Pool, demand: PoolDemand): PoolState {
  const before = last.get(pool);
  if (before && isSame(before.demand, demand)) return before.state;
  const state = solvePool(pool, demand);
  last.set(pool, { demand, state });
  return state;
}

const last = new WeakMap<Pool, { readonly demand: PoolDemand; readonly state: PoolState }>();

/** Levels are not compared: there are few designs with them. */
function isSame(one: PoolDemand, other: PoolDemand): boolean {
  return (
    one.rate === other.rate &&
    one.work === other.work &&
    one.square === other.square &&
    one.uniform === other.uniform &&
    one.exponential === other.exponential &&
    one.arrivals === other.arrivals &&
    one.places === other.places &&
    !one.levels &&
    !other.levels
  );
}

/** Response time of an operation with its own service time in this pool. */
export function poolResponse(state: PoolState, serviceTime: number, variability: number, level: number): ResponseTime {
  const { demand, pool, wait, waitProbability } = state;
  if (state.shape === 'priority') return levelResponse(state.levels![level]!, serviceTime, variability);
  if (wait === Number.POSITIVE_INFINITY) return { kind: 'shift', seconds: Number.POSITIVE_INFINITY };
  const { servers } = pool;
  switch (state.shape) {
    case 'mmc':
      return { kind: 'mmc', arrivalRate: demand.rate, serviceTime, servers };
    case 'mg1':
      return { kind: 'mg1', arrivalRate: demand.rate, serviceTime, scv: variability };
    case 'mmck':
      return { kind: 'mmck', arrivalRate: demand.rate, serviceTime, servers, capacity: servers + (demand.places ?? 0) };
    case 'shared':
      return sharedResponse(state, serviceTime, variability);
    case 'exponential':
      return { kind: 'gamma', mean: wait + serviceTime, scv: 1 };
    case 'general':
      return waitThenService(wait, waitProbability, serviceTime, variability, state.waitVariability);
    // Behind a backlog everybody waits equally long.
    case 'delayed':
      return {
        kind: 'sum',
        parts: [
          { kind: 'shift', seconds: wait },
          { kind: 'gamma', mean: serviceTime, scv: variability },
        ],
      };
  }
}

/** Mean wait of a request with its own service time at its level of priority. */
export function waitAt(state: PoolState, serviceTime: number, level: number): number {
  if (state.shape === 'priority') return levelWait(state.levels![level]!, serviceTime);
  return state.pool.discipline === 'processorSharing' ? sharedWait(state, serviceTime) : state.wait;
}

/** Share of the requests that is done where more come than can be; of one level of priority, or of all together. */
export function keptShare({ utilization, refused, levels, demand }: PoolState, level?: number): number {
  if (refused !== 0 || !(utilization > 1)) return 1;
  if (!levels || !demand.levels) return 1 / utilization;
  if (level !== undefined) return levels[level]!.done;
  return demand.levels.reduce((sum, { rate }, k) => sum + rate * levels[k]!.done, 0) / demand.rate;
}

/** Processor sharing has the means of exponential service, whatever the service is. */
function sharedPool(base: Base, demand: PoolDemand): PoolState {
  const equal = asExponential(demand);
  const state =
    demand.places === undefined
      ? (balancedPool(base, equal) ?? queuedPool(base, equal))
      : boundedPool(base, equal, demand.places);
  const approximate = !demand.exponential && isRegular(base.pool);
  return { ...state, demand, shape: 'shared', error: approximate ? Math.max(0.1, state.error) : state.error };
}

/** True where machines get their arrivals more regularly than at random. */
export function isRegular({ balance, groups, machines }: Pool): boolean {
  return machines > 1 || (groups > 1 && balance === 'roundRobin');
}

type Base = Pick<PoolState, 'pool' | 'demand' | 'utilization' | 'refused' | 'error'>;

/** Bounded queues: M/M/c/K exactly, everything else by two moments (Kimura 1996). */
function boundedPool(base: Base, demand: PoolDemand, places: number): PoolState {
  const { servers } = base.pool;
  const serviceTime = demand.work / demand.rate;
  const station = { arrivalRate: demand.rate, serviceTime, servers, capacity: servers + places };
  const arrivals = demand.arrivals ?? (isRegular(base.pool) ? 1 / base.pool.groups : 1);
  if (demand.exponential && arrivals === 1) {
    const metrics = solveMmck(station);
    return {
      ...base,
      wait: metrics.wait,
      waitProbability: metrics.waitProbability,
      refused: metrics.blocking,
      shape: 'mmck',
      error: base.pool.machines > 1 ? 0.05 : 0,
    };
  }
  const serviceVariability = scvOf(demand);
  const metrics = solveGgck({ ...station, arrivalVariability: arrivals, serviceVariability });
  return {
    ...base,
    wait: metrics.wait,
    waitProbability: metrics.waitProbability,
    waitVariability: metrics.waitVariability,
    refused: metrics.blocking,
    shape: 'general',
    error: Math.max(0.15, variabilityError(serviceVariability), arrivalError(demand.arrivals)),
  };
}

/** Policies with formulas of their own. */
function balancedPool(base: Base, demand: PoolDemand): PoolState | undefined {
  const { pool } = base;
  const serviceTime = demand.work / demand.rate;
  const random = demand.arrivals === undefined;
  if (pool.balance === 'roundRobin' && random && demand.exponential && pool.servers === 1 && pool.groups > 1) {
    const arrivalRate = demand.rate * pool.groups;
    const response = roundRobinResponse({ arrivalRate, serviceTime, servers: pool.groups });
    const wait = response - serviceTime;
    return { ...base, wait, waitProbability: wait / response, shape: 'exponential' };
  }
  if (pool.machines < 2) return undefined;
  const watched = {
    arrivalRate: demand.rate,
    serviceTime,
    machines: pool.machines,
    cores: pool.servers / pool.machines,
  };
  const solved = pool.balance === 'powerOfTwo' ? fewerOfTwo(watched) : fewestOfAll(watched);
  const { response, waitProbability, waitVariability } = solved;
  // As the wait of one queue grows with the variability of arrivals and service (Allen and Cunneen).
  const wait = ((response - serviceTime) * ((demand.arrivals ?? 1) + scvOf(demand))) / 2;
  const error = Math.max(demand.exponential ? 0.02 : 0.15, arrivalError(demand.arrivals));
  return { ...base, wait, waitProbability, waitVariability, shape: 'general', error };
}

function queuedPool(base: Base, demand: PoolDemand): PoolState {
  const { pool } = base;
  const regular = pool.balance === 'roundRobin' && pool.groups > 1;
  const serviceVariability = scvOf(demand);
  const station = {
    arrivalRate: demand.rate,
    serviceTime: demand.work / demand.rate,
    servers: pool.servers,
    arrivalVariability: demand.arrivals ?? (regular ? 1 / pool.groups : 1),
    serviceVariability,
  };
  const metrics = solveGgc(station);
  const random = !regular && demand.arrivals === undefined;
  const exact = random && (demand.exponential || pool.servers === 1);
  const general = !random || !demand.uniform;
  const service = exact ? 0 : regular ? 0.1 : variabilityError(serviceVariability);
  return {
    ...base,
    wait: metrics.wait,
    waitProbability: demand.arrivals === undefined ? metrics.waitProbability : ggcWaitProbability(station),
    shape: general ? 'general' : demand.exponential ? 'mmc' : pool.servers === 1 ? 'mg1' : 'general',
    error: Math.max(service, arrivalError(demand.arrivals)),
  };
}

/** Squared coefficient of variation of the service time over all operations. */
function scvOf({ rate, work, square }: PoolDemand): number {
  const scv = (square * rate) / (work * work) - 1;
  return scv > 1e-9 ? (Math.abs(scv - 1) < 1e-9 ? 1 : scv) : 0;
}

/**
 * Errors of a wait by the variability of the arrivals, measured against simulations of stations in a row. Close to random ones it is that
 * of taking them as random, and no more than what the variability changes.
 */
export function arrivalError(arrivals: number | undefined): number {
  if (arrivals === undefined) return 0;
  const measured = arrivals > 4 || arrivals < 0.2 ? 0.25 : arrivals > 2 ? 0.15 : 0.1;
  return Math.min(measured, 0.05 + Math.abs(arrivals - 1) / 2);
}

/** Measured errors of Whitt's approximation by the variability of the service. */
function variabilityError(scv: number): number {
  return scv <= 1 ? 0.02 : scv <= 4 ? 0.08 : 0.25;
}
