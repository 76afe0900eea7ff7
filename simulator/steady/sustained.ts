/**
 * What overloaded stations get done. A station passes on no more than it gets done, so what lies behind it gets less than was asked for,
 * and may keep up with that: of a chain of overloaded stations only the tightest loses requests (the law of the bottleneck, X <= 1 / D_max;
 * Lazowska et al. 1984, §5.2). Found by iteration, because calls come back to stations that were thinned before.
 */
import { operationCount } from '../network/operation.ts';
import { demandOf, hostDemand, type Rates, rateOf } from './demand.ts';
import { ratesOf, type State } from './state.ts';
import { visitsOf } from './traffic.ts';

/** Share of the operations that reach a station and are done there, by station and operation. Kept for each state. */
export function sustainedShares(state: State): Float64Array {
  let shares = known.get(state);
  if (!shares) {
    shares = isOverloaded(state) ? iterated(state) : spread(state, state.thinning.accepted);
    known.set(state, shares);
  }
  return shares;
}

const known = new WeakMap<State, Float64Array>();
const MOST_ROUNDS = 60;
const SETTLED = 1e-9;

function isOverloaded({ pools }: State): boolean {
  return pools.some((all) => all.some(({ utilization, refused }) => refused === 0 && utilization > 1));
}

function iterated(state: State): Float64Array {
  const { network, thinning, streamRates } = state;
  let shares = spread(state, thinning.accepted);
  let means = thinning.accepted;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const thinned = { ...thinning, accepted: means };
    const visits = network.streams.map((stream) => visitsOf(stream, thinned));
    const rates = ratesOf(network, streamRates, visits);
    const next = sharesAt(state, rates);
    const moved = next.some((share, i) => Math.abs(share - shares[i]!) > SETTLED);
    shares = next;
    means = meansOf(state, rates, shares);
    if (!moved) break;
  }
  return shares;
}

/** What each station gets done of the operations that reach it at these rates. */
function sharesAt(state: State, rates: Rates): Float64Array {
  const { network, thinning, pools } = state;
  const hosts = network.hosts.map(
    ({ parts, cores }) => hostDemand(network, rates, thinning.admitted, parts).work / cores,
  );
  const shares = new Float64Array(network.stations.length * operationCount);
  for (const station of network.stations) {
    const { index } = station;
    const kept = pools[index]!.map(({ pool, refused }) => {
      const own = demandOf(network, rates, station, pool, thinning.admitted[index]).work / pool.servers;
      const isHosted = station.host !== undefined && Number.isFinite(station.cores);
      const utilization = isHosted ? hosts[station.host!]! : own;
      return refused === 0 && utilization > 1 ? 1 / utilization : 1;
    });
    for (let kind = 0; kind < operationCount; kind++) {
      let weight = 0;
      let done = 0;
      for (const [i, { pool }] of pools[index]!.entries()) {
        weight += pool.groups * pool.weight[kind]!;
        done += pool.groups * pool.weight[kind]! * kept[i]!;
      }
      shares[index * operationCount + kind] = thinning.accepted[index]! * (weight > 0 ? done / weight : 1);
    }
  }
  return shares;
}

/** By station, over what reaches it. */
function meansOf({ network }: State, rates: Rates, shares: Float64Array): Float64Array {
  return Float64Array.from(network.stations, ({ index }) => {
    let total = 0;
    let done = 0;
    let least = 1;
    for (let kind = 0; kind < operationCount; kind++) {
      const rate = rateOf(network, rates, index, kind);
      const share = shares[index * operationCount + kind]!;
      if (rate > 0) least = Math.min(least, share);
      if (!Number.isFinite(rate)) continue;
      total += rate;
      done += rate * share;
    }
    return total > 0 ? done / total : least;
  });
}

function spread({ network }: State, byStation: Float64Array): Float64Array {
  return Float64Array.from(
    { length: network.stations.length * operationCount },
    (_, i) => byStation[Math.floor(i / operationCount)]!,
  );
}
