/**
 * Hit ratios: the declared one, else computed from popularity, room and eviction, else unknown. Without a `ttl` it depends on nothing but
 * the popularity (exact for few items, else Che's approximation for LRU, its fixed point for FIFO and random, the most popular items for
 * LFU); with one also on the rate at which items are asked for. A cache behind another one of the same items sees what that one
 * misses (Che, Tung and Wang, "Hierarchical web caching systems", 2002).
 */
import {
  exactHitRatio,
  hitRatio,
  itemHits,
  missPopularity,
  type Popularity,
  type Replacement,
  ttlCacheHitRatio,
  ttlItemHits,
  weightedHits,
  zipfPopularity,
} from '../caching/index.ts';
import type { CacheSpec } from './network.ts';

/** Share of `rate` requests per second that a cache answers; undefined where too little is known. */
export function hitRatioAt(cache: CacheSpec, rate: number): number | undefined {
  if (cache.declared !== undefined) return clamp(cache.declared);
  const contents = contentsOf(cache);
  if (contents === undefined) return undefined;
  const popularity = popularityAt(cache, contents, rate);
  const { capacity, replacement } = contents;
  if (cache.ttl === undefined || !Number.isFinite(rate))
    return clamp(exactHitRatio(popularity, capacity, replacement) ?? hitRatio(popularity, capacity, replacement));
  if (replacement === 'lfu') {
    const unlimited = { popularity, capacity: Number.POSITIVE_INFINITY, arrivalRate: rate, ttl: cache.ttl } as const;
    const fresh = ttlCacheHitRatio({ ...unlimited, expiry: 'sinceStored', replacement: 'lru' });
    return clamp(Math.min(fresh, hitRatio(popularity, capacity, 'lfu')));
  }
  return clamp(ttlCacheHitRatio(timedCache(popularity, contents, cache.ttl, rate)));
}

/** True where the hit ratio has to be computed from the request rate. */
export function dependsOnRate(cache: CacheSpec): boolean {
  const isTimed = cache.ttl !== undefined || cache.behind?.ttl !== undefined;
  return cache.declared === undefined && isTimed && contentsOf(cache) !== undefined;
}

/** True where the computed hit ratio is exact for requests that are independent of each other. */
export function isExactHitRatio(cache: CacheSpec): boolean {
  const contents = contentsOf(cache);
  if (!contents || cache.ttl !== undefined || cache.behind) return false;
  return exactHitRatio(contents.popularity, contents.capacity, contents.replacement) !== undefined;
}

/** True where both caches are read for the same items, one for what the other misses. */
export function filters(upstream: CacheSpec, cache: CacheSpec): boolean {
  return (
    upstream.declared === undefined &&
    contentsOf(upstream) !== undefined &&
    upstream.items === cache.items &&
    upstream.zipf === cache.zipf
  );
}

/** What a cache can hold of what. */
interface Contents {
  readonly popularity: Popularity;
  /** Items that fit. */
  readonly capacity: number;
  readonly replacement: Replacement;
}

/** Undefined where room, number or size of the items is unknown. */
function contentsOf(cache: CacheSpec): Contents | undefined {
  const { room, itemSize, items, zipf, eviction } = cache;
  if (room === undefined || itemSize === undefined || items === undefined) return undefined;
  const capacity = itemSize > 0 ? Math.min(items, room / itemSize) : items;
  // Nothing is evicted by `none`: what came first stays, which is a random choice of the items that were asked for.
  return { popularity: popularityOf(items, zipf), capacity, replacement: eviction === 'none' ? 'fifo' : eviction };
}

function timedCache(popularity: Popularity, { capacity, replacement }: Contents, ttl: number, arrivalRate: number) {
  const kind = replacement === 'lru' ? 'lru' : 'fifo';
  return { popularity, capacity, arrivalRate, ttl, replacement: kind, expiry: 'sinceStored' } as const;
}

/** What is asked of a cache: everything, or what the one in front of it misses. */
function popularityAt(cache: CacheSpec, contents: Contents, rate: number): Popularity {
  const { behind } = cache;
  const front = behind && contentsOf(behind);
  if (!behind || !front) return contents.popularity;
  const key = behind.ttl === undefined ? Number.POSITIVE_INFINITY : rate;
  const known = missesByCache.get(behind);
  if (known?.rate === key) return known.popularity;
  const asked = behind.ttl === undefined ? key : rateBefore(behind, front, rate);
  const popularity = popularityAt(behind, front, asked);
  const hits =
    behind.ttl === undefined || front.replacement === 'lfu'
      ? itemHits(popularity, front.capacity, front.replacement)
      : ttlItemHits(timedCache(popularity, front, behind.ttl, asked));
  const missed = missPopularity(popularity, hits);
  missesByCache.set(behind, { rate: key, popularity: missed });
  return missed;
}

const missesByCache = new WeakMap<CacheSpec, { readonly rate: number; readonly popularity: Popularity }>();

/** The rate of requests at which a cache with a time to live misses `missed` per second, by bisection of its logarithm. */
function rateBefore(cache: CacheSpec, contents: Contents, missed: number): number {
  if (!Number.isFinite(missed) || !(missed > 0)) return missed;
  const misses = (rate: number) => {
    const popularity = popularityAt(cache, contents, rate);
    return rate * (1 - weightedHits(popularity, ttlItemHits(timedCache(popularity, contents, cache.ttl!, rate))));
  };
  let high = missed;
  for (let i = 0; i < MOST_DOUBLINGS && misses(high) < missed; i++) high *= 2;
  let low = high / 2;
  for (let i = 0; i < HALVINGS && high > missed; i++) {
    const middle = Math.sqrt(low * high);
    if (misses(middle) < missed) low = middle;
    else high = middle;
  }
  return high;
}

/** A thousand hits for each miss; beyond, the misses no longer tell the rate. */
const MOST_DOUBLINGS = 10;
/** To 1e-7 of the rate. */
const HALVINGS = 22;

/** Popularities are costly to build and few; the last ones are kept by their parameters. */
const kept = new Map<string, Popularity>();
const MOST_KEPT = 16;

function popularityOf(items: number, zipf: number): Popularity {
  const key = `${items} ${zipf}`;
  let popularity = kept.get(key);
  if (!popularity) {
    popularity = zipfPopularity(Math.min(items, MOST_ITEMS), zipf);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, popularity);
  }
  return popularity;
}

/** Beyond this many items the tail of the popularity no longer changes the ratio in its first six digits. */
const MOST_ITEMS = 1e12;

function clamp(ratio: number): number {
  return Number.isFinite(ratio) ? Math.min(1, Math.max(0, ratio)) : 0;
}
