/** How much the users ask for at a moment of a scenario. */
import type { Load } from '../../model/index.ts';
import type { Network } from '../network/network.ts';
import { solveState } from '../steady/closed.ts';

/**
 * Requests per second by source. `peak` and `mean` are the declared loads; a rate is shared by the sources as their declared loads are;
 * points are multiples of the mean load, as `peak: 3x` is, joined by straight lines and level before the first and after the last.
 */
export interface LoadCurve {
  /** At a moment, without surges. */
  at(time: number): Float64Array;
  /** Moments at which the curve bends. */
  readonly bends: readonly number[];
  /** True where the load changes between two bends. */
  slopes(time: number): boolean;
}

/** The curve of a scenario's load. */
export function loadCurve(network: Network, load: Load): LoadCurve {
  if (load.type === 'points') return pointCurve(network, load.points);
  const rates = load.type === 'rate' ? sharedRate(network, load.perSecond) : declaredRates(network, load.type);
  return { at: () => rates, bends: [], slopes: () => false };
}

/** Closed populations ask as fast as they do in the steady state. */
function declaredRates(network: Network, load: 'peak' | 'mean'): Float64Array {
  return solveState(network, { scale: 1, load }).state.sourceRates.slice();
}

function sharedRate(network: Network, perSecond: number): Float64Array {
  const declared = declaredRates(network, 'mean');
  const total = declared.reduce((sum, rate) => sum + rate, 0);
  return declared.map((rate) => perSecond * (total > 0 ? rate / total : 1 / declared.length));
}

function pointCurve(network: Network, points: readonly { readonly at: number; readonly factor: number }[]): LoadCurve {
  const mean = declaredRates(network, 'mean');
  const sorted = points.toSorted((a, b) => a.at - b.at);
  const factorAt = (time: number) => {
    const after = sorted.findIndex(({ at }) => at > time);
    if (after === 0 || sorted.length === 0) return sorted[0]?.factor ?? 1;
    if (after < 0) return sorted.at(-1)!.factor;
    const [a, b] = [sorted[after - 1]!, sorted[after]!];
    return a.factor + ((b.factor - a.factor) * (time - a.at)) / (b.at - a.at);
  };
  return {
    at: (time) => mean.map((rate) => rate * factorAt(time)),
    bends: sorted.map(({ at }) => at),
    slopes: (time) => {
      const after = sorted.findIndex(({ at }) => at > time);
      return after > 0 && sorted[after]!.factor !== sorted[after - 1]!.factor;
    },
  };
}
