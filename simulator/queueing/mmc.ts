import { erlangC } from './erlang.ts';
import { findQuantile, type Tail } from './quantile-search.ts';
import { type Mmc, metricsFromWait, type StationMetrics } from './station.ts';

/**
 * M/M/c, first come first served, exact: mean wait C / (cμ - λ), the rest by Little's law.
 * Kleinrock, Queueing Systems vol. 1, 1975, §3.5. At or above saturation waits and lengths are `Infinity`.
 */
export function solveMmc(station: Mmc): StationMetrics {
  const waitProbability = mmcWaitProbability(station);
  return metricsFromWait(station, waitProbability === 0 ? 0 : waitProbability / drainRate(station), waitProbability);
}

/** Variance of the M/M/c response time in s²: S² + C (2 - C) / (cμ - λ)²; `Infinity` at or above saturation. */
export function mmcResponseVariance(station: Mmc): number {
  const waitProbability = mmcWaitProbability(station);
  const service = station.serviceTime ** 2;
  if (waitProbability === 0) return service;
  return service + (waitProbability * (2 - waitProbability)) / drainRate(station) ** 2;
}

/** What the response time of M/M/c consists of, first come first served: exponential service, and an exponential wait of some. */
export type MmcSojourn = {
  readonly waitProbability: number;
  /** Rate of the wait of those who wait, cμ - λ per second. */
  readonly drain: number;
  /** Mean response in seconds and its variance in s²; `Infinity` at or above saturation. */
  readonly mean: number;
  readonly variance: number;
};

/** `solveMmc` and `mmcResponseVariance` in one, for callers that need no more. */
export function mmcSojourn(station: Mmc): MmcSojourn {
  const { serviceTime } = station;
  const waitProbability = mmcWaitProbability(station);
  const service = serviceTime ** 2;
  if (waitProbability === 0) return { waitProbability, drain: 1, mean: serviceTime, variance: service };
  const drain = drainRate(station);
  return {
    waitProbability,
    drain,
    mean: serviceTime + waitProbability / drain,
    variance: service + (waitProbability * (2 - waitProbability)) / drain ** 2,
  };
}

/** P(wait > `time` seconds) in M/M/c, exact: C e^-(cμ - λ)t. 1 at or above saturation. */
export function mmcWaitTail(station: Mmc, time: number): number {
  const waitProbability = mmcWaitProbability(station);
  if (waitProbability === 0) return 0;
  return waitProbability * Math.exp(-drainRate(station) * time);
}

/** The wait in seconds that a share `p` of the requests stays below, exact; `Infinity` at or above saturation. */
export function mmcWaitQuantile(station: Mmc, p: number): number {
  const waitProbability = mmcWaitProbability(station);
  if (p <= 1 - waitProbability) return 0;
  return Math.log(waitProbability / (1 - p)) / drainRate(station);
}

/**
 * P(response > `time` seconds) in M/M/c, first come first served, exact:
 * e^-μt + C μ (e^-μt - e^-θt) / (θ - μ) with θ = cμ - λ. 1 at or above saturation.
 */
export function mmcResponseTail(station: Mmc, time: number): number {
  const waitProbability = mmcWaitProbability(station);
  if (station.serviceTime === 0) return waitProbability === 0 ? 0 : 1;
  const drain = drainRate(station);
  if (waitProbability > 0 && drain === 0) return 1;
  return sojournTail(time, 1 / station.serviceTime, drain, waitProbability);
}

/** The response time in seconds that a share `p` of the requests stays below, exact to 1e-12 relative. */
export function mmcResponseQuantile(station: Mmc, p: number): number {
  if (p <= 0 || station.serviceTime === 0) return 0;
  const waitProbability = mmcWaitProbability(station);
  const drain = drainRate(station);
  if (p >= 1 || (waitProbability > 0 && drain === 0)) return Number.POSITIVE_INFINITY;
  return sojournQuantile(p, 1 / station.serviceTime, drain, waitProbability);
}

/**
 * P(T > t) for T = exponential service of rate `serviceRate` plus, with probability `waitProbability`, an independent
 * exponential wait of rate `drain`. Written with expm1, so equal rates need no case of their own.
 */
export function sojournTail(time: number, serviceRate: number, drain: number, waitProbability: number): number {
  const service = Math.exp(-serviceRate * time);
  if (waitProbability === 0) return service;
  return service + waitProbability * serviceRate * exponentialDifference(time, serviceRate, drain);
}

/** Density of the time whose tail `sojournTail` gives, per second. */
export function sojournDensity(time: number, serviceRate: number, drain: number, waitProbability: number): number {
  const service = serviceRate * Math.exp(-serviceRate * time);
  if (waitProbability === 0) return service;
  const both = serviceRate * drain * exponentialDifference(time, serviceRate, drain);
  return (1 - waitProbability) * service + waitProbability * both;
}

function sojournQuantile(p: number, serviceRate: number, drain: number, waitProbability: number): number {
  if (waitProbability === 0) return -Math.log1p(-p) / serviceRate;
  const tail: Tail = (time, point) => {
    point.survival = sojournTail(time, serviceRate, drain, waitProbability);
    point.density = sojournDensity(time, serviceRate, drain, waitProbability);
  };
  const guess = -Math.log1p(-p) * (1 / serviceRate + waitProbability / drain);
  return findQuantile(tail, 1 - p, guess, 1e-12, { survival: 0, density: 0 });
}

/** (e^-at - e^-bt) / (b - a), which tends to t e^-at as b tends to a. */
function exponentialDifference(time: number, a: number, b: number): number {
  const gap = (b - a) * time;
  if (Math.abs(gap) < 1e-12) return time * Math.exp(-a * time);
  // The larger exponential is taken out, so that neither factor can overflow.
  return gap > 0
    ? (-Math.exp(-a * time) * Math.expm1(-gap)) / (b - a)
    : (Math.exp(-b * time) * Math.expm1(gap)) / (b - a);
}

function mmcWaitProbability({ arrivalRate, serviceTime, servers }: Mmc): number {
  return erlangC(servers, arrivalRate * serviceTime);
}

/** cμ - λ per second, the rate at which a full station would empty; never below zero. */
function drainRate({ arrivalRate, serviceTime, servers }: Mmc): number {
  return servers < 1 ? 0 : Math.max(0, Math.floor(servers) / serviceTime - arrivalRate);
}
