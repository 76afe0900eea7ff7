import { sojournDensity, sojournTail } from '../queueing/mmc.ts';
import type { Tail, TailPoint } from '../queueing/quantile-search.ts';
import { invert } from './inversion.ts';
import { atomOf, type Term } from './term.ts';

/** Survival function and density of the finite part of a mixture: at zero the survival is the mass of the terms. */
export function tailOf(terms: readonly Term[]): Tail {
  const part: TailPoint = { survival: 0, density: 0 };
  return (time, point) => {
    let survival = 0;
    let density = 0;
    for (const term of terms) {
      termTail(term, time - term.shift, part);
      survival += term.probability * part.survival;
      density += term.probability * part.density;
    }
    point.survival = survival;
    point.density = density;
  };
}

/** The tail of a term at `time` seconds after its constant share. */
function termTail(term: Term, time: number, point: TailPoint): void {
  point.density = 0;
  point.survival = 1;
  if (time < 0) return;
  if (time === 0 || term.factors.length === 0) {
    point.survival = 1 - atomOf(term);
    return;
  }
  const factor = term.factors[0]!;
  if (term.factors.length > 1 || factor.power > 1) invert(term.factors, time, point);
  else if (factor.kind === 'sojourn') {
    point.survival = sojournTail(time, factor.serviceRate, factor.drain, factor.waitProbability);
    point.density = sojournDensity(time, factor.serviceRate, factor.drain, factor.waitProbability);
  } else if (factor.kind === 'gamma' && factor.shape === 1) {
    point.survival = Math.exp(-time / factor.scale);
    point.density = point.survival / factor.scale;
  } else if (factor.kind === 'piecewise') factor.tail(time + factor.advance, point);
  else invert(term.factors, time, point);
}
