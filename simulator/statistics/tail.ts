import { sojournDensity, sojournTail } from '../queueing/mmc.ts';
import type { Tail, TailPoint } from '../queueing/quantile-search.ts';
import { CONTOUR_POINTS, type ContourValues, invertContour, SPAN, weighContour } from './contour.ts';
import type { Factor } from './factor.ts';
import { invert } from './inversion.ts';
import { plainShift, programOf, runProgram } from './program.ts';
import { atomOf, massOf, momentsOf, type Term } from './term.ts';

/**
 * Survival function and density of the finite part of a mixture: at zero the survival is the mass of the terms. Closed forms where all terms
 * have one, else by inversion along a contour of all of them together, and where that is not good (constant or nearly constant
 * parts that are not much shorter than the time) term by term.
 */
export function tailOf(terms: readonly Term[]): Tail {
  const parts = terms.map(termTail);
  const part: TailPoint = { survival: 0, density: 0 };
  const together = terms.length > 1 && !terms.every(hasClosedForm) ? contourTail(terms) : undefined;
  return (time, point) => {
    if (together?.(time, point)) return;
    let survival = 0;
    let density = 0;
    for (let i = 0; i < parts.length; i++) {
      const { probability, shift } = terms[i]!;
      parts[i]!(time - shift, part);
      survival += probability * part.survival;
      density += probability * part.density;
    }
    point.survival = survival;
    point.density = density;
  };
}

function hasClosedForm({ factors }: Term): boolean {
  return factors.length === 0 || (factors.length === 1 && closedTail(factors[0]!) !== undefined);
}

/** The tail of a term after its constant share. */
function termTail(term: Term): Tail {
  const { factors } = term;
  const atom = atomOf(term);
  const known = factors.length === 1 ? closedTail(factors[0]!) : undefined;
  let alongContour: ReturnType<typeof contourTail>;
  let isNew = known === undefined && factors.length > 0;
  return (time, point) => {
    point.density = 0;
    point.survival = 1;
    if (time < 0) return;
    if (time === 0 || factors.length === 0) point.survival = 1 - atom;
    else if (known) known(time, point);
    else {
      if (isNew) alongContour = contourTail([{ probability: 1, shift: 0, factors }]);
      isNew = false;
      if (!alongContour?.(time, point)) invert(factors, time, point);
    }
  };
}

/** The tail of a factor, where it is known. */
function closedTail(factor: Factor): Tail | undefined {
  if (factor.power !== 1) return undefined;
  if (factor.kind === 'piecewise') return (time, point) => factor.tail(time + factor.advance, point);
  if (factor.kind === 'sojourn') {
    const { serviceRate, drain, waitProbability } = factor;
    return (time, point) => {
      point.survival = sojournTail(time, serviceRate, drain, waitProbability);
      point.density = sojournDensity(time, serviceRate, drain, waitProbability);
    };
  }
  if (factor.kind !== 'gamma' || factor.shape !== 1) return undefined;
  return (time, point) => {
    point.survival = Math.exp(-time / factor.scale);
    point.density = point.survival / factor.scale;
  };
}

/** A mixture by its transform along a contour; the function says whether it can tell. */
function contourTail(terms: readonly Term[]): ((time: number, point: TailPoint) => boolean) | undefined {
  const program = programOf(terms);
  if (!program) return undefined;
  const mass = massOf(terms);
  const shifts = terms.map(plainShift);
  const offset = Math.min(...shifts);
  const latest = Math.max(...shifts) - offset;
  const { mean, variance } = momentsOf(terms);
  const usual = mean - offset + REACH * Math.sqrt(variance);
  if (!(usual > 0) || !Number.isFinite(usual)) return undefined;
  const known = new Map<number, ContourValues>();
  const at = (octave: number) => {
    let values = known.get(octave);
    if (!values) {
      const empty = () => new Float64Array(CONTOUR_POINTS);
      values = { longest: usual * 2 ** octave, re: empty(), im: empty() };
      runProgram(program, values.longest, offset, values.re, values.im);
      weighContour(values, mass);
      known.set(octave, values);
    }
    return values;
  };
  return (time, point) => {
    const after = time - offset;
    // Not before the last constant time: the transform of what lies ahead grows on the contour without bound.
    if (!(after > latest)) return false;
    if (after <= usual && after * SPAN >= usual && invertContour(at(0), after, point)) return true;
    const octave = Math.ceil(Math.log2(after / usual));
    return octave !== 0 && invertContour(at(octave), after, point);
  };
}

/** Standard deviations above the mean up to which the usual quantiles lie: of an exponential time the 99.9th percentile. */
const REACH = 6;
