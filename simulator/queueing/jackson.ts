import { solveLinear } from './linear-solve.ts';
import { solveMmc } from './mmc.ts';
import type { StationMetrics } from './station.ts';

/** An open network of M/M/c stations with probabilistic routing. */
export type JacksonNetwork = {
  /** Requests per second entering from outside, per station. */
  readonly arrivals: readonly number[];
  /** `routing[i][j]`: mean number of requests sent to j by i for each one it finishes; a gain above 1 is a fan-out. */
  readonly routing: readonly (readonly number[])[];
  /** Mean seconds per visit and number of servers; `Infinity` servers for a pure delay. */
  readonly stations: readonly { readonly serviceTime: number; readonly servers: number }[];
};

/** The network in equilibrium. */
export type JacksonMetrics = {
  /** Requests per second through each station. */
  readonly throughputs: Float64Array;
  readonly stations: readonly StationMetrics[];
  /** Mean number of requests in the network; `Infinity` when a station is saturated. */
  readonly inSystem: number;
  /** Mean seconds from entering to leaving, by Little's law. */
  readonly response: number;
};

/**
 * Open Jackson network, exact for Poisson arrivals and exponential service (Jackson, "Networks of waiting lines",
 * 1957), and for the means of processor sharing with any service (BCMP, 1975).
 *
 * @returns undefined where the routing never lets requests out, or multiplies them without end
 */
export function solveJackson({ arrivals, routing, stations }: JacksonNetwork): JacksonMetrics | undefined {
  const throughputs = solveTraffic(arrivals, routing);
  if (throughputs === undefined) return undefined;
  const metrics = stations.map((station, i) => solveMmc({ arrivalRate: throughputs[i] ?? 0, ...station }));
  let inSystem = 0;
  for (const station of metrics) inSystem += station.inSystem;
  let entering = 0;
  for (const rate of arrivals) entering += rate;
  return { throughputs, stations: metrics, inSystem, response: entering === 0 ? 0 : inSystem / entering };
}

/**
 * Requests per second through each station: the solution of λ = γ + Pᵀλ.
 *
 * @param arrivals γ, from outside, >= 0
 * @param routing P, mean requests from row to column
 * @returns undefined where no non-negative solution exists: requests circle for ever
 */
export function solveTraffic(
  arrivals: readonly number[],
  routing: readonly (readonly number[])[],
): Float64Array | undefined {
  const size = arrivals.length;
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) matrix[i * size + j] = (i === j ? 1 : 0) - (routing[j]?.[i] ?? 0);
  }
  const rates = solveLinear(matrix, Float64Array.from(arrivals));
  if (rates === undefined) return undefined;
  const total = rates.reduce((sum, rate) => sum + Math.abs(rate), 0);
  for (let i = 0; i < size; i++) {
    if (!(rates[i]! >= -1e-12 * total)) return undefined;
    rates[i] = Math.max(0, rates[i]!);
  }
  return rates;
}
