import type { Popularity } from './popularity.ts';

/** What a full cache throws out: the least recently used, the oldest, any, or the least frequently used. */
export type Replacement = 'lru' | 'fifo' | 'random' | 'lfu';

/**
 * Share of the requests that a cache of `capacity` items answers, when requests are independent of each other
 * (the independent reference model). Approximate for LRU, FIFO and random: within 0.3 % for 50 items in the
 * cache and more, 2 % (LRU) or 6 % (FIFO, random) for two or three. Exact for perfect LFU, which is the best any
 * policy can do. Of few items, see `exactHitRatio`.
 *
 * @param capacity items that fit, >= 0; a fraction counts as one
 */
export function hitRatio(popularity: Popularity, capacity: number, replacement: Replacement): number {
  if (replacement === 'lfu') return topShare(popularity, capacity);
  return weightedHits(popularity, itemHits(popularity, capacity, replacement));
}

/** Hit ratio of every item by its share of the requests, for `missPopularity`; as accurate as `hitRatio`. */
export function itemHits(
  popularity: Popularity,
  capacity: number,
  replacement: Replacement,
): (share: number) => number {
  if (replacement === 'lfu') {
    const least = shareAt(popularity, capacity);
    return (share) => (share > least ? 1 : 0);
  }
  const time = characteristicTime(popularity, capacity, replacement);
  return (share) => hitRatioOfItem(share, time, replacement);
}

/**
 * The time that an item stays in the cache after its last use (LRU) or its arrival (FIFO, random), counted in requests:
 * the root T of Σ h_i(T) = capacity. Che, Tung and Wang, "Hierarchical web caching systems", 2002; justified
 * by Fricker, Robert and Roberts, 2012 (arXiv 1202.3974); FIFO and random: Dan and Towsley, 1990; Gelenbe, 1973.
 * It is also the number of requests that a cold cache takes to fill. `Infinity` where everything fits.
 */
export function characteristicTime(
  popularity: Popularity,
  capacity: number,
  replacement: Exclude<Replacement, 'lfu'>,
): number {
  if (capacity <= 0) return 0;
  if (capacity >= popularity.items) return Number.POSITIVE_INFINITY;
  const { counts, shares } = popularity;
  const lru = replacement === 'lru';
  // The occupancy is concave in T and at most T, so Newton's method climbs from T = capacity without overshooting.
  let time = capacity;
  for (let i = 0; i < 200; i++) {
    let occupancy = 0;
    let slope = 0;
    for (let k = 0; k < counts.length; k++) {
      const share = shares[k]!;
      const missing = lru ? Math.exp(-share * time) : 1 / (1 + share * time);
      occupancy += counts[k]! * (lru ? -Math.expm1(-share * time) : share * time * missing);
      slope += counts[k]! * share * (lru ? missing : missing * missing);
    }
    const step = (capacity - occupancy) / slope;
    time += step;
    if (!(step > 1e-12 * time)) break;
  }
  return time;
}

/** Hit ratio of an item that gets `share` of the requests, for a characteristic time in requests. */
export function hitRatioOfItem(share: number, time: number, replacement: Exclude<Replacement, 'lfu'>): number {
  if (share === 0) return 0;
  const asked = share * time;
  if (replacement === 'lru') return -Math.expm1(-asked);
  return asked === Number.POSITIVE_INFINITY ? 1 : asked / (1 + asked);
}

/** Share of the requests that hit, from the hit ratio of each item. */
export function weightedHits({ counts, shares }: Popularity, hitRatioOf: (share: number) => number): number {
  let hits = 0;
  for (let i = 0; i < counts.length; i++) hits += counts[i]! * shares[i]! * hitRatioOf(shares[i]!);
  return Math.min(1, hits);
}

/** Share of the requests for the most popular item that no longer fits; -1 where all of them do. */
function shareAt({ counts, shares }: Popularity, capacity: number): number {
  let room = Math.max(0, capacity);
  for (let i = 0; i < counts.length; i++) {
    if (room < counts[i]!) return shares[i]!;
    room -= counts[i]!;
  }
  return -1;
}

/** Share of the requests that go to the `capacity` most popular items; Zipf buckets are cut in proportion. */
function topShare({ counts, shares }: Popularity, capacity: number): number {
  let room = Math.max(0, capacity);
  let sum = 0;
  for (let i = 0; i < counts.length && room > 0; i++) {
    const taken = Math.min(room, counts[i]!);
    sum += taken * shares[i]!;
    room -= taken;
  }
  return Math.min(1, sum);
}
