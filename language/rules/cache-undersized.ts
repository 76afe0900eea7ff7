import { amount, type Component, declared, formatPercent, formatQuantity, replicaRange } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { nameOf } from './query.ts';
import { defineRule } from './rule.ts';
import { caches } from './stores.ts';

const GB = 1e9;

export const cacheUndersized = defineRule({
  meta: {
    id: 'cache-undersized',
    title: 'A hit ratio that the memory cannot reach',
    section: '1-6',
    category: 'caching',
    severity: 'warning',
    summary: 'The declared hit ratio is higher than any cache of that size can reach.',
    why: 'With `items`, `itemSize` and `zipf` declared, the best that any policy can do is to hold the most popular items that fit, memory kept free by `overprovision` not counted. When the declared `hitRatio` is above that, the store behind gets more load than the design believes.',
    howToFix: 'Give the cache more memory or more servers, or declare the ratio that it can reach.',
    sources: [
      'The share of requests for the m most popular of n items under Zipf’s law with exponent s is H(m, s) / H(n, s), H being the generalised harmonic number; Breslau et al., "Web Caching and Zipf-like Distributions", INFOCOM 1999.',
    ],
    since: '0.1.0',
  },
  check({ architecture, notEvaluated }, report) {
    for (const cache of caches(architecture)) {
      const promised = declared(cache, 'hitRatio') && amount(cache, 'hitRatio');
      const items = amount(cache, 'items');
      if (promised === undefined || items === undefined) continue;
      const size = amount(cache, 'itemSize');
      const memory = amount(cache, 'memory');
      if (size === undefined || memory === undefined) {
        notEvaluated(cache, ...(size === undefined ? ['itemSize'] : []), ...(memory === undefined ? ['memory'] : []));
        continue;
      }
      const usable = usableMemory(cache, memory);
      const best = reachable(usable / size, items, amount(cache, 'zipf') ?? 1);
      // Two tenths of a percent is what the integral in `harmonic` can be off.
      if (best >= promised - 0.002) continue;
      const fits = formatQuantity(usable, 'data');
      const whole = formatQuantity(items * size, 'data');
      report({
        at: cache,
        property: 'hitRatio',
        message: `'${nameOf(architecture, cache)}' can hold ${fits} of the ${whole} asked for, which answers at most ${formatPercent(best)} of the reads, less than the declared ${formatPercent(promised)}.`,
        fixes: [settingFix(architecture, cache, 'memory', memoryFor(cache, items, size, promised))],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache feed { replicas: 2, memory: 1GB, ttl: 10m, eviction: lru, items: 100M, itemSize: 2KB, hitRatio: 95% }
//                                                                                          ^^^^^^^^^^^^^ warning: 'feed' can hold 2 GB of the 200 GB asked for, which answers at most 75.8% of the reads, less than the declared 95%.
visitors -> app
app -> feed : reads 3
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache feed {
  replicas: 2
  memory: 1GB
  ttl: 10m
  eviction: lru
  items: 1M
  itemSize: 2KB
  zipf: 0
  hitRatio: 90%
//^^^^^^^^^^^^^ warning: 'feed' can hold 1.4 GB of the 2 GB asked for, which answers at most 70% of the reads, less than the declared 90%.
  overprovision: 30%
}
visitors -> app
app -> feed : reads 3
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache feed { replicas: 2, memory: 16GB, ttl: 10m, eviction: lru, items: 10M, itemSize: 2KB, hitRatio: 95% }
visitors -> app
app -> feed : reads 3
`,
      `
// Nobody knows how large an item is.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache feed { replicas: 2, memory: 1GB, ttl: 10m, eviction: lru, items: 100M, hitRatio: 95% }
visitors -> app
app -> feed : reads 3
`,
    ],
  },
});

function usableMemory(cache: Component, perServer: number): number {
  return perServer * replicaRange(cache).from * (1 - (amount(cache, 'overprovision') ?? 0));
}

/** Share of the requests that the `held` most popular of `items` items get. */
function reachable(held: number, items: number, exponent: number): number {
  return held >= items ? 1 : harmonic(Math.max(held, 0), exponent) / harmonic(items, exponent);
}

/** Generalised harmonic number: the first terms exactly, the rest as an integral (Euler–Maclaurin, first correction). */
function harmonic(n: number, exponent: number): number {
  const exact = Math.min(Math.floor(n), 1000);
  let sum = 0;
  for (let k = 1; k <= exact; k++) sum += k ** -exponent;
  if (n <= exact) return sum;
  const tail = exponent === 1 ? Math.log(n / exact) : (n ** (1 - exponent) - exact ** (1 - exponent)) / (1 - exponent);
  return sum + tail + (n ** -exponent - exact ** -exponent) / 2;
}

/** Memory of one server, in whole gigabytes, with which the ratio can be reached. */
function memoryFor(cache: Component, items: number, size: number, ratio: number): string {
  const exponent = amount(cache, 'zipf') ?? 1;
  let [low, high] = [0, items];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (reachable(middle, items, exponent) < ratio) low = middle;
    else high = middle;
  }
  const perServer = (high * size) / usableMemory(cache, 1);
  return `${Math.ceil(perServer / GB)}GB`;
}
