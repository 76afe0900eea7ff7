import type { Popularity } from './popularity.ts';
import { hitRatio, type Replacement } from './replacement.ts';

/** So few items that all sets of them are gone through in no time. */
const MOST_COUNTED = 12;

/**
 * Exact hit ratio of a cache of `capacity` items for independent requests; a fraction of an item does not fit. Undefined where there are
 * more than 12 items.
 */
export function exactHitRatio(popularity: Popularity, capacity: number, replacement: Replacement): number | undefined {
  if (popularity.items > MOST_COUNTED) return undefined;
  if (replacement === 'lfu') return hitRatio(popularity, capacity, replacement);
  const weights = Array.from(popularity.shares);
  return replacement === 'lru' ? exactLruHitRatio(weights, capacity) : exactRandomHitRatio(weights, capacity);
}

/**
 * Exact hit ratio under random replacement, and under FIFO, for independent requests: a set of `capacity` items is
 * in the cache with probability proportional to the product of its shares (Gelenbe, 1973; King, 1971).
 * O(items² × capacity) time, for tests and small caches.
 *
 * @param weights relative popularity of each item
 * @param capacity whole number of items
 */
export function exactRandomHitRatio(weights: readonly number[], capacity: number): number {
  if (weights.some((weight) => !isPositive(weight))) return exactRandomHitRatio(weights.filter(isPositive), capacity);
  const room = Math.floor(capacity);
  if (room <= 0) return 0;
  if (room >= weights.length) return 1;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // Scaled by the largest weight; the scale cancels in the ratio of the sums.
  const largest = Math.max(...weights);
  const scaled = weights.map((weight) => weight / largest);
  const all = elementarySymmetric(scaled, room);
  return weights.reduce((hits, weight, i) => {
    const others = elementarySymmetric(scaled.toSpliced(i, 1), room - 1);
    return hits + ((weight / total) * scaled[i]! * others) / all;
  }, 0);
}

/** More items than this would need more than a million sets. */
const mostItems = 20;

/**
 * Exact hit ratio of LRU for independent requests (King, "Analysis of demand paging algorithms", 1971), summed over sets
 * of items instead of orders: O(2^items), so for 20 items at most.
 *
 * @returns undefined above 20 items
 */
export function exactLruHitRatio(weights: readonly number[], capacity: number): number | undefined {
  if (weights.some((weight) => !isPositive(weight))) return exactLruHitRatio(weights.filter(isPositive), capacity);
  if (weights.length > mostItems) return undefined;
  const room = Math.floor(capacity);
  if (room <= 0) return 0;
  if (room >= weights.length) return 1;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sets = 2 ** weights.length;
  const shareOf = new Float64Array(sets);
  const probability = new Float64Array(sets);
  probability[0] = 1;
  let hits = 0;
  for (let set = 1; set < sets; set++) {
    let size = 0;
    for (let i = 0; i < weights.length; i++) {
      if ((set & (1 << i)) === 0) continue;
      size++;
      const before = set - (1 << i);
      const share = weights[i]! / total;
      shareOf[set] = shareOf[before]! + share;
      probability[set] = probability[set]! + (probability[before]! * share) / (1 - shareOf[before]!);
    }
    if (size === room) hits += probability[set]! * shareOf[set]!;
  }
  return hits;
}

function isPositive(weight: number): boolean {
  return weight > 0;
}

/** The sum of the products of all subsets of `order` numbers. */
function elementarySymmetric(numbers: readonly number[], order: number): number {
  const sums = new Float64Array(order + 1);
  sums[0] = 1;
  for (const number of numbers) {
    for (let k = order; k >= 1; k--) sums[k] = sums[k]! + number * sums[k - 1]!;
  }
  return sums[order]!;
}
