/** How slowly the slowest part of a network moves: what a simulation has to outlast before it can be observed. */
import type { SolvedLoad } from '../steady/solve.ts';

/**
 * Seconds in which every part has had the time to fill: ten times the longest stay, and three relaxation times of the slowest queue,
 * S / (c (1 - √ρ)²) each (Cohen, The Single Server Queue, 1982, §III.7.3).
 */
export function slowestTime({ actual, responses }: SolvedLoad): number {
  const { network, streamRates, pools } = actual;
  let slowest = 0;
  for (const [i, stream] of network.streams.entries()) {
    if (!(streamRates[i]! > 0)) continue;
    for (let node = 0; node < stream.station.length; node++) {
      const stay = responses.whole[i]![node]!;
      if (Number.isFinite(stay)) slowest = Math.max(slowest, LONGEST_STAYS * stay);
    }
  }
  for (const { demand, utilization, pool } of pools.flat()) {
    if (!(demand.work > 0) || !Number.isFinite(pool.servers) || !(utilization < 1)) continue;
    const service = demand.work / demand.rate;
    slowest = Math.max(slowest, (RELAXATIONS * service) / pool.servers / (1 - Math.sqrt(utilization)) ** 2);
  }
  return slowest;
}

const LONGEST_STAYS = 10;
const RELAXATIONS = 3;
