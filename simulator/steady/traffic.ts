/**
 * Traffic equations: the mean number of operations that one request of a stream causes at every node, v = e + Wᵀ v. Outside of cycles it
 * is one pass in topological order; each cycle is a small linear system. A cycle that multiplies requests without end
 * (its gain is 1 or more) has no solution: its nodes and what they call get infinite visits.
 */

import { mode, type Network, type Stream } from '../network/network.ts';
import { operation } from '../network/operation.ts';
import { solveLinear } from '../queueing/linear-solve.ts';
import { endlessVisits } from './endless-cycles.ts';

/** What thins the flow on its way. */
export interface Thinning {
  /** Hit ratio by station. */
  readonly hit: Float64Array;
  /** Fraction of the arrivals that a rate limit lets through to the queue, by station. */
  readonly admitted: Float64Array;
  /** Fraction of the arrivals that is served, by station: let through and not turned away by a full queue. */
  readonly accepted: Float64Array;
  /** Fraction that passes, by link. */
  readonly passed: Float64Array;
  /** Fraction of the messages that their workers get done, by station; absent where all of them keep up. The others stay in the queue. */
  readonly worked?: Float64Array;
  /** How the calls of impatient callers go, by stream; absent where all of them get their answer in time. */
  readonly calls?: CallsByStream;
}

/** The calls of each stream that has impatient callers. */
export type CallsByStream = ReadonlyMap<Stream, Calls>;

/** The attempts of the calls along every edge of a stream. */
export interface Calls {
  /** Mean attempts for each call. */
  readonly attempts: Float64Array;
  /** Share of the attempts that are turned away somewhere. */
  readonly lost: Float64Array;
  /** Share of the others that are not answered within the time limit. */
  readonly late: Float64Array;
}

/** What follows from the answers alone: of those that are let in everywhere, by calls instead of attempts. */
export function answersOnly({ hit, admitted, accepted, passed }: Thinning): Thinning {
  const all = (values: Float64Array) => new Float64Array(values.length).fill(1);
  return { hit, admitted, accepted: all(accepted), passed: all(passed) };
}

/** Thinning that lets everything in; caches find what does not depend on the load. */
export function noThinning(network: Network): Thinning {
  return {
    hit: network.hits.slice(),
    admitted: new Float64Array(network.stations.length).fill(1),
    accepted: new Float64Array(network.stations.length).fill(1),
    passed: new Float64Array(network.connections.length).fill(1),
  };
}

/** Operations along an edge for each one that arrives at its start, attempts counted one by one. */
export function edgeWeight(stream: Stream, edge: number, station: number, thinning: Thinning): number {
  let weight = stream.weight[edge]! * thinning.accepted[station]!;
  if (stream.miss[edge] === 1) weight *= 1 - thinning.hit[station]!;
  if (thinning.worked) weight *= thinning.worked[station]!;
  if (thinning.calls) weight *= thinning.calls.get(stream)?.attempts[edge] ?? 1;
  const link = stream.link[edge]!;
  return link >= 0 ? weight * thinning.passed[link]! : weight;
}

/** Visits per request to every node of a stream. */
export function visitsOf(stream: Stream, thinning: Thinning): Float64Array {
  return solveVisits(stream, thinning, everyEdge);
}

/** Visits that the users wait for: those reached without a `publishes` on the way, their static files left out. */
export function awaitedVisits(stream: Stream, thinning: Thinning): Float64Array {
  return solveVisits(stream, thinning, isAwaited);
}

/** Visits that the users' static files cause and wait for. */
export function staticVisits(stream: Stream, thinning: Thinning): Float64Array {
  return solveVisits(stream, thinning, isAwaitedStatic);
}

/** True for the edges that the answer to the users' own request waits for. */
export function isAwaited(stream: Stream, node: number, edge: number): boolean {
  return stream.mode[edge] !== mode.publish && !(node === 0 && isStaticExtra(stream, edge));
}

/** True for the edges that the answer to the users' static files waits for. */
export function isAwaitedStatic(stream: Stream, node: number, edge: number): boolean {
  return stream.mode[edge] !== mode.publish && (node !== 0 || isStaticExtra(stream, edge));
}

/** True for a static file that is asked for beside the request. */
function isStaticExtra(stream: Stream, edge: number): boolean {
  return stream.mode[edge] !== mode.forward && stream.operation[stream.target[edge]!] === operation.static;
}

function everyEdge(): boolean {
  return true;
}

type EdgeFilter = (stream: Stream, node: number, edge: number) => boolean;

function solveVisits(stream: Stream, thinning: Thinning, takes: EdgeFilter): Float64Array {
  const visits = new Float64Array(stream.station.length);
  visits[0] = 1;
  let node = 0;
  for (const [from, to] of stream.cycles) {
    for (; node < from; node++) pushOn(stream, thinning, visits, node, 0, 0, takes);
    solveCycle(stream, thinning, visits, from, to, takes);
    for (; node < to; node++) pushOn(stream, thinning, visits, node, from, to, takes);
  }
  for (; node < visits.length; node++) pushOn(stream, thinning, visits, node, 0, 0, takes);
  return visits;
}

/** Adds what a node causes to its targets, those in [from, to) left out. */
function pushOn(
  stream: Stream,
  thinning: Thinning,
  visits: Float64Array,
  node: number,
  from: number,
  to: number,
  takes: EdgeFilter,
): void {
  const count = visits[node]!;
  if (count === 0) return;
  const station = stream.station[node]!;
  for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
    const target = stream.target[edge]!;
    if ((target >= from && target < to) || !takes(stream, node, edge)) continue;
    const weight = edgeWeight(stream, edge, station, thinning);
    if (weight > 0) visits[target] = visits[target]! + count * weight;
  }
}

function solveCycle(
  stream: Stream,
  thinning: Thinning,
  visits: Float64Array,
  from: number,
  to: number,
  takes: EdgeFilter,
): void {
  const size = to - from;
  const entering = visits.slice(from, to);
  if (entering.every((count) => count === 0)) return;
  const weights = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const station = stream.station[from + i]!;
    for (let edge = stream.first[from + i]!; edge < stream.first[from + i + 1]!; edge++) {
      const j = stream.target[edge]! - from;
      if (j < 0 || j >= size || !takes(stream, from + i, edge)) continue;
      weights[j * size + i] = weights[j * size + i]! + edgeWeight(stream, edge, station, thinning);
    }
  }
  const matrix = weights.map((weight, at) => (at % (size + 1) === 0 ? 1 : 0) - weight);
  const solution = entering.every(Number.isFinite) ? solveLinear(matrix, Float64Array.from(entering)) : undefined;
  // A cycle without end shows as a singular system or as negative visits (theory of M-matrices).
  const settles = solution?.every((count) => Number.isFinite(count) && count >= -1e-9);
  const found = settles ? solution! : endlessVisits(weights, entering);
  for (let i = 0; i < size; i++) visits[from + i] = Math.max(0, found[i]!);
}
