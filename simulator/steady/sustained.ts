/**
 * What overloaded stations get done. A station passes on no more than it gets done, so what lies behind it gets less than was asked for,
 * and may keep up with that: of a chain of overloaded stations only the tightest loses requests (the law of the bottleneck, X <= 1 / D_max;
 * Lazowska et al. 1984, §5.2). Found by iteration, because calls come back to stations that were thinned before.
 */
import { operationCount } from '../network/operation.ts';
import { servedShares } from '../queueing/index.ts';
import { demandOf, hostDemand, type Rates } from './demand.ts';
import type { PoolDemand } from './pool-load.ts';
import { ratesOf, type State } from './state.ts';
import { visitsOf } from './traffic.ts';

/** Share of the operations that reach a station and are done there, by station, operation and request class, as `Rates` are. Kept for each state. */
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
  let means: readonly Float64Array[] = network.classes.map(() => thinning.accepted);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const visits = network.streams.map((stream) => visitsOf(stream, { ...thinning, accepted: means[stream.class]! }));
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
  const classes = network.classes.length;
  const hosts = network.hosts.map((host) =>
    keptOf(hostDemand(network, rates, thinning.admitted, host.parts), host.cores),
  );
  const shares = new Float64Array(rates.length);
  for (const station of network.stations) {
    const { index } = station;
    const isHosted = station.host !== undefined && Number.isFinite(station.cores);
    const kept = pools[index]!.map(({ pool, refused }) => {
      if (refused !== 0) return everything;
      if (isHosted) return hosts[station.host!]!;
      return keptOf(demandOf(network, rates, station, pool, thinning.admitted[index]), pool.servers);
    });
    for (let kind = 0; kind < operationCount; kind++)
      for (let one = 0; one < classes; one++) {
        let weight = 0;
        let done = 0;
        for (const [i, { pool }] of pools[index]!.entries()) {
          weight += pool.groups * pool.weight[kind]!;
          done += pool.groups * pool.weight[kind]! * kept[i]!(network.classes[one]!.level);
        }
        const share = weight > 0 ? done / weight : 1;
        shares[(index * operationCount + kind) * classes + one] = thinning.accepted[index]! * share;
      }
  }
  return shares;
}

/** The share that so many servers get done, by level of priority. */
function keptOf({ work, levels }: PoolDemand, servers: number): (level: number) => number {
  if (work <= servers) return everything;
  if (!levels) return () => servers / work;
  const shares = servedShares(levels, servers);
  return (level) => shares[level]!;
}

function everything(): number {
  return 1;
}

/** By class and station, over what reaches it. */
function meansOf({ network }: State, rates: Rates, shares: Float64Array): readonly Float64Array[] {
  const classes = network.classes.length;
  return network.classes.map((_, one) =>
    Float64Array.from(network.stations, ({ index }) => {
      let total = 0;
      let done = 0;
      let least = 1;
      for (let kind = 0; kind < operationCount; kind++) {
        const place = (index * operationCount + kind) * classes + one;
        const rate = rates[place]!;
        if (rate > 0) least = Math.min(least, shares[place]!);
        if (!Number.isFinite(rate)) continue;
        total += rate;
        done += rate * shares[place]!;
      }
      return total > 0 ? done / total : least;
    }),
  );
}

function spread({ network }: State, byStation: Float64Array): Float64Array {
  const stride = operationCount * network.classes.length;
  return Float64Array.from({ length: network.stations.length * stride }, (_, i) => byStation[Math.floor(i / stride)]!);
}
