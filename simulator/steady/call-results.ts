/** How calls go along a connection, over all streams that use it. */
import type { ConnectionResult } from '../../model/index.ts';
import { failedAfterAll, failing } from './call-trees.ts';
import { forEachEdge } from './edges.ts';
import type { State } from './state.ts';

/** Attempts and failures of the calls along a link; nothing where all of them are answered at once. */
export function retriesAlong(state: State, link: number): Pick<ConnectionResult, 'attempts' | 'failures'> {
  if (!state.thinning.calls) return {};
  const tables = known.get(state) ?? tablesOf(state);
  known.set(state, tables);
  const calls = tables.calls[link]!;
  if (!(calls > 0) || !Number.isFinite(calls)) return {};
  const attempts = tables.attempts[link]! / calls;
  const failures = tables.failures[link]! / calls;
  return { ...(attempts > 1 ? { attempts } : {}), ...(failures > 0 ? { failures } : {}) };
}

interface Tables {
  /** Per second, by link. */
  readonly calls: Float64Array;
  readonly attempts: Float64Array;
  readonly failures: Float64Array;
}

const known = new WeakMap<State, Tables>();

function tablesOf(state: State): Tables {
  const { connections } = state.network;
  const table = () => new Float64Array(connections.length);
  const tables: Tables = { calls: table(), attempts: table(), failures: table() };
  forEachEdge(state, (stream, _, edge, rate) => {
    const number = stream.link[edge]!;
    const patience = connections[number]?.patience;
    const calls = state.thinning.calls?.get(stream);
    if (!patience || !calls) return;
    // What a limit on the connection turned away was an attempt all the same.
    const attempts = rate / (state.thinning.passed[number]! || 1);
    const count = attempts / calls.attempts[edge]!;
    const fails = failing({ lost: calls.lost[edge]!, late: calls.late[edge]! });
    tables.calls[number] = tables.calls[number]! + count;
    tables.attempts[number] = tables.attempts[number]! + attempts;
    tables.failures[number] = tables.failures[number]! + count * failedAfterAll(patience, fails);
  });
  return tables;
}
