import { formatRate } from '../../model/index.ts';
import { resultOf } from './figures.ts';
import { nameOf } from './query.ts';
import { defineRule } from './rule.ts';
import { caches, isSessionStore } from './stores.ts';

export const cachingWriteHeavyData = defineRule({
  meta: {
    id: 'caching-write-heavy-data',
    title: 'A cache that is written more than it is read',
    section: '1-6',
    category: 'caching',
    severity: 'info',
    summary: 'A cache gets more writes than reads.',
    why: 'Caches pay off for data that is read often and changed seldom. Here most entries are replaced before anybody has read them, so the cache costs more work than it saves. Session stores are left alone.',
    howToFix: 'Write to the store only and let reads fill the cache, or remove the cache.',
    sources: ['AWS Well-Architected, Performance Efficiency pillar, PERF03-BP05.'],
    since: '0.1.0',
  },
  check({ architecture, analysis }, report) {
    for (const cache of caches(architecture)) {
      const rates = resultOf(analysis, cache)?.rates;
      if (!rates || rates.writes <= rates.reads + rates.calls || isSessionStore(architecture, cache)) continue;
      report({
        at: cache,
        message: `'${nameOf(architecture, cache)}' gets ${formatRate(rates.writes)} writes but only ${formatRate(rates.reads + rates.calls)} reads.`,
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache positions { replicas: 2, ttl: 1m, eviction: lru, strategy: writeThrough }
//    ^^^^^^^^^ info: 'positions' gets 60/s writes but only 20/s reads.
database tracks { engine: dynamodb }
visitors -> app
app -> positions : reads 1, writes 3
positions -> tracks : misses
`,
      `
users phones { rate: 500/s }
server app { replicas: 10, serviceTime: 10ms }
cache counters {
//    ^^^^^^^^ info: 'counters' gets 500/s writes but only 0/s reads.
  replicas: 2
  ttl: 1m
  persistent: true
}
phones -> app
app -> counters : writes 1
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
cache feed { replicas: 2, ttl: 1m, eviction: lru, persistent: true }
visitors -> app
app -> feed : reads 3, writes 1
`,
      `
// Sessions are written with every request.
users visitors { rate: 20/s }
server app { serviceTime: 10ms, sessions: sessions }
cache sessions { replicas: 2, ttl: 30m, persistent: true }
visitors -> app
app -> sessions : reads 1, writes 2
`,
    ],
  },
});
