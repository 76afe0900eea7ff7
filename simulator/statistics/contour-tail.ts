/** Tails by inversion along a contour. */
import type { TailPoint } from '../queueing/quantile-search.ts';
import { CONTOUR_POINTS, type ContourValues, invertContour, SPAN, weighContour } from './contour.ts';
import { type Leaf, plainShift, programOf, runProgram, type TransformProgram } from './program.ts';
import { massOf, momentsOf, type Term } from './term.ts';

/** A survival function and density that says whether it can tell at a time. */
export type PartialTail = (time: number, point: TailPoint) => boolean;

/** Of a mixture; undefined where its transform is not of the kind that this works for. */
export function contourTail(terms: readonly Term[]): PartialTail | undefined {
  const program = programOf(terms);
  if (!program) return undefined;
  const { mean, variance } = momentsOf(terms);
  return programTail(program, program.leaves, { mass: massOf(terms), mean, variance, ...shiftsOf(terms) });
}

/** The constant times of a mixture: the shortest, and by how much the longest is longer. */
export function shiftsOf(terms: readonly Term[]): { readonly offset: number; readonly spread: number } {
  const shifts = terms.map(plainShift);
  const offset = Math.min(...shifts);
  return { offset, spread: Math.max(...shifts) - offset };
}

/** What the transform of a program is the transform of. */
export interface Outline {
  /** Probability that the time is finite. */
  readonly mass: number;
  readonly mean: number;
  readonly variance: number;
  readonly offset: number;
  readonly spread: number;
}

/** Of a program with these leaves. The transform is evaluated when it is first needed, once for all times that are of the same order. */
export function programTail(
  program: TransformProgram,
  leaves: readonly Leaf[],
  { mass, mean, variance, offset, spread }: Outline,
): PartialTail | undefined {
  const usual = mean - offset + REACH * Math.sqrt(variance);
  if (!(usual > 0) || !Number.isFinite(usual)) return undefined;
  const known: ContourValues[] = [];
  const upTo = (longest: number) => {
    let values = known.find((one) => one.longest === longest);
    if (!values) {
      values = { longest, re: new Float64Array(CONTOUR_POINTS), im: new Float64Array(CONTOUR_POINTS) };
      runProgram(program, leaves, longest, offset, values.re, values.im);
      weighContour(values, mass);
      known.push(values);
    }
    return values;
  };
  return (time, point) => {
    const after = time - offset;
    // Not before the last constant time: the transform of what lies ahead grows on the contour without bound.
    if (!(after > spread)) return false;
    if (after <= usual && after * SPAN >= usual && invertContour(upTo(usual), after, point)) return true;
    const octave = Math.ceil(Math.log2(after / usual));
    return octave !== 0 && invertContour(upTo(usual * 2 ** octave), after, point);
  };
}

/** Standard deviations above the mean up to which the usual quantiles lie: of an exponential time the 99.9th percentile. */
const REACH = 6;
