/**
 * Mean times: of an operation at a station, and of an operation with everything that it waits for. A caller uses its connections one after
 * the other, the `parallel` ones together, and holds its thread meanwhile; `publishes` is not waited for. Threads and connection pools add a wait of
 * their own (see `holders.ts`).
 */
import { mode, type Station, type Stream } from '../network/network.ts';
import { operationCount } from '../network/operation.ts';
import { solveLinear } from '../queueing/linear-solve.ts';
import { slowdownOf } from './demand.ts';
import { forEachEdge } from './edges.ts';
import { type Holders, hasHolders, holdersOf, noWait, type Wait } from './holders.ts';
import { waitAt } from './pool-load.ts';
import type { State } from './state.ts';
import { answersOnly, edgeWeight, isAwaited, type Thinning } from './traffic.ts';
import { transferMean } from './transfers.ts';
import { type CallTimes, callTimesOf, type TreeInputs } from './trees.ts';

/** Mean times of a state. */
export interface Responses {
  /** Seconds of an operation at its station alone, by stream and node. */
  readonly own: readonly Float64Array[];
  /** Seconds until an operation is answered, by stream and node; of node 0, until the users have their answer. */
  readonly whole: readonly Float64Array[];
  /** Requests that hold a thread (or an execution), by station. */
  readonly holding: Float64Array;
  /** Requests that hold a connection of the pool, by link. */
  readonly pooled: Float64Array;
  /** Wait for a thread by station. */
  readonly threadWait: readonly Wait[];
  /** Wait for a connection by link. */
  readonly poolWait: readonly Wait[];
  /** Calls that take another time than their targets, by stream; absent where there are none. */
  readonly calls?: readonly (CallTimes | undefined)[];
}

/** The mean times of a state; with `idle`, those that a lone request would see while the holders are still counted. */
export function responsesOf(state: State, idle = false): Responses {
  const { network } = state;
  const none = { threadWait: noWaits(network.stations.length), poolWait: noWaits(network.connections.length) };
  let responses = roundOf(state, none, idle);
  if (idle || !hasHolders(state)) return responses;
  // Calls with a time of their own hold what they hold for that time, which waits behind them lengthen.
  for (let round = 0; round < (responses.calls ? CALL_ROUNDS : 1); round++) {
    const holders = holdersOf(state, responses.whole, responses.calls);
    if (holders) responses = roundOf(state, scaledBy(holders, state.waitScale ?? 1), idle);
  }
  return responses;
}

/** Waits in another proportion to the open network's. */
function scaledBy(holders: Holders, by: number): Holders {
  if (by === 1) return holders;
  const scaled = (wait: Wait): Wait => (wait.mean > 0 ? { ...wait, mean: wait.mean * by } : wait);
  return { ...holders, threadWait: holders.threadWait.map(scaled), poolWait: holders.poolWait.map(scaled) };
}

/** What expressions need of the mean times: nothing at all where nothing is held outside of the queues and nothing goes in circles. */
export function treeInputsOf(state: State): TreeInputs {
  const { stations, connections, streams } = state.network;
  const isPlain =
    stations.every(({ threads }) => threads === undefined) &&
    connections.every(({ pool }) => pool === undefined) &&
    streams.every(({ cycles }) => cycles.length === 0);
  if (!isPlain) return responsesOf(state);
  return { threadWait: noWaits(stations.length), poolWait: noWaits(connections.length), whole: [] };
}

/** Mean seconds of an operation at a station, wait included, what it calls not included. */
export function stationMean(
  state: State,
  station: Station,
  requestClass: number,
  kind: number,
  idle: boolean,
  pools = state.pools[station.index]!,
): number {
  const service = station.service[requestClass * operationCount + kind]!;
  const latency = station.latency[kind]!;
  const first = pools[0]!;
  const slowdown = slowdownOf(station, first.pool.servers * first.pool.groups);
  if (first.pool.scatter && !idle) return latency + scatterMean(state, station, requestClass, service * slowdown);
  if (idle) return latency + service * slowdown;
  const { level } = state.network.classes[requestClass]!;
  let wait = 0;
  for (const one of pools) {
    const share = one.pool.groups * one.pool.weight[kind]!;
    if (share > 0 && one.wait > 0) wait += share * waitAt(one, service * slowdown, level);
  }
  return latency + service * slowdown + wait;
}

const CALL_ROUNDS = 3;

/**
 * Mean of the slowest of the n shards that a query asks: m + σ (H_n - 1), H_n the harmonic number. Exact where the time of one
 * shard is exponential or constant.
 */
function scatterMean(state: State, station: Station, requestClass: number, service: number): number {
  const pool = state.pools[station.index]![0]!;
  const { waitProbability } = pool;
  const wait = waitAt(pool, service, state.network.classes[requestClass]!.level);
  if (!Number.isFinite(wait)) return wait;
  const waiting = waitProbability > 0 ? (2 * wait * wait) / waitProbability - wait * wait : 0;
  const deviation = Math.sqrt(waiting + station.variability[requestClass]! * service * service);
  let harmonic = 0;
  for (let shard = 2; shard <= (station.store?.shards ?? 1); shard++) harmonic += 1 / shard;
  return wait + service + deviation * harmonic;
}

function noWaits(count: number): readonly Wait[] {
  return new Array<Wait>(count).fill(noWait);
}

function roundOf(
  state: State,
  held: Pick<Holders, 'threadWait' | 'poolWait'> & Partial<Holders>,
  idle: boolean,
): Responses {
  const { network } = state;
  const { threadWait, poolWait } = held;
  const at = { state, idle };
  const own = network.streams.map((stream, i) => ownTimes(state, stream, i, threadWait, idle));
  const thinning = answersOnly(state.thinning);
  const plain = network.streams.map((stream, i) => wholeTimes(at, stream, own[i]!, thinning, poolWait));
  const calls = specialCalls(state, { threadWait, poolWait, whole: plain }, idle);
  const wholeWith = (pick: (times: CallTimes) => Float64Array) =>
    network.streams.map((stream, i) => {
      const times = calls?.[i];
      return times ? wholeTimes(at, stream, own[i]!, thinning, poolWait, pick(times)) : plain[i]!;
    });
  const whole = calls ? wholeWith(({ time }) => time) : plain;
  const holding = holdingOf(state, own, calls ? wholeWith(({ held }) => held) : plain);
  const pooled = pooledOf(at, whole, calls);
  return {
    own,
    whole,
    holding: held.threads ? used(holding, held.threads, network.stations) : holding,
    pooled: held.connections ?? pooled,
    ...(calls ? { calls } : {}),
    threadWait,
    poolWait,
  };
}

/** Threads in use where there are any, else requests inside. */
function used(holding: Float64Array, threads: Float64Array, stations: State['network']['stations']): Float64Array {
  return holding.map((inside, index) => (stations[index]!.threads === undefined ? inside : threads[index]!));
}

/** The times of calls that are made at the same time, or whose callers do not wait for ever. */
function specialCalls(
  state: State,
  inputs: Pick<Responses, 'threadWait' | 'poolWait' | 'whole'>,
  idle: boolean,
): readonly (CallTimes | undefined)[] | undefined {
  const given = idle ? undefined : state.thinning.calls;
  const { streams } = state.network;
  if (!given && streams.every((stream) => !stream.hasParallel)) return undefined;
  return streams.map((stream, i) =>
    stream.hasParallel || given?.has(stream) ? callTimesOf(state, inputs, stream, i, idle) : undefined,
  );
}

function ownTimes(
  state: State,
  stream: Stream,
  index: number,
  threadWait: readonly Wait[],
  idle: boolean,
): Float64Array {
  const times = new Float64Array(stream.station.length);
  const pools = state.streamPools?.[index] ?? state.pools;
  for (let node = 0; node < times.length; node++) {
    const station = state.network.stations[stream.station[node]!]!;
    times[node] = stationMean(state, station, stream.class, stream.operation[node]!, idle, pools[station.index]!);
    if (!idle) times[node] = times[node]! + threadWait[station.index]!.mean;
  }
  return times;
}

/** From the last node to the first: own time plus what is waited for; each cycle as a linear system. */
function wholeTimes(
  { state, idle }: Pick<CallContext, 'state' | 'idle'>,
  stream: Stream,
  own: Float64Array,
  thinning: Thinning,
  poolWait: readonly Wait[],
  times?: Float64Array,
): Float64Array {
  const whole = own.slice();
  const cycles = stream.cycles.toReversed();
  const context = { state, idle, stream, whole, thinning, poolWait, times };
  let node = whole.length - 1;
  for (const [from, to] of cycles) {
    for (; node >= to; node--) whole[node] = whole[node]! + called(context, node, 0, 0);
    for (let i = from; i < to; i++) whole[i] = whole[i]! + called(context, i, from, to);
    solveCycle(stream, whole, thinning, from, to);
    node = from - 1;
  }
  for (; node >= 0; node--) whole[node] = whole[node]! + called(context, node, 0, 0);
  return whole;
}

interface CallContext {
  readonly state: State;
  /** Of a lone request. */
  readonly idle: boolean;
  readonly stream: Stream;
  readonly whole: Float64Array;
  readonly thinning: Thinning;
  readonly poolWait: readonly Wait[];
  /** Seconds of a call by edge, where it is no number the target decides. */
  readonly times: Float64Array | undefined;
}

/** Time that a node waits for its targets, those in [from, to) without their own share. */
function called(context: CallContext, node: number, from: number, to: number): number {
  const { state, stream, whole, thinning, poolWait, times, idle } = context;
  let sum = 0;
  for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
    if (!isAwaited(stream, node, edge)) continue;
    const weight = edgeWeight(stream, edge, stream.station[node]!, thinning);
    if (!(weight > 0)) continue;
    const target = stream.target[edge]!;
    const inside = target >= from && target < to;
    const own = times?.[edge] ?? Number.NaN;
    if (!inside && !Number.isNaN(own)) {
      sum += weight * own;
      continue;
    }
    const link = stream.link[edge]!;
    const wait = link >= 0 ? poolWait[link]!.mean + transferMean(state, link, idle) : 0;
    sum += weight * (stream.roundTrip[edge]! + wait + (inside ? 0 : whole[target]!));
  }
  return sum;
}

function solveCycle(stream: Stream, whole: Float64Array, thinning: Thinning, from: number, to: number): void {
  const size = to - from;
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    matrix[i * size + i] = 1;
    for (let edge = stream.first[from + i]!; edge < stream.first[from + i + 1]!; edge++) {
      const j = stream.target[edge]! - from;
      if (j < 0 || j >= size || !isAwaited(stream, from + i, edge)) continue;
      const weight = edgeWeight(stream, edge, stream.station[from + i]!, thinning);
      matrix[i * size + j] = matrix[i * size + j]! - weight;
    }
  }
  const known = whole.slice(from, to);
  const solution = known.every(Number.isFinite) ? solveLinear(matrix, Float64Array.from(known)) : undefined;
  const settles = solution?.every((time) => Number.isFinite(time) && time >= -1e-12);
  for (let i = 0; i < size; i++) whole[from + i] = settles ? Math.max(0, solution![i]!) : Number.POSITIVE_INFINITY;
}

/** Little's law over the time that a request is inside, waits for cores left out: they would count twice. */
function holdingOf(state: State, own: readonly Float64Array[], whole: readonly Float64Array[]): Float64Array {
  const { network } = state;
  const holding = new Float64Array(network.stations.length);
  for (const [i, stream] of network.streams.entries()) {
    const rate = state.streamRates[i]!;
    if (rate === 0) continue;
    for (let node = 1; node < stream.station.length; node++) {
      const visits = state.visits[i]![node]!;
      const index = stream.station[node]!;
      const station = network.stations[index]!;
      if (visits === 0 || (station.threads === undefined && station.concurrency === undefined)) continue;
      const called = whole[i]![node]! - own[i]![node]!;
      const time =
        stationMean(state, station, stream.class, stream.operation[node]!, true) + (Number.isNaN(called) ? 0 : called);
      const inside = rate * visits * state.thinning.admitted[index]!;
      if (time > 0 && inside > 0) holding[index] = holding[index]! + inside * time;
    }
  }
  return holding;
}

function pooledOf(
  { state, idle }: Pick<CallContext, 'state' | 'idle'>,
  whole: readonly Float64Array[],
  calls: Responses['calls'],
): Float64Array {
  const { network } = state;
  const pooled = new Float64Array(network.connections.length);
  forEachEdge(state, (stream, i, edge, rate) => {
    const link = stream.link[edge]!;
    if (network.connections[link]?.pool === undefined || stream.mode[edge] === mode.publish) return;
    const attempt = calls?.[i]?.attempt[edge] ?? Number.NaN;
    const way = stream.roundTrip[edge]! + transferMean(state, link, idle);
    const time = Number.isNaN(attempt) ? way + whole[i]![stream.target[edge]!]! : attempt;
    if (time > 0) pooled[link] = pooled[link]! + rate * time;
  });
  return pooled;
}
