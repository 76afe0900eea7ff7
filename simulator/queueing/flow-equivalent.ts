/**
 * A part of a network behind a limit on how many requests may be inside: threads, a pool of connections. What is behind the limit is
 * replaced by one server whose rate depends on how many are inside, the throughput of that part as a closed network
 * (Chandy, Herzog and Woo, "Parametric analysis of queuing networks", IBM J. R&D 19, 1975). Arrivals that find the
 * limit reached wait outside. Exact without a limit; with one the waits outside make it an approximation (Sauer and
 * Chandy, "Computer Systems Performance Modeling", 1981, ch. 4).
 */
import { convolve, scaledStation } from './convolution.ts';
import { erlangC } from './erlang.ts';

/** A place inside the limit. */
export type InnerStation =
  /** Servers with one queue; `background` is the work, in Erlangs, that others bring to them, `variance` that of the service in s². */
  | {
      readonly demand: number;
      readonly visits: number;
      readonly variance: number;
      readonly servers: number;
      readonly background: number;
    }
  /** Something that is limited itself: visits per request, and its throughput with 1, 2, … requests inside; the last holds on. */
  | LimitedStation;

/** A place with a limit of its own. */
export type LimitedStation = { readonly visits: number; readonly rates: Float64Array };

/** What is behind a limit. */
export type InnerNetwork = {
  /** Seconds per request that take no server, and their variance in s². */
  readonly delay: number;
  readonly delayVariance: number;
  readonly stations: readonly InnerStation[];
};

/** Requests per second that leave with 1, 2, … `most` requests inside, at indexes 0 to `most` - 1; all 0 where a station has no time for them. */
export function flowEquivalentRates(
  { delay, stations }: Omit<InnerNetwork, 'delayVariance'>,
  most: number,
): Float64Array {
  const rates = new Float64Array(most);
  const unit = fastest({ delay, stations }, most);
  if (unit === Number.POSITIVE_INFINITY) return rates.fill(Number.POSITIVE_INFINITY);
  if (!(unit > 0)) return rates;
  const constants = new Float64Array(most + 1);
  constants[0] = 1;
  convolve(constants, { load: delay * unit, servers: Number.POSITIVE_INFINITY, background: 0 });
  for (const station of stations) {
    if ('rates' in station) spread(constants, limitedWeights(station, unit, most));
    else convolve(constants, scaledStation(station, unit));
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

/** A time with its mean in seconds and its variance in s². */
export type TimeInside = { readonly mean: number; readonly variance: number };

/** The time inside without a limit and with random arrivals, by the same assumptions (product form); waits are independent. */
export function unlimitedTime({ delay, delayVariance, stations }: InnerNetwork, arrivalRate: number): TimeInside {
  let mean = delay;
  let variance = delayVariance;
  for (const station of stations) {
    if ('rates' in station) {
      const arrivals = arrivalRate * station.visits;
      if (!(arrivals > 0)) continue;
      const once = limitedQueue(arrivals, station.rates).inSystem / arrivals;
      mean += station.visits * once;
      variance += station.visits * once * once;
      continue;
    }
    const { demand, servers, background, visits } = station;
    const load = arrivalRate * demand + background;
    if (load >= servers) return { mean: Number.POSITIVE_INFINITY, variance: Number.POSITIVE_INFINITY };
    const probability = erlangC(servers, load);
    const wait = (demand * probability) / (servers - load);
    mean += demand + wait;
    // Of one wait 2 w² / C - w², as in M/M/c.
    variance += station.variance + (wait > 0 ? (wait * wait * (2 / probability - 1)) / visits : 0);
  }
  return { mean, variance };
}

const HUGE = 1e200;

/** No more can leave: each station is busy all the time, or everybody passes without a wait. */
function fastest({ delay, stations }: Omit<InnerNetwork, 'delayVariance'>, most: number): number {
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

function limitedWeights({ visits, rates }: LimitedStation, unit: number, most: number): Float64Array {
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
