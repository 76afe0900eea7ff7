import { amount, formatPercent, formatRate } from '../../model/index.ts';
import { busiest, resultOf } from './figures.ts';
import { nameOf, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';
import { isCached, isSessionStore } from './stores.ts';

/** Four reads for each write: "read frequently but modified infrequently" as a number. An assumption. */
const READ_SHARE = 0.8;
/** Work that takes less than half of one machine is no burden, on however many replicas it is. An assumption. */
const HALF_A_MACHINE = 0.5;

export const readHeavyWithoutCache = defineRule({
  meta: {
    id: 'read-heavy-without-cache',
    title: 'A database that is mostly read, without a cache',
    section: '1-6',
    category: 'caching',
    severity: 'warning',
    summary:
      'At least four of five operations on a database are reads, they take half of a machine or more, and nothing caches them.',
    why: 'What is read often and changed seldom can be answered from memory, in a fraction of the time and without the database. The rule waits until the reads are a burden: until they take half of a machine or more, on the primary or on all read replicas together.',
    howToFix:
      'Put a `cache` between the servers and the database: reads go to the cache, its `misses` to the database, writes to the database.',
    sources: ['Microsoft Azure Architecture Center: No Caching antipattern.'],
    since: '0.1.0',
    options: {
      reads: {
        type: 'number',
        description: 'Share of reads from which a database counts as mostly read, as a fraction.',
        default: READ_SHARE,
        minimum: 0,
        maximum: 1,
      },
      machines: {
        type: 'number',
        description: 'Machines that the reads have to keep busy, all read replicas together.',
        default: HALF_A_MACHINE,
        minimum: 0,
      },
    },
  },
  check({ architecture, analysis, notEvaluated, option }, report) {
    for (const database of servingComponents(architecture, 'database')) {
      if (isCached(architecture, database) || isSessionStore(architecture, database)) continue;
      const result = resultOf(analysis, database);
      const { reads = 0, calls = 0, writes = 0 } = result?.rates ?? {};
      const all = reads + calls + writes;
      if (!result || all === 0 || reads / all < option('reads', database)) continue;
      const replicas = amount(database, 'readReplicas') ?? 0;
      const use = busiest(result, 'replica') ?? busiest(result);
      if (!use) {
        notEvaluated(database, 'readTime');
        continue;
      }
      if (use.utilization * Math.max(1, replicas) < option('machines', database)) continue;
      const machines = replicas > 0 ? `${replicas} read ${replicas === 1 ? 'replica' : 'replicas'}` : 'it';
      const burden = `keep ${machines} ${formatPercent(use.utilization)} busy`;
      report({
        at: database,
        message: `${formatPercent(reads / all)} of the operations on '${nameOf(architecture, database)}' are reads (${formatRate(reads)}) that ${burden}, and no cache answers any of them.`,
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 200/s }
server app { replicas: 4, serviceTime: 10ms }
database posts { engine: mysql, readTime: 1ms, readReplicas: 2, failover { mode: automatic } }
//       ^^^^^ warning: 90.9% of the operations on 'posts' are reads (600/s) that keep 2 read replicas 30% busy, and no cache answers any of them.
visitors -> app
app -> posts : reads 3, writes 0.3
`,
      `
users visitors { rate: 200/s }
server app { replicas: 4, serviceTime: 10ms }
database posts { engine: mysql, readTime: 1ms, writeTime: 2ms }
//       ^^^^^ warning: 90.9% of the operations on 'posts' are reads (600/s) that keep it 72% busy, and no cache answers any of them.
visitors -> app
app -> posts : reads 3, writes 0.3
`,
    ],
    passes: [
      `
users visitors { rate: 200/s }
server app { replicas: 4, serviceTime: 10ms }
cache feed { engine: memcached, replicas: 2, ttl: 10m, hitRatio: 90% }
database posts { engine: mysql, readTime: 1ms, readReplicas: 2, failover { mode: automatic } }
visitors -> app
app -> feed : reads 3
feed -> posts : misses
app -> posts : writes 0.3
`,
      `
// Mostly read, but far from busy.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: mysql, readTime: 1ms, writeTime: 2ms }
visitors -> app
app -> posts : reads 3, writes 0.3
`,
      `
// As many writes as reads.
users visitors { rate: 200/s }
server app { replicas: 4, serviceTime: 10ms }
database posts { engine: mysql, readTime: 1ms, readReplicas: 2, failover { mode: automatic } }
visitors -> app
app -> posts : reads 1, writes 1
`,
    ],
  },
});
