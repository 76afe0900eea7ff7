/**
 * Response times of requests without their expressions. Where no call is given up and one follows the other, an expression has the same
 * form at every load: it is composed once and kept as a program, and a load only brings other numbers to its leaves. What
 * could change the form is looked at each time, and then the program is made again. `requestTree` stays what it means: the
 * programs are made from it, and where an inversion along a contour cannot tell, it answers.
 */
import { mode, type Network, type Stream } from '../network/network.ts';
import { composed, type Known, termsOf } from '../statistics/compose.ts';
import { programTail, shiftsOf } from '../statistics/contour-tail.ts';
import { type Factor, leafOf } from '../statistics/factor.ts';
import type { FiniteTime } from '../statistics/index.ts';
import { withNarrowFactorsAdvanced } from '../statistics/narrow.ts';
import { atomsIn, isLeaf, type Leaf, programOf, type TransformProgram } from '../statistics/program.ts';
import { hasClosedForm, tailOf } from '../statistics/tail.ts';
import type { Term } from '../statistics/term.ts';
import { treeInputsOf } from './responses.ts';
import { hasFreeVisits, type State } from './state.ts';
import { type Piece, type StationPart, stationPart, stationParts } from './station-trees.ts';
import { answersOnly, edgeWeight, isAwaited } from './traffic.ts';
import { hasTransfers } from './transfers.ts';
import { isTooLarge } from './tree-extents.ts';
import { requestSketch, requestTree, type Sketch } from './trees.ts';

/** Response time of what the users of a stream ask for; undefined where only its expression says it. */
export function requestTime(state: State, stream: Stream, index: number): FiniteTime | undefined {
  if (!hasPrograms(state)) return undefined;
  const visits = state.visits[index]!;
  let program = programs.get(stream);
  if (program?.visits !== visits) program = remember(stream, state, index);
  let filled = fill(program, state, stream, index);
  if (filled === 'other form') filled = fill(remember(stream, state, index), state, stream, index);
  return filled === 'other form' ? undefined : filled;
}

/** The form of the response times of a stream. */
interface RequestProgram {
  /** What it was made for. */
  readonly visits: Float64Array;
  /** Reached nodes, the last first. */
  readonly nodes: readonly number[];
  /** Leaves of the station's own expression, by position in `nodes`. */
  readonly leaves: readonly number[];
  /** True where all the ways a router chooses among were the same, by position in `nodes`. */
  readonly alike: readonly boolean[];
  /** Calls of the node at position i: `first[i] .. first[i + 1]`. */
  readonly first: readonly number[];
  readonly target: readonly number[];
  readonly weight: readonly number[];
  readonly roundTrip: readonly number[];
  readonly chosen: readonly boolean[];
  /** Absent where expressions of this form are not for programs. */
  readonly transform?: TransformProgram;
  readonly offset: number;
  readonly spread: number;
  /** Where the leaves of the transform come from. */
  readonly sources: readonly Source[];
  /** Stations whose own expression occurs. */
  readonly used: readonly { readonly node: number; readonly pieces: readonly Shape[] }[];
}

/** A factor of a station's expression, or, without a piece, a gamma time with the moments of everything at a node. */
interface Source {
  readonly node: number;
  readonly piece?: number;
  readonly factor: number;
}

/** Constant time of a piece, and of each of its factors, whether it may take no time at all. */
interface Shape {
  readonly shift: number;
  readonly atoms: readonly boolean[];
}

const programs = new WeakMap<Stream, RequestProgram>();

function remember(stream: Stream, state: State, index: number): RequestProgram {
  const program = makeProgram(state, stream, index);
  programs.set(stream, program);
  return program;
}

/** True where only numbers depend on the load: no call is tried again, nothing is held outside of the queues, nothing large is moved. */
function hasPrograms(state: State): boolean {
  return hasFreeVisits(state) && state.streamPools === undefined && isPlain(state.network);
}

const plain = new WeakMap<Network, boolean>();

function isPlain(network: Network): boolean {
  let known = plain.get(network);
  if (known === undefined) {
    known =
      network.stations.every(({ threads }) => threads === undefined) &&
      network.connections.every(({ pool }) => pool === undefined) &&
      network.streams.every((one) => one.cycles.length === 0 && !one.hasParallel) &&
      !hasTransfers(network);
    plain.set(network, known);
  }
  return known;
}

function makeProgram(state: State, stream: Stream, index: number): RequestProgram {
  const sketch = requestSketch(state, treeInputsOf(state), stream, index);
  const nodes: number[] = [];
  for (let node = stream.station.length - 1; node >= 0; node--) if (sketch.extents[node]) nodes.push(node);
  const flow = flowOf(state, stream, nodes);
  const moments = momentsAt(flow, partsOf(state, stream, nodes));
  const base = { visits: state.visits[index]!, ...flow, leaves: moments.leaves, alike: moments.alike };
  return { ...base, offset: 0, spread: 0, sources: [], used: [], ...transformOf(state, stream, sketch, nodes) };
}

type Flow = Pick<RequestProgram, 'nodes' | 'first' | 'target' | 'weight' | 'roundTrip' | 'chosen'>;

function flowOf(state: State, stream: Stream, nodes: readonly number[]): Flow {
  const thinning = answersOnly(state.thinning);
  const [first, target, weight, roundTrip, chosen]: [number[], number[], number[], number[], boolean[]] = [
    [0],
    [],
    [],
    [],
    [],
  ];
  for (const node of nodes) {
    for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
      const calls = isAwaited(stream, node, edge) ? edgeWeight(stream, edge, stream.station[node]!, thinning) : 0;
      if (!(calls > 0)) continue;
      target.push(stream.target[edge]!);
      weight.push(calls);
      roundTrip.push(stream.roundTrip[edge]!);
      chosen.push(stream.mode[edge] === mode.forward);
    }
    first.push(target.length);
  }
  return { nodes, first, target, weight, roundTrip, chosen };
}

/** The transform, and what its leaves are; nothing where some part is not smooth, or the whole has a closed form. */
function transformOf(state: State, stream: Stream, sketch: Sketch, nodes: readonly number[]): Partial<RequestProgram> {
  const known: Known = new Map();
  const origins = new Map<Factor, Source>();
  const used: { readonly node: number; readonly pieces: readonly Shape[] }[] = [];
  for (const node of nodes) {
    const built = node === 0 ? sketch.tree : sketch.built[node];
    if (!built) continue;
    if (isTooLarge(sketch.extents[node]!)) {
      const terms = composed(built, new Map());
      known.set(built, terms);
      for (const [i, factor] of (terms[0]?.factors ?? []).entries()) origins.set(factor, { node, factor: i });
      continue;
    }
    const pieces = piecesOf(partAt(state, stream, node));
    if (!pieces.every(({ terms }) => isSmooth(terms))) return {};
    used.push({ node, pieces: pieces.map(shapeOf) });
    for (const [piece, { time, terms }] of pieces.entries()) {
      known.set(time, terms);
      for (const [i, factor] of terms[0]!.factors.entries()) origins.set(factor, { node, piece, factor: i });
    }
  }
  const terms = composed(sketch.tree, known);
  if (terms.length === 0 || terms.every(hasClosedForm)) return {};
  const transform = programOf(terms, new Set(origins.keys()));
  const sources = transform?.leaves.map((leaf) => origins.get(leaf));
  if (!transform || !sources?.every((source) => source !== undefined)) return {};
  return { transform, sources, used, ...shiftsOf(terms) };
}

function isSmooth(terms: Piece['terms']): boolean {
  return terms.length === 1 && terms[0]!.probability === 1 && terms[0]!.factors.every(isLeaf);
}

function shapeOf({ terms }: Piece): Shape {
  return { shift: terms[0]!.shift, atoms: terms[0]!.factors.map(({ atom }) => atom > 0) };
}

function partAt(state: State, stream: Stream, node: number): StationPart {
  const station = state.network.stations[stream.station[node]!]!;
  return stationPart(stationParts(state), state, station, stream.class, stream.operation[node]!);
}

function piecesOf(part: StationPart): readonly Piece[] {
  const { tree } = part;
  part.pieces ??= (tree.kind === 'sum' ? tree.parts : [tree]).map((time) => ({
    time,
    terms: composed(time, new Map()),
  }));
  return part.pieces;
}

function partsOf(state: State, stream: Stream, nodes: readonly number[]): readonly StationPart[] {
  const parts = stationParts(state);
  const { stations } = state.network;
  return nodes.map((node) =>
    stationPart(parts, state, stations[stream.station[node]!]!, stream.class, stream.operation[node]!),
  );
}

interface NodeMoments {
  /** By node. */
  readonly mean: readonly number[];
  readonly variance: readonly number[];
  readonly leaves: readonly number[];
  readonly alike: readonly boolean[];
  readonly endsAlways: boolean;
}

/** As `extentAt` of the trees, over flat tables. */
function momentsAt(flow: Flow, parts: readonly StationPart[]): NodeMoments {
  const { nodes, first, target, weight, roundTrip, chosen } = flow;
  // Plain arrays: small ones are made faster than typed ones.
  const mean = new Array<number>((nodes[0] ?? 0) + 1).fill(0);
  const variance = mean.slice();
  const leaves: number[] = [];
  const alike: boolean[] = [];
  let endsAlways = true;
  for (let i = 0; i < nodes.length; i++) {
    const { extent } = parts[i]!;
    if (extent.mass !== 1) endsAlways = false;
    let [m, v, total, choiceMean, square, same, one, two] = [extent.mean, extent.variance, 0, 0, 0, true, -1, -1];
    for (let at = first[i]!; at < first[i + 1]!; at++) {
      const calls = weight[at]!;
      const callMean = roundTrip[at]! + mean[target[at]!]!;
      const callVariance = variance[target[at]!]!;
      if (chosen[at]) {
        if (total === 0) [one, two] = [callMean, callVariance];
        else if (callMean !== one || callVariance !== two) same = false;
        total += calls;
        choiceMean += calls * callMean;
        square += calls * (callVariance + callMean * callMean);
        continue;
      }
      const again = calls - Math.floor(calls);
      m += calls * callMean;
      v += calls * callVariance + again * (1 - again) * callMean * callMean;
    }
    if (total > 0) {
      choiceMean /= total;
      m += same ? one : choiceMean;
      v += same ? two : Math.max(0, square / total - choiceMean * choiceMean);
    }
    mean[nodes[i]!] = m;
    variance[nodes[i]!] = v;
    leaves.push(extent.leaves);
    alike.push(same);
  }
  return { mean, variance, leaves, alike, endsAlways };
}

/** The response time at a load; undefined where it does not always end, or where it is not for programs. */
function fill(
  program: RequestProgram,
  state: State,
  stream: Stream,
  index: number,
): FiniteTime | 'other form' | undefined {
  const { transform, nodes, offset, spread } = program;
  if (!transform) return undefined;
  const parts = partsOf(state, stream, nodes);
  const moments = momentsAt(program, parts);
  if (!moments.endsAlways) return undefined;
  for (let i = 0; i < nodes.length; i++)
    if (moments.leaves[i] !== program.leaves[i] || moments.alike[i] !== program.alike[i]) return 'other form';
  for (const { node, pieces } of program.used) {
    const now = piecesOf(partAt(state, stream, node));
    if (now.length !== pieces.length || !now.every((piece, i) => isSame(piece, pieces[i]!))) return 'other form';
  }
  const leaves = leavesAt(program, state, stream, moments);
  if (!leaves) return 'other form';
  const outline = { mass: 1, mean: moments.mean[0]!, variance: moments.variance[0]!, offset, spread };
  const alongContour = programTail(transform, leaves, outline);
  const atoms = atomsIn(transform, leaves);
  const atOnce = atoms.find(({ at }) => at === offset)?.probability ?? 0;
  const isSingle = transform.probability.length === 1 && transform.factor.length === 1 && transform.power[0] === 1;
  let exact: FiniteTime['tail'] | undefined;
  const tail: FiniteTime['tail'] = (time, point) => {
    point.density = 0;
    point.survival = time < offset ? 1 : 1 - atOnce;
    if (time <= offset || alongContour?.(time, point)) return;
    exact ??= tailOf(
      isSingle ? oneTerm(leaves[0]!, offset) : termsOf(requestTree(state, treeInputsOf(state), stream, index)),
    );
    exact(time, point);
  };
  return { mean: outline.mean, variance: outline.variance, offset, atoms, tail };
}

/** What an expression beyond reason has become, without building what it was made of. */
function oneTerm(leaf: Leaf, shift: number): readonly Term[] {
  return [withNarrowFactorsAdvanced({ probability: 1, shift, factors: [leaf] })];
}

function isSame({ terms }: Piece, { shift, atoms }: Shape): boolean {
  if (!isSmooth(terms)) return false;
  const { shift: now, factors } = terms[0]!;
  return now === shift && factors.length === atoms.length && factors.every(({ atom }, i) => atom > 0 === atoms[i]);
}

function leavesAt(
  { sources }: RequestProgram,
  state: State,
  stream: Stream,
  { mean, variance }: NodeMoments,
): readonly Leaf[] | undefined {
  const leaves: Leaf[] = [];
  for (const { node, piece, factor } of sources) {
    const leaf =
      piece === undefined
        ? leafOf({ kind: 'gamma', mean: mean[node]!, scv: variance[node]! / (mean[node]! * mean[node]!) })?.factor
        : piecesOf(partAt(state, stream, node))[piece]!.terms[0]!.factors[factor];
    if (!leaf || !isLeaf(leaf)) return undefined;
    leaves.push(leaf);
  }
  return leaves;
}
