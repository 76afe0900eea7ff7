import { erlangC } from './erlang.ts';
import { type Mmc, metricsFromWait, type StationMetrics } from './station.ts';

/**
 * M/G/c processor sharing: all requests in the station share its servers evenly, none gets more than one server.
 * Means are those of M/M/c, exact for any distribution of the service time (insensitivity; Kleinrock,
 * Queueing Systems vol. 2, 1976, §4.4; Cohen, "The multiple phase service network", 1979). `wait` is the mean
 * slow-down, the response beyond the service time. `Infinity` at or above saturation.
 */
export function solveProcessorSharing(station: Mmc): StationMetrics {
  const { arrivalRate, serviceTime, servers } = station;
  const waitProbability = erlangC(servers, arrivalRate * serviceTime);
  if (waitProbability === 0) return metricsFromWait(station, 0, 0);
  const drain = Math.max(0, Math.floor(servers) / serviceTime - arrivalRate);
  return metricsFromWait(station, waitProbability / drain, waitProbability);
}

/**
 * Squared coefficient of variation of the response time in M/M/1 processor sharing: (2 + ρ) / (2 - ρ)
 * (Coffman, Muntz and Trotter, "Waiting time distributions for processor-sharing systems", JACM 17, 1970).
 * Between 1 when idle and 3 at saturation; utilisations above 1 count as 1.
 */
export function processorSharingVariability(utilization: number): number {
  const load = Math.min(1, utilization);
  return (2 + load) / (2 - load);
}
