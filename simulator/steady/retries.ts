/**
 * Time limits and retries as a fixed point: attempts that fail are sent again, which raises the load, which makes more of them fail. The
 * iteration starts without any retries; as more attempts never make fewer fail, it climbs to the least fixed point,
 * the state that a system reaches from rest. Work for a caller that has given up is done all the same.
 */
import { mode, type Network, type Stream } from '../network/network.ts';
import { survivalOf } from '../statistics/index.ts';
import { attemptsOf, failing, NEGLIGIBLE } from './call-trees.ts';
import { answeredByNode } from './errors.ts';
import { treeInputsOf } from './responses.ts';
import type { State } from './state.ts';
import type { Calls, CallsByStream, Thinning } from './traffic.ts';
import { forEachAttempt, type TreeInputs } from './trees.ts';

/** The calls of a state's impatient callers; undefined where all of them are answered in time. */
export function callsOf(state: State): CallsByStream | undefined {
  const { network } = state;
  let inputs: TreeInputs | undefined;
  const found = new Map<Stream, Calls>();
  for (const [i, stream] of network.streams.entries()) {
    if (!stream.isImpatient || state.streamRates[i] === 0) continue;
    inputs ??= treeInputsOf(state);
    const calls = streamCalls(state, inputs, stream, i);
    if (calls) found.set(stream, calls);
  }
  return found.size === 0 ? undefined : found;
}

/** Updates the calls of a thinning; true if they have changed. */
export function setCalls(state: State, thinning: { calls?: Thinning['calls'] }): boolean {
  const next = callsOf(state);
  const before = thinning.calls;
  thinning.calls = next;
  if (!next || !before) return next !== before;
  return next.size !== before.size || [...next].some(([stream, calls]) => differ(before.get(stream), calls));
}

/** The calls of a network in which every attempt is given up: where a storm of retries begins. */
export function everyCallFails({ streams, connections }: Network): CallsByStream {
  const all = new Map<Stream, Calls>();
  for (const stream of streams) {
    if (!stream.isImpatient) continue;
    const calls = emptyCalls(stream);
    for (let edge = 0; edge < calls.attempts.length; edge++) {
      const patience = connections[stream.link[edge]!]?.patience;
      // An open breaker lets its target recover.
      if (stream.mode[edge] === mode.publish || !patience || patience.breaker) continue;
      calls.attempts[edge] = patience.pauses.length + 1;
      calls.late[edge] = 1;
    }
    all.set(stream, calls);
  }
  return all;
}

function streamCalls(state: State, inputs: TreeInputs, stream: Stream, index: number): Calls | undefined {
  const { connections } = state.network;
  const { accepted, passed } = state.thinning;
  const calls = emptyCalls(stream);
  const answered = answeredByNode(
    state,
    stream,
    (_, __, edge) => stream.mode[edge] !== mode.publish,
    (station) => accepted[station]!,
  );
  let fails = false;
  forEachAttempt(state, inputs, stream, index, (edge, attempt) => {
    const number = stream.link[edge]!;
    const patience = connections[number]!.patience!;
    const lost = noiseless(1 - answered[stream.target[edge]!]! * passed[number]!);
    const late = Number.isFinite(patience.timeout) ? noiseless(survivalOf(attempt, patience.timeout)) : 0;
    calls.lost[edge] = lost;
    calls.late[edge] = late;
    calls.attempts[edge] = attemptsOf(patience, failing({ lost, late }));
    if (lost > 0 || late > 0) fails = true;
  });
  return fails ? calls : undefined;
}

function emptyCalls({ target }: Stream): Calls {
  const count = target.length;
  return { attempts: new Float64Array(count).fill(1), lost: new Float64Array(count), late: new Float64Array(count) };
}

function noiseless(share: number): number {
  return share < NEGLIGIBLE ? 0 : Math.min(1, share);
}

function differ(before: Calls | undefined, after: Calls): boolean {
  if (!before) return true;
  const moved = (a: Float64Array, b: Float64Array) => a.some((value, edge) => Math.abs(value - b[edge]!) > SETTLED);
  return moved(before.attempts, after.attempts) || moved(before.lost, after.lost) || moved(before.late, after.late);
}

/** Below this, what changes is the error of the inversion. */
const SETTLED = 1e-6;
