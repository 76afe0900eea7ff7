/**
 * The distribution of a response time as an expression over the stations on its way: what is done in turn is a sum, what is chosen a
 * mixture, what is repeated a power; quantiles come from the whole expression, never from adding quantiles. The times at
 * different stations are taken as independent. Where a call leads back into a cycle, the rest is an
 * exponential time with the exact mean; where an expression grows beyond reason, a gamma time with its mean and variance.
 */
import type { Stream } from '../network/network.ts';
import { mode } from '../network/network.ts';
import { type Moments, momentsOf, noTime, type ResponseTime } from '../statistics/index.ts';
import { attemptMean, callMean, callTree, meanSeconds, type Outcome } from './call-trees.ts';
import type { Responses } from './responses.ts';
import { type State, seenBy } from './state.ts';
import { lonelyTree, type StationPart, stationPart, stationParts } from './station-trees.ts';
import { answersOnly, type Calls, edgeWeight, isAwaited, isAwaitedStatic, type Thinning } from './traffic.ts';
import { transfersOf } from './transfers.ts';
import { bounded, exponential, gammaWith, mixtureOf, repeatOf, sumOf, togetherOf, waitTree } from './tree-algebra.ts';
import {
  boundedExtent,
  type Extent,
  extentOf,
  isTooLarge,
  mixtureExtent,
  nothing,
  repeatExtent,
  sumExtent,
} from './tree-extents.ts';

/** Response time of what the users of a stream ask for. */
export function requestTree(state: State, inputs: TreeInputs, stream: Stream, index: number): ResponseTime {
  return new TreeBuilder(state, inputs, stream, index).root(isAwaited);
}

/** Its moments, for less than the expression costs. */
export function requestMoments(state: State, inputs: TreeInputs, stream: Stream, index: number): Moments {
  return new TreeBuilder(state, inputs, stream, index).rootMoments(isAwaited);
}

/** The expression of `requestTree`, with what its nodes are made of. */
export interface Sketch {
  readonly tree: ResponseTime;
  /** By node; none for those that are not reached. */
  readonly extents: readonly (Extent | undefined)[];
  /** Expressions of the nodes that occur in others. */
  readonly built: readonly (ResponseTime | undefined)[];
}

/** As `requestTree`, of a stream in which no call is given up, and one follows the other. */
export function requestSketch(state: State, inputs: TreeInputs, stream: Stream, index: number): Sketch {
  return new TreeBuilder(state, inputs, stream, index).sketch(isAwaited);
}

/** Response time of one of the static files that the users of a stream ask for. */
export function staticTree(state: State, inputs: TreeInputs, stream: Stream, index: number): ResponseTime {
  return new TreeBuilder(state, inputs, stream, index).root(isAwaitedStatic, true);
}

/** Waits and times that trees are built from. */
export type TreeInputs = Pick<Responses, 'threadWait' | 'poolWait' | 'whole'>;

/** Mean seconds of the calls of a stream by edge; NaN where they are no others than those of their targets. */
export interface CallTimes {
  /** Until a call is answered. */
  readonly time: Float64Array;
  /** Until a call is over, answered or not. */
  readonly held: Float64Array;
  /** Of one attempt. */
  readonly attempt: Float64Array;
}

/** The times of the calls of a stream that have a time limit, are tried again, or are made at the same time. */
export function callTimesOf(state: State, inputs: TreeInputs, stream: Stream, index: number, idle: boolean): CallTimes {
  return new TreeBuilder(state, inputs, stream, index, idle).callTimes();
}

/** Visits the single attempts of all impatient calls. */
export function forEachAttempt(
  state: State,
  inputs: TreeInputs,
  stream: Stream,
  index: number,
  visit: (edge: number, attempt: ResponseTime) => void,
): void {
  new TreeBuilder(state, inputs, stream, index).attempts(visit);
}

type EdgeFilter = (stream: Stream, node: number, edge: number) => boolean;

/** Expressions by node, built once each: nodes that several others call are shared. */
class TreeBuilder {
  private readonly built: (ResponseTime | undefined)[] = [];
  /** Of the nodes of ordinary streams; of those whose calls need expressions of their own, none. */
  private readonly extents: (Extent | undefined)[] = [];
  private readonly thinning: Thinning;
  private readonly calls: Calls | undefined;
  private readonly state: State;
  private readonly inputs: TreeInputs;
  private readonly stream: Stream;
  private readonly index: number;
  private readonly idle: boolean;
  private readonly parts: StationPart[];
  /** What is asked for are single calls, which may be in no expression. */
  private ofCalls = false;

  constructor(state: State, inputs: TreeInputs, stream: Stream, index: number, idle = false) {
    this.state = seenBy(state, index);
    this.inputs = inputs;
    this.stream = stream;
    this.index = index;
    this.idle = idle;
    this.parts = stationParts(this.state);
    this.thinning = answersOnly(state.thinning);
    this.calls = idle ? undefined : state.thinning.calls?.get(stream);
  }

  root(takes: EdgeFilter, oneOfSeveral = false): ResponseTime {
    const { stream } = this;
    this.build(takes);
    if (!oneOfSeveral) return this.boundedTree(0, takes);
    const branches = [];
    for (let edge = stream.first[0]!; edge < stream.first[1]!; edge++)
      if (takes(stream, 0, edge)) branches.push({ probability: this.weight(0, edge), of: this.callTree(edge, 0) });
    return mixtureOf(branches);
  }

  sketch(takes: EdgeFilter): Sketch {
    const tree = this.root(takes);
    return { tree, extents: this.extents, built: this.built };
  }

  rootMoments(takes: EdgeFilter): Moments {
    if (!this.isOrdinary()) return momentsOf(this.root(takes));
    this.measure(this.reachable(takes), takes);
    return this.extents[0]!;
  }

  /** Means of all special calls. */
  callTimes(): CallTimes {
    const { stream } = this;
    const count = stream.target.length;
    const empty = () => new Float64Array(count).fill(Number.NaN);
    const times: CallTimes = { time: empty(), held: empty(), attempt: empty() };
    this.ofCalls = true;
    this.build(isWaitedFor);
    for (let node = 0; node < stream.station.length; node++) {
      for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) this.fillTime(times, node, edge);
      this.stretchParallel(times, node);
    }
    return times;
  }

  /** The single attempts of the impatient calls. */
  attempts(visit: (edge: number, attempt: ResponseTime) => void): void {
    const { stream } = this;
    this.ofCalls = true;
    this.build(isWaitedFor);
    for (let node = 0; node < stream.station.length; node++)
      for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++)
        if (isWaitedFor(stream, node, edge) && this.linkOf(edge)?.patience) visit(edge, this.attemptTree(edge, node));
  }

  /** From the last node to the first, so that long chains need no recursion. */
  private build(takes: EdgeFilter): void {
    const { stream } = this;
    const wanted = this.reachable(takes);
    if (this.isOrdinary()) {
      this.measure(wanted, takes);
      this.keepUsed(wanted, takes);
    }
    for (let node = stream.station.length - 1; node > 0; node--)
      if (wanted[node] === 1) this.built[node] = this.boundedTree(node, isAwaited);
  }

  private isOrdinary(): boolean {
    const { stream, idle, calls, ofCalls } = this;
    return !stream.hasParallel && !idle && (!stream.isImpatient || (calls === undefined && !ofCalls));
  }

  private measure(reached: Uint8Array, takes: EdgeFilter): void {
    for (let node = reached.length - 1; node >= 0; node--)
      if (reached[node] === 1) this.extents[node] = this.extentAt(node, node === 0 ? takes : isAwaited);
  }

  /** Leaves out the nodes that occur in no expression, because those of their callers are too large. */
  private keepUsed(wanted: Uint8Array, takes: EdgeFilter): void {
    const { stream, extents } = this;
    const used = new Uint8Array(wanted.length);
    used[0] = 1;
    for (let node = 0; node < wanted.length; node++) {
      if (used[node] === 0 || isTooLarge(extents[node]!)) continue;
      for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++)
        if ((node === 0 ? takes : isAwaited)(stream, node, edge) && this.weight(node, edge) > 0)
          used[stream.target[edge]!] = 1;
    }
    wanted.set(used);
  }

  private boundedTree(node: number, takes: EdgeFilter): ResponseTime {
    const extent = this.extents[node];
    if (!extent) return bounded(this.nodeTree(node, takes));
    return isTooLarge(extent) ? gammaWith(extent) : this.nodeTree(node, takes);
  }

  /** What `nodeTree` would make. */
  private extentAt(node: number, takes: EdgeFilter): Extent {
    const { stream, state } = this;
    const station = state.network.stations[stream.station[node]!]!;
    const parts = [extentOf(waitTree(this.inputs.threadWait[station.index]!)), this.partOf(node).extent];
    const choices: { probability: number; of: Extent }[] = [];
    for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
      if (!takes(stream, node, edge)) continue;
      const weight = this.weight(node, edge);
      if (!(weight > 0)) continue;
      const of = this.callExtent(edge, node);
      if (stream.mode[edge] === mode.forward) choices.push({ probability: weight, of });
      else parts.push(repeatExtent(of, weight));
    }
    if (choices.length > 0) parts.push(mixtureExtent(choices));
    return sumExtent(parts);
  }

  /** What `attemptTree` would make. */
  private callExtent(edge: number, from: number): Extent {
    const { stream, inputs } = this;
    const target = stream.target[edge]!;
    const link = stream.link[edge]!;
    const roundTrip = stream.roundTrip[edge]!;
    const way: Extent = roundTrip === 0 ? nothing : { leaves: 1, mass: 1, mean: roundTrip, variance: 0 };
    const wait = link >= 0 ? extentOf(waitTree(inputs.poolWait[link]!)) : nothing;
    const there =
      target <= from
        ? extentOf(exponential(inputs.whole[this.index]![target]!))
        : boundedExtent(this.extents[target] ?? nothing);
    const moved = transfersOf(this.state)[link];
    return sumExtent([way, wait, moved ? extentOf(moved.tree) : nothing, there]);
  }

  private fillTime({ time, held, attempt }: CallTimes, node: number, edge: number): void {
    const link = this.linkOf(edge);
    if (!isWaitedFor(this.stream, node, edge) || this.stream.target[edge]! <= node || !link) return;
    const outcome = this.outcomeOf(edge);
    if (!link.parallel && (!link.patience || !outcome)) return;
    const once = this.attemptTree(edge, node);
    if (!link.patience || !outcome) {
      time[edge] = held[edge] = attempt[edge] = meanSeconds(once);
      return;
    }
    time[edge] = meanSeconds(callTree(once, link, outcome));
    held[edge] = callMean(once, link.patience, outcome);
    attempt[edge] = attemptMean(once, link.patience, outcome);
  }

  /** The last of several calls decides: each counts for its part of that time. */
  private stretchParallel({ time, held }: CallTimes, node: number): void {
    const { stream } = this;
    const group = this.parallelCalls(node, isWaitedFor).filter(({ edge }) => stream.target[edge]! > node);
    if (group.length === 0) return;
    const inTurn = group.reduce((sum, { edge, visits }) => sum + visits * time[edge]!, 0);
    const together = meanSeconds(togetherOf(group));
    if (!(inTurn > 0) || !Number.isFinite(inTurn) || !Number.isFinite(together)) return;
    for (const { edge } of group) {
      time[edge] = (time[edge]! * together) / inTurn;
      held[edge] = (held[edge]! * together) / inTurn;
    }
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
      waitTree(this.inputs.threadWait[station.index]!),
      this.idle ? lonelyTree(state, station, stream.class, stream.operation[node]!) : this.partOf(node).tree,
    ];
    const choices: { probability: number; of: ResponseTime }[] = [];
    for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
      if (!takes(stream, node, edge)) continue;
      const weight = this.weight(node, edge);
      if (!(weight > 0)) continue;
      if (stream.mode[edge] === mode.forward) choices.push({ probability: weight, of: this.callTree(edge, node) });
      else if (!this.isParallel(edge)) parts.push(repeatOf(this.callTree(edge, node), weight));
    }
    if (choices.length > 0) parts.push(mixtureOf(choices));
    if (stream.hasParallel) parts.push(togetherOf(this.parallelCalls(node, takes)));
    return sumOf(parts);
  }

  private partOf(node: number): StationPart {
    const { stream, state, parts } = this;
    const station = state.network.stations[stream.station[node]!]!;
    return stationPart(parts, state, station, stream.class, stream.operation[node]!);
  }

  private parallelCalls(node: number, takes: EdgeFilter) {
    const { stream } = this;
    const calls: { readonly edge: number; readonly visits: number; readonly of: ResponseTime }[] = [];
    if (!stream.hasParallel) return calls;
    for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
      if (!takes(stream, node, edge) || !this.isParallel(edge)) continue;
      const visits = this.weight(node, edge);
      if (visits > 0) calls.push({ edge, visits, of: this.callTree(edge, node) });
    }
    return calls;
  }

  private isParallel(edge: number): boolean {
    return this.stream.mode[edge] === mode.call && this.linkOf(edge)?.parallel === true;
  }

  private linkOf(edge: number) {
    return this.state.network.connections[this.stream.link[edge]!];
  }

  /** How the attempts of an impatient call end; undefined where all of them are answered in time. */
  private outcomeOf(edge: number): Outcome | undefined {
    const { calls, stream } = this;
    return calls && { lost: calls.lost[edge]!, late: calls.late[edge]!, roundTrip: stream.roundTrip[edge]! };
  }

  /** A call with all its attempts. */
  private callTree(edge: number, from: number): ResponseTime {
    const once = this.attemptTree(edge, from);
    const outcome = this.outcomeOf(edge);
    const link = this.linkOf(edge);
    return outcome && link ? callTree(once, link, outcome) : once;
  }

  /** The way to a target and what happens there. An edge to the node itself or to an earlier one closes a cycle. */
  private attemptTree(edge: number, from: number): ResponseTime {
    const { stream, inputs } = this;
    const target = stream.target[edge]!;
    const link = stream.link[edge]!;
    const there = target <= from ? exponential(inputs.whole[this.index]![target]!) : (this.built[target] ?? noTime);
    const wait = link >= 0 ? waitTree(inputs.poolWait[link]!) : noTime;
    return sumOf([{ kind: 'shift', seconds: stream.roundTrip[edge]! }, wait, this.transferTree(link), there]);
  }

  private transferTree(link: number): ResponseTime {
    const moved = transfersOf(this.state)[link];
    if (!moved) return noTime;
    return this.idle ? exponential(moved.alone) : moved.tree;
  }

  private weight(node: number, edge: number): number {
    return edgeWeight(this.stream, edge, this.stream.station[node]!, this.thinning);
  }
}

function isWaitedFor(stream: Stream, _: number, edge: number): boolean {
  return stream.mode[edge] !== mode.publish;
}
