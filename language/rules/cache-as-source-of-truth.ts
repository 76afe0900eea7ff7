import { type Architecture, type Component, flag } from '../../model/index.ts';
import { calleesOf, callersOf, carries, incoming, nameOf, quoted } from './query.ts';
import { defineRule } from './rule.ts';
import { caches, isReplicated, isSessionStore } from './stores.ts';

export const cacheAsSourceOfTruth = defineRule({
  meta: {
    id: 'cache-as-source-of-truth',
    title: 'A cache that is the only store',
    section: '1-6',
    category: 'data',
    severity: 'warning',
    summary: 'Writes end in a cache, and nothing durable is behind it or beside it.',
    why: 'A cache is volatile: what it holds is gone after a restart, and may be evicted at any time. Sessions have a rule of their own, `volatile-sessions`.',
    howToFix:
      'Write to a durable store as well (and let the cache load from it), or declare that the cache is `persistent`.',
    sources: ['AWS Well-Architected, Performance Efficiency pillar, PERF03-BP05: caching is not a durable store.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const cache of caches(architecture)) {
      if (flag(cache, 'persistent') || isReplicated(architecture, cache) || isSessionStore(architecture, cache))
        continue;
      const writers = writersOf(architecture, cache);
      if (writers.length === 0 || hasStore(architecture, cache) || writers.some((it) => hasStore(architecture, it)))
        continue;
      report({
        at: cache,
        message: `${quoted(writers.map((writer) => nameOf(architecture, writer)))} ${writers.length === 1 ? 'writes' : 'write'} to '${nameOf(architecture, cache)}' and nowhere durable, so a restart loses the data.`,
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache carts { engine: redis, replicas: 2, ttl: 1d, eviction: lru }
//    ^^^^^ warning: 'app' writes to 'carts' and nowhere durable, so a restart loses the data.
visitors -> app
app -> carts : reads 3, writes 1
`,
      `
users visitors { rate: 20/s }
server web { serviceTime: 10ms }
server api { serviceTime: 10ms }
cache votes {
//    ^^^^^ warning: 'api' writes to 'votes' and nowhere durable, so a restart loses the data.
  replicas: 2
  ttl: 30d
}
visitors -> web
web -> api : calls 1
api -> votes : writes 1
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache carts { engine: redis, replicas: 2, ttl: 1d, eviction: lru, strategy: writeThrough }
database orders { engine: dynamodb }
visitors -> app
app -> carts : reads 3, writes 1
carts -> orders : misses
`,
      `
// The only store, but it survives a restart.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache carts { engine: redis, replicas: 2, ttl: 1d, eviction: lru, persistent: true }
visitors -> app
app -> carts : reads 3, writes 1
`,
    ],
  },
});

function writersOf(architecture: Architecture, cache: Component): readonly Component[] {
  const paths = new Set(
    incoming(architecture, cache)
      .filter((it) => carries(it, 'writes'))
      .map(({ from }) => from),
  );
  return callersOf(architecture, cache).filter(({ path }) => paths.has(path));
}

function hasStore(architecture: Architecture, component: Component): boolean {
  return calleesOf(architecture, component).some(({ kind }) =>
    ['database', 'storage', 'search', 'external', 'queue'].includes(kind),
  );
}
