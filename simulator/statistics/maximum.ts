import type { Tail, TailPoint } from '../queueing/quantile-search.ts';
import type { Factor } from './factor.ts';
import { tabulate } from './piecewise-density.ts';
import { tailOf } from './tail.ts';
import { massOf, momentsOf, shortestShift, type Term } from './term.ts';

/**
 * The maximum of independent times, F = Π F_i^n_i, as one term. On its own its quantiles are as good as those of
 * the parts; inside a sum it is tabulated, which leaves about 1e-3 relative.
 *
 * @param counts how many there are of each part; one unless given
 */
export function maximumOf(parts: readonly (readonly Term[])[], counts?: readonly number[]): readonly Term[] {
  if (parts.length === 0) return [{ probability: 1, shift: 0, factors: [] }];
  if (parts.some((terms) => terms.length === 0)) return [];
  const numbers = counts ?? parts.map(() => 1);
  if (parts.length === 1 && numbers[0] === 1) return parts[0]!;
  const shift = Math.max(...parts.map(shortestShift));
  const probability = parts.reduce((product, terms, i) => product * massOf(terms) ** numbers[i]!, 1);
  const scale = parts.reduce((sum, terms) => sum + Math.sqrt(momentsOf(terms).variance), 0);
  if (scale === 0) return [{ probability, shift, factors: [] }];
  const tail = productTail(parts, numbers, shift);
  const start: TailPoint = { survival: 0, density: 0 };
  tail(0, start);
  const density = tabulate(tail, 1 - start.survival, scale);
  const { mean, variance } = density;
  const factor: Factor = { kind: 'piecewise', density, tail, power: 1, advance: 0, atom: density.atom, mean, variance };
  return [{ probability, shift, factors: [factor] }];
}

/** The tail of the maximum beyond `shift`, given that all the parts are finite. */
function productTail(parts: readonly (readonly Term[])[], counts: readonly number[], shift: number): Tail {
  const tails = parts.map(tailOf);
  const masses = parts.map(massOf);
  const part: TailPoint = { survival: 0, density: 0 };
  return (time, point) => {
    let logBelow = 0;
    let hazard = 0;
    for (let i = 0; i < tails.length; i++) {
      tails[i]!(time + shift, part);
      const survival = part.survival / masses[i]!;
      logBelow += counts[i]! * Math.log1p(-Math.min(1, survival));
      if (survival < 1) hazard += (counts[i]! * part.density) / masses[i]! / (1 - survival);
    }
    // 1 - ΠF without the cancellation that would cost the far tail its digits.
    point.survival = -Math.expm1(logBelow);
    point.density = hazard * Math.exp(logBelow);
  };
}
