/**
 * The steady state of a network at a load, as flat tables. Visits follow from the traffic equations; hit ratios that depend on the
 * request rate, and refusals by bounded queues and limits, thin the flow and are found by iteration. Closed populations
 * ask at the rate X at which X × (think time + response) is their number (the interactive response time law).
 */

import { hitRatioAt } from '../network/hits.ts';
import type { Network, Source, Station, Stream } from '../network/network.ts';
import { operation, operationCount } from '../network/operation.ts';
import { arrivalsOf, groupDemand, hostArrivals } from './arrivals.ts';
import { arrivalRateOf, demandOf, hostDemand, type Rates, rateOf } from './demand.ts';
import { limitsOf } from './limits.ts';
import { keptShare, type PoolState, poolAt, solvePool } from './pool-load.ts';
import { hostPool, poolsOf } from './pools.ts';
import { setCalls } from './retries.ts';
import { type CallsByStream, noThinning, type Thinning, visitsOf } from './traffic.ts';

/** At which load to solve, and how. */
export interface LoadOptions {
  /** Multiple of the declared load. */
  readonly scale: number;
  /** `mean` leaves the peak factor out. */
  readonly load: 'peak' | 'mean';
  /** Requests per second of every source, instead of those that follow from scale and load. */
  readonly rates?: Float64Array;
  /** Nothing is refused and nothing tried again: what would be asked of every component if those before it could take it. */
  readonly lossless?: boolean;
}

/** A network at a load. */
export interface State {
  readonly network: Network;
  readonly options: LoadOptions;
  /** Requests per second by source. */
  readonly sourceRates: Float64Array;
  /** Requests per second by stream. */
  readonly streamRates: Float64Array;
  /** Visits per request, by stream and node. */
  readonly visits: readonly Float64Array[];
  readonly rates: Rates;
  readonly thinning: Thinning;
  /** Replicas that run, by station. */
  readonly replicas: Float64Array;
  /** Pools by station. */
  readonly pools: readonly (readonly PoolState[])[];
  /** The same as the requests of each stream find them, where closed and open ones wait differently. */
  readonly streamPools?: readonly (readonly (readonly PoolState[])[])[];
  /** The cores of each host. */
  readonly hosts: readonly PoolState[];
  /** Fraction of the arrivals that is ever answered, by station: let in, and not left behind in a queue that grows. */
  readonly done: Float64Array;
  /** By what waits for threads and connections are longer than in the open network; 1 if absent. */
  readonly waitScale?: number;
  /** Squared coefficient of variation of the times between arrivals, by station; absent where all are random. */
  readonly arrivals?: Float64Array;
}

/**
 * Solves the network with sources that ask at the given rates. The iteration for retries begins at rest, without any, unless it is told how
 * the calls go at first. It ends early once a state on the way is enough to know.
 */
export function stateAt(
  network: Network,
  options: LoadOptions & { readonly rates: Float64Array },
  start?: CallsByStream,
  isEnough?: (state: State) => boolean,
): State {
  const streamRates = Float64Array.from(network.streams, (stream) => streamRate(network, stream, options.rates));
  // Where nothing depends on the load, the tables are never written to, and all states share them.
  const thinning: Flows = network.loadDependent ? noThinning(network) : { ...sharedThinning(network) };
  if (start) thinning.calls = start;
  let state = step(network, options, streamRates, thinning);
  const overtaken = !options.lossless && setWorked(state, thinning);
  if (overtaken) state = step(network, options, streamRates, thinning);
  if (!network.loadDependent && !network.impatient && !overtaken) return state;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const hitsMoved = network.loadDependent && setHits(state, thinning);
    const limitsMoved = network.loadDependent && !options.lossless && setLimits(state, thinning);
    const callsMoved = network.impatient && !options.lossless && setCalls(state, thinning);
    const workMoved = !options.lossless && setWorked(state, thinning);
    if (!hitsMoved && !limitsMoved && !callsMoved && !workMoved) break;
    state = step(network, options, streamRates, thinning);
    if (isEnough?.(state)) break;
  }
  return state;
}

/** Requests per second of an open source. */
export function openRate(source: Source, options: LoadOptions): number {
  return source.rate * peakOf(source, options) * options.scale;
}

/** Users of a closed source who are active. */
export function customersOf(source: Source, options: LoadOptions): number {
  return (source.closed?.customers ?? 0) * peakOf(source, options) * options.scale;
}

function sharedThinning(network: Network): Thinning {
  let thinning = thinningByNetwork.get(network);
  if (!thinning) {
    thinning = noThinning(network);
    thinningByNetwork.set(network, thinning);
  }
  return thinning;
}

const thinningByNetwork = new WeakMap<Network, Thinning>();

/** What thins the flow, as far as it is known. */
type Flows = Thinning & { calls?: Thinning['calls']; worked?: Thinning['worked'] };

const MOST_ROUNDS = 50;

function peakOf(source: Source, options: LoadOptions): number {
  return options.load === 'mean' ? 1 : source.peak;
}

function streamRate(network: Network, stream: Stream, rates: Float64Array): number {
  return rates[stream.source]! * network.classes[stream.class]!.share;
}

function step(network: Network, options: LoadOptions, streamRates: Float64Array, thinning: Thinning): State {
  const visits = isFree(network, thinning)
    ? freeVisits(network, thinning)
    : network.streams.map((stream) => visitsOf(stream, thinning));
  const rates = ratesOf(network, streamRates, visits);
  const replicas = replicasOf(network, rates);
  const demanded = demandsOf(network, rates, replicas, thinning);
  const arrivals = arrivalsOf(network, streamRates, visits, thinning, demanded.stations);
  const hosts = demanded.hosts.map(({ pool, demand }, index) =>
    solvePool(pool, { ...demand, ...hostArrivals(network, rates, index, arrivals) }),
  );
  const pools = network.stations.map((station) => {
    const host = isHosted(station) ? hosts[station.host!] : undefined;
    return asBefore(
      demanded.stations[station.index]!.map(({ pool, demand }) =>
        host ? { ...host, pool } : poolAt(pool, groupDemand(network, rates, station.index, pool, demand, arrivals)),
      ),
    );
  });
  const sourceRates = options.rates ?? new Float64Array(network.sources.length);
  return {
    network,
    options,
    sourceRates,
    streamRates,
    visits,
    rates,
    thinning: network.loadDependent ? copyOf(thinning) : keptOf(thinning),
    replicas,
    pools,
    hosts,
    done: doneOf(thinning, pools),
    ...(arrivals ? { arrivals } : {}),
  };
}

/** The same list for the same pools, so that what was made for them last can be found by it. */
function asBefore(pools: readonly PoolState[]): readonly PoolState[] {
  const [first] = pools;
  const before = first && listOf.get(first);
  if (before?.length === pools.length && before.every((pool, i) => pool === pools[i])) return before;
  if (first) listOf.set(first, pools);
  return pools;
}

const listOf = new WeakMap<PoolState, readonly PoolState[]>();

/** Replicas that run: the same at every load where nothing scales by itself. */
function replicasOf(network: Network, rates: Rates): Float64Array {
  const known = fixedReplicas.get(network);
  if (known) return known;
  const replicas = new Float64Array(network.stations.length);
  for (let index = 0; index < replicas.length; index++) replicas[index] = replicasAt(network, rates, index);
  if (network.stations.every(({ target }) => target === undefined)) fixedReplicas.set(network, replicas);
  return replicas;
}

const fixedReplicas = new WeakMap<Network, Float64Array>();

function doneOf({ accepted }: Thinning, pools: State['pools']): Float64Array {
  // Where everything keeps up, what is let in is done.
  if (pools.every((own) => keepsUp(own) === 1)) return accepted.slice();
  return accepted.map((share, index) => share * keepsUp(pools[index]!));
}

/** What every group of every station, and every host, has to do. */
function demandsOf(network: Network, rates: Rates, replicas: Float64Array, { admitted }: Thinning) {
  const hosts = network.hosts.map((host) => ({
    pool: hostPool(host),
    demand: hostDemand(network, rates, admitted, host.parts),
  }));
  const stations = network.stations.map((station) =>
    poolsOf(station, replicas[station.index]!).map((pool) => ({
      pool,
      demand: isHosted(station)
        ? hosts[station.host!]!.demand
        : demandOf(network, rates, station, pool, admitted[station.index]),
    })),
  );
  return { hosts, stations };
}

function isHosted({ host, cores }: Station): boolean {
  return host !== undefined && Number.isFinite(cores);
}

/** True where nothing is refused or tried again, and caches find what they find at any load. */
function isFree(network: Network, { hit, accepted, passed, calls, worked }: Thinning): boolean {
  if (calls || worked) return false;
  const all = (share: number) => share === 1;
  return !network.loadDependent || (accepted.every(all) && passed.every(all) && isEqual(hit, network.hits));
}

function isEqual(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** Visits where nothing thins the flow but hit ratios that do not depend on the load: the same at every load. */
function freeVisits(network: Network, thinning: Thinning): readonly Float64Array[] {
  let visits = visitsByNetwork.get(network);
  if (!visits) {
    visits = visitsBefore(network) ?? network.streams.map((stream) => visitsOf(stream, thinning));
    visitsByNetwork.set(network, visits);
    allFree.add(visits);
    const [first] = network.streams;
    if (first) freeByStream.set(first, { streams: network.streams, hits: network.hits, visits });
  }
  return visits;
}

/** Those of the last network with the same streams, if its caches find as much. */
function visitsBefore({ streams, hits }: Network): readonly Float64Array[] | undefined {
  const before = streams[0] && freeByStream.get(streams[0]);
  if (before?.streams.length !== streams.length || !isEqual(before.hits, hits)) return undefined;
  return before.streams.every((stream, i) => stream === streams[i]) ? before.visits : undefined;
}

const freeByStream = new WeakMap<
  Stream,
  Pick<Network, 'streams' | 'hits'> & { readonly visits: readonly Float64Array[] }
>();

const visitsByNetwork = new WeakMap<Network, readonly Float64Array[]>();
const allFree = new WeakSet<State['visits']>();

/** Says that a network has the flows of another one, so that what follows from these alone is computed once. */
export function sharesVisits(from: Network, to: Network): void {
  visitsByNetwork.set(to, freeVisits(from, noThinning(from)));
}

/** True where the visits are the same at every load. */
export function hasFreeVisits({ visits }: State): boolean {
  return allFree.has(visits);
}

function copyOf({ hit, admitted, accepted, passed, worked, calls }: Thinning): Thinning {
  const copies = { hit: hit.slice(), admitted: admitted.slice(), accepted: accepted.slice(), passed: passed.slice() };
  return { ...copies, ...(worked ? { worked: worked.slice() } : {}), ...(calls ? { calls } : {}) };
}

/** A copy where only what is made anew changes. */
function keptOf(thinning: Flows): Thinning {
  return thinning.worked ? { ...thinning, worked: thinning.worked.slice() } : { ...thinning };
}

/** Operations per second of every station by the visits of the streams. */
export function ratesOf(network: Network, streamRates: Float64Array, visits: readonly Float64Array[]): Rates {
  const classes = network.classes.length;
  const rates = new Float64Array(network.stations.length * operationCount * classes);
  for (const [i, stream] of network.streams.entries()) {
    const rate = streamRates[i]!;
    if (rate === 0) continue;
    const counts = visits[i]!;
    for (let node = 0; node < counts.length; node++) {
      if (counts[node] === 0) continue;
      const key = (stream.station[node]! * operationCount + stream.operation[node]!) * classes + stream.class;
      rates[key] = rates[key]! + rate * counts[node]!;
    }
  }
  return rates;
}

/** The least number of replicas that stays below the autoscaler's target, within its range. */
function replicasAt(network: Network, rates: Rates, index: number): number {
  const station = network.stations[index]!;
  const { from, to } = station.replicas;
  if (station.target === undefined || from === to) return to === from ? from : from;
  const enough = (count: number) => {
    const target = station.target!;
    return poolsOf(station, count).every((pool) => {
      const { work } = demandOf(network, rates, station, pool);
      return work <= target * pool.servers;
    });
  };
  return leastReplicas(enough, from, to);
}

/** The least count in from .. to that is enough, by doubling, then by bisection; `to` where none is. */
export function leastReplicas(enough: (count: number) => boolean, from: number, to: number): number {
  let low = from;
  let high = from;
  while (high < to && !enough(high)) {
    low = high + 1;
    high = Math.min(to, high * 2);
  }
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Fraction of the work that gets done where more arrives than can be served. */
function keepsUp(pools: readonly PoolState[]): number {
  let least = 1;
  for (const pool of pools) least = Math.min(least, keptShare(pool));
  return least;
}

/** Updates in place what workers that only take messages get done of them; true if that changed. */
function setWorked({ network, rates, pools }: State, thinning: Flows): boolean {
  let moved = false;
  for (const { index } of network.stations) {
    const messages = rateOf(network, rates, index, operation.message);
    const behind = messages > 0 && messages === arrivalRateOf(network, rates, index);
    const share = behind ? keepsUp(pools[index]!) : 1;
    if (Math.abs(share - (thinning.worked?.[index] ?? 1)) <= 1e-10) continue;
    thinning.worked ??= new Float64Array(network.stations.length).fill(1);
    thinning.worked[index] = share;
    moved = true;
  }
  return moved;
}

/** Updates the hit ratios in place; true if one changed. */
function setHits({ network, rates }: State, { hit }: Thinning): boolean {
  let moved = false;
  for (const station of network.stations) {
    if (!station.cache) continue;
    const ratio = hitRatioAt(station.cache, arrivalRateOf(network, rates, station.index)) ?? 0;
    if (Math.abs(ratio - hit[station.index]!) > 1e-10) moved = true;
    hit[station.index] = ratio;
  }
  return moved;
}

/** Updates in place what is let in; true if that changed. */
function setLimits(state: State, thinning: Thinning): boolean {
  const limits = limitsOf(state);
  const moved = [
    replace(thinning.admitted, limits.admitted),
    replace(thinning.accepted, limits.accepted),
    replace(thinning.passed, limits.passed),
  ];
  return moved.includes(true);
}

function replace(old: Float64Array, next: Float64Array): boolean {
  const moved = next.some((value, index) => Math.abs(value - old[index]!) > 1e-10);
  old.set(next);
  return moved;
}

/** A state as the requests of one stream find it. */
export function seenBy(state: State, stream: number): State {
  const pools = state.streamPools?.[stream];
  if (!pools) return state;
  let view = views.get(pools);
  if (!view) {
    const { streamPools: _, ...rest } = state;
    view = { ...rest, pools };
    views.set(pools, view);
  }
  return view;
}

const views = new WeakMap<State['pools'], State>();
