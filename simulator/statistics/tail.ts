import { sojournDensity, sojournTail } from '../queueing/mmc.ts';
import type { Tail, TailPoint } from '../queueing/quantile-search.ts';
import { contourTail, type PartialTail } from './contour-tail.ts';
import type { Factor } from './factor.ts';
import { invert } from './inversion.ts';
import { atomOf, type Term } from './term.ts';

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

/** True for a term whose tail needs no inversion. */
export function hasClosedForm({ factors }: Term): boolean {
  return factors.length === 0 || (factors.length === 1 && closedTail(factors[0]!) !== undefined);
}

/** The tail of a term after its constant share. */
function termTail(term: Term): Tail {
  const { factors } = term;
  const atom = atomOf(term);
  const known = factors.length === 1 ? closedTail(factors[0]!) : undefined;
  let alongContour: PartialTail | undefined;
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
