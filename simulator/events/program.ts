/**
 * A network compiled for the engine: for every node (an operation at a station, of one stream) how long it takes, where it waits and what it
 * asks for, as flat tables. Nodes of all streams are numbered through.
 */
import { amount } from '../../model/index.ts';
import type { Station, Stream } from '../network/network.ts';
import { operation, operationCount } from '../network/operation.ts';
import { slowdownOf } from '../steady/demand.ts';
import { rateLimitOf } from '../steady/limits.ts';
import type { State } from '../steady/state.ts';
import { type Holders, holdersOf } from './holders.ts';
import { isCopied, type Servers, type StationServers, serversOf } from './servers.ts';
import { compileSteps, type Steps } from './steps.ts';

/** How a time is drawn. */
export const sampler = { nothing: 0, constant: 1, exponential: 2, gamma: 3 } as const;

/** What has to be done at a node beside serving. */
export const duty = {
  /** A rate limit or a limit of executions may turn it away. */
  guarded: 1,
  /** It needs a thread. */
  threads: 2,
  /** It goes to all shards. */
  scattered: 4,
  /** Copies of it are applied elsewhere. */
  copied: 8,
  /** Some executions wait for a new environment first. */
  cold: 16,
  /** Those that are inside are counted, by group or in all. */
  counted: 32,
} as const;

/** Everything the engine needs to know of a network. */
export interface Program {
  readonly state: State;
  /**
   * Station by node, for all that is counted; of writes that come from other stations to be applied, which are nobody's requests, one after the
   * last.
   */
  readonly station: Int32Array;
  /** The station whose servers do it. */
  readonly home: Int32Array;
  readonly stream: Int32Array;
  readonly operation: Uint8Array;
  readonly duties: Uint8Array;
  readonly sampler: Uint8Array;
  readonly service: Float64Array;
  /** Shape of the gamma distribution, 1 / squared variation. */
  readonly shape: Float64Array;
  readonly latency: Float64Array;
  /** The only group it can go to, -1 where nobody waits, -2 where it has to choose. */
  readonly group: Int32Array;
  /** Mean service of applying a write at the same station. */
  readonly apply: Float64Array;
  /** Copies that are applied at its own group. */
  readonly ownCopies: Float64Array;
  /** 1 where only one shard is written to. */
  readonly writesOneShard: Uint8Array;
  readonly steps: Steps;
  /** First node of each stream. */
  readonly roots: Int32Array;
  readonly choices: readonly (readonly GroupChoice[])[];
  readonly servers: Servers;
  readonly holders: Holders;
  /** By station: copies of every shard that a write goes to. */
  readonly copiesOfShard: Float64Array;
  readonly coldRatio: Float64Array;
  readonly coldStart: Float64Array;
  /** Most executions at the same time; Infinity without a limit. */
  readonly concurrency: Float64Array;
  /** Operations per second that are let in; Infinity without a limit. */
  readonly rateLimit: Float64Array;
}

/** Groups of which one is chosen by chance, with the chance of these and all before. */
export interface GroupChoice {
  readonly until: number;
  readonly first: number;
  readonly count: number;
}

/** The program of a network in its steady state. */
export function compile(state: State): Program {
  const { network } = state;
  const servers = serversOf(state);
  const holders = holdersOf(state, servers);
  const roots = new Int32Array(network.streams.length);
  let count = 0;
  for (const [i, stream] of network.streams.entries()) {
    roots[i] = count;
    count += stream.station.length;
  }
  const byStation = (value: (station: Station) => number, others = 0) =>
    Float64Array.from([...network.stations.map(value), others]);
  const tables = {
    station: new Int32Array(count),
    home: new Int32Array(count),
    stream: new Int32Array(count),
    operation: new Uint8Array(count),
    duties: new Uint8Array(count),
    sampler: new Uint8Array(count),
    service: new Float64Array(count),
    shape: new Float64Array(count),
    latency: new Float64Array(count),
    group: new Int32Array(count),
    apply: new Float64Array(count),
    ownCopies: new Float64Array(count),
    writesOneShard: new Uint8Array(count),
  };
  const choices: (readonly GroupChoice[])[] = [];
  for (const [i, stream] of network.streams.entries())
    for (let node = 0; node < stream.station.length; node++)
      choices.push(fill(tables, { state, servers, holders, stream, index: i, node, at: roots[i]! + node }));
  return {
    state,
    ...tables,
    steps: compileSteps(state, roots, holders),
    roots,
    choices,
    servers,
    holders,
    copiesOfShard: byStation(({ store }) => (store?.readReplicas ?? 0) + 1),
    coldRatio: byStation(({ component }) => Math.min(1, amount(component, 'coldRatio') ?? 0)),
    coldStart: byStation(({ component }) => amount(component, 'coldStart') ?? 0),
    concurrency: byStation((station) => station.concurrency ?? NO_LIMIT, NO_LIMIT),
    rateLimit: byStation((station) => rateLimitOf(state, station.index) ?? NO_LIMIT, NO_LIMIT),
  };
}

const NO_LIMIT = Number.POSITIVE_INFINITY;

interface NodeContext {
  readonly state: State;
  readonly servers: Servers;
  readonly holders: Holders;
  readonly stream: Stream;
  readonly index: number;
  readonly node: number;
  readonly at: number;
}

type Tables = Pick<
  Program,
  | 'station'
  | 'home'
  | 'stream'
  | 'operation'
  | 'duties'
  | 'sampler'
  | 'service'
  | 'shape'
  | 'latency'
  | 'group'
  | 'apply'
  | 'ownCopies'
  | 'writesOneShard'
>;

function fill(tables: Tables, context: NodeContext): readonly GroupChoice[] {
  const { state, servers, stream, index, node, at } = context;
  const station = state.network.stations[stream.station[node]!]!;
  const own = servers.stations[station.index]!;
  const kind = stream.operation[node]!;
  const variability = station.variability[stream.class]!;
  const time = warmTime(station, station.service[stream.class * operationCount + kind]!) * slowdown(state, station);
  const choices = choicesOf(own, kind);
  const only = choices.length === 1 && choices[0]!.count === 1;
  tables.station[at] = kind === operation.apply ? state.network.stations.length : station.index;
  tables.home[at] = station.index;
  tables.stream[at] = index;
  tables.operation[at] = kind;
  tables.sampler[at] = samplerOf(time, variability);
  tables.service[at] = time;
  tables.shape[at] = variability > 0 ? 1 / variability : 0;
  tables.latency[at] = station.latency[kind]!;
  tables.group[at] = own.first < 0 ? -1 : only ? choices[0]!.first : -2;
  tables.apply[at] = station.service[stream.class * operationCount + operation.apply]! * slowdown(state, station);
  tables.ownCopies[at] = station.host !== undefined && kind === operation.write ? (own.pools[0]?.pool.applied ?? 0) : 0;
  tables.writesOneShard[at] = kind === operation.write ? 1 : 0;
  tables.duties[at] = dutiesOf(context, station, own, kind);
  return choices;
}

function samplerOf(time: number, variability: number): number {
  if (!(time > 0)) return sampler.nothing;
  if (variability === 0) return sampler.constant;
  return variability === 1 ? sampler.exponential : sampler.gamma;
}

/** A function's mean includes its cold starts, which are drawn apart. */
function warmTime({ component }: Station, time: number): number {
  if (component.kind !== 'function') return time;
  const cold = (amount(component, 'coldStart') ?? 0) * Math.min(1, amount(component, 'coldRatio') ?? 0);
  return Math.max(0, time - cold);
}

function slowdown(state: State, station: Station): number {
  const { pool } = state.pools[station.index]![0]!;
  return slowdownOf(station, pool.servers * pool.groups);
}

/** The groups that an operation may go to; of what goes to every shard, those of the first. */
function choicesOf(own: StationServers, kind: number): readonly GroupChoice[] {
  const shares = own.pools.map(({ pool }) => pool.groups * pool.weight[kind]!);
  const isApplied = kind === operation.apply;
  const chosen = own.pools.map((_, i) => (isApplied && own.pools[i]!.pool.part === 'replica' ? 0 : shares[i]!));
  const total = chosen.reduce((sum, share) => sum + share, 0);
  let until = 0;
  return own.pools.flatMap(({ first, pool }, i) => {
    if (!(chosen[i]! > 0)) return [];
    until += chosen[i]! / total;
    return [{ until, first, count: pool.groups }];
  });
}

function dutiesOf({ state, holders, stream, node }: NodeContext, station: Station, own: StationServers, kind: number) {
  if (node === 0 && stream.station[0] === station.index && station.component.kind === 'users') return 0;
  let duties = 0;
  if (rateLimitOf(state, station.index) !== undefined || station.concurrency !== undefined) duties |= duty.guarded;
  if (station.concurrency !== undefined || own.policy >= 2) duties |= duty.counted;
  if (holders.ofStation[station.index]! >= 0) duties |= duty.threads;
  if (own.shards > 1) duties |= duty.scattered;
  if (isCopied(kind) && (station.host === undefined || kind === operation.write) && isStore(station))
    duties |= duty.copied;
  if (station.component.kind === 'function') duties |= duty.cold;
  return duties;
}

function isStore({ store }: Station): boolean {
  return store !== undefined && !store.scatter && (store.readReplicas > 0 || store.multiPrimary);
}
