/**
 * Which share of the requests is answered: every part that a request waits for must let it in and get it done. Calls fail independently of
 * each other; `n` calls per request with n below 1 are a call with that probability.
 */
import { mode, type Stream } from '../network/network.ts';
import type { State } from './state.ts';
import { edgeWeight, type Thinning } from './traffic.ts';

/** Share of a stream's requests that is answered; `takes` chooses the edges out of the source. */
export function answeredShare(
  state: State,
  stream: Stream,
  takes: (stream: Stream, node: number, edge: number) => boolean,
): number {
  if (state.done.every((share) => share === 1) && state.thinning.passed.every((share) => share === 1)) return 1;
  const ones = (values: Float64Array) => new Float64Array(values.length).fill(1);
  const thinning: Thinning = {
    ...state.thinning,
    accepted: ones(state.thinning.accepted),
    passed: ones(state.thinning.passed),
  };
  const answered = new Float64Array(stream.station.length).fill(1);
  for (let round = 0; round < (stream.cycles.length > 0 ? CYCLE_ROUNDS : 1); round++)
    for (let node = answered.length - 1; node >= 0; node--)
      answered[node] = answeredAt(state, stream, thinning, answered, node, takes);
  return answered[0]!;
}

const CYCLE_ROUNDS = 30;

function answeredAt(
  state: State,
  stream: Stream,
  thinning: Thinning,
  answered: Float64Array,
  node: number,
  takes: (stream: Stream, node: number, edge: number) => boolean,
): number {
  const station = stream.station[node]!;
  let share = state.done[station]!;
  let chosen = 0;
  let chosenWeight = 0;
  for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
    if (!takes(stream, node, edge)) continue;
    const weight = edgeWeight(stream, edge, station, thinning);
    if (!(weight > 0)) continue;
    const link = stream.link[edge]!;
    const one = answered[stream.target[edge]!]! * (link >= 0 ? state.thinning.passed[link]! : 1);
    if (stream.mode[edge] === mode.forward) {
      chosen += weight * one;
      chosenWeight += weight;
    } else share *= weight < 1 ? 1 - weight * (1 - one) : one ** weight;
  }
  return chosenWeight > 0 ? (share * chosen) / chosenWeight : share;
}
