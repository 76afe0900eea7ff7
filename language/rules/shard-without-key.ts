import { amount, declared } from '../../model/index.ts';
import { setting } from './fixes.ts';
import { componentsOf, engineOf, nameOf } from './query.ts';
import { defineRule } from './rule.ts';
import { isSharded } from './stores.ts';

export const shardWithoutKey = defineRule({
  meta: {
    id: 'shard-without-key',
    title: 'Sharding without a key',
    section: '1-12',
    category: 'data',
    severity: 'warning',
    summary: 'A database is split into shards, but nothing says by which key.',
    why: 'The key decides which shard a row lives on. Without one every query has to ask all shards, and nobody can tell whether the load spreads evenly.',
    howToFix:
      'Name the column that most queries know and that has many, evenly used values, such as the user: `sharding { shards: 4, key: user_id }`.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const database of componentsOf(architecture, 'database')) {
      if (!isSharded(database) || declared(database, 'sharding.key') || engineOf(database)?.managed) continue;
      const name = nameOf(architecture, database);
      report({
        at: database,
        property: 'sharding',
        message: `'${name}' has ${amount(database, 'sharding.shards')} shards but no 'key', so nothing says which shard a row is on.`,
        fixes: [{ title: `Shard '${name}' by 'user_id'`, edits: [setting(database, 'sharding.key', 'user_id')] }],
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
  sharding { shards: 4 }
//^^^^^^^^ warning: 'posts' has 4 shards but no 'key', so nothing says which shard a row is on.
}
visitors -> app
app -> posts : reads 3
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts {
  engine: mysql
  sharding {
//^^^^^^^^ warning: 'posts' has 16 shards but no 'key', so nothing says which shard a row is on.
    shards: 16
    strategy: range
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
database posts { sharding { shards: 4, key: user_id } }
visitors -> app
app -> posts : reads 3
`,
      `
// One shard needs no key.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { sharding { shards: 1 } }
visitors -> app
app -> posts : reads 3
`,
    ],
  },
});
