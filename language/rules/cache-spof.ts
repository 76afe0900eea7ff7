import { isDeclared, replicaRange } from '../../model/index.ts';
import { secondReplicaFix } from './fixes.ts';
import { isManaged, nameOf, quoted, soleHost } from './query.ts';
import { defineRule } from './rule.ts';
import { caches, isReplicated, storesBehind } from './stores.ts';

export const cacheSpof = defineRule({
  meta: {
    id: 'cache-spof',
    title: 'A single cache server',
    section: '1-6',
    category: 'redundancy',
    severity: 'warning',
    summary: 'A cache consists of one server.',
    why: 'When it fails or restarts, everything in its memory is gone, and all reads fall on the store behind it at the same moment. Several servers lose a part only. On the one host that everything shares the rule is silent: see `single-server`.',
    howToFix: 'Run several cache servers (`replicas: 2` or more), best in different zones or data centers.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    if (soleHost(architecture)) return;
    for (const cache of caches(architecture)) {
      if (replicaRange(cache).from > 1 || isReplicated(architecture, cache)) continue;
      if (isManaged(cache) && !isDeclared(cache, 'replicas')) continue;
      const behind = quoted(storesBehind(architecture, cache).map((store) => nameOf(architecture, store)));
      const consequence = behind ? `all that it holds has to come from ${behind} at once` : 'all that it holds is gone';
      report({
        at: cache,
        property: 'replicas',
        message: `'${nameOf(architecture, cache)}' is a single cache server: when it fails, ${consequence}.`,
        fixes: [secondReplicaFix(architecture, cache)],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache feed { engine: memcached, ttl: 10m, hitRatio: 90% }
//    ^^^^ warning: 'feed' is a single cache server: when it fails, all that it holds has to come from 'posts' at once.
database posts { engine: dynamodb }
visitors -> app
app -> feed : reads 3
feed -> posts : misses
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms, sessions: sessions }
cache sessions { engine: redis, replicas: 1, ttl: 30m, persistent: true }
//                              ^^^^^^^^^^^ warning: 'sessions' is a single cache server: when it fails, all that it holds is gone.
visitors -> app
app -> sessions : reads 1
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache feed { engine: memcached, replicas: 2, ttl: 10m, hitRatio: 90% }
visitors -> app
app -> feed : reads 3
`,
      `
// The provider runs as many as it takes.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache feed { engine: elasticache, ttl: 10m, hitRatio: 90% }
visitors -> app
app -> feed : reads 3
`,
    ],
  },
});
