import { erlangB } from './erlang.ts';
import { geometricSums } from './geometric-sums.ts';
import { type Ggc, waitRatio } from './ggc.ts';
import { utilizationOf } from './station.ts';

/** A station with general arrivals and service, and room for `capacity` requests, waiting and in service together. */
export type Ggck = Ggc & {
  /** Whole number; below `servers`, it is the number of servers that counts. */
  readonly capacity: number;
};

/** What the requests that are let in meet, and how many are not. */
export type GgckMetrics = {
  /** Share of the requests turned away. */
  readonly blocking: number;
  /** Mean wait in seconds, and probability of a wait, of the requests let in. */
  readonly wait: number;
  readonly waitProbability: number;
  /** Squared coefficient of variation of the wait of those who wait. */
  readonly waitVariability: number;
};

/**
 * G/G/c/K by two moments: the queue behind the servers is geometric with the ratio ξ = ρR / (1 - ρ + ρR), for which an unbounded queue has the
 * mean wait R times that of M/M/c (Kimura, "A transform-free approximation for the finite capacity M/G/s queue",
 * Operations Research 44, 1996). Exact for M/M/c/K, for the Erlang loss system M/G/c/c, and for the mean of an unbounded M/G/1. Blocking
 * against the exact M/G/1/K with 5 to 20 places: with constant service within 4 % from a utilisation of 1 on and 10 % at 0.9, below
 * that too much by up to a half of what is less than 2 % of the requests; with a squared variability of 4 within 16 %, and 25 %
 * where it is less than 2 % of the requests.
 */
export function solveGgck(station: Ggck): GgckMetrics {
  const servers = Math.max(0, Math.floor(Math.min(station.servers, station.capacity)));
  const offered = station.arrivalRate * station.serviceTime;
  if (servers === 0) return { blocking: 1, wait: 0, waitProbability: 0, waitVariability: 1 };
  if (offered === 0) return { blocking: 0, wait: 0, waitProbability: 0, waitVariability: 1 };
  const places = Math.max(0, Math.floor(station.capacity) - servers);
  if (places === 0) return { blocking: erlangB(servers, offered), wait: 0, waitProbability: 0, waitVariability: 1 };
  const load = utilizationOf(offered, servers);
  const ratio = waitRatio({ ...station, servers });
  const rest = 1 - load + load * ratio;
  if (!(rest > LEAST_REST)) return alwaysFull(station, servers, places, load);
  const growth = (load * ratio) / rest;
  const first = load / rest;
  return metricsOf(station, servers, places, { load, growth, first, idle: 1 / erlangB(servers - 1, offered) });
}

/** Below this the queue of a regular overload is never empty. */
const LEAST_REST = 1e-9;

interface Weights {
  readonly load: number;
  /** From one state of the queue to the next. */
  readonly growth: number;
  /** Of the first state in which all servers are busy, relative to the one before; and of all states below. */
  readonly first: number;
  readonly idle: number;
}

/** Sums over the states with 0 .. `places` - 1 waiting, and the full one; relative to the likelier end, so that no power overflows. */
function metricsOf(
  station: Ggck,
  servers: number,
  places: number,
  { load, growth, first, idle }: Weights,
): GgckMetrics {
  const rising = growth > 1;
  const { zeroth, first: once, second } = geometricSums(rising ? 1 / growth : growth, places);
  const scale = rising ? growth ** -places : 1;
  // Weights ξ^i for i = 0 .. N - 1, over ξ^N where they rise.
  const top = rising ? 1 / growth : 1;
  const sum = zeroth * top;
  const position = rising ? places * sum - once * top : once * top + sum;
  const squares = rising
    ? places * places * sum - 2 * places * once * top + second * top
    : second * top + 2 * once * top + sum;
  const full = load * (rising ? 1 : growth ** places);
  const accepted = idle * scale + first * sum;
  const blocking = full / (accepted + full);
  const waiting = (first * (position - sum) + places * full) / (accepted + full);
  const mean = position / sum;
  const slot = servers === 1 ? station.serviceVariability : 1;
  return {
    blocking,
    wait: waiting / (station.arrivalRate * (1 - blocking)),
    waitProbability: Math.min(1, (first * sum) / accepted),
    waitVariability: (squares / sum - mean * mean + slot * mean) / (mean * mean),
  };
}

/** More than can be done comes so regularly that every request that is done lets one in, which takes the last place. */
function alwaysFull(station: Ggck, servers: number, places: number, load: number): GgckMetrics {
  const blocking = Math.max(0, 1 - 1 / load);
  const slot = servers === 1 ? station.serviceVariability : 1;
  return {
    blocking,
    wait: (places * station.serviceTime) / servers,
    waitProbability: 1,
    waitVariability: slot / places,
  };
}
