import { amount, declared, formatTime } from '../../model/index.ts';
import { resultOf } from './figures.ts';
import { nameOf } from './query.ts';
import { defineRule } from './rule.ts';
import { caches } from './stores.ts';

export const cacheTtlExtreme = defineRule({
  meta: {
    id: 'cache-ttl-extreme',
    title: 'An expiry that is too short or too long',
    section: '1-6',
    category: 'caching',
    severity: 'info',
    summary: 'Entries expire before they are read again, or stay longer than the data behind them stays the same.',
    why: 'An entry that has expired before the next read of the same item has cost a write and saved nothing. An entry that outlives its data is served although it is wrong. The first needs `items` and the load, the second `changeEvery`.',
    howToFix:
      'Choose a `ttl` between the time from one read of an item to the next and the time from one change of it to the next, or invalidate on change.',
    since: '0.1.0',
  },
  check({ architecture, analysis }, report) {
    for (const cache of caches(architecture)) {
      const ttl = declared(cache, 'ttl') && amount(cache, 'ttl');
      if (ttl === undefined) continue;
      const name = nameOf(architecture, cache);
      const change = amount(cache, 'changeEvery');
      const items = amount(cache, 'items');
      const reads = resultOf(analysis, cache)?.rates.reads ?? 0;
      if (change !== undefined && ttl > change) {
        report({
          at: cache,
          property: 'ttl',
          message: `'${name}' keeps an entry for ${formatTime(ttl)}, but what it stands for changes every ${formatTime(change)}.`,
        });
      } else if (items !== undefined && reads > 0 && ttl < items / reads) {
        report({
          at: cache,
          property: 'ttl',
          message: `'${name}' drops an entry after ${formatTime(ttl)}, but on average ${formatTime(items / reads)} pass until the same item is read again.`,
        });
      }
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache prices { replicas: 2, ttl: 1d, eviction: lru, hitRatio: 90%, changeEvery: 1h }
//                          ^^^^^^^ info: 'prices' keeps an entry for 1 d, but what it stands for changes every 1 h.
visitors -> app
app -> prices : reads 3
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache profiles {
  replicas: 2
  eviction: lru
  ttl: 10s
//^^^^^^^^ info: 'profiles' drops an entry after 10 s, but on average 1.93 d pass until the same item is read again.
  items: 10M
}
visitors -> app
app -> profiles : reads 3
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache prices { replicas: 2, ttl: 10m, eviction: lru, hitRatio: 90%, changeEvery: 1h }
visitors -> app
app -> prices : reads 3
`,
      `
// A short time, but each item is read several times a second.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache prices { replicas: 2, ttl: 10s, eviction: lru, items: 20 }
visitors -> app
app -> prices : reads 3
`,
    ],
  },
});
