/**
 * The transform of a mixture of sums of factors as a list of steps over flat tables: every part that occurs in several places is evaluated
 * once, and nothing is allocated per point. A step is a mixture; what it is made of are leaves and earlier steps.
 */
import { CONTOUR_POINTS, contourIm, contourRe } from './contour.ts';
import { baseOf, type Factor } from './factor.ts';
import { type Complex, evaluateFactor, raise } from './laplace.ts';
import type { Term } from './term.ts';

/** Leaves and steps, numbered together: leaves first. */
export interface TransformProgram {
  readonly leaves: readonly Leaf[];
  /** Terms of step i are `firstTerm[i] .. firstTerm[i + 1]`, their factors `firstFactor[term] .. firstFactor[term + 1]`. */
  readonly firstTerm: readonly number[];
  readonly probability: readonly number[];
  readonly shift: readonly number[];
  readonly firstFactor: readonly number[];
  /** Number of a leaf, or of a step plus the number of leaves. */
  readonly factor: readonly number[];
  readonly power: readonly number[];
}

/** A factor that is evaluated by itself. */
export type Leaf = Exclude<Factor, { kind: 'piecewise' | 'pollaczek' }>;

/**
 * The program of a mixture; undefined where it has factors whose transforms have other singularities than real negative ones.
 *
 * @param opaque factors that are leaves although they are mixtures, so that others of any kind can take their places
 */
export function programOf(terms: readonly Term[], opaque?: ReadonlySet<Factor>): TransformProgram | undefined {
  const draft: Draft = {
    leaves: [],
    leafNumbers: new Map(),
    stepNumbers: new Map(),
    firstTerm: [0],
    probability: [],
    shift: [],
    firstFactor: [0],
    factor: [],
    power: [],
  };
  if (!findLeaves(draft, terms, opaque)) return undefined;
  addStep(draft, terms);
  return draft;
}

interface Draft extends TransformProgram {
  readonly leaves: Leaf[];
  readonly leafNumbers: Map<Factor, number>;
  readonly stepNumbers: Map<Factor, number>;
  readonly firstTerm: number[];
  readonly probability: number[];
  readonly shift: number[];
  readonly firstFactor: number[];
  readonly factor: number[];
  readonly power: number[];
}

/** True for a factor whose transform has real negative singularities alone. */
export function isLeaf(factor: Factor): factor is Leaf {
  if (factor.kind === 'terms') return factor.terms.every(({ factors }) => factors.every(isLeaf));
  return factor.kind !== 'piecewise' && factor.kind !== 'pollaczek';
}

function findLeaves(draft: Draft, terms: readonly Term[], opaque: ReadonlySet<Factor> | undefined): boolean {
  for (const { factors } of terms)
    for (const one of factors) {
      const factor = baseOf(one);
      if (factor.kind === 'terms' && !opaque?.has(factor)) {
        if (draft.stepNumbers.has(factor)) continue;
        // Known from here on; its number follows when all leaves are known.
        draft.stepNumbers.set(factor, -1);
        if (!findLeaves(draft, factor.terms, opaque)) return false;
      } else if (!isLeaf(factor)) return false;
      else if (!draft.leafNumbers.has(factor)) {
        draft.leafNumbers.set(factor, draft.leaves.length);
        draft.leaves.push(factor.advance === 0 ? factor : { ...factor, advance: 0 });
      }
    }
  return true;
}

function addStep(draft: Draft, terms: readonly Term[]): number {
  for (const { factors } of terms)
    for (const one of factors) {
      const factor = baseOf(one);
      if (draft.stepNumbers.get(factor) === -1 && factor.kind === 'terms')
        draft.stepNumbers.set(factor, addStep(draft, factor.terms));
    }
  for (const { probability, shift, factors } of terms) {
    draft.probability.push(probability);
    draft.shift.push(plainShift({ probability, shift, factors }));
    for (const factor of factors) {
      const base = baseOf(factor);
      draft.factor.push(draft.leafNumbers.get(base) ?? draft.stepNumbers.get(base)! + draft.leaves.length);
      draft.power.push(factor.power);
    }
    draft.firstFactor.push(draft.factor.length);
  }
  draft.firstTerm.push(draft.probability.length);
  return draft.firstTerm.length - 2;
}

/** A constant time that has a probability of its own. */
export interface Atom {
  /** Seconds. */
  readonly at: number;
  readonly probability: number;
}

/** The constant times of the terms of a program with these leaves. */
export function atomsIn(program: TransformProgram, leaves: readonly Leaf[]): readonly Atom[] {
  const { firstTerm, probability, shift, firstFactor, factor, power } = program;
  const known: number[] = leaves.map(({ atom }) => atom);
  const atoms: Atom[] = [];
  const last = firstTerm.length - 2;
  for (let step = 0; step <= last; step++) {
    let sum = 0;
    for (let term = firstTerm[step]!; term < firstTerm[step + 1]!; term++) {
      let own = probability[term]!;
      for (let at = firstFactor[term]!; own > 0 && at < firstFactor[term + 1]!; at++)
        own *= known[factor[at]!]! ** power[at]!;
      if (shift[term] === 0) sum += own;
      if (step === last && own > 0) atoms.push({ at: shift[term]!, probability: own });
    }
    known.push(sum);
  }
  return atoms;
}

/** The constant time of a term without what `narrow.ts` has moved there, which the contour does not need. */
export function plainShift({ shift, factors }: Term): number {
  let plain = shift;
  for (const { advance } of factors) plain -= advance;
  return plain;
}

const N = CONTOUR_POINTS;
const pointRe = new Float64Array(N);
const pointIm = new Float64Array(N);
let rowsRe = new Float64Array(64 * N);
let rowsIm = new Float64Array(64 * N);
const value: Complex = { re: 0, im: 0 };

/**
 * Writes the transform on the contour for times up to `longest` seconds to `re` and `im`.
 *
 * @param leaves those of the program, or others in their places
 * @param earlier seconds that are taken out of all constant times
 */
export function runProgram(
  program: TransformProgram,
  leaves: readonly Leaf[],
  longest: number,
  earlier: number,
  re: Float64Array,
  im: Float64Array,
): void {
  const steps = program.firstTerm.length - 1;
  const rows = leaves.length + steps;
  for (let k = 0; k < N; k++) {
    pointRe[k] = contourRe[k]! / longest;
    pointIm[k] = contourIm[k]! / longest;
  }
  makeRoom(rows + SPARE);
  for (let leaf = 0; leaf < leaves.length; leaf++) runLeaf(leaves[leaf]!, leaf * N, rows);
  for (let step = 0; step < steps; step++)
    runStep(program, leaves.length + step, step, step === steps - 1 ? earlier : 0);
  const last = (rows - 1) * N;
  for (let k = 0; k < N; k++) {
    re[k] = rowsRe[last + k]!;
    im[k] = rowsIm[last + k]!;
  }
}

/** Rows for the parts of a leaf that is a mixture, two for each level of mixtures inside of mixtures. */
const SPARE = 16;

function makeRoom(rows: number): void {
  if (rowsRe.length >= rows * N) return;
  rowsRe = new Float64Array(2 * rows * N);
  rowsIm = new Float64Array(2 * rows * N);
}

/** Fills a row; those from `free` on may be overwritten. */
function runLeaf(leaf: Factor, row: number, free: number): void {
  if (leaf.kind === 'sojourn') runSojourn(row, leaf.serviceRate, leaf.drain, leaf.waitProbability);
  else if (leaf.kind === 'gamma' && leaf.shape === 1) runSojourn(row, 1 / leaf.scale, 1, 0);
  else if (leaf.kind === 'terms') runMixture(leaf.terms, row, free);
  else if (isLeaf(leaf))
    for (let k = 0; k < N; k++) {
      evaluateFactor(leaf, pointRe[k]!, pointIm[k]!, value);
      rowsRe[row + k] = value.re;
      rowsIm[row + k] = value.im;
    }
}

function runMixture(terms: readonly Term[], row: number, free: number): void {
  makeDeeper(free + 2);
  const sum = free * N;
  const part = sum + N;
  for (let k = 0; k < N; k++) {
    rowsRe[row + k] = 0;
    rowsIm[row + k] = 0;
  }
  for (const { probability, shift, factors } of terms) {
    for (let k = 0; k < N; k++) {
      rowsRe[sum + k] = probability;
      rowsIm[sum + k] = 0;
    }
    for (const factor of factors) {
      runLeaf(factor, part, free + 2);
      multiplyRows(sum, part, factor.power);
    }
    if (shift !== 0) delayRow(sum, shift);
    addRow(row, sum);
  }
}

/** More rows, with what is in the others. */
function makeDeeper(rows: number): void {
  if (rowsRe.length >= rows * N) return;
  const [oldRe, oldIm] = [rowsRe, rowsIm];
  makeRoom(rows);
  rowsRe.set(oldRe);
  rowsIm.set(oldIm);
}

/** μ / (μ + s) · ((1 - C) s + θ) / (θ + s): exponential service after, with probability C, an exponential wait. */
function runSojourn(row: number, serviceRate: number, drain: number, wait: number): void {
  for (let k = 0; k < N; k++) {
    const s = pointRe[k]!;
    const t = pointIm[k]!;
    const a = serviceRate + s;
    const b = drain + s;
    const waits = wait > 0;
    const nRe = waits ? serviceRate * ((1 - wait) * s + drain) : serviceRate;
    const nIm = waits ? serviceRate * (1 - wait) * t : 0;
    const dRe = waits ? a * b - t * t : a;
    const dIm = waits ? t * (a + b) : t;
    const scale = 1 / (dRe * dRe + dIm * dIm);
    rowsRe[row + k] = (nRe * dRe + nIm * dIm) * scale;
    rowsIm[row + k] = (nIm * dRe - nRe * dIm) * scale;
  }
}

function runStep(program: TransformProgram, number: number, step: number, earlier: number): void {
  const { firstTerm, probability, shift, firstFactor, factor, power } = program;
  const row = number * N;
  for (let k = 0; k < N; k++) {
    rowsRe[row + k] = 0;
    rowsIm[row + k] = 0;
  }
  // The last row of all is nobody's.
  const product = rowsRe.length - N;
  for (let term = firstTerm[step]!; term < firstTerm[step + 1]!; term++) {
    const weight = probability[term]!;
    const from = firstFactor[term]!;
    const to = firstFactor[term + 1]!;
    for (let k = 0; k < N; k++) {
      rowsRe[product + k] = weight;
      rowsIm[product + k] = 0;
    }
    for (let at = from; at < to; at++) multiplyRows(product, factor[at]! * N, power[at]!);
    const seconds = shift[term]! - earlier;
    if (seconds !== 0) delayRow(product, seconds);
    addRow(row, product);
  }
}

function addRow(row: number, other: number): void {
  for (let k = 0; k < N; k++) {
    rowsRe[row + k] = rowsRe[row + k]! + rowsRe[other + k]!;
    rowsIm[row + k] = rowsIm[row + k]! + rowsIm[other + k]!;
  }
}

function multiplyRows(row: number, by: number, power: number): void {
  for (let k = 0; k < N; k++) {
    let re = rowsRe[by + k]!;
    let im = rowsIm[by + k]!;
    if (power !== 1) {
      value.re = re;
      value.im = im;
      raise(value, power);
      re = value.re;
      im = value.im;
    }
    const kept = rowsRe[row + k]! * re - rowsIm[row + k]! * im;
    rowsIm[row + k] = rowsRe[row + k]! * im + rowsIm[row + k]! * re;
    rowsRe[row + k] = kept;
  }
}

/** Times e^(-s · seconds). */
function delayRow(row: number, seconds: number): void {
  for (let k = 0; k < N; k++) {
    const size = Math.exp(-pointRe[k]! * seconds);
    const cos = size * Math.cos(pointIm[k]! * seconds);
    const sin = -size * Math.sin(pointIm[k]! * seconds);
    const kept = rowsRe[row + k]! * cos - rowsIm[row + k]! * sin;
    rowsIm[row + k] = rowsRe[row + k]! * sin + rowsIm[row + k]! * cos;
    rowsRe[row + k] = kept;
  }
}
