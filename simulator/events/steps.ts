/**
 * What an operation asks of others once it is served, as steps in turn: calls, what is published, what a cache has not found, one of a
 * router's connections, calls at the same time.
 */

import { mode, type Stream } from '../network/network.ts';
import { operation } from '../network/operation.ts';
import { isForwarding } from '../network/passing.ts';
import type { State } from '../steady/state.ts';
import type { Holders } from './holders.ts';

/** Kinds of steps. */
export const step = {
  /** Calls along one edge, one after the other. */
  call: 0,
  /** One of several edges. */
  choose: 1,
  /** Nobody waits for it. */
  publish: 2,
  /** One of several edges, and nobody waits for it. */
  chooseToPublish: 3,
  /** One of several edges for what is not found. */
  miss: 4,
  /** All calls of several edges at the same time. */
  together: 5,
  /** Static files that users ask for beside their request. */
  static: 6,
} as const;

/** Steps of all nodes, and the edges that they use. */
export interface Steps {
  /** Steps of node i are `first[i] .. first[i + 1]`. */
  readonly first: Int32Array;
  readonly kind: Uint8Array;
  /** Edges of step i are `from[i] .. from[i + 1]`. */
  readonly from: Int32Array;
  /** Share of the operations that the step is for. */
  readonly share: Float64Array;
  /** By edge. */
  readonly target: Int32Array;
  /** Whole calls for each operation, and the chance of one more. */
  readonly whole: Float64Array;
  readonly fraction: Float64Array;
  /** Chance that one of its step's edges up to this one is chosen. */
  readonly until: Float64Array;
  readonly roundTrip: Float64Array;
  readonly link: Int32Array;
  /** 1 where a call needs more than to be made: a connection, a time limit, retries, a limit of its rate. */
  readonly special: Uint8Array;
}

interface DraftStep {
  readonly kind: number;
  readonly share: number;
  readonly edges: readonly number[];
}

/** The steps of all streams, whose nodes begin at `roots`. */
export function compileSteps(state: State, roots: Int32Array, holders: Holders): Steps {
  const { connections } = state.network;
  const handed = handedOnLinks(state);
  const first: number[] = [0];
  const kind: number[] = [];
  const from: number[] = [0];
  const share: number[] = [];
  const edges: { readonly stream: Stream; readonly root: number; readonly edge: number; readonly until: number }[] = [];
  for (const [i, stream] of state.network.streams.entries()) {
    for (let node = 0; node < stream.station.length; node++) {
      for (const draft of stepsOf(state, stream, node, handed)) {
        kind.push(draft.kind);
        share.push(draft.share);
        const untils = sharesUntil(stream, draft.edges);
        for (const [n, edge] of draft.edges.entries()) edges.push({ stream, root: roots[i]!, edge, until: untils[n]! });
        from.push(edges.length);
      }
      first.push(kind.length);
    }
  }
  return {
    first: Int32Array.from(first),
    kind: Uint8Array.from(kind),
    from: Int32Array.from(from),
    share: Float64Array.from(share),
    target: Int32Array.from(edges, ({ stream, root, edge }) => root + stream.target[edge]!),
    whole: Float64Array.from(edges, ({ stream, edge }) => Math.floor(stream.weight[edge]! + ROUNDING)),
    fraction: Float64Array.from(edges, ({ stream, edge }) => fractionOf(stream.weight[edge]!)),
    until: Float64Array.from(edges, ({ until }) => until),
    roundTrip: Float64Array.from(edges, ({ stream, edge }) => Math.max(0, stream.roundTrip[edge]!)),
    link: Int32Array.from(edges, ({ stream, edge }) => stream.link[edge]!),
    special: Uint8Array.from(edges, ({ stream, edge }) => {
      const link = stream.link[edge]!;
      const { patience, rateLimit } = connections[link] ?? {};
      return holders.ofLink[link]! >= 0 || patience !== undefined || rateLimit !== undefined ? 1 : 0;
    }),
  };
}

/** Sums of decimal shares miss whole numbers by so little. */
const ROUNDING = 1e-9;

function fractionOf(weight: number): number {
  const fraction = weight - Math.floor(weight + ROUNDING);
  return fraction > ROUNDING ? fraction : 0;
}

/** Chances of edges one of which is chosen, added up; the last is 1. */
function sharesUntil(stream: Stream, edges: readonly number[]): readonly number[] {
  const total = edges.reduce((sum, edge) => sum + stream.weight[edge]!, 0);
  let until = 0;
  return edges.map((edge, n) => {
    until += stream.weight[edge]! / total;
    return n === edges.length - 1 ? 1 : until;
  });
}

function stepsOf(state: State, stream: Stream, node: number, handed: ReadonlySet<number>): readonly DraftStep[] {
  const found: DraftStep[] = [];
  const chosen: number[] = [];
  const handedOn: number[] = [];
  const missed: number[] = [];
  const together: number[] = [];
  const station = state.network.stations[stream.station[node]!]!;
  for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
    const how = stream.mode[edge]!;
    if (how === mode.forward) chosen.push(edge);
    else if (handed.has(stream.link[edge]!)) handedOn.push(edge);
    else if (stream.miss[edge] === 1) missed.push(edge);
    else if (how === mode.publish) found.push({ kind: step.publish, share: 1, edges: [edge] });
    else if (node === 0 && stream.operation[stream.target[edge]!] === operation.static)
      found.push({ kind: step.static, share: 1, edges: [edge] });
    else if (state.network.connections[stream.link[edge]!]?.parallel) together.push(edge);
    else found.push({ kind: step.call, share: 1, edges: [edge] });
  }
  const miss = 1 - state.thinning.hit[station.index]!;
  const asked = missed.reduce((sum, edge) => sum + stream.weight[edge]!, 0);
  if (missed.length > 0) found.push({ kind: step.miss, share: miss * Math.min(1, asked), edges: missed });
  if (handedOn.length > 0) found.push({ kind: step.chooseToPublish, share: 1, edges: handedOn });
  if (chosen.length > 0) found.push({ kind: step.choose, share: 1, edges: chosen });
  if (together.length > 0) found.push({ kind: step.together, share: 1, edges: together });
  return found;
}

/** Links by which queues hand on their messages, each message along one of them. */
function handedOnLinks({ network }: State): ReadonlySet<number> {
  const { connections, requests } = network.architecture;
  const forwarding = new Set(
    [...connections, ...requests.flatMap((request) => request.connections)].filter(isForwarding).map(({ id }) => id),
  );
  const found = new Set<number>();
  for (const [index, { id, from }] of network.connections.entries())
    if (network.stations[from]!.component.kind === 'queue' && forwarding.has(id)) found.add(index);
  return found;
}
