/** What requests do while they hold a thread or a connection, as a closed network. */
import { mode, type Station } from '../network/network.ts';
import { operationCount } from '../network/operation.ts';
import { type InnerNetwork, type InnerStation, limitedQueue } from '../queueing/index.ts';
import { arrivalRateOf, slowdownOf } from './demand.ts';
import { linkRates } from './edges.ts';
import type { PoolState } from './pool-load.ts';
import type { State } from './state.ts';
import { answersOnly, edgeWeight, type Thinning } from './traffic.ts';
import { transferHeld } from './transfers.ts';
import type { CallTimes } from './trees.ts';

/** Requests per second that take a place, and what they do with it. */
export interface Start {
  readonly stream: number;
  readonly node: number;
  readonly rate: number;
  /** Seconds to the node and back, inside. */
  readonly roundTrip: number;
  /** Of a connection. */
  readonly edge?: number;
}

/** A limit with what is behind it. */
export interface Holder {
  /** Equal, separate limits: one for each replica, or one for all. */
  readonly units: number;
  /** Requests per second and unit. */
  readonly rate: number;
  /** Places of a unit, and how many of them are worth counting. */
  readonly limit: number;
  readonly places: number;
  readonly contents: Contents;
  readonly inner: InnerNetwork;
  /** Seconds that a lone request holds its place. */
  readonly alone: number;
  /** Throughput of one unit with 1, 2, … requests inside; absent where there are too many places. */
  readonly rates?: Float64Array;
}

/** What one request does behind a limit, on average. */
export interface Contents {
  readonly delay: number;
  readonly delayVariance: number;
  /** The cores of the holder itself. */
  readonly own?: Use & { readonly servers: number };
  /** Cores elsewhere: of a pool of a station. */
  readonly pools: readonly (Use & { readonly station: number; readonly pool: number })[];
  /** Further limits behind this one. */
  readonly holders: readonly (Inner & { readonly visits: number })[];
}

interface Use {
  readonly visits: number;
  /** Seconds of service, and their variance in s². */
  readonly work: number;
  readonly variance: number;
}

interface Inner {
  readonly holder: Holder;
  /** All operations per second there. */
  readonly arrivals: number;
}

/** Where the walk asks for limits behind the one it is in. */
export interface KnownHolders {
  readonly ofStation: (station: number) => Holder | undefined;
  readonly ofLink: (link: number) => Holder | undefined;
}

/** Less of a station's work than this comes from a limit whose effect there is not worth following. */
const LEAST_SHARE = 0.02;

/** Follows requests behind a limit. */
export class InnerWalk {
  private readonly state: State;
  private readonly whole: readonly Float64Array[];
  private readonly calls: readonly (CallTimes | undefined)[] | undefined;
  private readonly known: KnownHolders;
  private readonly thinning: Thinning;
  /** Which part of what comes to a station by other ways is in the way: users who are few are not in their own way. */
  private readonly interference: number;

  constructor(
    state: State,
    whole: readonly Float64Array[],
    calls: readonly (CallTimes | undefined)[] | undefined,
    known: KnownHolders,
    interference = 1,
  ) {
    this.interference = interference;
    this.state = state;
    this.whole = whole;
    this.calls = calls;
    this.known = known;
    this.thinning = answersOnly(state.thinning);
  }

  /** What the requests that begin at `starts` do; `own` says whose threads they hold. */
  contentsOf(starts: readonly Start[], own?: { readonly station: number; readonly units: number }): Contents {
    const sums = new Sums();
    const total = starts.reduce((sum, { rate }) => sum + rate, 0);
    for (const start of starts) this.follow(start, start.rate / total, own?.station, sums);
    const used = sums.own;
    const stations = this.state.network.stations;
    const servers = own && this.serversOf(stations[own.station]!, own.units);
    return {
      delay: sums.delay,
      delayVariance: sums.delayVariance,
      pools: [...sums.pools.values()],
      holders: [...sums.holders.values()],
      ...(used.work > 0 && servers !== undefined ? { own: { ...used, servers } } : {}),
    };
  }

  /** The network behind a limit that lets `rate` requests per second in, where everything else asks `scale` times as much. */
  innerOf({ delay, delayVariance, own, pools, holders }: Contents, rate: number, scale: number): InnerNetwork {
    const stations: InnerStation[] = [];
    let seconds = delay;
    let spread = delayVariance;
    if (own) stations.push({ ...own, demand: own.work, background: 0 });
    for (const { station, pool, visits, work, variance } of pools) {
      const one = this.state.pools[station]![pool]!;
      const { groups, servers } = one.pool;
      const { host, target } = this.state.network.stations[station]!;
      if (scale !== 1 && target !== undefined) {
        // An autoscaler adds replicas as the load grows.
        seconds += groups * work;
        spread += groups * variance;
        continue;
      }
      const demand = (host === undefined ? one : this.state.hosts[host]!).demand.work;
      const background = Math.max(0, (demand - (rate / scale) * work) * scale) * this.interference;
      if (rate * work < LEAST_SHARE * demand * scale || !isOrdinary(one)) {
        const wait = waitIn(one, scale);
        seconds += groups * (work + visits * wait);
        spread += groups * (variance + visits * wait * wait);
        continue;
      }
      for (let group = 0; group < groups; group++)
        stations.push({ demand: work, visits, variance, servers, background });
    }
    for (const { holder, arrivals, visits } of holders) {
      const others = Math.max(0, arrivals * scale - rate * visits) * this.interference;
      const rates = holder.rates && ratesOf(holder, others);
      if (rates && rate * visits >= LEAST_SHARE * arrivals * scale) stations.push({ visits, rates });
      else {
        const once = holder.rates ? limitedQueue(holder.rate, holder.rates).inSystem / holder.rate : holder.alone;
        seconds += visits * once;
        spread += visits * once * once;
      }
    }
    return { delay: seconds, delayVariance: spread, stations };
  }

  /** Multiple of the load at which the first station behind a limit is full. */
  firstFull({ own, pools, holders }: Contents, rate: number): number {
    let first = own ? own.servers / (rate * own.work) : Number.POSITIVE_INFINITY;
    for (const { station, pool } of pools) {
      if (this.state.network.stations[station]!.target !== undefined) continue;
      const host = this.state.network.stations[station]!.host;
      const one = this.state.pools[station]![pool]!;
      const { work } = (host === undefined ? one : this.state.hosts[host]!).demand;
      first = Math.min(first, one.pool.servers / work);
    }
    for (const { holder } of holders) if (holder.rates) first = Math.min(first, holder.rates.at(-1)! / holder.rate);
    return first;
  }

  /** Seconds that a request is inside when nobody else is. */
  aloneTime({ delay, own, pools, holders }: Contents): number {
    let seconds = delay + (own?.work ?? 0);
    for (const { station, pool, work } of pools) seconds += work * this.state.pools[station]![pool]!.pool.groups;
    for (const { holder, visits } of holders) seconds += visits * holder.alone;
    return seconds;
  }

  private serversOf(station: Station, units: number): number | undefined {
    const { pool } = this.state.pools[station.index]![0]!;
    if (!Number.isFinite(station.cores)) return undefined;
    return units === 1 && station.host === undefined ? pool.servers : station.cores;
  }

  private follow(start: Start, share: number, self: number | undefined, sums: Sums): void {
    const stream = this.state.network.streams[start.stream]!;
    const counts = new Float64Array(stream.station.length);
    sums.delay += share * start.roundTrip;
    counts[start.node] = share;
    for (let node = start.node; node < counts.length; node++) {
      const count = counts[node]!;
      if (!(count > 0)) continue;
      const index = stream.station[node]!;
      const inner = index === self ? undefined : this.known.ofStation(index);
      if (inner) {
        const arrivals = arrivalRateOf(this.state.network, this.state.rates, index);
        sums.addHolder(`s${index}`, { holder: inner, arrivals }, count);
        continue;
      }
      this.addOwn(start.stream, node, count, self, sums);
      for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++)
        if (stream.mode[edge] !== mode.publish) this.addCall(start, edge, node, count, counts, sums);
    }
  }

  private addCall(start: Start, edge: number, node: number, count: number, counts: Float64Array, sums: Sums): void {
    const stream = this.state.network.streams[start.stream]!;
    const weight = count * edgeWeight(stream, edge, stream.station[node]!, this.thinning);
    if (!(weight > 0)) return;
    const special = this.calls?.[start.stream]?.held[edge] ?? Number.NaN;
    const target = stream.target[edge]!;
    const number = stream.link[edge]!;
    if (!Number.isNaN(special)) {
      sums.addDelay(weight, special, 1);
      return;
    }
    const pool = number >= 0 ? this.known.ofLink(number) : undefined;
    if (pool) {
      sums.addHolder(`l${number}`, { holder: pool, arrivals: linkRates(this.state)[number]! }, weight);
      return;
    }
    sums.delay += weight * stream.roundTrip[edge]!;
    sums.addDelay(weight, transferHeld(this.state, number), 1);
    if (target > node) counts[target] = counts[target]! + weight;
    // Back into a cycle: as long as it takes without a limit.
    else sums.addDelay(weight, this.whole[start.stream]![target]!, 1);
  }

  /** The work of an operation at its station itself. */
  private addOwn(index: number, node: number, count: number, self: number | undefined, sums: Sums): void {
    const { network, pools } = this.state;
    const stream = network.streams[index]!;
    const station = network.stations[stream.station[node]!]!;
    const kind = stream.operation[node]!;
    const own = pools[station.index]!;
    const first = own[0]!.pool;
    const time =
      station.service[stream.class * operationCount + kind]! * slowdownOf(station, first.servers * first.groups);
    const variability = station.variability[stream.class]!;
    sums.addDelay(count, station.latency[kind]!, variability);
    if (!Number.isFinite(station.cores)) {
      sums.addDelay(count, time, variability);
      return;
    }
    if (station.index === self && station.host === undefined) {
      addUse(sums.own, count, time, variability);
      return;
    }
    for (const [pool, one] of own.entries()) {
      const share = count * one.pool.weight[kind]!;
      if (share > 0) addUse(sums.poolOf(station.index, pool), share, time, variability);
    }
  }
}

class Sums {
  delay = 0;
  delayVariance = 0;
  readonly own: Mutable<Use> = { visits: 0, work: 0, variance: 0 };
  readonly pools = new Map<string, Mutable<Use> & { readonly station: number; readonly pool: number }>();
  readonly holders = new Map<string, Inner & { visits: number }>();

  addDelay(visits: number, time: number, variability: number): void {
    if (!(time > 0)) return;
    this.delay += visits * time;
    this.delayVariance += varianceOf(visits, time, variability);
  }

  poolOf(station: number, pool: number): Mutable<Use> {
    const key = `${station} ${pool}`;
    let known = this.pools.get(key);
    if (!known) {
      known = { station, pool, visits: 0, work: 0, variance: 0 };
      this.pools.set(key, known);
    }
    return known;
  }

  addHolder(key: string, inner: Inner, visits: number): void {
    const known = this.holders.get(key);
    if (known) known.visits += visits;
    else this.holders.set(key, { ...inner, visits });
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function addUse(use: Mutable<Use>, visits: number, time: number, variability: number): void {
  use.visits += visits;
  use.work += visits * time;
  use.variance += varianceOf(visits, time, variability);
}

/** Of so many independent visits; a fraction of one is a visit with that probability. */
function varianceOf(visits: number, time: number, variability: number): number {
  const chance = visits < 1 ? visits * (1 - visits) : 0;
  return (visits * variability + chance) * time * time;
}

/** True where the queue is one of product form, or near it. */
function isOrdinary({ shape, pool, demand }: PoolState): boolean {
  return Number.isFinite(pool.servers) && !pool.scatter && shape !== 'exponential' && demand.places === undefined;
}

/** Beyond the load that was solved for, a wait is taken to grow like that of one server. */
function waitIn({ wait, utilization }: PoolState, scale: number): number {
  if (scale === 1 || wait === 0) return wait;
  if (utilization * scale >= 1) return Number.POSITIVE_INFINITY;
  return (wait * scale * (1 - utilization)) / (1 - utilization * scale);
}

/** Throughput of all units of a limit with 1, 2, … requests inside, without the part that `others` take per second. */
function ratesOf({ rates, units }: Holder, others: number): Float64Array | undefined {
  const most = rates!.length;
  const full = units * rates![most - 1]!;
  const left = Math.max(0, 1 - others / full);
  const count = Math.min(MOST_COUNTED, units * most);
  return Float64Array.from({ length: count }, (_, n) => left * units * between(rates!, (n + 1) / units));
}

const MOST_COUNTED = 500;

/** The rate with a fractional number inside. */
function between(rates: Float64Array, inside: number): number {
  if (inside >= rates.length) return rates[rates.length - 1]!;
  if (inside <= 1) return inside * rates[0]!;
  const below = Math.floor(inside);
  return rates[below - 1]! + (inside - below) * (rates[below]! - rates[below - 1]!);
}
