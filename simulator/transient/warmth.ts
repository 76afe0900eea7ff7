/**
 * How a cold cache warms up. Counted in requests, not in time: what fills a cache is what is asked for. Where the popularity of the items is
 * known, an item is there again once it was asked for, so after n requests the hit ratio is Σ p (1 − e^(−p n)), up to the
 * characteristic time T of the full cache, where it is Che's hit ratio (Che, Tung and Wang 2002: T is also the number of
 * requests that a cold cache takes to fill). Where only room and item size are known, each miss fills one of K places:
 * the share of the places that is filled after n requests is (1 − e^(−h n / K)) / h. Where only the time to live is known, all items are taken
 * to be asked for equally often: p·λ·ttl = h / (1 − h), and the hit ratio after n requests is 1 − e^(−p n).
 */
import { characteristicTime, weightedHits, zipfPopularity } from '../caching/index.ts';
import type { CacheSpec } from '../network/network.ts';

/** Share of its usual hits that a cache has, `requests` requests after it was empty; it reaches 1 at `full`. */
export interface WarmUp {
  readonly full: number;
  share(requests: number): number;
}

/** How a cache warms up whose usual hit ratio is `hit` at `rate` requests per second; undefined where nothing says how fast. */
export function warmUpOf(cache: CacheSpec, hit: number, rate: number): WarmUp | undefined {
  if (!(hit > 0)) return { full: 0, share: () => 1 };
  const lives = cache.ttl === undefined ? Number.POSITIVE_INFINITY : cache.ttl * rate;
  if (cache.items !== undefined && cache.items > 0) return byPopularity(cache, cache.items, lives);
  if (cache.room !== undefined && cache.itemSize !== undefined && cache.itemSize > 0)
    return byRoom(cache.room / cache.itemSize, hit);
  return Number.isFinite(lives) && lives > 0 ? byExpiry(lives, hit) : undefined;
}

function byPopularity(cache: CacheSpec, items: number, lives: number): WarmUp {
  const popularity = zipfPopularity(Math.min(items, MOST_ITEMS), cache.zipf);
  const { room, itemSize } = cache;
  const fits = room !== undefined && itemSize !== undefined && itemSize > 0 ? Math.min(items, room / itemSize) : items;
  const time = Math.min(lives, characteristicTime(popularity, fits, 'lru'));
  const hits = (requests: number) => weightedHits(popularity, (p) => -Math.expm1(-p * requests));
  // Where everything fits for ever, the last items take for ever to come: all but one in a thousand hits will do.
  const full = Number.isFinite(time) ? time : requestsFor(hits, 0.999);
  const most = hits(full);
  return { full, share: (requests) => (requests >= full ? 1 : hits(requests) / most) };
}

const MOST_ITEMS = 1e12;

function requestsFor(hits: (requests: number) => number, share: number): number {
  let requests = 1;
  while (hits(requests) < share && requests < 1e18) requests *= 2;
  return requests;
}

function byRoom(places: number, hit: number): WarmUp {
  const full = hit < 1 ? (-places * Math.log1p(-hit)) / hit : places * 10;
  return {
    full,
    share: (requests) => (requests >= full ? 1 : Math.min(1, -Math.expm1((-hit * requests) / places) / hit)),
  };
}

function byExpiry(lives: number, hit: number): WarmUp {
  const usual = Math.min(hit, 0.999);
  const popularity = usual / ((1 - usual) * lives);
  const full = -Math.log1p(-usual) / popularity;
  return { full, share: (requests) => (requests >= full ? 1 : -Math.expm1(-popularity * requests) / usual) };
}
