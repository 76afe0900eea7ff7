import { isDeclared } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { nameOf } from './query.ts';
import { defineRule } from './rule.ts';
import { caches } from './stores.ts';

export const cacheWithoutExpiry = defineRule({
  meta: {
    id: 'cache-without-expiry',
    title: 'A cache without expiry',
    section: '1-6',
    category: 'caching',
    severity: 'warning',
    summary: 'A cache declares no `ttl`.',
    why: 'Cache and store are not written in one transaction, so sooner or later a change misses the cache. Without expiry the old value stays until it is evicted or the server restarts.',
    howToFix:
      'Set a `ttl`: as long as an old value does no harm, but not so short that everything is loaded again all the time.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const cache of caches(architecture)) {
      if (isDeclared(cache, 'ttl')) continue;
      report({
        at: cache,
        message: `'${nameOf(architecture, cache)}' has no 'ttl', so what it holds can become arbitrarily stale.`,
        fixes: [settingFix(architecture, cache, 'ttl', '10m')],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache feed { engine: memcached, replicas: 2, hitRatio: 90% }
//    ^^^^ warning: 'feed' has no 'ttl', so what it holds can become arbitrarily stale.
visitors -> app
app -> feed : reads 3
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
tier caches {
  cache feed {
//      ^^^^ warning: 'feed' has no 'ttl', so what it holds can become arbitrarily stale.
    engine: redis
    replicas: 2
    eviction: lru
  }
  cache profiles
//      ^^^^^^^^ warning: 'profiles' has no 'ttl', so what it holds can become arbitrarily stale.
}
visitors -> app
app -> caches.feed : reads 3
app -> caches.profiles : reads 1
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache feed { engine: memcached, replicas: 2, ttl: 10m }
visitors -> app
app -> feed : reads 3
`,
      `
// Nobody's load reaches this one yet.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache feed { engine: memcached, replicas: 2 }
visitors -> app
`,
    ],
  },
});
