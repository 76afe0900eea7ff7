/**
 * What an operation asks of others once it is served, as steps in turn: calls, what is published, what a cache has not found, one of a
 * router's connections, calls at the same time.
 */

import { mode, type Stream } from '../network/network.ts';
import { operation } from '../network/operation.ts';
import { isForwarding } from '../network/passing.ts';
import type { State } from '../steady/state.ts';
import { transferHeld } from '../steady/transfers.ts';
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

/** Steps and edges in one table of whole numbers, with another one of the same indexes for what is not whole. */
export interface Steps {
  /** Where the steps of node i begin; they end where those of the next node begin. */
  readonly first: readonly number[];
  /** Steps and edges, four numbers each. */
  readonly ints: readonly number[];
  readonly reals: readonly number[];
}

/** A step: its kind, where its edges begin and where they end; and the share of the operations that it is for. */
export const STEP = 4;
export const KIND = 0;
export const FROM = 1;
export const TO = 2;
export const SHARE = 0;

/** An edge: the node it leads to, how many calls each time, its link, 1 where a call needs more than to be made. */
export const EDGE = 4;
export const TARGET = 0;
export const WHOLE = 1;
export const LINK = 2;
export const SPECIAL = 3;
/** The chance of one more call, the chance that it or one before it in its step is chosen, seconds of round trip. */
export const FRACTION = 0;
export const UNTIL = 1;
export const ROUND_TRIP = 2;
/** Mean seconds of moving a payload over a declared network. */
export const TRANSFER = 3;

interface DraftStep {
  readonly kind: number;
  readonly share: number;
  readonly edges: readonly number[];
}

/** The steps of all streams. `nodeAt` gives the place of the stream's node, and the table is to begin at `start`. */
export function compileSteps(
  state: State,
  holders: Holders,
  nodeAt: (stream: number, node: number) => number,
  start: number,
): Steps {
  const handed = handedOnLinks(state);
  const first: number[] = [];
  const ints: number[] = [];
  const reals: number[] = [];
  for (const [i, stream] of state.network.streams.entries()) {
    for (let node = 0; node < stream.station.length; node++) {
      const drafts = stepsOf(state, stream, node, handed);
      first.push(start + ints.length);
      let edge = start + ints.length + drafts.length * STEP;
      for (const { kind, edges, share } of drafts) {
        ints.push(kind, edge, edge + edges.length * EDGE, 0);
        reals.push(share, 0, 0, 0);
        edge += edges.length * EDGE;
      }
      for (const { edges } of drafts) addEdges({ state, holders, stream, ints, reals }, edges, (to) => nodeAt(i, to));
    }
  }
  return { first, ints, reals };
}

interface EdgeContext {
  readonly state: State;
  readonly holders: Holders;
  readonly stream: Stream;
  readonly ints: number[];
  readonly reals: number[];
}

function addEdges(context: EdgeContext, edges: readonly number[], nodeAt: (node: number) => number): void {
  const { state, holders, stream, ints, reals } = context;
  const untils = sharesUntil(stream, edges);
  for (const [n, edge] of edges.entries()) {
    const link = stream.link[edge]!;
    const { patience, rateLimit } = state.network.connections[link] ?? {};
    const transfer = transferHeld(state, link);
    const isSpecial = transfer > 0 || holders.ofLink[link]! >= 0 || patience !== undefined || rateLimit !== undefined;
    const weight = stream.weight[edge]!;
    ints.push(nodeAt(stream.target[edge]!), Math.floor(weight + ROUNDING), link, isSpecial ? 1 : 0);
    reals.push(fractionOf(weight), untils[n]!, Math.max(0, stream.roundTrip[edge]!), transfer);
  }
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
