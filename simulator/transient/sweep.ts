/** One pass over the operations of a stream: what fails, how often it is tried, how long it takes, and what reaches whom. */
import type { Network, Stream } from '../network/network.ts';
import { mode } from '../network/network.ts';
import { operationCount } from '../network/operation.ts';
import { attemptsOf, failedAfterAll, failing } from '../steady/call-trees.ts';
import { isAwaited } from '../steady/traffic.ts';
import type { Conditions } from './conditions.ts';

/** How stations and links treat what reaches them; by station and operation `[station * operationCount + operation]`, or by link. */
export interface Treatment {
  /** Share that fails at once. */
  readonly fails: Float64Array;
  /** Of the rest, what leaves over what arrives: below 1 while a backlog builds, above 1 while one drains. */
  readonly leaves: Float64Array;
  /** Seconds of waiting because of a backlog. */
  readonly delays: Float64Array;
  /** Hit ratio by station. */
  readonly hit: Float64Array;
  /** Share that a rate limit lets through, by link. */
  readonly passed: Float64Array;
}

/** What a stream does under a treatment; all arrays are by node, `tries` and `lost` by edge. */
export interface Sweep {
  /** Operations per request that reach a node. */
  readonly visits: Float64Array;
  /** Those of them that somebody waits for. */
  readonly awaited: Float64Array;
  /** Share of the operations that fail in the end; of node 0, of the requests. */
  readonly down: Float64Array;
  /** Seconds until an answer, chance waits left out. */
  readonly lasts: Float64Array;
  /** How often a call is made. */
  readonly tries: Float64Array;
  /** Share of the attempts that are turned away somewhere, and of the others that are answered too late, by edge. */
  readonly lost: Float64Array;
  readonly late: Float64Array;
  /** True if every answer comes too late, even without chance waits, by edge. */
  readonly tooLong: Uint8Array;
  /** What calls back into a cycle add to `visits` and `awaited` in the next pass. */
  readonly backVisits: Float64Array;
  readonly backAwaited: Float64Array;
}

/** Arrays for a stream. */
export function emptySweep(stream: Stream): Sweep {
  const nodes = stream.station.length;
  const edges = stream.target.length;
  return {
    visits: new Float64Array(nodes),
    awaited: new Float64Array(nodes),
    down: new Float64Array(nodes),
    lasts: new Float64Array(nodes),
    tries: new Float64Array(edges).fill(1),
    lost: new Float64Array(edges),
    late: new Float64Array(edges),
    tooLong: new Uint8Array(edges),
    backVisits: new Float64Array(nodes),
    backAwaited: new Float64Array(nodes),
  };
}

/** Shares of the attempts that are late by chance, by edge; absent where nobody gives up. */
export type ChanceLate = Float64Array | undefined;

/** Updates a sweep. Calls that lead back into a cycle see the values of the pass before. */
export function sweep(context: SweepContext, into: Sweep): void {
  answer(context, into);
  into.visits.set(into.backVisits);
  into.awaited.set(into.backAwaited);
  into.backVisits.fill(0);
  into.backAwaited.fill(0);
  into.visits[0] = into.visits[0]! + 1;
  into.awaited[0] = into.awaited[0]! + 1;
  for (let node = 0; node < context.stream.station.length; node++) passOn(context, into, node);
}

/** What a sweep is about. */
export interface SweepContext {
  readonly network: Network;
  readonly conditions: Conditions;
  readonly stream: Stream;
  readonly how: Treatment;
  readonly chance: ChanceLate;
}

/** Updates what fails, how long it takes and what comes too late, but not what reaches whom. */
export function answer(context: SweepContext, into: Sweep): void {
  for (let node = context.stream.station.length - 1; node >= 0; node--) answerAt(context, into, node);
}

function answerAt(context: SweepContext, into: Sweep, node: number): void {
  const { network, stream, how } = context;
  const station = stream.station[node]!;
  const place = station * operationCount + stream.operation[node]!;
  let works = 1 - how.fails[place]!;
  let seconds = timeAt(network, stream, node) + how.delays[place]!;
  let together = 0;
  let chosen = 0;
  let chosenWeight = 0;
  for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
    const link = network.connections[stream.link[edge]!];
    const { fails, duration } = attempt(context, into, edge);
    const weight = stream.weight[edge]! * (stream.miss[edge] === 1 ? 1 - how.hit[station]! : 1);
    if (!(weight > 0)) continue;
    const answered = 1 - (link?.patience ? failedAfterAll(link.patience, fails) : fails);
    if (isAwaited(stream, node, edge)) {
      const lasts = weight * into.tries[edge]! * duration;
      if (link?.parallel) together = Math.max(together, lasts);
      else seconds += lasts;
      if (link?.fallback) continue;
      if (stream.mode[edge] === mode.forward) {
        chosen += weight * answered;
        chosenWeight += weight;
      } else works *= weight < 1 ? 1 - weight * (1 - answered) : answered ** weight;
    } else if (stream.mode[edge] === mode.publish && isQueue(network, stream, edge))
      works *= 1 - Math.min(1, weight) * (1 - answered);
  }
  into.down[node] = clean(1 - (chosenWeight > 0 ? (works * chosen) / chosenWeight : works));
  into.lasts[node] = seconds + together;
}

/** One attempt of a call: the share that fails, and how long it lasts for the caller. */
function attempt({ network, conditions, stream, how, chance }: SweepContext, into: Sweep, edge: number) {
  const number = stream.link[edge]!;
  const target = stream.target[edge]!;
  const patience = network.connections[number]?.patience;
  const arrives = number >= 0 ? (1 - conditions.blocked[number]!) * how.passed[number]! : 1;
  const lost = 1 - arrives * (1 - into.down[target]!);
  const duration = stream.roundTrip[edge]! + into.lasts[target]!;
  into.lost[edge] = lost;
  if (!patience) return { fails: lost, duration };
  const tooLong = stream.mode[edge] !== mode.publish && duration > patience.timeout;
  const late = tooLong ? 1 : (chance?.[edge] ?? 0);
  const fails = failing({ lost, late });
  into.late[edge] = late;
  into.tooLong[edge] = tooLong ? 1 : 0;
  into.tries[edge] = attemptsOf(patience, fails);
  return { fails, duration: Math.min(duration, patience.timeout) };
}

function isQueue({ stations }: Network, stream: Stream, edge: number): boolean {
  return stations[stream.station[stream.target[edge]!]!]!.component.kind === 'queue';
}

function timeAt({ stations }: Network, stream: Stream, node: number): number {
  const station = stations[stream.station[node]!]!;
  const kind = stream.operation[node]!;
  return station.service[stream.class * operationCount + kind]! + station.latency[kind]!;
}

function passOn({ conditions: { blocked }, stream, how }: SweepContext, into: Sweep, node: number): void {
  const station = stream.station[node]!;
  const place = station * operationCount + stream.operation[node]!;
  const leaving = (1 - how.fails[place]!) * how.leaves[place]!;
  const visits = into.visits[node]! * leaving;
  const awaited = into.awaited[node]! * leaving;
  if (visits === 0) return;
  for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
    const link = stream.link[edge]!;
    let weight = stream.weight[edge]! * into.tries[edge]!;
    if (stream.miss[edge] === 1) weight *= 1 - how.hit[station]!;
    if (link >= 0) weight *= (1 - blocked[link]!) * how.passed[link]!;
    if (!(weight > 0)) continue;
    const target = stream.target[edge]!;
    const back = target <= node;
    const reached = back ? into.backVisits : into.visits;
    reached[target] = reached[target]! + visits * weight;
    if (!isAwaited(stream, node, edge)) continue;
    const waited = back ? into.backAwaited : into.awaited;
    // Nobody waits for an answer that comes too late.
    waited[target] = waited[target]! + awaited * weight * (1 - into.late[edge]!);
  }
}

/** What is left over by rounding is nothing. */
function clean(share: number): number {
  return share < 1e-15 ? 0 : Math.min(1, share);
}
