/**
 * The transform of a mixture of sums of factors as a list of steps over flat tables: every part that occurs in several places is evaluated
 * once, and nothing is allocated per point. A step is a mixture; what it is made of are leaves and earlier steps.
 */
import { CONTOUR_POINTS, contourIm, contourRe } from './contour.ts';
import type { Factor } from './factor.ts';
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

type Leaf = Extract<Factor, { kind: 'sojourn' | 'gamma' | 'bounded' }>;

/** The program of a mixture; undefined where it has factors whose transforms have other singularities than real negative ones. */
export function programOf(terms: readonly Term[]): TransformProgram | undefined {
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
  if (!findLeaves(draft, terms)) return undefined;
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

function findLeaves(draft: Draft, terms: readonly Term[]): boolean {
  for (const { factors } of terms)
    for (const factor of factors) {
      if (factor.kind === 'terms') {
        if (draft.stepNumbers.has(factor)) continue;
        // Known from here on; its number follows when all leaves are known.
        draft.stepNumbers.set(factor, -1);
        if (!findLeaves(draft, factor.terms)) return false;
      } else if (factor.kind === 'piecewise' || factor.kind === 'pollaczek') return false;
      else if (!draft.leafNumbers.has(factor)) {
        draft.leafNumbers.set(factor, draft.leaves.length);
        draft.leaves.push(factor.advance === 0 ? factor : { ...factor, advance: 0 });
      }
    }
  return true;
}

function addStep(draft: Draft, terms: readonly Term[]): number {
  for (const { factors } of terms)
    for (const factor of factors)
      if (factor.kind === 'terms' && draft.stepNumbers.get(factor) === -1)
        draft.stepNumbers.set(factor, addStep(draft, factor.terms));
  for (const { probability, shift, factors } of terms) {
    draft.probability.push(probability);
    draft.shift.push(plainShift({ probability, shift, factors }));
    for (const factor of factors) {
      draft.factor.push(draft.leafNumbers.get(factor) ?? draft.stepNumbers.get(factor)! + draft.leaves.length);
      draft.power.push(factor.power);
    }
    draft.firstFactor.push(draft.factor.length);
  }
  draft.firstTerm.push(draft.probability.length);
  return draft.firstTerm.length - 2;
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
const productRe = new Float64Array(N);
const productIm = new Float64Array(N);
let rowsRe = new Float64Array(64 * N);
let rowsIm = new Float64Array(64 * N);
const value: Complex = { re: 0, im: 0 };

/** Writes the transform on the contour for times up to `longest` seconds to `re` and `im`; `earlier` seconds are taken out of all shifts. */
export function runProgram(
  program: TransformProgram,
  longest: number,
  earlier: number,
  re: Float64Array,
  im: Float64Array,
): void {
  const { leaves } = program;
  const steps = program.firstTerm.length - 1;
  if (rowsRe.length < (leaves.length + steps) * N) {
    rowsRe = new Float64Array(2 * (leaves.length + steps) * N);
    rowsIm = new Float64Array(2 * (leaves.length + steps) * N);
  }
  for (let k = 0; k < N; k++) {
    pointRe[k] = contourRe[k]! / longest;
    pointIm[k] = contourIm[k]! / longest;
  }
  for (let leaf = 0; leaf < leaves.length; leaf++) runLeaf(leaves[leaf]!, leaf * N);
  for (let step = 0; step < steps - 1; step++) runStep(program, step, 0);
  runStep(program, steps - 1, earlier);
  const last = (leaves.length + steps - 1) * N;
  for (let k = 0; k < N; k++) {
    re[k] = rowsRe[last + k]!;
    im[k] = rowsIm[last + k]!;
  }
}

function runLeaf(leaf: Leaf, row: number): void {
  if (leaf.kind === 'sojourn') runSojourn(row, leaf.serviceRate, leaf.drain, leaf.waitProbability);
  else if (leaf.kind === 'gamma' && leaf.shape === 1) runSojourn(row, 1 / leaf.scale, 1, 0);
  else
    for (let k = 0; k < N; k++) {
      evaluateFactor(leaf, pointRe[k]!, pointIm[k]!, value);
      rowsRe[row + k] = value.re;
      rowsIm[row + k] = value.im;
    }
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

function runStep(program: TransformProgram, step: number, earlier: number): void {
  const { firstTerm, probability, shift, firstFactor } = program;
  const row = (program.leaves.length + step) * N;
  for (let k = 0; k < N; k++) {
    rowsRe[row + k] = 0;
    rowsIm[row + k] = 0;
  }
  for (let term = firstTerm[step]!; term < firstTerm[step + 1]!; term++) {
    const weight = probability[term]!;
    productRe.fill(weight);
    productIm.fill(0);
    for (let at = firstFactor[term]!; at < firstFactor[term + 1]!; at++)
      multiplyBy(program.factor[at]! * N, program.power[at]!);
    const seconds = shift[term]! - earlier;
    if (seconds !== 0) delayBy(seconds);
    for (let k = 0; k < N; k++) {
      rowsRe[row + k] = rowsRe[row + k]! + productRe[k]!;
      rowsIm[row + k] = rowsIm[row + k]! + productIm[k]!;
    }
  }
}

function multiplyBy(row: number, power: number): void {
  for (let k = 0; k < N; k++) {
    let re = rowsRe[row + k]!;
    let im = rowsIm[row + k]!;
    if (power !== 1) {
      value.re = re;
      value.im = im;
      raise(value, power);
      re = value.re;
      im = value.im;
    }
    const kept = productRe[k]! * re - productIm[k]! * im;
    productIm[k] = productRe[k]! * im + productIm[k]! * re;
    productRe[k] = kept;
  }
}

/** Times e^(-s · seconds). */
function delayBy(seconds: number): void {
  for (let k = 0; k < N; k++) {
    const size = Math.exp(-pointRe[k]! * seconds);
    const cos = size * Math.cos(pointIm[k]! * seconds);
    const sin = -size * Math.sin(pointIm[k]! * seconds);
    const kept = productRe[k]! * cos - productIm[k]! * sin;
    productIm[k] = productRe[k]! * sin + productIm[k]! * cos;
    productRe[k] = kept;
  }
}
