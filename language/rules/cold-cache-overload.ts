import { type Component, flag, formatPercent, formatRate, replicaRange } from '../../model/index.ts';
import { busiest, rateAlong, resultOf } from './figures.ts';
import { calleesOf, carries, nameOf, outgoing } from './query.ts';
import { defineRule, type RuleContext } from './rule.ts';
import { caches, isReplicated } from './stores.ts';

/** What prints as 100% is not reported as too much. */
const FULL = 1.005;

export const coldCacheOverload = defineRule({
  meta: {
    id: 'cold-cache-overload',
    title: 'A restarted cache overloads the store',
    section: '1-6',
    category: 'caching',
    severity: 'info',
    summary: 'When one cache server restarts empty, the store behind gets more reads than it can serve.',
    why: 'What a cache server held is gone when it restarts. Its share of the reads then goes to the store, on top of the usual misses; if the store saturates, the cache cannot fill up again and the overload stays. Caches that are persistent or replicated keep their contents. The figure is for the loss of one of the declared servers at peak.',
    howToFix:
      'Use more and smaller cache servers, leave room in the store, warm the cache up before it takes load, or shed load while it fills.',
    sources: ['Beyer et al., "Site Reliability Engineering", chapter 22: slow startup and cold caching.'],
    since: '0.1.0',
  },
  check(context, report) {
    const { architecture } = context;
    for (const cache of caches(architecture)) {
      if (flag(cache, 'persistent') || isReplicated(architecture, cache)) continue;
      for (const store of calleesOf(architecture, cache)) {
        const load = coldLoad(context, cache, store);
        if (!load || load.utilization <= FULL) continue;
        const servers = replicaRange(cache).from;
        const lost =
          servers === 1
            ? `'${nameOf(architecture, cache)}' restarts`
            : `one of the ${servers} servers of '${nameOf(architecture, cache)}' restarts`;
        report({
          at: cache,
          message: `When ${lost}, '${nameOf(architecture, store)}' gets ${formatRate(load.reads)} reads, ${formatPercent(load.utilization)} of what it can serve.`,
          related: [{ message: 'This is the store that the misses go to.', at: store }],
        });
      }
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 1000/s }
server app { replicas: 30, serviceTime: 10ms }
cache feed { engine: memcached, ttl: 10m, hitRatio: 90% }
//    ^^^^ info: When 'feed' restarts, 'posts' gets 3k/s reads, 300% of what it can serve.
database posts { engine: mysql, readTime: 1ms }
visitors -> app
app -> feed : reads 3
feed -> posts : misses
`,
      `
users visitors { rate: 1000/s }
server app { replicas: 30, serviceTime: 10ms }
cache feed {
//    ^^^^ info: When one of the 2 servers of 'feed' restarts, 'posts' gets 1.58k/s reads, 158% of what it can serve.
  engine: memcached
  replicas: 2
  ttl: 10m
  hitRatio: 95%
}
database posts { engine: mysql, cores: 2, readTime: 2ms, readReplicas: 1, failover { mode: automatic } }
visitors -> app
app -> feed : reads 3
feed -> posts : misses
`,
    ],
    passes: [
      `
users visitors { rate: 1000/s }
server app { replicas: 30, serviceTime: 10ms }
cache feed { engine: memcached, replicas: 20, ttl: 10m, hitRatio: 90% }
database posts { engine: mysql, readTime: 1ms }
visitors -> app
app -> feed : reads 3
feed -> posts : misses
`,
      `
// The same load, but the contents survive a restart.
users visitors { rate: 1000/s }
server app { replicas: 30, serviceTime: 10ms }
cache feed { engine: redis, persistent: true, ttl: 10m, hitRatio: 90% }
database posts { engine: mysql, readTime: 1ms }
visitors -> app
app -> feed : reads 3
feed -> posts : misses
`,
    ],
  },
});

/** Reads per second of the store, and how busy they keep what serves them, while one cache server is empty. */
function coldLoad({ architecture, analysis, notEvaluated }: RuleContext, cache: Component, store: Component) {
  const held = resultOf(analysis, cache);
  const result = resultOf(analysis, store);
  const misses = outgoing(architecture, cache).filter((it) => it.to === store.path && carries(it, 'misses'));
  if (!held || !result || misses.length === 0 || held.hitRatio === undefined) return undefined;
  const use = busiest(result, 'replica') ?? busiest(result);
  if (!use) {
    notEvaluated(store, 'readTime');
    return undefined;
  }
  const missed = misses.reduce((sum, it) => sum + rateAlong(analysis, it), 0);
  const hits = held.hitRatio < 1 ? (missed * held.hitRatio) / (1 - held.hitRatio) : 0;
  const extra = hits / replicaRange(cache).from;
  const { reads } = result.rates;
  if (reads === 0) return undefined;
  // Only the part of the utilisation that reads cause grows with them; where writes share the machine the estimate is from below.
  const readShare = use.part === 'replica' ? 1 : reads / (reads + result.rates.writes + result.rates.calls);
  return { reads: reads + extra, utilization: use.utilization * (1 + (readShare * extra) / reads) };
}
