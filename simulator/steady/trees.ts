/**
 * The distribution of a response time as an expression over the stations on its way: what is done in turn is a sum, what is chosen a
 * mixture, what is repeated a power; quantiles come from the whole expression, never from adding quantiles. The times at
 * different stations are taken as independent. Where a call leads back into a cycle, the rest is an
 * exponential time with the exact mean; where an expression grows beyond reason, a gamma time with its mean and variance.
 */
import { amount } from '../../model/index.ts';
import type { Station, Stream } from '../network/network.ts';
import { mode } from '../network/network.ts';
import { operationCount } from '../network/operation.ts';
import { isSameTime, momentsOf, noTime, type ResponseTime } from '../statistics/index.ts';
import { slowdownOf } from './demand.ts';
import { poolResponse } from './pool-load.ts';
import type { Responses, Wait } from './responses.ts';
import type { State } from './state.ts';
import { edgeWeight, isAwaited, isAwaitedStatic, type Thinning } from './traffic.ts';

/** Response time of an operation at a station alone. */
export function stationTree(state: State, station: Station, requestClass: number, kind: number): ResponseTime {
  const service = station.service[requestClass * operationCount + kind]!;
  const variability = station.variability[requestClass]!;
  const latency = station.latency[kind]!;
  const pools = state.pools[station.index]!;
  const first = pools[0]!.pool;
  const time = service * slowdownOf(station, first.servers * first.groups);
  const branches = pools
    .filter(({ pool }) => pool.weight[kind]! > 0)
    .map((one) => ({
      probability: one.pool.groups * one.pool.weight[kind]!,
      of:
        station.component.kind === 'function'
          ? coldTree(station, time, variability)
          : poolResponse(one, time, variability),
    }));
  const served = branches.length === 1 ? branches[0]!.of : mixtureOf(branches);
  const all = first.scatter ? maximumOf(served, station.store?.shards ?? 1) : served;
  return latency > 0 ? sumOf([{ kind: 'gamma', mean: latency, scv: variability }, all]) : all;
}

/** Response time of what the users of a stream ask for. */
export function requestTree(state: State, responses: Responses, stream: Stream, index: number): ResponseTime {
  return new TreeBuilder(state, responses, stream, index).root(isAwaited);
}

/** Response time of one of the static files that the users of a stream ask for. */
export function staticTree(state: State, responses: Responses, stream: Stream, index: number): ResponseTime {
  return new TreeBuilder(state, responses, stream, index).root(isAwaitedStatic, true);
}

/** A mixture without its impossible branches; equal ones are one. */
export function mixtureOf(
  branches: readonly { readonly probability: number; readonly of: ResponseTime }[],
): ResponseTime {
  const possible = branches.filter(({ probability }) => probability > 0);
  if (possible.length === 0) return noTime;
  if (possible.length === 1) return possible[0]!.of;
  const first = possible[0]!.of;
  return possible.every(({ of }) => isSameTime(of, first)) ? first : { kind: 'mixture', branches: possible };
}

/** Most stations in one expression. */
const MOST_LEAVES = 200;

type EdgeFilter = (stream: Stream, node: number, edge: number) => boolean;

/** Expressions by node, built once each: nodes that several others call are shared. */
class TreeBuilder {
  private readonly built: (ResponseTime | undefined)[] = [];
  private readonly thinning: Thinning;
  private readonly state: State;
  private readonly responses: Responses;
  private readonly stream: Stream;
  private readonly index: number;

  constructor(state: State, responses: Responses, stream: Stream, index: number) {
    this.state = state;
    this.responses = responses;
    this.stream = stream;
    this.index = index;
    const all = (values: Float64Array) => new Float64Array(values.length).fill(1);
    this.thinning = { ...state.thinning, accepted: all(state.thinning.accepted), passed: all(state.thinning.passed) };
  }

  /** From the last node to the first, so that long chains need no recursion. */
  root(takes: EdgeFilter, oneOfSeveral = false): ResponseTime {
    const { stream } = this;
    const reached = this.reachable(takes);
    for (let node = stream.station.length - 1; node > 0; node--)
      if (reached[node] === 1) this.built[node] = bounded(this.nodeTree(node, isAwaited));
    if (!oneOfSeveral) return bounded(this.nodeTree(0, takes));
    const branches = [];
    for (let edge = stream.first[0]!; edge < stream.first[1]!; edge++)
      if (takes(stream, 0, edge)) branches.push({ probability: this.weight(0, edge), of: this.edgeTree(edge) });
    return mixtureOf(branches);
  }

  private reachable(takes: EdgeFilter): Uint8Array {
    const { stream } = this;
    const reached = new Uint8Array(stream.station.length);
    reached[0] = 1;
    const cyclic = stream.cycles.length > 0;
    for (let again = true; again; ) {
      again = false;
      for (let node = 0; node < reached.length; node++) {
        if (reached[node] === 0) continue;
        for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
          const target = stream.target[edge]!;
          if (reached[target] === 1 || !takes(stream, node, edge) || !(this.weight(node, edge) > 0)) continue;
          reached[target] = 1;
          if (cyclic && target < node) again = true;
        }
      }
    }
    return reached;
  }

  private nodeTree(node: number, takes: EdgeFilter): ResponseTime {
    const { stream, state } = this;
    const station = state.network.stations[stream.station[node]!]!;
    const parts: ResponseTime[] = [
      waitTree(this.responses.threadWait[station.index]!),
      stationTree(state, station, stream.class, stream.operation[node]!),
    ];
    const choices: { probability: number; of: ResponseTime }[] = [];
    for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
      if (!takes(stream, node, edge)) continue;
      const weight = this.weight(node, edge);
      if (!(weight > 0)) continue;
      if (stream.mode[edge] === mode.forward) choices.push({ probability: weight, of: this.edgeTree(edge, node) });
      else parts.push(repeatOf(this.edgeTree(edge, node), weight));
    }
    if (choices.length > 0) parts.push(mixtureOf(choices));
    return sumOf(parts);
  }

  /** The way to a target and what happens there. An edge to the node itself or to an earlier one closes a cycle. */
  private edgeTree(edge: number, from = -1): ResponseTime {
    const { stream, responses } = this;
    const target = stream.target[edge]!;
    const link = stream.link[edge]!;
    const mean = responses.whole[this.index]![target]!;
    const there = target <= from ? exponential(mean) : (this.built[target] ?? noTime);
    const wait = link >= 0 ? waitTree(responses.poolWait[link]!) : noTime;
    return sumOf([{ kind: 'shift', seconds: stream.roundTrip[edge]! }, wait, there]);
  }

  private weight(node: number, edge: number): number {
    return edgeWeight(this.stream, edge, this.stream.station[node]!, this.thinning);
  }
}

/** Executions that need a new environment wait for it first. */
function coldTree(station: Station, mean: number, variability: number): ResponseTime {
  const coldStart = amount(station.component, 'coldStart') ?? 0;
  const coldRatio = Math.min(1, amount(station.component, 'coldRatio') ?? 0);
  const warm: ResponseTime = { kind: 'gamma', mean: Math.max(0, mean - coldStart * coldRatio), scv: variability };
  if (coldStart === 0 || coldRatio === 0) return warm;
  return mixtureOf([
    { probability: 1 - coldRatio, of: warm },
    { probability: coldRatio, of: sumOf([{ kind: 'shift', seconds: coldStart }, warm]) },
  ]);
}

function waitTree({ mean, probability }: Wait): ResponseTime {
  if (!(mean > 0)) return noTime;
  if (!Number.isFinite(mean)) return { kind: 'shift', seconds: Number.POSITIVE_INFINITY };
  return mixtureOf([
    { probability, of: exponential(mean / probability) },
    { probability: 1 - probability, of: noTime },
  ]);
}

function exponential(mean: number): ResponseTime {
  return { kind: 'gamma', mean, scv: 1 };
}

function maximumOf(one: ResponseTime, count: number): ResponseTime {
  return count > 1 ? { kind: 'maximum', of: new Array<ResponseTime>(count).fill(one) } : one;
}

function repeatOf(of: ResponseTime, visits: number): ResponseTime {
  if (of.kind === 'shift' && of.seconds === 0) return noTime;
  return visits === 1 ? of : { kind: 'repeat', visits, of };
}

/** A sum without nested sums and without what takes no time. */
function sumOf(parts: readonly ResponseTime[]): ResponseTime {
  const flat: ResponseTime[] = [];
  for (const part of parts) {
    if (part.kind !== 'sum') addTime(flat, part);
    else for (const inner of part.parts) addTime(flat, inner);
  }
  if (flat.length === 0) return noTime;
  return flat.length === 1 ? flat[0]! : { kind: 'sum', parts: flat };
}

function addTime(parts: ResponseTime[], time: ResponseTime): void {
  if (time.kind === 'shift' ? time.seconds !== 0 : time.kind !== 'gamma' || time.mean !== 0) parts.push(time);
}

/** Whether an expression has at most so many leaves; those of shared parts count each time. */
function isWithin(tree: ResponseTime, most: number): boolean {
  return leavesOf(tree, most) <= most;
}

/** Leaves of an expression, counted no further than beyond `most`. */
function leavesOf(tree: ResponseTime, most: number): number {
  switch (tree.kind) {
    case 'sum':
      return leavesOfAll(tree.parts, most);
    case 'maximum':
      return leavesOfAll(tree.of, most);
    case 'repeat':
      return leavesOf(tree.of, most);
    case 'mixture': {
      let count = 0;
      for (const { of } of tree.branches) if (count <= most) count += leavesOf(of, most - count);
      return count;
    }
    default:
      return 1;
  }
}

function leavesOfAll(parts: readonly ResponseTime[], most: number): number {
  let count = 0;
  for (const part of parts) if (count <= most) count += leavesOf(part, most - count);
  return count;
}

function bounded(tree: ResponseTime): ResponseTime {
  if (isWithin(tree, MOST_LEAVES)) return tree;
  const { mass, mean, variance } = momentsOf(tree);
  if (!(mass > 1 - 1e-12)) return { kind: 'shift', seconds: Number.POSITIVE_INFINITY };
  if (!Number.isFinite(mean) || mean === 0) return { kind: 'shift', seconds: mean };
  return { kind: 'gamma', mean, scv: variance / (mean * mean) };
}
