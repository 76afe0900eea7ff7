/**
 * Balancers that look at the queues of their machines: at all of them (join the shortest queue, least connections), or at two chosen at
 * random. Exponential service, Poisson arrivals. No closed formula is known for a finite number of machines: the mean is a known
 * limit plus a correction, which for machines of one core comes from `scripts/shortest-queues.ts` (20 million simulated events
 * for every entry). Between the entries it is interpolated, for c cores it is smaller by √c (all queues) or the same (two);
 * further simulations of 2 to 20 machines of 1 to 8 cores were within 1 %, those of the share that waits within 4 %.
 */
import { erlangC } from './erlang.ts';

/** Equal machines behind a balancer that knows their queues. */
export interface WatchedMachines {
  /** Requests per second for all of them, Poisson. */
  readonly arrivalRate: number;
  /** Mean seconds of exponential service. */
  readonly serviceTime: number;
  /** Whole number of machines, each with a queue of its own. */
  readonly machines: number;
  /** Requests that one machine serves at once. */
  readonly cores: number;
}

/** A mean response and how many requests wait at all. */
export interface WatchedQueueing {
  /** Seconds; `Infinity` at or above saturation. */
  readonly response: number;
  readonly waitProbability: number;
  /** Squared coefficient of variation of the wait of those who wait. */
  readonly waitVariability: number;
}

/** Each request goes to the machine with the fewest requests. */
export function fewestOfAll({ arrivalRate, serviceTime, machines, cores }: WatchedMachines): WatchedQueueing {
  const servers = machines * cores;
  const offered = arrivalRate * serviceTime;
  const utilization = offered / servers;
  if (utilization >= 1) return saturated;
  const more = machines > 1 ? entryAt(ALL, machines, utilization) / Math.sqrt(cores) : 0;
  const wait = (erlangC(servers, offered) + more) / (servers * (1 - utilization));
  // Beyond its cores a queue is one longer ρ^n times as often, so who waits waits 1 / (c (1 - ρ^n)) services on the mean.
  const waitProbability = Math.min(1, wait * cores * (1 - utilization ** machines));
  return { response: serviceTime * (1 + wait), waitProbability, waitVariability: 1 };
}

/** Each request goes to the one of two machines, chosen at random, that has fewer requests. */
export function fewerOfTwo({ arrivalRate, serviceTime, machines, cores }: WatchedMachines): WatchedQueueing {
  if (machines < 3) return fewestOfAll({ arrivalRate, serviceTime, machines, cores });
  const utilization = (arrivalRate * serviceTime) / (machines * cores);
  if (utilization >= 1) return saturated;
  const limit = fewerOfTwoAmongMany(utilization, cores);
  const more = entryAt(TWO, machines, utilization) / (machines * cores * (1 - utilization));
  const pair = fewestOfAll({ arrivalRate: 2 * cores * utilization, serviceTime: 1, machines: 2, cores });
  // Among few machines both are busy oftener; the form of the excess fits 2 to 64 machines of one core to 0.005.
  const excess = ((pair.waitProbability - limit.waitProbability) * 1.4) / (machines - 0.6);
  return {
    response: serviceTime * (limit.response + more),
    waitProbability: limit.waitProbability + excess,
    waitVariability: limit.waitVariability,
  };
}

/**
 * The same with very many machines, in service times. The share s_k of machines with k requests and more keeps the balance
 * λ (s_(k-1)² - s_k²) = min(k, c) (s_k - s_(k+1)), and Σ s_k, k <= c, is the number of busy cores (the mean field of
 * Mitzenmacher, "The power of two choices in randomized load balancing", 2001, for c cores).
 */
export function fewerOfTwoAmongMany(utilization: number, cores: number): WatchedQueueing {
  const busy = cores * utilization;
  if (utilization <= 0) return { response: 1, waitProbability: 0, waitVariability: 1 };
  let [low, high] = [0, 1];
  let shares = sharesFrom(1, cores, busy);
  for (let step = 0; step < HALVINGS; step++) {
    const first = (low + high) / 2;
    const trial = sharesFrom(first, cores, busy);
    if (trial.sum < busy) low = first;
    else {
      high = first;
      shares = trial;
    }
  }
  // s_k² of the requests find k and more on the better machine: with j over its busy cores, j services of one core to wait for.
  let inside = busy;
  let [ahead, squares] = [0, 0];
  for (let share = shares.last, j = 1; share > 1e-17 * inside; j++) {
    ahead += share * share;
    squares += 2 * j * share * share;
    share = utilization * share * share;
    inside += share;
  }
  const waitProbability = shares.last ** 2;
  const waitVariability = ahead > 0 ? (waitProbability * squares) / (ahead * ahead) - 1 : 1;
  return { response: inside / busy, waitProbability, waitVariability };
}

/** Servers of the rows of the tables. */
export const MACHINES: readonly number[] = [2, 3, 4, 6, 8, 12, 16, 24, 32, 64];

/** Utilisations of the columns; the entries of the first and the last are known. */
export const UTILIZATIONS: readonly number[] = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1];

const saturated: WatchedQueueing = { response: Number.POSITIVE_INFINITY, waitProbability: 1, waitVariability: 1 };

/** To the last bit of a share. */
const HALVINGS = 60;

/** Follows the balance from s_1 to s_c; a share below 0 means that s_1 is too small. */
function sharesFrom(first: number, cores: number, busy: number): { readonly sum: number; readonly last: number } {
  let [before, last, sum] = [1, first, first];
  for (let k = 1; k < cores; k++) {
    const next = last - (busy * (before * before - last * last)) / k;
    if (next < 0) return { sum: 0, last: 0 };
    before = last;
    last = next;
    sum += next;
  }
  return { sum, last };
}

/** Corrections by machines and utilisation, and what they are at full utilisation; they vanish at none. */
interface Table {
  readonly atFull: number;
  readonly rows: readonly (readonly number[])[];
}

/** Of `fewestOfAll`: machines × (1 - ρ) × wait in service times, less that of M/M/n (Erlang's C). */
const ALL: Table = {
  atFull: 0,
  rows: [
    [0.013, 0.039, 0.064, 0.082, 0.093, 0.096, 0.089, 0.07, 0.043, 0.024, 0.009],
    [0.004, 0.032, 0.065, 0.102, 0.131, 0.147, 0.146, 0.124, 0.077, 0.043, 0.019],
    [0.003, 0.018, 0.053, 0.098, 0.143, 0.175, 0.184, 0.166, 0.11, 0.061, 0.026],
    [0.0, 0.007, 0.025, 0.07, 0.133, 0.195, 0.231, 0.229, 0.161, 0.095, 0.042],
    [0.006, 0.0, 0.01, 0.044, 0.107, 0.187, 0.252, 0.272, 0.204, 0.124, 0.054],
    [0.002, 0.0, 0.0, 0.016, 0.065, 0.148, 0.257, 0.321, 0.275, 0.181, 0.082],
    [0.0, 0.006, 0.001, 0.004, 0.035, 0.112, 0.234, 0.347, 0.334, 0.225, 0.109],
    [0.022, 0.001, 0.005, 0.0, 0.01, 0.053, 0.174, 0.338, 0.412, 0.304, 0.153],
    [0.036, 0.0, 0.003, 0.0, 0.008, 0.027, 0.121, 0.313, 0.456, 0.367, 0.198],
    [0.0, 0.031, 0.0, 0.02, 0.012, 0.001, 0.023, 0.178, 0.492, 0.526, 0.328],
  ],
};

/** Of `fewerOfTwo`: machines × (1 - ρ) × response in service times, less that of very many machines. */
const TWO: Table = {
  atFull: 1,
  rows: [
    [0.013, 0.042, 0.075, 0.114, 0.161, 0.22, 0.296, 0.403, 0.573, 0.711, 0.839],
    [0.009, 0.033, 0.061, 0.093, 0.13, 0.178, 0.243, 0.337, 0.497, 0.644, 0.792],
    [0.013, 0.029, 0.056, 0.083, 0.118, 0.162, 0.221, 0.308, 0.455, 0.599, 0.756],
    [0.012, 0.028, 0.055, 0.079, 0.111, 0.147, 0.202, 0.278, 0.409, 0.541, 0.705],
    [0.005, 0.032, 0.043, 0.072, 0.107, 0.14, 0.188, 0.259, 0.389, 0.507, 0.664],
    [0.0, 0.026, 0.052, 0.069, 0.093, 0.14, 0.19, 0.257, 0.357, 0.473, 0.618],
    [0.028, 0.015, 0.03, 0.068, 0.101, 0.14, 0.174, 0.243, 0.339, 0.443, 0.584],
    [0.032, 0.016, 0.052, 0.074, 0.083, 0.133, 0.174, 0.248, 0.313, 0.42, 0.527],
    [0.017, 0.041, 0.06, 0.061, 0.084, 0.113, 0.144, 0.243, 0.308, 0.415, 0.509],
    [0.019, 0.0, 0.068, 0.085, 0.031, 0.143, 0.184, 0.183, 0.285, 0.355, 0.533],
  ],
};

/** Between the logarithms of the machines and between the utilisations; more machines than in the table are as the most. */
function entryAt({ atFull, rows }: Table, machines: number, utilization: number): number {
  const column = Math.max(
    1,
    UTILIZATIONS.findIndex((known) => known >= utilization),
  );
  const across = (utilization - UTILIZATIONS[column - 1]!) / (UTILIZATIONS[column]! - UTILIZATIONS[column - 1]!);
  const at = (row: number) => {
    const entries = [0, ...rows[row]!, atFull];
    return entries[column - 1]! + across * (entries[column]! - entries[column - 1]!);
  };
  const row = MACHINES.findIndex((known) => known >= machines);
  if (row === 0) return at(0);
  if (row < 0) return at(rows.length - 1);
  const down = Math.log(machines / MACHINES[row - 1]!) / Math.log(MACHINES[row]! / MACHINES[row - 1]!);
  return at(row - 1) + down * (at(row) - at(row - 1));
}
