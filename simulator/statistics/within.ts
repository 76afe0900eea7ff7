import type { Tail, TailPoint } from '../queueing/quantile-search.ts';
import { tabulate } from './piecewise-density.ts';
import { tailOf } from './tail.ts';
import { massOf, shortestShift, type Term } from './term.ts';

/**
 * A time given that it takes no longer than `limit` seconds, F(t) / F(limit), as one term; none where it always takes
 * longer. On its own its quantiles are as good as those of the time; inside a sum it is tabulated.
 */
export function withinOf(terms: readonly Term[], limit: number): readonly Term[] {
  if (terms.every(({ factors }) => factors.length === 0)) return constantsWithin(terms, limit);
  const shift = shortestShift(terms);
  const below = massBelow(terms, limit);
  if (!(below > 0) || limit <= shift) return [];
  const tail = conditionalTail(terms, shift, limit, below);
  const start: TailPoint = { survival: 0, density: 0 };
  tail(0, start);
  const density = tabulate(tail, 1 - start.survival, limit - shift);
  const { mean, variance } = density;
  const atom = density.atom;
  return [
    {
      probability: 1,
      shift,
      factors: [{ kind: 'piecewise', density, tail, power: 1, advance: 0, atom, mean, variance }],
    },
  ];
}

function constantsWithin(terms: readonly Term[], limit: number): readonly Term[] {
  const kept = terms.filter((term) => term.shift <= limit);
  const mass = massOf(kept);
  return mass === massOf(terms) ? terms : kept.map((term) => ({ ...term, probability: term.probability / mass }));
}

function massBelow(terms: readonly Term[], limit: number): number {
  const point: TailPoint = { survival: 0, density: 0 };
  tailOf(terms)(limit, point);
  return massOf(terms) - point.survival;
}

/** The tail beyond `shift` of the part below `limit`. */
function conditionalTail(terms: readonly Term[], shift: number, limit: number, below: number): Tail {
  const whole = tailOf(terms);
  const above = massOf(terms) - below;
  return (time, point) => {
    whole(time + shift, point);
    const inside = time + shift <= limit;
    point.survival = inside ? Math.max(0, point.survival - above) / below : 0;
    point.density = inside ? point.density / below : 0;
  };
}
