/**
 * Retry storms. A station is in one where its attempts overload it while its calls, made once each, would not. Two states can be
 * stable at the same load: from rest the system reaches the calm one; after a disturbance the retries alone keep it in the other
 * (Bronson et al., "Metastable failures in distributed systems", HotOS 2021).
 */
import type { Station } from '../network/network.ts';
import { arrivalRateOf } from './demand.ts';
import type { State } from './state.ts';
import { visitsOf } from './traffic.ts';

/** True where retries, and nothing but them, overload a station. */
export function isStormed(state: State, station: Station): boolean {
  if (!state.thinning.calls) return false;
  const utilization = Math.max(...state.pools[station.index]!.map((pool) => pool.utilization));
  if (utilization < 1) return false;
  const attempts = arrivalRateOf(state.network, state.rates, station.index);
  const once = firstAttempts(state, station.index);
  return once > 0 && Number.isFinite(attempts) && (utilization * once) / attempts < 1;
}

/** Operations per second at a station if every call were made once only. */
function firstAttempts(state: State, index: number): number {
  const { calls: _, ...thinning } = state.thinning;
  let rate = 0;
  for (const [i, stream] of state.network.streams.entries()) {
    if (state.streamRates[i] === 0) continue;
    const visits = visitsOf(stream, thinning);
    for (let node = 0; node < visits.length; node++)
      if (stream.station[node] === index) rate += state.streamRates[i]! * visits[node]!;
  }
  return rate;
}
