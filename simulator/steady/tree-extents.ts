/**
 * How large expressions would be, and their moments, without building them. In a large network most of what a request causes ends up in
 * an expression beyond reason, of which only the moments are kept: those follow from numbers alone, one pass over the edges.
 */
import {
  type Moments,
  mixtureMoments,
  momentsOf,
  noTime,
  type ResponseTime,
  repeatMoments,
  sumMoments,
} from '../statistics/index.ts';
import { gammaWith, leavesOf, MOST_LEAVES } from './tree-algebra.ts';

/** What the functions of `tree-algebra.ts` would make, in numbers. */
export interface Extent extends Moments {
  /** Leaves; 0 of what takes no time, which sums leave out. */
  readonly leaves: number;
}

/** Takes no time. */
export const nothing: Extent = { leaves: 0, mass: 1, mean: 0, variance: 0 };

/** Of an expression that is there. */
export function extentOf(tree: ResponseTime): Extent {
  if (tree === noTime) return nothing;
  const moments = momentsOf(tree);
  const isNothing = (tree.kind === 'shift' || tree.kind === 'gamma') && moments.mass === 1 && moments.mean === 0;
  return isNothing ? nothing : { leaves: leavesOf(tree, MOST_LEAVES), ...moments };
}

/** As `sumOf`. */
export function sumExtent(parts: readonly Extent[]): Extent {
  let leaves = 0;
  for (const part of parts) leaves += part.leaves;
  return leaves === 0 ? nothing : { leaves, ...sumMoments(parts) };
}

/** As `repeatOf`. */
export function repeatExtent(of: Extent, visits: number): Extent {
  return of.leaves === 0 || visits === 1 ? of : { leaves: of.leaves, ...repeatMoments(visits, of) };
}

/** As `mixtureOf`; branches with the same size and moments are taken to be equal. */
export function mixtureExtent(branches: readonly { readonly probability: number; readonly of: Extent }[]): Extent {
  const possible = branches.filter(({ probability }) => probability > 0);
  if (possible.length === 0) return nothing;
  const first = possible[0]!.of;
  if (possible.every(({ of }) => isSame(of, first))) return first;
  let leaves = 0;
  for (const { of } of possible) leaves += Math.max(1, of.leaves);
  return { leaves, ...mixtureMoments(possible) };
}

/** True if `bounded` would keep the moments alone. */
export function isTooLarge({ leaves }: Extent): boolean {
  return leaves > MOST_LEAVES;
}

/** As `bounded`. */
export function boundedExtent(extent: Extent): Extent {
  return isTooLarge(extent) ? extentOf(gammaWith(extent)) : extent;
}

function isSame(a: Extent, b: Extent): boolean {
  return a === b || (a.leaves === b.leaves && a.mass === b.mass && a.mean === b.mean && a.variance === b.variance);
}
