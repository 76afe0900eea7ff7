import { amount, digits, formatPercent } from '../../model/index.ts';
import { busiest, resultOf } from './figures.ts';
import { componentsOf, nameOf } from './query.ts';
import { defineRule } from './rule.ts';
import { isSharded } from './stores.ts';

export const hotShard = defineRule({
  meta: {
    id: 'hot-shard',
    title: 'The celebrity problem',
    section: '1-12',
    category: 'data',
    severity: 'warning',
    summary: 'The most popular key of a sharded database brings its shard more load than a whole even share.',
    why: 'All requests for one key go to one shard. When that key alone asks for more than an average shard carries, this shard saturates long before the others, and adding shards changes nothing: the key cannot be split by them.',
    howToFix:
      'Give the celebrities shards of their own or spread their rows over several keys, and cache what is read of them.',
    since: '0.1.0',
  },
  check({ architecture, analysis }, report) {
    for (const database of componentsOf(architecture, 'database')) {
      const hottest = amount(database, 'sharding.hottest') ?? 0;
      if (!isSharded(database) || hottest === 0) continue;
      const shards = amount(database, 'sharding.shards')!;
      const even = 1 / shards;
      if (hottest < even) continue;
      const share = hottest + (1 - hottest) / shards;
      const result = resultOf(analysis, database);
      const use = result && busiest(result, 'hottestShard');
      const utilization = use ? ` and keeps it ${formatPercent(use.utilization)} busy` : '';
      report({
        at: database,
        property: 'sharding.hottest',
        message: `The most popular key brings one shard of '${nameOf(architecture, database)}' ${formatPercent(share)} of the load, ${digits(share / even)} times an even share of ${formatPercent(even)}${utilization}; more shards do not help.`,
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts {
  readReplicas: 1
  failover { mode: automatic }
  sharding { shards: 8, key: user_id, hottest: 20% }
//                                    ^^^^^^^^^^^^ warning: The most popular key brings one shard of 'posts' 30% of the load, 2.4 times an even share of 12.5%; more shards do not help.
}
visitors -> app
app -> posts : reads 3
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts {
  readTime: 2ms
  sharding {
    shards: 100
    key: author_id
    hottest: 1%
//  ^^^^^^^^^^^ warning: The most popular key brings one shard of 'posts' 1.99% of the load, 1.99 times an even share of 1% and keeps it 0.239% busy; more shards do not help.
  }
}
visitors -> app
app -> posts : reads 3
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { sharding { shards: 8, key: user_id, hottest: 0.1% } }
visitors -> app
app -> posts : reads 3
`,
      `
// A tenth of the load for one key, but a shard carries a quarter anyway.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { sharding { shards: 4, key: user_id, hottest: 10% } }
visitors -> app
app -> posts : reads 3
`,
    ],
  },
});
