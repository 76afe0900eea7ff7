/** Request classes as their users see them. */
import type { Accuracy, Latency, RequestResult } from '../../model/index.ts';
import type { Stream } from '../network/network.ts';
import {
  type Distribution,
  distributionOf,
  distributionOfFinite,
  type FiniteTime,
  type ResponseTime,
} from '../statistics/index.ts';
import { approximate, exact, weakest } from './accuracy.ts';
import { callAccuracies } from './call-trust.ts';
import { answeredShare } from './errors.ts';
import { latencyBy, latencyFrom, noLatency } from './latency.ts';
import { requestTime } from './request-programs.ts';
import { type SolvedLoad, STATIC_FILES, type Wanted } from './solve.ts';
import type { State } from './state.ts';
import { answersOnly, awaitedVisits, edgeWeight, isAwaited, isAwaitedStatic, staticVisits } from './traffic.ts';
import { transferAccuracy, transferMean } from './transfers.ts';
import { mixtureOf } from './tree-algebra.ts';
import { requestTree, staticTree } from './trees.ts';
import { hasQueue } from './trust.ts';

/** A stream with its number. */
type Numbered = readonly [index: number, stream: Stream];

/** The default class first, then the declared ones, then the static files, where users ask for any. */
export function requestResults(solved: SolvedLoad, wanted?: Wanted): readonly RequestResult[] {
  const { network } = solved;
  const streams = [...network.streams.entries()];
  const classes = network.classes.flatMap((requestClass, index) => {
    const own = streams.filter(([, stream]) => stream.class === index);
    return own.length === 0 ? [] : [resultOf(solved, requestClass.name, own, wanted)];
  });
  const withStatic = streams.filter(([, stream]) => stream.hasStatic);
  return withStatic.length === 0 || wanted ? classes : [...classes, staticResult(solved, withStatic)];
}

/** How far the results of each class can be trusted, in the order of `requestResults`. */
export function classAccuracies(solved: SolvedLoad): readonly Accuracy[] {
  const { classes, streams } = solved.network;
  return classes.flatMap((_, index) => {
    const own = streams.filter((stream) => stream.class === index);
    return own.length === 0 ? [] : [classAccuracy(solved, own)];
  });
}

function classAccuracy(solved: SolvedLoad, streams: readonly Stream[]): Accuracy {
  return weakest([solved.closedAccuracy, ...streams.map((stream) => pathAccuracy(solved, stream))]);
}

/** Response time of the whole mix, as an expression. */
export function responseOfAll(solved: SolvedLoad): ResponseTime {
  return treeOf(solved, [...solved.network.streams.entries()]);
}

/** Response time of a class, as an expression. */
export function responseOfClass(solved: SolvedLoad, name: string): ResponseTime | undefined {
  const own = streamsOf(solved.network, name);
  return own.length === 0 ? undefined : treeOf(solved, own);
}

/** Response time of the whole mix, or of one class; undefined where there is none. */
export function timeOfRequests(solved: SolvedLoad, name?: string): Distribution | undefined {
  const own = streamsOf(solved.network, name);
  if (own.length === 0) return undefined;
  return programTime(solved.actual, own) ?? distributionOf(treeOf(solved, own));
}

/** The response time of the whole mix in figures. */
export function latencyOfAll(solved: SolvedLoad): Latency {
  return latencyOf(solved, streamsOf(solved.network));
}

/** Response time of some streams together; undefined where only an expression says it. */
export function programTime(actual: State, streams: readonly Numbered[]): Distribution | undefined {
  const shares = sharesOf(actual, streams);
  const branches: { readonly probability: number; readonly of: FiniteTime }[] = [];
  for (const [n, [i, stream]] of streams.entries()) {
    if (!(shares[n]! > 0)) continue;
    const of = requestTime(actual, stream, i);
    if (!of) return undefined;
    branches.push({ probability: shares[n]!, of });
  }
  return branches.length === 0 ? undefined : distributionOfFinite(branches);
}

function streamsOf({ streams, classes }: SolvedLoad['network'], name?: string): readonly Numbered[] {
  const all = [...streams.entries()];
  return name === undefined ? all : all.filter(([, stream]) => classes[stream.class]!.name === name);
}

/** Share of the requests of all streams, or of one class, that fail. */
export function errorsOf({ network, actual }: SolvedLoad, name?: string): number {
  let rate = 0;
  let failed = 0;
  for (const [i, stream] of network.streams.entries()) {
    if (name !== undefined && network.classes[stream.class]!.name !== name) continue;
    rate += actual.streamRates[i]!;
    if (actual.streamRates[i]! > 0) failed += actual.streamRates[i]! * (1 - answeredShare(actual, stream, isAwaited));
  }
  return rate > 0 ? failed / rate : 0;
}

function latencyOf(solved: SolvedLoad, streams: readonly Numbered[]): Latency {
  const known = programTime(solved.actual, streams);
  return known ? latencyBy(known) : latencyFrom(treeOf(solved, streams), solved.latencies);
}

function treeOf({ actual, treeInputs }: SolvedLoad, streams: readonly Numbered[]): ResponseTime {
  const shares = sharesOf(actual, streams);
  return mixtureOf(
    streams.map(([i, stream], n) => ({
      probability: shares[n]!,
      of: requestTree(actual, treeInputs, stream, i),
    })),
  );
}

/** Of each of several streams, its share of their requests. */
function sharesOf(actual: State, streams: readonly Numbered[]): readonly number[] {
  const total = streams.reduce((sum, [i]) => sum + actual.streamRates[i]!, 0);
  return streams.map(([i]) => (total > 0 ? actual.streamRates[i]! / total : 1 / streams.length));
}

function resultOf(
  solved: SolvedLoad,
  name: string,
  streams: readonly Numbered[],
  wanted: Wanted | undefined,
): RequestResult {
  const rate = streams.reduce((sum, [i]) => sum + solved.actual.streamRates[i]!, 0);
  let breakdown: RequestResult['breakdown'] | undefined;
  let accuracy: Accuracy | undefined;
  return {
    name,
    rate,
    response: wanted && !wanted.requests.has(name) ? noLatency : latencyOf(solved, streams),
    errors: clamp(errorsOf(solved, name)),
    get breakdown() {
      breakdown ??= wanted ? [] : breakdownOf(solved, streams);
      return breakdown;
    },
    get accuracy() {
      accuracy ??= classAccuracy(
        solved,
        streams.map(([, stream]) => stream),
      );
      return accuracy;
    },
  };
}

/** Mean seconds by component: its own time, and the way there. Of calls made at the same time each has its part of the longest. */
function breakdownOf(solved: SolvedLoad, streams: readonly Numbered[]): RequestResult['breakdown'] {
  const { network, actual } = solved;
  const seconds = new Float64Array(network.stations.length);
  const total = streams.reduce((sum, [i]) => sum + actual.streamRates[i]!, 0);
  for (const [i, stream] of streams)
    addTimes(solved, stream, i, total > 0 ? actual.streamRates[i]! / total : 1 / streams.length, seconds);
  return network.stations
    .map((station) => ({ path: station.path, seconds: seconds[station.index]! }))
    .filter((part) => part.seconds > 0)
    .sort((a, b) => (a.seconds === b.seconds ? 0 : b.seconds - a.seconds));
}

/** Adds the times of a stream's requests, `share` of all. */
function addTimes({ actual, responses }: SolvedLoad, stream: Stream, i: number, share: number, seconds: Float64Array) {
  const thinning = answersOnly(actual.thinning);
  const visits = awaitedVisits(stream, thinning);
  const special = stream.cycles.length > 0 ? undefined : responses.calls?.[i];
  // A call that takes another time than its target stretches or shortens what is behind it.
  const counts = special ? new Float64Array(visits.length) : visits;
  counts[0] = 1;
  for (let node = 0; node < visits.length; node++) {
    const count = share * counts[node]!;
    if (!(count > 0)) continue;
    const station = stream.station[node]!;
    seconds[station] = seconds[station]! + count * responses.own[i]![node]!;
    for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
      if (!isAwaited(stream, node, edge)) continue;
      const weight = edgeWeight(stream, edge, station, thinning);
      const target = stream.target[edge]!;
      const reached = stream.station[target]!;
      const link = stream.link[edge]!;
      const way =
        stream.roundTrip[edge]! + (link >= 0 ? responses.poolWait[link]!.mean + transferMean(actual, link, false) : 0);
      const plain = way + responses.whole[i]![target]!;
      const own = special?.time[edge] ?? Number.NaN;
      const stretch = Number.isNaN(own) || !(plain > 0) ? 1 : Number.isFinite(plain) ? own / plain : Number.NaN;
      if (Number.isNaN(stretch)) seconds[reached] = seconds[reached]! + count * weight * own;
      else if (way > 0) seconds[reached] = seconds[reached]! + count * weight * way * stretch;
      if (special && target > node && stretch > 0) counts[target] = counts[target]! + counts[node]! * weight * stretch;
    }
  }
}

/** Exact where at most one wait is on the way, once, at a station that is exact. */
function pathAccuracy({ network, actual, accuracies }: SolvedLoad, stream: Stream): Accuracy {
  const visits = awaitedVisits(stream, actual.thinning);
  const met: Accuracy[] = [];
  let waits = 0;
  for (let node = 1; node < visits.length; node++) {
    if (!(visits[node]! > 0)) continue;
    const station = network.stations[stream.station[node]!]!;
    met.push(accuracies[station.index]!);
    if (hasQueue(actual, station)) waits += visits[node]! > 1 + 1e-9 ? 2 : 1;
  }
  const independent = waits > 1 ? approximate('waits on the way are taken as independent', 0.03) : exact;
  const moved = transferAccuracy(actual, linksMet(stream, visits));
  return weakest([...met, independent, ...moved, ...callAccuracies(actual, stream, visits)]);
}

/** The links out of the nodes that are visited. */
function* linksMet(stream: Stream, visits: Float64Array): Iterable<number> {
  for (let node = 0; node < visits.length; node++)
    for (let edge = stream.first[node]!; visits[node]! > 0 && edge < stream.first[node + 1]!; edge++)
      if (isAwaited(stream, node, edge)) yield stream.link[edge]!;
}

function staticResult(solved: SolvedLoad, streams: readonly Numbered[]): RequestResult {
  const { actual, responses, accuracies } = solved;
  const counts = streams.map(([i, stream]) => actual.streamRates[i]! * staticCount(solved, stream));
  const rate = counts.reduce((sum, count) => sum + count, 0);
  const trees = streams.map(([i, stream], n) => ({
    probability: rate > 0 ? counts[n]! / rate : 1 / streams.length,
    of: staticTree(actual, responses, stream, i),
  }));
  const answered = streams.reduce((sum, [, stream], n) => {
    const all = answeredShare(actual, stream, isAwaitedStatic);
    const files = staticCount(solved, stream);
    return sum + counts[n]! * (files > 1 ? all ** (1 / files) : all);
  }, 0);
  const met = streams.flatMap(([, stream]) =>
    [...staticVisits(stream, actual.thinning)].flatMap((count, node) =>
      node > 0 && count > 0 ? [accuracies[stream.station[node]!]!] : [],
    ),
  );
  return {
    name: STATIC_FILES,
    rate,
    response: latencyFrom(mixtureOf(trees), solved.latencies),
    errors: rate > 0 ? clamp(1 - answered / rate) : 0,
    breakdown: [],
    accuracy: weakest(met),
  };
}

/** Static files that come with one request. */
function staticCount({ actual }: SolvedLoad, stream: Stream): number {
  let count = 0;
  for (let edge = stream.first[0]!; edge < stream.first[1]!; edge++)
    if (isAwaitedStatic(stream, 0, edge)) count += edgeWeight(stream, edge, stream.station[0]!, actual.thinning);
  return count;
}

function clamp(share: number): number {
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 1;
}
