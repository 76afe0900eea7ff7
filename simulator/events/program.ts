/**
 * A network compiled for the engine: for every node (an operation at a station, of one stream) how long it takes, where it waits and what it
 * asks for, as flat tables. Nodes of all streams are numbered through.
 */
import { amount } from '../../model/index.ts';
import type { Station, Stream } from '../network/network.ts';
import { operation, operationCount } from '../network/operation.ts';
import { slowdownOf } from '../steady/demand.ts';
import { rateLimitOf } from '../steady/limits.ts';
import type { Pool } from '../steady/pools.ts';
import type { State } from '../steady/state.ts';
import { transfersOf } from '../steady/transfers.ts';
import { type Holders, holdersOf } from './holders.ts';
import { GROUP_SIZE } from './queues.ts';
import { isCopied, type Servers, type StationServers, serversOf } from './servers.ts';
import { compileSteps, FROM } from './steps.ts';

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

/**
 * Whole numbers of a node. Its station for all that is counted: of writes that come from other stations to be applied, which are nobody's
 * requests, one after the last.
 */
export const STATION = 0;
/** The station whose servers do it. */
export const HOME = 1;
export const DUTIES = 2;
export const SAMPLER = 3;
/** The only group it can go to, -1 where nobody waits, `CHOICE` where it has to choose. */
export const ONLY = 4;
/** Where its steps begin and end. */
export const FIRST = 5;
export const END = 6;
export const STREAM = 7;
export const CLASS = 8;
/** 1 where only one shard is written to. */
export const ONE_SHARD = 9;
/** Index of its choices. */
export const CHOICES = 10;
/** Rank of its class's priority, 0 the most urgent. */
export const LEVEL = 11;
const NODE_SIZE = 16;

/** At the same place in the other table: mean service, the shape of its gamma distribution (1 / squared variation), latency. */
export const SERVICE = 0;
export const SHAPE = 1;
export const LATENCY = 2;
/** Mean service of applying a write at the same station, and how many copies are applied at its own group. */
export const APPLY = 3;
export const OWN_COPIES = 4;

/** Of nodes that may go to several groups. */
export const CHOICE = -2;

/** Everything the engine needs to know of a network. */
export interface Program {
  readonly state: State;
  /** Nodes, steps and edges, each by its place. */
  readonly ints: Int32Array;
  readonly reals: Float64Array;
  /** Place of the first node of each stream. */
  readonly roots: readonly number[];
  readonly choices: readonly (readonly GroupChoice[])[];
  readonly servers: Servers;
  readonly holders: Holders;
  /** By link: shape of the gamma distribution of its transfers. */
  readonly transferShape: Float64Array;
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
  const roots: number[] = [];
  let size = 0;
  for (const { station } of network.streams) {
    roots.push(size);
    size += station.length * NODE_SIZE;
  }
  const steps = compileSteps(state, holders, (stream, node) => roots[stream]! + node * NODE_SIZE, size);
  const ints = new Int32Array(size + steps.ints.length);
  const reals = new Float64Array(ints.length);
  ints.set(steps.ints, size);
  reals.set(steps.reals, size);
  const choices: (readonly GroupChoice[])[] = [];
  for (const [index, stream] of network.streams.entries())
    for (let node = 0; node < stream.station.length; node++) {
      const at = roots[index]! + node * NODE_SIZE;
      ints[at + FIRST] = steps.first[choices.length]!;
      choices.push(fill({ ints, reals }, { state, servers, holders, stream, index, node, at }, choices.length));
    }
  for (let at = 0; at < size; at += NODE_SIZE) ints[at + END] = endOf(ints, at, size);
  const byStation = (value: (station: Station) => number, others = 0) =>
    Float64Array.from([...network.stations.map(value), others]);
  return {
    state,
    ints,
    reals,
    roots,
    choices,
    servers,
    holders,
    transferShape: Float64Array.from(network.connections, (_, link) => transferShape(state, link)),
    copiesOfShard: byStation(({ store }) => (store?.readReplicas ?? 0) + 1),
    coldRatio: byStation(({ component }) => Math.min(1, amount(component, 'coldRatio') ?? 0)),
    coldStart: byStation(({ component }) => amount(component, 'coldStart') ?? 0),
    concurrency: byStation((station) => station.concurrency ?? NO_LIMIT, NO_LIMIT),
    rateLimit: byStation((station) => rateLimitOf(state, station.index) ?? NO_LIMIT, NO_LIMIT),
  };
}

/** Exponential sizes, where the network is full and the time is that of a lone transfer. */
function transferShape(state: State, link: number): number {
  const tree = transfersOf(state)[link]?.tree;
  return tree?.kind === 'gamma' && tree.scv > 0 ? 1 / tree.scv : 1;
}

const NO_LIMIT = Number.POSITIVE_INFINITY;

/** Steps come before the edges of their node, so the first edge is where they end. */
function endOf(ints: Int32Array, at: number, size: number): number {
  const first = ints[at + FIRST]!;
  const next = at + NODE_SIZE < size ? ints[at + NODE_SIZE + FIRST]! : ints.length;
  return next > first ? ints[first + FROM]! : first;
}

interface NodeContext {
  readonly state: State;
  readonly servers: Servers;
  readonly holders: Holders;
  readonly stream: Stream;
  readonly index: number;
  readonly node: number;
  readonly at: number;
}

/** Writes a node's numbers and returns the groups it may go to. */
function fill(
  { ints, reals }: Pick<Program, 'ints' | 'reals'>,
  context: NodeContext,
  number: number,
): readonly GroupChoice[] {
  const { state, servers, stream, index, node, at } = context;
  const station = state.network.stations[stream.station[node]!]!;
  const own = servers.stations[station.index]!;
  const kind = stream.operation[node]!;
  const variability = station.variability[stream.class]!;
  const factor = slowdown(state, station);
  const time = warmTime(station, station.service[stream.class * operationCount + kind]!) * factor;
  const choices = choicesOf(own, kind);
  const only = choices.length === 1 && choices[0]!.count === 1;
  ints[at + STATION] = kind === operation.apply ? state.network.stations.length : station.index;
  ints[at + HOME] = station.index;
  ints[at + DUTIES] = dutiesOf(context, station, own, kind);
  ints[at + SAMPLER] = samplerOf(time, variability);
  ints[at + ONLY] = own.first < 0 ? -1 : only ? choices[0]!.first * GROUP_SIZE : CHOICE;
  ints[at + STREAM] = index;
  ints[at + CLASS] = stream.class;
  ints[at + LEVEL] = state.network.classes[stream.class]!.level;
  ints[at + ONE_SHARD] = kind === operation.write ? 1 : 0;
  ints[at + CHOICES] = number;
  reals[at + SERVICE] = time;
  reals[at + SHAPE] = variability > 0 ? 1 / variability : 0;
  reals[at + LATENCY] = station.latency[kind]!;
  reals[at + APPLY] = station.service[stream.class * operationCount + operation.apply]! * factor;
  const appliesHere = station.host !== undefined && kind === operation.write;
  reals[at + OWN_COPIES] = appliesHere ? (own.pools[0]?.pool.applied ?? 0) : 0;
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
  // What is applied goes to a primary; its replicas are copies of that.
  const isReplica = (pool: Pool) => kind === operation.apply && pool.weight[operation.write] === 0;
  const chosen = own.pools.map(({ pool }, i) => (isReplica(pool) ? 0 : shares[i]!));
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
