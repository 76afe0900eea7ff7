/** One pass over the operations of a stream: what fails, how often it is tried, how long it takes, and what reaches whom. */
import type { Network, Stream } from '../network/network.ts';
import { mode } from '../network/network.ts';
import { operationCount } from '../network/operation.ts';
import { isAwaited } from '../steady/traffic.ts';
import type { CallPolicy, Conditions } from './conditions.ts';

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
  /** True if calls are given up because the answer comes too late, by edge. */
  readonly late: Uint8Array;
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
    late: new Uint8Array(edges),
    backVisits: new Float64Array(nodes),
    backAwaited: new Float64Array(nodes),
  };
}

/** Updates a sweep. Calls that lead back into a cycle see the values of the pass before. */
export function sweep(network: Network, conditions: Conditions, stream: Stream, how: Treatment, into: Sweep): void {
  answer(network, conditions, stream, how, into);
  into.visits.set(into.backVisits);
  into.awaited.set(into.backAwaited);
  into.backVisits.fill(0);
  into.backAwaited.fill(0);
  into.visits[0] = into.visits[0]! + 1;
  into.awaited[0] = into.awaited[0]! + 1;
  for (let node = 0; node < stream.station.length; node++) passOn(conditions, stream, how, into, node);
}

/** Updates what fails, how long it takes and what comes too late, but not what reaches whom. */
export function answer(network: Network, conditions: Conditions, stream: Stream, how: Treatment, into: Sweep): void {
  for (let node = stream.station.length - 1; node >= 0; node--) answerAt(network, conditions, stream, how, into, node);
}

function answerAt(
  network: Network,
  { calls, blocked }: Conditions,
  stream: Stream,
  how: Treatment,
  into: Sweep,
  node: number,
): void {
  const station = stream.station[node]!;
  const place = station * operationCount + stream.operation[node]!;
  let works = 1 - how.fails[place]!;
  let seconds = timeAt(network, stream, node) + how.delays[place]!;
  let chosen = 0;
  let chosenWeight = 0;
  for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
    const target = stream.target[edge]!;
    const link = stream.link[edge]!;
    const policy = link >= 0 ? calls[link]! : noPolicy;
    const arrives = link >= 0 ? (1 - blocked[link]!) * how.passed[link]! : 1;
    const duration = stream.roundTrip[edge]! + into.lasts[target]!;
    const late = duration > policy.timeout;
    const lost = late ? 1 : 1 - arrives * (1 - into.down[target]!);
    const retries = policy.breaks && lost >= BREAKER_OPENS ? 0 : policy.retries;
    into.tries[edge] = attempts(lost, retries);
    into.late[edge] = late ? 1 : 0;
    const weight = stream.weight[edge]! * (stream.miss[edge] === 1 ? 1 - how.hit[station]! : 1);
    if (!(weight > 0)) continue;
    const answered = 1 - lost ** (retries + 1);
    if (isAwaited(stream, node, edge)) {
      seconds += weight * into.tries[edge]! * Math.min(duration, policy.timeout);
      if (policy.fallback) continue;
      if (stream.mode[edge] === mode.forward) {
        chosen += weight * answered;
        chosenWeight += weight;
      } else works *= weight < 1 ? 1 - weight * (1 - answered) : answered ** weight;
    } else if (
      stream.mode[edge] === mode.publish &&
      network.stations[stream.station[target]!]!.component.kind === 'queue'
    )
      works *= 1 - Math.min(1, weight) * (1 - answered);
  }
  into.down[node] = clean(1 - (chosenWeight > 0 ? (works * chosen) / chosenWeight : works));
  into.lasts[node] = seconds;
}

const noPolicy: CallPolicy = { retries: 0, timeout: Number.POSITIVE_INFINITY, breaks: false, fallback: false };
/** Share of failed calls at which a circuit breaker opens: the default of Hystrix, `errorThresholdPercentage`. */
const BREAKER_OPENS = 0.5;

/** Mean number of attempts where each fails with the same probability: (1 − f^(r+1)) / (1 − f). */
export function attempts(failing: number, retries: number): number {
  if (retries === 0 || failing === 0) return 1;
  return failing === 1 ? retries + 1 : (1 - failing ** (retries + 1)) / (1 - failing);
}

function timeAt({ stations }: Network, stream: Stream, node: number): number {
  const station = stations[stream.station[node]!]!;
  const kind = stream.operation[node]!;
  return station.service[stream.class * operationCount + kind]! + station.latency[kind]!;
}

function passOn({ blocked }: Conditions, stream: Stream, how: Treatment, into: Sweep, node: number): void {
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
    waited[target] = waited[target]! + awaited * weight;
  }
}

/** What is left over by rounding is nothing. */
function clean(share: number): number {
  return share < 1e-15 ? 0 : Math.min(1, share);
}
