import { amount, flag, formatCount, word } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { componentsOf, nameOf } from './query.ts';
import { defineRule } from './rule.ts';
import { isSharded } from './stores.ts';

export const poorShardKey = defineRule({
  meta: {
    id: 'poor-shard-key',
    title: 'A key that does not spread the load',
    section: '1-12',
    category: 'data',
    severity: 'warning',
    summary:
      'The sharding key has fewer values than there are shards, or only grows while the shards are ranges of it.',
    why: 'A value of the key lives on one shard, so shards beyond the number of values stay empty. A key that only grows, such as a time, sends every new row to the last range: one shard takes all the writes.',
    howToFix: 'Choose a key with many values that are used evenly; hash it when it only grows.',
    sources: ['Microsoft Azure Architecture Center: Sharding pattern, hot partitions.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const database of componentsOf(architecture, 'database')) {
      if (!isSharded(database)) continue;
      const shards = amount(database, 'sharding.shards')!;
      const distinct = amount(database, 'sharding.distinct');
      const key = word(database, 'sharding.key') ?? 'the key';
      const name = nameOf(architecture, database);
      if (distinct !== undefined && distinct < shards) {
        report({
          at: database,
          property: 'sharding.distinct',
          message: `'${key}' has ${formatCount(distinct)} values for the ${formatCount(shards)} shards of '${name}', so ${formatCount(shards - distinct)} of them stay empty.`,
        });
      }
      if (word(database, 'sharding.strategy') === 'range' && flag(database, 'sharding.monotonic')) {
        report({
          at: database,
          property: 'sharding.strategy',
          message: `'${key}' only grows, so all new rows of '${name}' go to its last shard.`,
          fixes: [settingFix(architecture, database, 'sharding.strategy', 'hash')],
        });
      }
    }
  },
  examples: {
    violates: [
      `
database posts {
  readReplicas: 1
  failover { mode: automatic }
  sharding { shards: 16, key: country, distinct: 12 }
//                                     ^^^^^^^^^^^^ warning: 'country' has 12 values for the 16 shards of 'posts', so 4 of them stay empty.
}
`,
      `
database posts {
  readReplicas: 1
  failover { mode: automatic }
  sharding {
    shards: 4
    key: created_at
    strategy: range
//  ^^^^^^^^^^^^^^^ warning: 'created_at' only grows, so all new rows of 'posts' go to its last shard.
    monotonic: true
  }
}
`,
    ],
    passes: [
      `
database posts { sharding { shards: 16, key: user_id, distinct: 5M } }
`,
      `
// It only grows, but its hash does not.
database posts { sharding { shards: 16, key: created_at, strategy: hash, monotonic: true } }
`,
    ],
  },
});
