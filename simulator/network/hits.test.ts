/** Hit ratios as networks have them: few items exactly, caches behind caches by what the first one misses. */
import { describe, expect, test } from 'vitest';
import { solve } from '../index.ts';
import { architecture, component, connect, type Properties } from '../testing.ts';

const MB = 1e6;
const KB = 1e3;

/** Users whose server reads a row of caches, and what the last of them misses from a database. */
function caches(rate: number, ...specs: readonly Properties[]) {
  const names = specs.map((_, i) => `c${i}`);
  return solve(
    architecture({
      components: [
        component('users', 'u', { rate }),
        component('server', 'app', { serviceTime: 0 }),
        ...specs.map((spec, i) => component('cache', `c${i}`, { serviceTime: 0, ...spec })),
        component('database', 'db', { readTime: 0 }),
      ],
      connections: [
        connect('u', 'app'),
        connect('app', 'c0', 'reads 1'),
        ...names.map((name, i) => connect(name, names[i + 1] ?? 'db', 'misses')),
      ],
    }),
  );
}

function hits(solution: ReturnType<typeof solve>, path: string): number {
  return solution.components.find((one) => one.path === path)!.hitRatio!;
}

describe('few items', () => {
  test('T-50: random replacement, 5 items, exponent 1.4, room for 2, to all digits', () => {
    const solution = caches(1, { items: 5, itemSize: MB, zipf: 1.4, memory: 2 * MB, eviction: 'random' });
    expect(hits(solution, 'c0')).toBeCloseTo(0.590396, 6);
    expect(solution.accuracy).toEqual({ kind: 'exact' });
  });
});

describe('a cache behind another one', () => {
  const of = (items: number, room: number, more: Properties = {}) => {
    return { items, itemSize: KB, zipf: 0.9, memory: room * KB, eviction: 'lru', ...more };
  };

  test('gets what that one misses, within 5 % of LRU played request by request', () => {
    const solution = caches(1000, of(2000, 50), of(2000, 300));
    const played = playLru(2000, 0.9, [50, 300]);
    expect(hits(solution, 'c0')).toBeCloseTo(played[0]!, 2);
    expect(hits(solution, 'c1') / played[1]!).toBeGreaterThan(0.95);
    expect(hits(solution, 'c1') / played[1]!).toBeLessThan(1.05);
  });

  test('finds nothing that the one before would not, where both are of one size and never forget', () => {
    expect(
      hits(caches(1000, of(1000, 100, { eviction: 'lfu' }), of(1000, 100, { eviction: 'lfu' })), 'c1'),
    ).toBeLessThan(hits(caches(1000, of(1000, 100, { eviction: 'lfu' })), 'c0'));
  });

  test('of other items sees them as they are', () => {
    expect(hits(caches(1000, of(2000, 50), of(3000, 300)), 'c1')).toBe(hits(caches(1000, of(3000, 300)), 'c0'));
  });

  test('finds the rate before one with a time to live from its misses', () => {
    // 100 items, all with room: each is asked λ p times a second and missed λ p / (1 + λ p T) times.
    const ttl = 10;
    const solution = caches(50, of(100, 100, { ttl }), of(100, 30));
    const weights = Array.from({ length: 100 }, (_, i) => (i + 1) ** -0.9);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const rates = weights.map((weight) => (50 * weight) / total);
    const missed = rates.reduce((sum, rate) => sum + rate / (1 + rate * ttl), 0);
    expect(solution.components.find(({ path }) => path === 'c1')!.arrivalRate).toBeCloseTo(missed, 6);
    expect(hits(solution, 'c1')).toBeCloseTo(
      cheOf(
        rates.map((rate) => rate / (1 + rate * ttl)),
        30,
      ),
      5,
    );
  });
});

/** Che's approximation with nothing but its definition: Σ 1 - e^(-p t) = room. */
function cheOf(rates: readonly number[], room: number): number {
  let [low, high] = [0, 1e9];
  for (let i = 0; i < 200; i++) {
    const time = (low + high) / 2;
    if (rates.reduce((sum, rate) => sum - Math.expm1(-rate * time), 0) < room) low = time;
    else high = time;
  }
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  return rates.reduce((sum, rate) => sum - rate * Math.expm1(-rate * low), 0) / total;
}

/** Hit ratios of LRU caches in a row, each read for what the one before has not. */
function playLru(items: number, exponent: number, rooms: readonly number[]): readonly number[] {
  const cumulative: number[] = [];
  let total = 0;
  for (let i = 1; i <= items; i++) {
    total += i ** -exponent;
    cumulative.push(total);
  }
  const caches = rooms.map(() => new Map<number, true>());
  const [asked, found] = [rooms.map(() => 0), rooms.map(() => 0)];
  let seed = 1;
  for (let request = 0; request < 400_000; request++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const drawn = (seed / 2 ** 32) * total;
    const item = cumulative.findIndex((sum) => sum >= drawn);
    for (const [level, cache] of caches.entries()) {
      if (request >= 50_000) asked[level]! += 1;
      const hit = cache.delete(item);
      cache.set(item, true);
      if (cache.size > rooms[level]!) cache.delete(cache.keys().next().value!);
      if (!hit) continue;
      if (request >= 50_000) found[level]! += 1;
      break;
    }
  }
  return rooms.map((_, level) => found[level]! / asked[level]!);
}
