/**
 * A part of a network behind a limit on how many requests may be inside: threads, a pool of connections. What is behind the limit is
 * replaced by one server whose rate depends on how many are inside, the throughput of that part as a closed network
 * (Chandy, Herzog and Woo, "Parametric analysis of queuing networks", IBM J. R&D 19, 1975). Arrivals that find the
 * limit reached wait outside. Exact without a limit; with one the waits outside make it an approximation (Sauer and
 * Chandy, "Computer Systems Performance Modeling", 1981, ch. 4).
 */
import { erlangC } from './erlang.ts';
import { mixedWeights } from './mixed-weights.ts';

/** A place inside the limit. */
export type InnerStation =
  /** Servers with one queue; `background` is the work, in Erlangs, that others bring to them. */
  | { readonly demand: number; readonly servers: number; readonly background: number }
  /** Something that is limited itself: visits per request, and its throughput with 1, 2, … requests inside; the last holds on. */
  | { readonly visits: number; readonly rates: Float64Array };

/** What is behind a limit. */
export type InnerNetwork = {
  /** Seconds per request that take no server. */
  readonly delay: number;
  readonly stations: readonly InnerStation[];
};

/** Requests per second that leave with 1, 2, … `most` requests inside, at indexes 0 to `most` - 1; all 0 where a station has no time for them. */
export function flowEquivalentRates({ delay, stations }: InnerNetwork, most: number): Float64Array {
  const rates = new Float64Array(most);
  const unit = fastest({ delay, stations }, most);
  if (unit === Number.POSITIVE_INFINITY) return rates.fill(Number.POSITIVE_INFINITY);
  if (!(unit > 0)) return rates;
  const constants = new Float64Array(most + 1);
  constants[0] = 1;
  if (delay > 0)
    spread(constants, mixedWeights({ load: delay * unit, servers: Number.POSITIVE_INFINITY, background: 0 }, most));
  for (const station of stations) {
    if ('rates' in station) spread(constants, limitedWeights(station, unit, most));
    else if (station.demand > 0) spread(constants, mixedWeights({ ...station, load: station.demand * unit }, most));
  }
  for (let inside = 1; inside <= most; inside++)
    rates[inside - 1] = (unit * constants[inside - 1]!) / constants[inside]!;
  return rates;
}

/** An open queue in front of a limit. */
export type LimitedQueue = {
  /** Mean number of requests, outside and inside. */
  readonly inSystem: number;
  /** Of these, inside. */
  readonly inside: number;
  /** Probability that an arrival has to wait outside. */
  readonly waitProbability: number;
};

/** Random arrivals before a server of state-dependent rate, of which the last holds on; all infinite from saturation on. */
export function limitedQueue(arrivalRate: number, rates: Float64Array): LimitedQueue {
  const most = rates.length;
  const last = rates[most - 1] ?? 0;
  if (arrivalRate === 0 || last === Number.POSITIVE_INFINITY) return { inSystem: 0, inside: 0, waitProbability: 0 };
  if (!(arrivalRate < last)) return { inSystem: Number.POSITIVE_INFINITY, inside: most, waitProbability: 1 };
  let weight = 1;
  let total = 1;
  let count = 0;
  for (let n = 1; n < most; n++) {
    weight *= arrivalRate / rates[n - 1]!;
    total += weight;
    count += n * weight;
    if (total > HUGE) {
      weight /= HUGE;
      total /= HUGE;
      count /= HUGE;
    }
  }
  // From the limit on the weights are geometric.
  const full = weight * (arrivalRate / last);
  const ratio = arrivalRate / last;
  const beyond = full / (1 - ratio);
  total += beyond;
  const waiting = (beyond * ratio) / (1 - ratio);
  const inside = (count + most * beyond) / total;
  return { inSystem: inside + waiting / total, inside, waitProbability: beyond / total };
}

/** Mean seconds inside without a limit and with random arrivals, by the same assumptions (product form). */
export function unlimitedTime({ delay, stations }: InnerNetwork, arrivalRate: number): number {
  let total = delay;
  for (const station of stations) {
    if ('rates' in station) {
      const arrivals = arrivalRate * station.visits;
      total += arrivals > 0 ? limitedQueue(arrivals, station.rates).inSystem / arrivalRate : 0;
      continue;
    }
    const load = arrivalRate * station.demand + station.background;
    if (load >= station.servers) return Number.POSITIVE_INFINITY;
    if (station.demand > 0) total += station.demand * (1 + erlangC(station.servers, load) / (station.servers - load));
  }
  return total;
}

const HUGE = 1e200;

/** No more can leave: each station is busy all the time, or everybody passes without a wait. */
function fastest({ delay, stations }: InnerNetwork, most: number): number {
  let alone = delay;
  let bound = Number.POSITIVE_INFINITY;
  for (const station of stations) {
    if ('rates' in station) {
      if (!(station.visits > 0)) continue;
      bound = Math.min(bound, station.rates.at(-1)! / station.visits);
      alone += station.visits / station.rates[0]!;
    } else if (station.demand > 0) {
      bound = Math.min(bound, (station.servers - station.background) / station.demand);
      alone += station.demand;
    }
  }
  return Math.min(bound, alone > 0 ? most / alone : Number.POSITIVE_INFINITY);
}

function limitedWeights({ visits, rates }: Extract<InnerStation, { visits: number }>, unit: number, most: number) {
  const weights = new Float64Array(most + 1);
  weights[0] = 1;
  for (let n = 1; n <= most; n++)
    weights[n] = (weights[n - 1]! * visits * unit) / rates[Math.min(n, rates.length) - 1]!;
  return weights;
}

/** G'(n) = Σ f(j) G(n - j) in place. */
function spread(constants: Float64Array, weights: Float64Array): void {
  for (let n = constants.length - 1; n >= 0; n--) {
    let sum = 0;
    for (let j = 0; j <= n; j++) sum += weights[j]! * constants[n - j]!;
    constants[n] = sum;
  }
}
