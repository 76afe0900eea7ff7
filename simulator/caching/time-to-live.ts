import type { Popularity } from './popularity.ts';
import { characteristicTime, hitRatio, hitRatioOfItem, itemHits, weightedHits } from './replacement.ts';

/** Whether an entry expires a fixed time after it was stored, or after it was last read. */
export type Expiry = 'sinceStored' | 'sinceRead';

/**
 * Hit ratio of one item that is kept for `ttl` seconds, exact for Poisson requests: λT / (1 + λT) when it expires a fixed
 * time after it was stored, 1 - e^-λT when each read starts the time anew (Jung, Berger and Balakrishnan,
 * "Modeling TTL-based Internet caches", INFOCOM 2003).
 *
 * @param rate requests per second for the item
 */
export function ttlHitRatio(rate: number, ttl: number, expiry: Expiry): number {
  return hitRatioOfItem(rate, ttl, expiry === 'sinceRead' ? 'lru' : 'fifo');
}

/**
 * Hit ratio of one item that is invalidated whenever it is written, exact for Poisson reads and writes: λ / (λ + w).
 *
 * @param reads per second
 * @param writes per second
 */
export function invalidationHitRatio(reads: number, writes: number): number {
  return reads === 0 ? 0 : reads / (reads + writes);
}

/** A cache that is limited in room and in time. */
export type TtlCache = {
  readonly popularity: Popularity;
  /** Items that fit; `Infinity` for no limit. */
  readonly capacity: number;
  /** Requests per second for all items together. */
  readonly arrivalRate: number;
  /** Seconds; `Infinity` for no expiry. */
  readonly ttl: number;
  readonly expiry: Expiry;
  /** `lru` or `fifo`; random replacement is `fifo` to this approximation. */
  readonly replacement: 'lru' | 'fifo';
};

/**
 * Hit ratio of a cache with limited room and a time to live. An item leaves at the earlier of the two times; where the
 * entries that have not expired leave room, nothing is evicted at all. As accurate as `hitRatio`, exact in both
 * limits; LRU with expiry since storage takes the time to eviction, once it is longer than the
 * characteristic time, as exponential.
 */
export function ttlCacheHitRatio(cache: TtlCache): number {
  const { popularity, capacity, arrivalRate, ttl } = cache;
  if (ttl === Number.POSITIVE_INFINITY || arrivalRate === Number.POSITIVE_INFINITY)
    return hitRatio(popularity, capacity, cache.replacement);
  return weightedHits(popularity, ttlItemHits(cache));
}

/** Hit ratio of every item by its share of the requests, for `missPopularity`. */
export function ttlItemHits(cache: TtlCache): (share: number) => number {
  const { popularity, capacity, arrivalRate, ttl } = cache;
  if (ttl === Number.POSITIVE_INFINITY || arrivalRate === Number.POSITIVE_INFINITY)
    return itemHits(popularity, capacity, cache.replacement);
  if (capacity <= 0) return () => 0;
  const lifetime = ttl * arrivalRate;
  const time = evictionTime(cache, lifetime);
  return (share) => hitRatioUntil(cache, share, time, lifetime);
}

/** The time in requests after which items are evicted, such that the cache is just full; `Infinity` if it never is. */
function evictionTime(cache: TtlCache, lifetime: number): number {
  const { popularity, capacity } = cache;
  if (occupancy(cache, Number.POSITIVE_INFINITY, lifetime) <= capacity) return Number.POSITIVE_INFINITY;
  // Expiry only makes room, so items stay at least as long as they would without it.
  const low = characteristicTime(popularity, capacity, cache.replacement);
  let high = 2 * low;
  while (occupancy(cache, high, lifetime) < capacity && high < Number.MAX_VALUE) high *= 2;
  return secantRoot((time) => occupancy(cache, time, lifetime) - capacity, low, high, 1e-10 * capacity);
}

/** The root of an increasing function within a bracket, by the Illinois variant of false position (Dahlquist, 1974). */
function secantRoot(excess: (time: number) => number, from: number, to: number, enough: number): number {
  let low = from;
  let high = to;
  let below = excess(low);
  let above = excess(high);
  for (let i = 0; i < 100 && below < 0 && high - low > 1e-10 * high; i++) {
    const next = low + ((high - low) * below) / (below - above);
    const value = excess(next);
    if (Math.abs(value) <= enough) return next;
    if (value < 0) {
      low = next;
      below = value;
      above /= 2;
    } else {
      high = next;
      above = value;
      below /= 2;
    }
  }
  return below < 0 ? high : low;
}

/** Mean number of items held: requests that arrive at random find an item as often as it is there. */
function occupancy(cache: TtlCache, time: number, lifetime: number): number {
  const { counts, shares } = cache.popularity;
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]! * hitRatioUntil(cache, shares[i]!, time, lifetime);
  return sum;
}

function hitRatioUntil(cache: TtlCache, share: number, time: number, lifetime: number): number {
  const kept = Math.min(time, lifetime);
  if (cache.replacement === 'fifo') {
    if (cache.expiry === 'sinceStored' || time <= lifetime) return hitRatioOfItem(share, kept, 'fifo');
    return slidingWithin(share, lifetime, time);
  }
  if (cache.expiry === 'sinceRead') return hitRatioOfItem(share, kept, 'lru');
  return time >= lifetime ? hitRatioOfItem(share, lifetime, 'fifo') : slidingWithin(share, time, lifetime);
}

/**
 * Hit ratio of an item that goes after `idle` without a request, and at the latest `limit` after it was stored, both
 * in requests, idle < limit. The hits of a stay are λ ∫ P(still there) up to the limit. It is there until `idle`,
 * goes just then with probability e^-λ·idle, and later at a rate that gives the mean (e^λ·idle - 1) / λ.
 */
function slidingWithin(share: number, idle: number, limit: number): number {
  const asked = share * idle;
  if (asked > 50) return hitRatioOfItem(share, limit, 'fifo');
  if (asked === 0) return 0;
  const survivors = -Math.expm1(-asked);
  const later = Math.expm1(asked) - asked;
  const hits = asked + (later === 0 ? 0 : -later * Math.expm1((-survivors * share * (limit - idle)) / later));
  return hits / (1 + hits);
}
