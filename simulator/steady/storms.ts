/**
 * Retry storms. A station is in one where its attempts overload it while its calls, made once each, would not. Two states can be
 * stable at the same load: from rest the system reaches the calm one; after a disturbance the retries alone keep it in the other
 * (Bronson et al., "Metastable failures in distributed systems", HotOS 2021).
 */
import type { Network, Station } from '../network/network.ts';
import { solveState } from './closed.ts';
import { arrivalRateOf } from './demand.ts';
import { type LoadOptions, openRate, type State, stateAt } from './state.ts';
import { type CallsByStream, visitsOf } from './traffic.ts';

/** True where retries, and nothing but them, overload a station. */
export function isStormed(state: State, station: Station): boolean {
  if (!state.thinning.calls) return false;
  const utilization = Math.max(...state.pools[station.index]!.map((pool) => pool.utilization));
  if (utilization < 1) return false;
  const attempts = arrivalRateOf(state.network, state.rates, station.index);
  const once = firstAttempts(state, station.index);
  return once > 0 && Number.isFinite(attempts) && (utilization * once) / attempts < 1;
}

/**
 * The largest load below `most` at which retries die down, to 1e-5 relative, and what they overload beyond it; undefined where they die down
 * at all of them. By bisection. More load never makes fewer calls fail, so a calm state is where the climb to the states at
 * higher loads begins, and a climb that has come to a storm need not go on; limits and closed users can make that untrue.
 */
export function stormLimit(
  network: Network,
  options: LoadOptions,
  most: number,
): { readonly station: Station; readonly scale: number } | undefined {
  const isMonotone = !network.loadDependent && network.sources.every(({ closed }) => !closed);
  const stormIn = (state: State) => network.stations.find((station) => isStormed(state, station));
  let start: CallsByStream | undefined;
  const stormAt = (scale: number) => {
    const at = { ...options, scale };
    if (!isMonotone) return stormIn(solveState(network, at).state);
    const rates = Float64Array.from(network.sources, (source) => openRate(source, at));
    const state = stateAt(network, { ...at, rates }, start, (one) => stormIn(one) !== undefined);
    const storm = stormIn(state);
    if (!storm && !state.thinning.worked) start = state.thinning.calls;
    return storm;
  };
  let high = most;
  let station = stormAt(high);
  if (!station) return undefined;
  let low = 0;
  while (high - low > 1e-5 * high) {
    const middle = (low + high) / 2;
    const found = stormAt(middle);
    if (found) {
      high = middle;
      station = found;
    } else low = middle;
  }
  return { station, scale: low };
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
