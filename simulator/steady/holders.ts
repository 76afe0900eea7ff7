/**
 * Threads and pools of connections: what a request holds while it waits for others. What is behind each limit is solved as a closed network
 * and replaced by one server whose rate depends on how many are inside (`flowEquivalentRates`), from the innermost limit
 * outwards, so that a limit behind another is one station of it: layers, as in Rolia and Sevcik, "The method of layers",
 * IEEE Trans. Software Engineering 21, 1995. The wait for a thread is what the limit adds to the time of a request.
 */

import { mode } from '../network/network.ts';
import { erlangC, flowEquivalentRates, limitedQueue, unlimitedTime, waitFactor } from '../queueing/index.ts';
import { forEachEdge } from './edges.ts';
import { type Holder, InnerWalk, type Start } from './inner-networks.ts';
import type { State } from './state.ts';
import { transferHeld } from './transfers.ts';
import type { CallTimes } from './trees.ts';

/** A wait of some of the requests: its mean over all of them, and how many it hits. */
export interface Wait {
  readonly mean: number;
  readonly probability: number;
}

/** Of all threads and connections at a load. */
export interface Holders {
  /** Wait for a thread by station. */
  readonly threadWait: readonly Wait[];
  /** Wait for a connection by link. */
  readonly poolWait: readonly Wait[];
  /** Threads in use, by station, all replicas together. */
  readonly threads: Float64Array;
  /** Connections in use, by link. */
  readonly connections: Float64Array;
}

/** No wait at all. */
export const noWait: Wait = { mean: 0, probability: 0 };

/** What threads and pools do at a load; undefined where the network has none. */
export function holdersOf(
  state: State,
  whole: readonly Float64Array[],
  calls?: readonly (CallTimes | undefined)[],
): Holders | undefined {
  if (!hasHolders(state)) return undefined;
  const layers = new Layers(state, whole, calls);
  const { network } = state;
  const threads = new Float64Array(network.stations.length);
  const connections = new Float64Array(network.connections.length);
  return {
    threadWait: network.stations.map((_, index) => take(layers.ofStation(index), threads, index)),
    poolWait: network.connections.map((_, index) => take(layers.ofLink(index), connections, index)),
    threads,
    connections,
  };
}

/** True where some station has threads, or some connection a pool. */
export function hasHolders({ network }: State): boolean {
  return network.stations.some((s) => s.threads !== undefined) || network.connections.some((l) => l.pool !== undefined);
}

/**
 * Multiple of a state's load at which the threads of a station (or the connections of a pool) are all in use, with so many replicas;
 * `Infinity` where they never are. What others ask of the stations behind grows along. Where one of these is full at about
 * the same load, it is that one's fault: then it is the bound with the times of a lone request (asymptotic bound,
 * Lazowska et al. 1984, §5.2).
 */
export function heldUntil(state: State, whole: readonly Float64Array[], which: Which, replicas: number): number {
  return new Layers(state, whole, undefined).saturationOf(which, replicas);
}

/**
 * Requests per second of so many closed users around the limits of a network: the whole network is one server of state-dependent rate, the
 * throughput with everybody in it, each limit a station of it (Chandy, Herzog and Woo 1975). The state says what else
 * asks of the stations, and how often the users themselves come by other ways.
 */
export function closedThroughput(
  state: State,
  whole: readonly Float64Array[],
  users: { readonly source: number; readonly customers: number; readonly thinkTime: number },
): number {
  const { source, customers, thinkTime } = users;
  const onlyThem = state.network.sources.length === 1;
  return new Layers(state, whole, undefined, onlyThem ? 1 - 1 / customers : 1).throughputOf(
    source,
    customers,
    thinkTime,
  );
}

/** A limit: the threads of a station, or the connections of a link. */
export type Which = { readonly station: number } | { readonly link: number };

function take(solved: SolvedHolder | undefined, used: Float64Array, index: number): Wait {
  if (!solved) return noWait;
  used[index] = solved.used;
  return solved.wait;
}

interface SolvedHolder {
  readonly wait: Wait;
  readonly used: number;
}

/** More places than these hardly ever limit anything before something behind them does. */
const MOST_PLACES = 500;

/** Solves limits once each, the inner ones first. */
class Layers {
  private readonly state: State;
  private readonly walk: InnerWalk;
  private readonly holders = new Map<string, Holder | undefined>();

  constructor(
    state: State,
    whole: readonly Float64Array[],
    calls: readonly (CallTimes | undefined)[] | undefined,
    interference = 1,
  ) {
    this.state = state;
    const known = {
      ofStation: (index: number) => this.holderOf({ station: index }),
      ofLink: (index: number) => this.holderOf({ link: index }),
    };
    this.walk = new InnerWalk(state, whole, calls, known, interference);
  }

  ofStation(station: number): SolvedHolder | undefined {
    return solve(this.holderOf({ station }));
  }

  ofLink(link: number): SolvedHolder | undefined {
    return solve(this.holderOf({ link }));
  }

  saturationOf(which: Which, replicas: number): number {
    const holder = this.build(which, replicas);
    if (!holder || !(holder.rate > 0) || !(holder.alone > 0)) return Number.POSITIVE_INFINITY;
    const alone = holder.limit / (holder.rate * holder.alone);
    if (!holder.rates) return alone;
    const behind = this.walk.firstFull(holder.contents, holder.rate) * SAME_LOAD;
    const excess = (scale: number) => {
      const inner = this.walk.innerOf(holder.contents, holder.rate * scale, scale);
      return flowEquivalentRates(inner, holder.places).at(-1)! - holder.rate * scale;
    };
    const most = Math.min(alone, behind);
    return excess(most) >= 0 ? alone : rootOf(excess, most);
  }

  throughputOf(source: number, customers: number, thinkTime: number): number {
    const { network, streamRates } = this.state;
    const starts = network.streams.flatMap((stream, i): readonly Start[] =>
      stream.source === source && streamRates[i]! > 0
        ? [{ stream: i, node: 0, rate: streamRates[i]!, roundTrip: 0 }]
        : [],
    );
    const rate = starts.reduce((sum, start) => sum + start.rate, 0);
    if (!(rate > 0)) return 0;
    const { delay, stations } = this.walk.innerOf(this.walk.contentsOf(starts), rate, 1);
    return flowEquivalentRates({ delay: delay + thinkTime, stations }, customers).at(-1)!;
  }

  private holderOf(which: Which): Holder | undefined {
    const key = 'station' in which ? `s${which.station}` : `l${which.link}`;
    if (this.holders.has(key)) return this.holders.get(key);
    // Who calls itself through others is inside already.
    this.holders.set(key, undefined);
    const index = 'station' in which ? which.station : this.state.network.connections[which.link]!.from;
    const holder = this.build(which, this.state.replicas[index]!);
    this.holders.set(key, holder);
    return holder;
  }

  private build(which: Which, replicas: number): Holder | undefined {
    const { network, pools } = this.state;
    const own = 'station' in which;
    const places = own ? network.stations[which.station]!.threads : network.connections[which.link]!.pool;
    if (places === undefined) return undefined;
    const starts = own ? this.startsAt(which.station) : this.startsAlong(which.link);
    const total = starts.reduce((sum, { rate }) => sum + rate, 0);
    if (!(total > 0) || !Number.isFinite(total)) return undefined;
    // Workers of one queue, and parts of one host, share their threads as they share their cores.
    const together =
      own && (network.stations[which.station]!.host !== undefined || pools[which.station]![0]!.pool.groups === 1);
    const units = together ? 1 : replicas;
    const contents = this.walk.contentsOf(starts, own ? { station: which.station, units } : undefined);
    const rate = total / units;
    const limit = (places * replicas) / units;
    const inner = this.walk.innerOf(contents, rate, 1);
    const alone = this.walk.aloneTime(contents);
    const rates = limit <= MOST_PLACES ? flowEquivalentRates(inner, limit) : undefined;
    return {
      units,
      rate,
      places: Math.min(limit, MOST_PLACES),
      limit,
      contents,
      inner,
      alone,
      ...(rates ? { rates } : {}),
    };
  }

  /** Everything that takes a thread of a station. */
  private startsAt(station: number): readonly Start[] {
    const starts: Start[] = [];
    for (const [i, stream] of this.state.network.streams.entries()) {
      const rate = this.state.streamRates[i]! * this.state.thinning.admitted[station]!;
      for (let node = 1; node < stream.station.length; node++) {
        const visits = this.state.visits[i]![node]!;
        if (stream.station[node] === station && rate * visits > 0)
          starts.push({ stream: i, node, rate: rate * visits, roundTrip: 0 });
      }
    }
    return starts;
  }

  /** Everything that takes a connection of a pool. */
  private startsAlong(link: number): readonly Start[] {
    const starts: Start[] = [];
    forEachEdge(this.state, (stream, i, edge, rate) => {
      if (stream.link[edge] !== link || stream.mode[edge] === mode.publish) return;
      const roundTrip = stream.roundTrip[edge]! + transferHeld(this.state, link);
      starts.push({ stream: i, node: stream.target[edge]!, rate, roundTrip, edge });
    });
    return starts;
  }
}

function solve(holder: Holder | undefined): SolvedHolder | undefined {
  if (!holder) return undefined;
  const { rates, rate, units, limit, inner } = holder;
  const unlimited = unlimitedTime(inner, rate);
  if (!rates) return manyPlaces(unlimited.mean, rate, limit, units);
  const { inSystem, inside, waitProbability } = limitedQueue(rate, rates);
  if (inSystem === Number.POSITIVE_INFINITY) return { wait: { mean: inSystem, probability: 1 }, used: limit * units };
  // The server takes exponential times; the requests inside, which pass several stations, vary less.
  const factor = waitFactor({
    arrivalRate: rate,
    serviceTime: inside / rate,
    servers: limit,
    arrivalVariability: 1,
    serviceVariability: unlimited.variance / unlimited.mean ** 2,
  });
  const mean = (inside + factor * (inSystem - inside)) / rate - unlimited.mean;
  const waits = waitProbability > LEAST_PROBABILITY && mean > 0;
  return { wait: waits ? { mean, probability: waitProbability } : noWait, used: inside * units };
}

/** So seldom that it is the rounding of the probabilities. */
const LEAST_PROBABILITY = 1e-12;

/** Many places behave like so many servers of the time inside. */
function manyPlaces(time: number, rate: number, places: number, units: number): SolvedHolder {
  const offered = rate * time;
  if (!(offered < places)) return { wait: { mean: Number.POSITIVE_INFINITY, probability: 1 }, used: places * units };
  const probability = erlangC(places, offered);
  return { wait: { mean: (probability * time) / (places - offered), probability }, used: offered * units };
}

/** Enough to find a root of 1e-6 of the largest scale to three digits. */
const MOST_STEPS = 30;

/** What is full within 2 % of the same load is full at that load. */
const SAME_LOAD = 0.98;

/** Where a falling function of the scale crosses 0 below `most`, to 1e-6 relative. */
function rootOf(excess: (scale: number) => number, most: number): number {
  let low = 0;
  let high = most;
  for (let step = 0; step < MOST_STEPS && high - low > 1e-6 * high; step++) {
    const middle = (low + high) / 2;
    if (excess(middle) >= 0) low = middle;
    else high = middle;
  }
  return low;
}
