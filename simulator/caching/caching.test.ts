import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  characteristicTime,
  distinctItems,
  exactLruHitRatio,
  exactRandomHitRatio,
  hitRatio,
  hottestShare,
  invalidationHitRatio,
  missPopularity,
  popularityOf,
  ttlCacheHitRatio,
  ttlHitRatio,
  zipfPopularity,
} from './index.ts';

const zipfWeights = (items: number, exponent: number) => Array.from({ length: items }, (_, i) => (i + 1) ** -exponent);

/** A small generator with a fixed seed (mulberry32), so that simulated figures are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('cache hit ratios', () => {
  test('T-50: random replacement, 5 items, exact', () => {
    const ratio = exactRandomHitRatio(zipfWeights(5, 1.4), 2);
    expect(2 * ratio).toBeCloseTo(1.18079194, 6);
    expect(ratio).toBeCloseTo(0.590396, 6);
    expect(2 * (1 - ratio)).toBeCloseTo(0.819208, 6);
  });

  test('T-51: the same by the fixed point', () => {
    const popularity = zipfPopularity(5, 1.4);
    expect(hitRatio(popularity, 2, 'random')).toBeCloseTo(0.5563505, 6);
    expect(hitRatio(popularity, 2, 'fifo')).toBe(hitRatio(popularity, 2, 'random'));
  });

  test('T-52: uniform items, any policy', () => {
    const popularity = zipfPopularity(5, 0);
    for (const replacement of ['lru', 'fifo', 'random', 'lfu'] as const) {
      expect(hitRatio(popularity, 2, replacement)).toBeCloseTo(0.4, 12);
    }
    expect(exactLruHitRatio([1, 1, 1, 1, 1], 2)).toBeCloseTo(0.4, 12);
    expect(exactRandomHitRatio([1, 1, 1, 1, 1], 2)).toBeCloseTo(0.4, 12);
  });

  test.each([
    [5, 1.4, 2, 0.616627, -0.014],
    [5, 1, 2, 0.518885, -0.016],
    [8, 0.8, 3, 0.478768, -0.008],
    [10, 1, 3, 0.470664, -0.01],
  ])('T-54: LRU, %i items, exponent %f, room for %i', (items, exponent, capacity, exact, error) => {
    expect(exactLruHitRatio(zipfWeights(items, exponent), capacity)).toBeCloseTo(exact, 6);
    const che = hitRatio(zipfPopularity(items, exponent), capacity, 'lru');
    expect(Math.abs(che / exact - 1 - error)).toBeLessThan(1e-3);
  });

  test('T-55: 1000 items, exponent 1.4, room for 50', () => {
    const popularity = zipfPopularity(1000, 1.4);
    expect(hitRatio(popularity, 50, 'lru')).toBeCloseTo(0.819253, 5);
    expect(Math.abs(hitRatio(popularity, 50, 'lru') / 0.8196 - 1)).toBeLessThan(0.01);
    expect(Math.abs(hitRatio(popularity, 50, 'fifo') / 0.7712 - 1)).toBeLessThan(0.01);
  });

  test.each([
    [0.8, 100, 0.1569, 0.1337],
    [0.8, 1000, 0.4366, 0.3943],
    [1, 1000, 0.6758, 0.6307],
  ])('T-56: 10 000 items, exponent %f, room for %i', (exponent, capacity, lru, fifo) => {
    const popularity = zipfPopularity(10_000, exponent);
    expect(Math.abs(hitRatio(popularity, capacity, 'lru') - lru)).toBeLessThan(0.005);
    expect(Math.abs(hitRatio(popularity, capacity, 'fifo') - fifo)).toBeLessThan(0.005);
  });

  test.each([0.6, 0.8, 1, 1.2])('buckets lose less than 1e-5, exponent %f', (exponent) => {
    const items = 200_000;
    const exact = popularityOf(zipfWeights(items, exponent));
    const bucketed = zipfPopularity(items, exponent);
    expect(bucketed.counts.length).toBeLessThan(1000);
    for (const capacity of [100, 3000, 60_000]) {
      for (const replacement of ['lru', 'fifo', 'lfu'] as const) {
        const difference = hitRatio(bucketed, capacity, replacement) - hitRatio(exact, capacity, replacement);
        expect(Math.abs(difference)).toBeLessThan(1e-5);
      }
    }
  });

  // theory.md §7: share of the hottest of a million keys.
  test.each([
    [0.8, 0.0134],
    [1, 0.0695],
    [1.2, 0.1895],
  ])('hottest of a million, exponent %f', (exponent, share) => {
    expect(hottestShare(zipfPopularity(1e6, exponent))).toBeCloseTo(share, 4);
  });

  test('FIFO <= LRU <= LFU, all of them rising with the room', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 100_000 }),
        fc.double({ min: 0, max: 1.6, noNaN: true }),
        fc.double({ min: 0, max: 1.2, noNaN: true }),
        (items, exponent, part) => {
          const popularity = zipfPopularity(items, exponent);
          const capacity = Math.ceil(part * items);
          const [fifo, lru, lfu] = (['fifo', 'lru', 'lfu'] as const).map((policy) =>
            hitRatio(popularity, capacity, policy),
          );
          expect(fifo).toBeLessThanOrEqual(lru! + 1e-9);
          expect(lru).toBeLessThanOrEqual(lfu! + 1e-9);
          expect(hitRatio(popularity, capacity + 1, 'lru')).toBeGreaterThanOrEqual(lru! - 1e-9);
          expect(lfu).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  test('everything fits, nothing fits, nothing is asked for', () => {
    const popularity = zipfPopularity(10, 1);
    for (const replacement of ['lru', 'fifo', 'lfu'] as const) {
      expect(hitRatio(popularity, 10, replacement)).toBeCloseTo(1, 12);
      expect(hitRatio(popularity, 0, replacement)).toBe(0);
      expect(hitRatio(zipfPopularity(0, 1), 5, replacement)).toBe(0);
    }
    expect(exactRandomHitRatio([1, 0, 0], 2)).toBe(1);
    expect(exactLruHitRatio(new Array(21).fill(1), 2)).toBeUndefined();
  });
});

describe('time to live', () => {
  test('closed forms', () => {
    expect(ttlHitRatio(2, 3, 'sinceStored')).toBeCloseTo(6 / 7, 12);
    expect(ttlHitRatio(2, 3, 'sinceRead')).toBeCloseTo(1 - Math.exp(-6), 12);
    expect(ttlHitRatio(0, 3, 'sinceStored')).toBe(0);
    expect(ttlHitRatio(2, Number.POSITIVE_INFINITY, 'sinceStored')).toBe(1);
    expect(invalidationHitRatio(9, 1)).toBe(0.9);
    expect(invalidationHitRatio(0, 0)).toBe(0);
  });

  const base = { popularity: zipfPopularity(2000, 0.9), arrivalRate: 100, replacement: 'lru' } as const;

  test('without a limit of time it is the plain cache, without a limit of room the plain time to live', () => {
    for (const expiry of ['sinceStored', 'sinceRead'] as const) {
      for (const replacement of ['lru', 'fifo'] as const) {
        const cache = { ...base, replacement, expiry };
        const plain = hitRatio(base.popularity, 100, replacement);
        expect(ttlCacheHitRatio({ ...cache, capacity: 100, ttl: Number.POSITIVE_INFINITY })).toBeCloseTo(plain, 9);
        expect(ttlCacheHitRatio({ ...cache, capacity: 100, ttl: 1e9 })).toBeCloseTo(plain, 5);
        const timed = base.popularity.shares.reduce((sum, share, i) => {
          return sum + base.popularity.counts[i]! * share * ttlHitRatio(100 * share, 30, expiry);
        }, 0);
        expect(ttlCacheHitRatio({ ...cache, capacity: 2000, ttl: 30 })).toBeCloseTo(timed, 9);
      }
    }
  });

  test('a tighter limit of either kind never helps', () => {
    const ratio = (capacity: number, ttl: number) =>
      ttlCacheHitRatio({ ...base, expiry: 'sinceStored', capacity, ttl });
    for (const ttl of [0.1, 1, 10, 100, 1000]) {
      for (const capacity of [1, 10, 100, 1000]) {
        expect(ratio(capacity, ttl)).toBeLessThanOrEqual(ratio(capacity * 2, ttl) + 1e-9);
        expect(ratio(capacity, ttl)).toBeLessThanOrEqual(ratio(capacity, ttl * 2) + 1e-9);
      }
    }
  });

  test.each([2, 10, 50])('LRU with expiry %f s after storage is within 1 % of a simulation', (ttl) => {
    const popularity = zipfPopularity(300, 0.8);
    const predicted = ttlCacheHitRatio({ ...base, popularity, expiry: 'sinceStored', capacity: 40, ttl });
    expect(Math.abs(predicted - simulateLru(popularity.shares, 40, 100, ttl))).toBeLessThan(0.01);
  });
});

/** Hit ratio of 400 000 requests at an LRU cache whose entries expire `ttl` seconds after they were stored. */
function simulateLru(shares: Float64Array, capacity: number, rate: number, ttl: number): number {
  const random = seeded(7);
  const cumulative = shares.map(
    (
      (sum) => (share) =>
        (sum += share)
    )(0),
  );
  const storedAt = new Map<number, number>();
  let now = 0;
  let hits = 0;
  for (let i = 0; i < 400_000; i++) {
    now -= Math.log(1 - random()) / rate;
    const point = random();
    const item = cumulative.findIndex((sum) => point < sum);
    const stored = storedAt.get(item);
    const hit = stored !== undefined && now - stored <= ttl;
    if (hit) hits++;
    storedAt.delete(item);
    storedAt.set(item, hit ? stored : now);
    for (const [oldest, time] of storedAt) {
      if (now - time > ttl) storedAt.delete(oldest);
    }
    if (storedAt.size > capacity) storedAt.delete(storedAt.keys().next().value!);
  }
  return hits / 400_000;
}

describe('hierarchies and warm-up', () => {
  test('two tiers pass on what both miss', () => {
    const popularity = zipfPopularity(10_000, 0.9);
    const half = missPopularity(popularity, () => 0.5);
    expect(hottestShare(half)).toBeCloseTo(hottestShare(popularity), 12);
    const behindPerfect = missPopularity(popularity, (share) => (share > popularity.shares[99]! ? 1 : 0));
    expect(behindPerfect.shares.reduce((sum, share, i) => sum + share * behindPerfect.counts[i]!, 0)).toBeCloseTo(1, 9);
    expect(hottestShare(behindPerfect)).toBeLessThan(hottestShare(popularity));
  });

  test('a cache fills in its characteristic time', () => {
    const popularity = zipfPopularity(10_000, 0.9);
    expect(distinctItems(popularity, characteristicTime(popularity, 500, 'lru'))).toBeCloseTo(500, 6);
    expect(distinctItems(popularity, 0)).toBe(0);
  });
});
