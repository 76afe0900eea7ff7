import { amount, formatPercent, word } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { componentsOf, nameOf } from './query.ts';
import { defineRule } from './rule.ts';
import { isSharded } from './stores.ts';

export const moduloSharding = defineRule({
  meta: {
    id: 'modulo-sharding',
    title: 'Sharding by remainder',
    section: '1-12',
    category: 'data',
    severity: 'info',
    summary: 'The shard is the hash modulo the number of shards, so that one more shard moves nearly all rows.',
    why: 'When the number of shards changes from n to n + 1, a row keeps its shard only if both remainders agree, which is so for one row in n + 1. Consistent hashing or fixed slots move no more than the new shard has to get.',
    howToFix: 'Use consistent hashing or a fixed number of slots that are assigned to shards: `strategy: hash`.',
    sources: ['Karger et al., "Consistent Hashing and Random Trees", STOC 1997.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const database of componentsOf(architecture, 'database')) {
      if (!isSharded(database) || word(database, 'sharding.strategy') !== 'modulo') continue;
      const shards = amount(database, 'sharding.shards')!;
      report({
        at: database,
        property: 'sharding.strategy',
        message: `Going from ${shards} to ${shards + 1} shards moves ${formatPercent(shards / (shards + 1))} of the rows of '${nameOf(architecture, database)}'; consistent hashing would move ${formatPercent(1 / (shards + 1))}.`,
        fixes: [settingFix(architecture, database, 'sharding.strategy', 'hash')],
      });
    }
  },
  examples: {
    violates: [
      `
database posts {
  readReplicas: 1
  failover { mode: automatic }
  sharding { shards: 4, key: user_id, strategy: modulo }
//                                    ^^^^^^^^^^^^^^^^ info: Going from 4 to 5 shards moves 80% of the rows of 'posts'; consistent hashing would move 20%.
}
`,
      `
database posts {
  engine: mysql
  sharding {
    shards: 32
    key: user_id
    strategy: modulo
//  ^^^^^^^^^^^^^^^^ info: Going from 32 to 33 shards moves 96.9% of the rows of 'posts'; consistent hashing would move 3.03%.
  }
}
`,
    ],
    passes: [
      `
database posts { sharding { shards: 4, key: user_id, strategy: hash } }
`,
      `
// One shard is the remainder of everything.
database posts { sharding { shards: 1, key: user_id, strategy: modulo } }
`,
    ],
  },
});
