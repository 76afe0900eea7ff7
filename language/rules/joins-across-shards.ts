import { amount, flag } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { componentsOf, nameOf } from './query.ts';
import { defineRule } from './rule.ts';
import { isSharded } from './stores.ts';

export const joinsAcrossShards = defineRule({
  meta: {
    id: 'joins-across-shards',
    title: 'Joins across shards',
    section: '1-12',
    category: 'data',
    severity: 'warning',
    summary: 'Queries join rows that live on different shards.',
    why: 'No shard has both sides, so the rows have to be collected from all shards and joined elsewhere: each such query costs every shard something, and is as slow as the slowest one.',
    howToFix:
      'Denormalise so that one shard has all that a query needs, or shard both tables by the same key; then declare `joinsAcross: false`.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const database of componentsOf(architecture, 'database')) {
      if (!isSharded(database) || !flag(database, 'sharding.joinsAcross')) continue;
      report({
        at: database,
        property: 'sharding.joinsAcross',
        message: `Queries of '${nameOf(architecture, database)}' join rows of its ${amount(database, 'sharding.shards')} shards, so each of them asks all shards.`,
        fixes: [{ ...settingFix(architecture, database, 'sharding.joinsAcross', 'false'), preferred: false }],
      });
    }
  },
  examples: {
    violates: [
      `
database posts {
  readReplicas: 1
  failover { mode: automatic }
  sharding { shards: 4, key: user_id, joinsAcross: true }
//                                    ^^^^^^^^^^^^^^^^^ warning: Queries of 'posts' join rows of its 4 shards, so each of them asks all shards.
}
`,
      `
database posts {
  engine: mysql
  sharding {
    shards: 32
    key: user_id
    joinsAcross: true
//  ^^^^^^^^^^^^^^^^^ warning: Queries of 'posts' join rows of its 32 shards, so each of them asks all shards.
  }
}
`,
    ],
    passes: [
      `
database posts { sharding { shards: 4, key: user_id, joinsAcross: false } }
`,
      `
// One shard: all rows are on it.
database posts { joins: true, sharding { shards: 1, key: user_id, joinsAcross: true } }
`,
    ],
  },
});
