/** How regular the arrivals at the stations are, from the sources and from what lies on the way. */
import type { Network } from '../network/network.ts';
import { arrivalVariabilities, type VariabilityFlow, type VariabilityNode } from '../queueing/index.ts';
import { arrivalRateOf, type Rates } from './demand.ts';
import type { PoolDemand } from './pool-load.ts';
import type { Pool } from './pools.ts';
import { edgeWeight, type Thinning } from './traffic.ts';

/** A group of servers and what it has to do. */
export interface Demanded {
  readonly pool: Pool;
  readonly demand: PoolDemand;
}

/**
 * Squared coefficient of variation of the times between arrivals, by station; undefined where all of them are random: with random sources
 * and exponential service times or processor sharing, whose departures are random, too (Burke 1956, BCMP 1975).
 */
export function arrivalsOf(
  network: Network,
  streamRates: Float64Array,
  visits: readonly Float64Array[],
  thinning: Thinning,
  demanded: readonly (readonly Demanded[])[],
): Float64Array | undefined {
  const isRandom =
    network.sources.every(({ variability }) => variability === 1) &&
    demanded.every((all) => all.every((one) => serviceVariability([one]) === 1));
  if (isRandom) return undefined;
  const bySource = new Map(network.sources.map(({ station, variability }) => [station, variability]));
  const nodes = network.stations.map(({ index }) => nodeOf(demanded[index]!, bySource.get(index)));
  return arrivalVariabilities(nodes, flowsOf(network, streamRates, visits, thinning));
}

/** Of the arrivals at one group of a station, which gets the part `share` of all. */
function arrivalsAtGroup({ balance, groups }: Pool, arrivals: number, share: number): number {
  if (balance === 'roundRobin' && groups > 1) return arrivals / groups;
  const part = Math.min(1, share);
  return 1 - part + part * arrivals;
}

/** A demand with the variability of its arrivals. */
export function groupDemand(
  network: Network,
  rates: Rates,
  index: number,
  pool: Pool,
  demand: PoolDemand,
  arrivals: Float64Array | undefined,
): PoolDemand {
  if (!arrivals || arrivals[index] === 1) return demand;
  const share = demand.rate / arrivalRateOf(network, rates, index);
  return { ...demand, arrivals: arrivalsAtGroup(pool, arrivals[index]!, share) };
}

/** The arrivals at a host are those of its parts, by what each of them gets. */
export function hostArrivals(network: Network, rates: Rates, index: number, arrivals: Float64Array | undefined) {
  if (!arrivals) return {};
  let total = 0;
  let sum = 0;
  for (const part of network.hosts[index]!.parts) {
    const rate = arrivalRateOf(network, rates, part);
    if (!(rate > 0) || !Number.isFinite(rate)) continue;
    total += rate;
    sum += rate * arrivals[part]!;
  }
  return total > 0 && sum !== total ? { arrivals: sum / total } : {};
}

function nodeOf(demanded: readonly Demanded[], source: number | undefined): VariabilityNode {
  if (source !== undefined) return { utilization: 0, servers: 1, groups: 1, variability: source, isSource: true };
  let groups = 0;
  let servers = 0;
  let work = 0;
  for (const { pool, demand } of demanded) {
    groups += pool.groups;
    servers += pool.groups * pool.servers;
    work += pool.groups * demand.work;
  }
  const utilization = work > 0 && Number.isFinite(servers) ? work / servers : 0;
  return {
    utilization: Number.isFinite(utilization) ? utilization : 1,
    servers: servers / groups,
    groups,
    variability: serviceVariability(demanded),
    isSource: false,
  };
}

/** Of all groups together; 1 where it does not show in the departures. */
function serviceVariability(demanded: readonly Demanded[]): number {
  let rate = 0;
  let work = 0;
  let square = 0;
  for (const { pool, demand } of demanded) {
    if (pool.discipline === 'processorSharing' || !Number.isFinite(pool.servers)) return 1;
    if (demand.exponential && demanded.length === 1) return 1;
    rate += pool.groups * demand.rate;
    work += pool.groups * demand.work;
    square += pool.groups * demand.square;
  }
  const scv = (square * rate) / (work * work) - 1;
  return Number.isFinite(scv) && Math.abs(scv - 1) > 1e-9 ? Math.max(0, scv) : 1;
}

/** What the streams send from station to station, for one request a second of each. */
interface Pattern {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Operations per request along each pair of stations, by stream. */
  readonly amounts: readonly Float64Array[];
}

/** Kept by the visits: where nothing depends on the load, they are the same at every load. */
const patterns = new WeakMap<readonly Float64Array[], Pattern>();

function flowsOf(
  network: Network,
  streamRates: Float64Array,
  visits: readonly Float64Array[],
  thinning: Thinning,
): readonly VariabilityFlow[] {
  let pattern = patterns.get(visits);
  if (!pattern) {
    pattern = patternOf(network, visits, thinning);
    patterns.set(visits, pattern);
  }
  const { from, to, amounts } = pattern;
  const flows: VariabilityFlow[] = [];
  for (let pair = 0; pair < from.length; pair++) {
    let rate = 0;
    for (let i = 0; i < amounts.length; i++) {
      const amount = amounts[i]![pair]!;
      if (amount > 0) rate += streamRates[i]! * amount;
    }
    if (rate > 0 && Number.isFinite(rate)) flows.push({ from: from[pair]!, to: to[pair]!, rate });
  }
  return flows;
}

function patternOf({ streams, stations }: Network, visits: readonly Float64Array[], thinning: Thinning): Pattern {
  const places = new Map<number, number>();
  const parts = streams.map((stream, i) => {
    const found: (readonly [place: number, amount: number])[] = [];
    for (let node = 0; node < stream.station.length; node++) {
      const count = visits[i]![node]!;
      if (!(count > 0)) continue;
      const from = stream.station[node]!;
      for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
        const amount = count * edgeWeight(stream, edge, from, thinning);
        if (!(amount > 0)) continue;
        const key = from * stations.length + stream.station[stream.target[edge]!]!;
        const place = places.get(key) ?? places.size;
        places.set(key, place);
        found.push([place, amount]);
      }
    }
    return found;
  });
  const keys = [...places.keys()];
  return {
    from: Int32Array.from(keys, (key) => Math.floor(key / stations.length)),
    to: Int32Array.from(keys, (key) => key % stations.length),
    amounts: parts.map((found) => {
      const amounts = new Float64Array(keys.length);
      for (const [place, amount] of found) amounts[place] = amounts[place]! + amount;
      return amounts;
    }),
  };
}
