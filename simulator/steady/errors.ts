/**
 * Which share of the requests is answered: every part that a request waits for must let it in and get it done. Calls fail independently of
 * each other; `n` calls per request with n below 1 are a call with that probability.
 */
import { mode, type Stream } from '../network/network.ts';
import { operationCount } from '../network/operation.ts';
import { failedAfterAll } from './call-trees.ts';
import type { State } from './state.ts';
import { sustainedShares } from './sustained.ts';
import { answersOnly, edgeWeight, type Thinning } from './traffic.ts';

/** Share of a stream's requests that is answered; `takes` chooses the edges out of the source. */
export function answeredShare(
  state: State,
  stream: Stream,
  takes: (stream: Stream, node: number, edge: number) => boolean,
): number {
  const { passed, calls } = state.thinning;
  if (!calls && state.done.every((share) => share === 1) && passed.every((share) => share === 1)) return 1;
  const sustained = sustainedShares(state);
  const classes = state.network.classes.length;
  const done = (station: number, kind: number) =>
    sustained[(station * operationCount + kind) * classes + stream.class]!;
  return answeredByNode(state, stream, takes, done)[0]!;
}

/**
 * Share of the operations that are answered, by node, where each station answers a share `done` of those that reach it. What is not
 * answered is tried again as often as its caller does, and does not count where the caller can do without.
 */
export function answeredByNode(
  state: State,
  stream: Stream,
  takes: (stream: Stream, node: number, edge: number) => boolean,
  done: (station: number, kind: number) => number,
): Float64Array {
  const thinning = answersOnly(state.thinning);
  const answered = new Float64Array(stream.station.length).fill(1);
  for (let round = 0; round < (stream.cycles.length > 0 ? CYCLE_ROUNDS : 1); round++)
    for (let node = answered.length - 1; node >= 0; node--)
      answered[node] = answeredAt({ state, stream, thinning, answered, takes, done }, node);
  return answered;
}

const CYCLE_ROUNDS = 30;

interface Context {
  readonly state: State;
  readonly stream: Stream;
  readonly thinning: Thinning;
  readonly answered: Float64Array;
  readonly takes: (stream: Stream, node: number, edge: number) => boolean;
  readonly done: (station: number, kind: number) => number;
}

function answeredAt(context: Context, node: number): number {
  const { stream, thinning, takes, done } = context;
  const station = stream.station[node]!;
  let share = done(station, stream.operation[node]!);
  let chosen = 0;
  let chosenWeight = 0;
  for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
    if (!takes(stream, node, edge)) continue;
    const weight = edgeWeight(stream, edge, station, thinning);
    if (!(weight > 0)) continue;
    const one = callAnswered(context, edge);
    if (stream.mode[edge] === mode.forward) {
      chosen += weight * one;
      chosenWeight += weight;
    } else share *= weight < 1 ? 1 - weight * (1 - one) : one ** weight;
  }
  return chosenWeight > 0 ? (share * chosen) / chosenWeight : share;
}

/** Share of the calls along an edge that are answered at last, or that the caller can do without. */
function callAnswered({ state, stream, answered }: Context, edge: number): number {
  const number = stream.link[edge]!;
  const link = state.network.connections[number];
  const { passed, calls } = state.thinning;
  const once = answered[stream.target[edge]!]! * (link ? passed[number]! : 1);
  if (!link?.patience) return once;
  const late = calls?.get(stream)?.late[edge] ?? 0;
  if (link.fallback && Number.isFinite(link.patience.timeout)) return 1;
  return 1 - failedAfterAll(link.patience, 1 - once * (1 - late));
}
