import { type Component, isDeclared, word } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { nameOf } from './query.ts';
import { defineRule } from './rule.ts';
import { caches, isSessionStore } from './stores.ts';

/** Engines that evict the least recently used entries unless they are told otherwise. */
const EVICTING = ['memcached'];

export const cacheWithoutEviction = defineRule({
  meta: {
    id: 'cache-without-eviction',
    title: 'A cache without eviction',
    section: '1-6',
    category: 'caching',
    severity: 'warning',
    summary: 'The memory of a cache is bounded, and nothing says what goes when it is full.',
    why: 'Redis and its relatives refuse writes when their memory is full unless a policy is set, so that the cache stops taking new entries exactly when it is needed most. memcached evicts by itself. A session store is left alone: evicting from it would log users out.',
    howToFix: 'Set `eviction: lru`, or `lfu` when a few favourites are asked for again and again.',
    sources: ['Redis documentation, "Key eviction": maxmemory-policy is noeviction by default.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const cache of caches(architecture)) {
      const none = isDeclared(cache, 'eviction') && word(cache, 'eviction') === 'none';
      if (!none && (isDeclared(cache, 'eviction') || !isBounded(cache))) continue;
      if (isSessionStore(architecture, cache)) continue;
      report({
        at: cache,
        property: 'eviction',
        message: `'${nameOf(architecture, cache)}' evicts nothing, so it takes no new entries once its memory is full.`,
        fixes: [settingFix(architecture, cache, 'eviction', 'lru')],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache feed { engine: redis, replicas: 2, memory: 16GB, ttl: 10m, hitRatio: 90% }
//    ^^^^ warning: 'feed' evicts nothing, so it takes no new entries once its memory is full.
visitors -> app
app -> feed : reads 3
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache feed {
  replicas: 2
  ttl: 10m
  eviction: none
//^^^^^^^^^^^^^^ warning: 'feed' evicts nothing, so it takes no new entries once its memory is full.
}
visitors -> app
app -> feed : reads 3
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache feed { engine: redis, replicas: 2, memory: 16GB, ttl: 10m, eviction: lfu }
visitors -> app
app -> feed : reads 3
`,
      `
// memcached evicts the least recently used by itself.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache feed { engine: memcached, replicas: 2, memory: 16GB, ttl: 10m }
visitors -> app
app -> feed : reads 3
`,
    ],
  },
});

function isBounded(cache: Component): boolean {
  const known = isDeclared(cache, 'memory') || isDeclared(cache, 'instance');
  return known && !EVICTING.includes(word(cache, 'engine') ?? '');
}
