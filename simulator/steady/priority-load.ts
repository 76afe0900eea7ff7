/**
 * Priorities at a group of servers. Several servers are one that is so many times faster, whose waits are scaled by those of both when they
 * take requests as they come (Bondi and Buzen, "The response times of priority classes under preemptive resume in M/G/m
 * queues", SIGMETRICS 1984). Exact for one server with random arrivals (Cobham 1954), and without interruptions for equal exponential
 * service times on several ones (Kella and Yechiali, "Waiting times in the non-preemptive priority M/M/c queue", Stochastic
 * Models 1, 1985). With interruptions the mean of equal exponential service times is exact, too: each class and the more urgent ones are an
 * M/M/c of their own.
 */
import {
  erlangC,
  mmcSojourn,
  type PriorityDelay,
  type PriorityLoad,
  priorityDelays,
  solveGgc,
} from '../queueing/index.ts';
import type { ResponseTime } from '../statistics/index.ts';
import type { LevelLoad, PoolDemand, PoolState } from './pool-load.ts';

/** What the requests of one level of priority meet at a group of servers; the most urgent level is the first. */
export interface LevelState extends Omit<PriorityDelay, 'waitSquare'> {
  /** Squared coefficient of variation of the wait of those who wait. */
  readonly waitVariability: number;
}

/** A group with priorities, from what it would be if it took requests as they come. */
export function withPriorities(asTheyCome: PoolState, levels: readonly LevelLoad[]): PoolState {
  const { pool, demand, refused } = asTheyCome;
  const isPreemptive = pool.discipline === 'preemptivePriority';
  const accepted = levels.map((level) => perServer(level, pool.servers, 1 - refused));
  const fast = priorityDelays(accepted, isPreemptive);
  const several = isPreemptive && pool.servers > 1;
  const states = fast.map((one, k) =>
    several ? interrupted(asTheyCome, levels, accepted, one, k) : inOrder(asTheyCome, accepted, one),
  );
  let wait = 0;
  for (const [k, { wait: own, stretch }] of states.entries()) {
    const { rate, work } = levels[k]!;
    if (rate > 0) wait += (rate * own + work * (stretch - 1)) / demand.rate;
  }
  const exact = demand.exponential || (pool.servers === 1 && asTheyCome.error === 0);
  return {
    ...asTheyCome,
    demand: { ...demand, levels },
    wait,
    shape: 'priority',
    levels: states,
    error: exact && refused === 0 ? asTheyCome.error : Math.max(0.1, asTheyCome.error),
  };
}

/** Mean wait of a request of a level with its own service time, interruptions included. */
export function levelWait({ wait, stretch }: LevelState, serviceTime: number): number {
  return stretch === 1 ? wait : wait + serviceTime * (stretch - 1);
}

/**
 * Response time at a level: a wait of some with its exact first two moments as a gamma time, exact for the most urgent of equal exponential
 * ones, then the service, lengthened by interruptions.
 */
export function levelResponse(level: LevelState, serviceTime: number, variability: number): ResponseTime {
  const { wait, waitProbability, waitVariability, stretch, interruption } = level;
  if (!Number.isFinite(wait) || !Number.isFinite(stretch)) return { kind: 'shift', seconds: Number.POSITIVE_INFINITY };
  const mean = serviceTime * stretch;
  const scv = variability + (mean > 0 ? (serviceTime * interruption) / mean ** 2 : 0);
  const service: ResponseTime = { kind: 'gamma', mean, scv };
  if (!(wait > 0) || !(waitProbability > 0)) return service;
  return {
    kind: 'sum',
    parts: [
      {
        kind: 'mixture',
        branches: [
          { probability: waitProbability, of: { kind: 'gamma', mean: wait / waitProbability, scv: waitVariability } },
          { probability: 1 - waitProbability, of: { kind: 'shift', seconds: 0 } },
        ],
      },
      service,
    ],
  };
}

/**
 * A group with priorities before which a backlog waits that takes `delay` seconds to be done: it consists of the least urgent requests that
 * come, because the others pass it; these wait as behind servers that are never idle. Within the backlog everybody waits equally long.
 */
export function behindBacklog(state: PoolState, levels: readonly LevelLoad[], delay: number): PoolState {
  const { servers } = state.pool;
  let urgent = 0;
  const last = levels.findIndex(({ work }, level) => {
    urgent += work;
    return urgent >= servers || levels.slice(level + 1).every(({ rate }) => rate === 0);
  });
  const before = urgent - levels[last]!.work;
  const room = servers - before;
  const waiting: LevelState = {
    wait: (delay * servers) / room,
    waitProbability: 1,
    waitVariability: 0,
    stretch: 1,
    interruption: 0,
    done: 1,
  };
  const filled = levels.map((level, k) => {
    if (k < last || !(level.work > 0)) return level;
    const by = k === last ? room / level.work : 0;
    return { rate: level.rate * by, work: level.work * by, square: level.square * by, cube: level.cube * by };
  });
  const passing = withPriorities({ ...state, wait: Number.POSITIVE_INFINITY, refused: 0 }, filled).levels!;
  return { ...state, shape: 'priority', levels: levels.map((_, k) => (k < last ? passing[k]! : waiting)) };
}

/** The load of a level on one server that is as fast as all. */
function perServer({ rate, work, square, cube }: LevelLoad, servers: number, share: number): PriorityLoad {
  return {
    rate: rate * share,
    work: (work * share) / servers,
    square: (square * share) / servers ** 2,
    cube: (cube * share) / servers ** 3,
  };
}

/** Who has begun is not interrupted, or by requests of the one server itself. */
function inOrder(asTheyCome: PoolState, levels: readonly PriorityLoad[], fast: PriorityDelay): LevelState {
  const { waitSquare, ...rest } = fast;
  if (!(fast.wait > 0) || !Number.isFinite(fast.wait)) return { ...rest, waitVariability: 1 };
  const work = levels.reduce((sum, level) => sum + level.work, 0);
  const square = levels.reduce((sum, level) => sum + level.square, 0);
  const isSteady = work < 1 && Number.isFinite(asTheyCome.wait);
  const factor = isSteady ? asTheyCome.wait / (square / 2 / (1 - work)) : 1;
  const all = isSteady ? asTheyCome.waitProbability : 1;
  return {
    ...rest,
    wait: fast.wait * factor,
    waitProbability: Math.min(1, fast.waitProbability * (all / Math.min(1, work))),
    waitVariability: conditionalVariability(fast),
  };
}

/** Interruptions on several servers count as part of the wait. */
function interrupted(
  { pool, demand }: PoolState,
  levels: readonly LevelLoad[],
  fastLevels: readonly PriorityLoad[],
  fast: PriorityDelay,
  k: number,
): LevelState {
  const base = { done: fast.done, stretch: 1, interruption: 0 };
  const { servers } = pool;
  const own = levels[k]!;
  const work = sumTo(levels, k, 'work');
  if (!(work < servers)) return { ...base, wait: Number.POSITIVE_INFINITY, waitProbability: 1, waitVariability: 1 };
  const waitProbability = erlangC(servers, work);
  const waitVariability = conditionalVariability(fast);
  if (!(own.rate > 0)) return { ...base, wait: 0, waitProbability: 0, waitVariability };
  if (demand.exponential) {
    const inside = (to: number) => {
      const arrivalRate = sumTo(levels, to, 'rate');
      return arrivalRate * mmcSojourn({ arrivalRate, serviceTime: demand.work / demand.rate, servers }).mean;
    };
    const response = (inside(k) - (k > 0 ? inside(k - 1) : 0)) / own.rate;
    return { ...base, wait: Math.max(0, response - own.work / own.rate), waitProbability, waitVariability };
  }
  const fastWork = sumTo(fastLevels, k, 'work');
  const together = sumTo(fastLevels, k, 'square') / 2 / (1 - fastWork);
  const delay = fast.wait + (fastLevels[k]!.work / fastLevels[k]!.rate) * (fast.stretch - 1);
  const wait = together > 0 ? (delay * waitOfFirst(levels, k, servers)) / together : 0;
  return { ...base, wait, waitProbability, waitVariability };
}

/** Mean wait if only the levels down to `k` came, and were taken as they come. */
function waitOfFirst(levels: readonly LevelLoad[], k: number, servers: number): number {
  const arrivalRate = sumTo(levels, k, 'rate');
  const work = sumTo(levels, k, 'work');
  const scv = Math.max(0, (sumTo(levels, k, 'square') * arrivalRate) / (work * work) - 1);
  return solveGgc({
    arrivalRate,
    serviceTime: work / arrivalRate,
    servers,
    arrivalVariability: 1,
    serviceVariability: scv,
  }).wait;
}

function conditionalVariability({ wait, waitSquare, waitProbability }: PriorityDelay): number {
  const scv = (waitSquare * waitProbability) / (wait * wait) - 1;
  return Number.isFinite(scv) && scv > 1e-12 ? scv : 1;
}

function sumTo(levels: readonly PriorityLoad[], k: number, of: keyof PriorityLoad): number {
  let sum = 0;
  for (let level = 0; level <= k; level++) sum += levels[level]![of];
  return sum;
}

/** The demand without its levels. */
export function asTheyCome({ levels: _, ...rest }: PoolDemand): PoolDemand {
  return rest;
}
