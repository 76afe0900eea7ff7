import { erlangB } from './erlang.ts';
import { geometricSums } from './geometric-sums.ts';
import { type Mmc, type StationMetrics, utilizationOf } from './station.ts';

/** M/M/c with room for `capacity` requests, waiting and in service together; more are turned away. */
export type Mmck = Mmc & {
  /** Whole number; below `servers`, it is the number of servers that counts. */
  readonly capacity: number;
};

/** What M/M/c/K says; `wait` and `response` are those of the requests that were let in. */
export type MmckMetrics = StationMetrics & {
  /** Share of the requests turned away. */
  readonly blocking: number;
  /** Requests per second let in. */
  readonly throughput: number;
  /** Variance in s² of the response time of the requests let in. */
  readonly responseVariance: number;
};

/** What an accepted request of M/M/c/K finds: the queue behind the servers is a geometric sequence. */
export type MmckQueue = {
  /** Places to wait in. */
  readonly places: number;
  /** λS/c; the probability of position j + 1 is `ratio` times that of j. */
  readonly ratio: number;
  /** Probability that an accepted request takes the first place in the queue. */
  readonly firstPlace: number;
  /** Probability that an accepted request takes the last place. */
  readonly lastPlace: number;
  /** Probability that an accepted request waits. */
  readonly waitProbability: number;
  /** Probability that an arriving request is turned away. */
  readonly blocking: number;
};

/**
 * M/M/c/K, exact (Kleinrock, Queueing Systems vol. 1, 1975, §3.6; pasta for the accepted requests: Wolff, 1982).
 * Any load is in the domain: above saturation requests are turned away. Costs O(√load + log capacity).
 */
export function solveMmck(station: Mmck): MmckMetrics {
  const { arrivalRate, serviceTime } = station;
  const servers = effectiveServers(station);
  const queue = mmckQueue(station);
  const throughput = arrivalRate * (1 - queue.blocking);
  const { mean, variance } = waitMoments(queue, serviceTime / servers);
  const response = mean + serviceTime;
  return {
    utilization: utilizationOf(throughput * serviceTime, servers),
    waitProbability: queue.waitProbability,
    wait: mean,
    response,
    queueLength: throughput * mean,
    inSystem: throughput * response,
    blocking: queue.blocking,
    throughput,
    responseVariance: variance + serviceTime ** 2,
  };
}

/** The queue that an accepted request of M/M/c/K meets, from which its waiting time distribution follows. */
export function mmckQueue(station: Mmck): MmckQueue {
  const servers = effectiveServers(station);
  const offeredLoad = station.arrivalRate * station.serviceTime;
  const places = placesIn(station, servers);
  const ratio = utilizationOf(offeredLoad, servers);
  if (servers === 0) return { places: 0, ratio, firstPlace: 0, lastPlace: 0, waitProbability: 0, blocking: 1 };
  // The states with an idle server, relative to the state c: 1 / B(c) - 1, in the form that does not cancel.
  const belowFull =
    offeredLoad === 0 ? Number.POSITIVE_INFINITY : servers / offeredLoad / erlangB(servers - 1, offeredLoad);
  // Weights are relative to the likeliest of the states c .. K, so that no power overflows.
  const rising = ratio > 1;
  const waitingWeight = geometricSums(rising ? 1 / ratio : ratio, places).zeroth;
  const scale = rising ? ratio ** -places : 1;
  const idleWeight = scale === 0 ? 0 : belowFull * scale;
  // The last state K is full; an accepted request meets one of the states below it.
  const fullWeight = rising ? 1 : ratio ** places;
  const accepted = idleWeight + (rising ? waitingWeight / ratio : waitingWeight);
  if (accepted === Number.POSITIVE_INFINITY) {
    return { places, ratio, firstPlace: 0, lastPlace: 0, waitProbability: 0, blocking: 0 };
  }
  return {
    places,
    ratio,
    firstPlace: places === 0 ? 0 : scale / accepted,
    lastPlace: places === 0 ? 0 : fullWeight / ratio / accepted,
    waitProbability: (rising ? waitingWeight / ratio : waitingWeight) / accepted,
    blocking: fullWeight / (accepted + fullWeight),
  };
}

/**
 * Probabilities of 0 .. K requests in M/M/c/K, by the birth-death recursion outwards from the likeliest
 * state, so that large c and K neither overflow nor underflow where it matters. O(K) time and memory.
 */
export function mmckStates(station: Mmck): Float64Array {
  const servers = effectiveServers(station);
  const capacity = Math.max(servers, Math.floor(station.capacity));
  const load = station.arrivalRate * station.serviceTime;
  const likeliest = load >= servers ? capacity : Math.floor(load);
  const states = new Float64Array(capacity + 1);
  states[likeliest] = 1;
  for (let n = likeliest; n < capacity; n++) states[n + 1] = (states[n]! * load) / Math.min(n + 1, servers);
  for (let n = likeliest; n > 0; n--) states[n - 1] = load === 0 ? 0 : (states[n]! * Math.min(n, servers)) / load;
  let total = 0;
  for (const weight of states) total += weight;
  for (let n = 0; n <= capacity; n++) states[n] = states[n]! / total;
  return states;
}

/** Beyond this many places the queue is as good as unbounded, and whole numbers would lose their precision. */
const mostPlaces = 2 ** 52;

function placesIn({ capacity }: Mmck, servers: number): number {
  return servers === Number.POSITIVE_INFINITY ? 0 : Math.min(mostPlaces, Math.max(0, Math.floor(capacity) - servers));
}

/** The number of servers that can ever be busy. */
function effectiveServers({ servers, capacity }: Mmck): number {
  return Math.max(0, Math.floor(Math.min(servers, capacity)));
}

/** Mean and variance of a wait that is Erlang(j, 1 / `slot`) for whoever takes place j of the queue. */
function waitMoments(queue: MmckQueue, slot: number): { readonly mean: number; readonly variance: number } {
  const { places, ratio, waitProbability } = queue;
  if (waitProbability === 0 || places === 0) return { mean: 0, variance: 0 };
  const rising = ratio > 1;
  const { zeroth, first, second } = geometricSums(rising ? 1 / ratio : ratio, places);
  const offset = first / zeroth;
  const offsetSquare = second / zeroth;
  const position = rising ? places - offset : 1 + offset;
  const square = rising ? places * places - 2 * places * offset + offsetSquare : 1 + 2 * offset + offsetSquare;
  const mean = waitProbability * position * slot;
  return { mean, variance: waitProbability * (square + position) * slot * slot - mean * mean };
}
