/**
 * Hit ratios: the declared one, else computed from popularity, room and eviction, else unknown. Without a `ttl` it depends on nothing but
 * the popularity (Che's approximation for LRU, its fixed point for FIFO and random, the most popular items for LFU);
 * with one also on the rate at which items are asked for.
 */
import { hitRatio, type Popularity, ttlCacheHitRatio, zipfPopularity } from '../caching/index.ts';
import type { CacheSpec } from './network.ts';

/** Share of `rate` requests per second that a cache answers; undefined where too little is known. */
export function hitRatioAt(cache: CacheSpec, rate: number): number | undefined {
  if (cache.declared !== undefined) return clamp(cache.declared);
  const capacity = capacityOf(cache);
  if (cache.items === undefined || capacity === undefined) return undefined;
  const popularity = popularityOf(cache.items, cache.zipf);
  // Nothing is evicted by `none`: what came first stays, which is a random choice of the items that were asked for.
  const replacement = cache.eviction === 'none' ? 'fifo' : cache.eviction;
  if (cache.ttl === undefined || !Number.isFinite(rate)) return clamp(hitRatio(popularity, capacity, replacement));
  if (replacement === 'lfu') {
    const unlimited = { popularity, capacity: Number.POSITIVE_INFINITY, arrivalRate: rate, ttl: cache.ttl } as const;
    const fresh = ttlCacheHitRatio({ ...unlimited, expiry: 'sinceStored', replacement: 'lru' });
    return clamp(Math.min(fresh, hitRatio(popularity, capacity, 'lfu')));
  }
  const kind = replacement === 'lru' ? 'lru' : 'fifo';
  const limited = { popularity, capacity, arrivalRate: rate, ttl: cache.ttl, replacement: kind } as const;
  return clamp(ttlCacheHitRatio({ ...limited, expiry: 'sinceStored' }));
}

/** True where the hit ratio has to be computed from the request rate. */
export function dependsOnRate(cache: CacheSpec): boolean {
  return (
    cache.declared === undefined &&
    cache.ttl !== undefined &&
    cache.items !== undefined &&
    capacityOf(cache) !== undefined
  );
}

/** Items that fit; undefined where room or size are unknown. */
function capacityOf({ room, itemSize, items }: CacheSpec): number | undefined {
  if (room === undefined || itemSize === undefined || items === undefined) return undefined;
  return itemSize > 0 ? Math.min(items, room / itemSize) : items;
}

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
