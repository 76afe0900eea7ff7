import { amount, formatPercent } from '../../model/index.ts';
import { replicaFix } from './database-spof.ts';
import { componentsOf, isManaged, nameOf } from './query.ts';
import { defineRule } from './rule.ts';
import { isReplicated, isSharded } from './stores.ts';

export const shardWithoutReplica = defineRule({
  meta: {
    id: 'shard-without-replica',
    title: 'Shards without replicas',
    section: '1-12',
    category: 'redundancy',
    severity: 'warning',
    summary: 'The shards of a database have no replicas.',
    why: 'Each shard has data that no other shard has. The more shards there are, the more often one of them fails, and with it a part of the users and of the data.',
    howToFix: 'Give each shard a replica that takes over: `readReplicas: 1` and `failover { mode: automatic }`.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const database of componentsOf(architecture, 'database')) {
      if (!isSharded(database) || (amount(database, 'readReplicas') ?? 0) > 0) continue;
      if (isManaged(database) || isReplicated(architecture, database)) continue;
      const shards = amount(database, 'sharding.shards')!;
      report({
        at: database,
        property: 'sharding',
        message: `The ${shards} shards of '${nameOf(architecture, database)}' have no replicas: when one fails, ${formatPercent(1 / shards)} of the data is gone.`,
        fixes: [replicaFix(architecture, database)],
      });
    }
  },
  examples: {
    violates: [
      `
database posts { sharding { shards: 4, key: user_id } }
//               ^^^^^^^^ warning: The 4 shards of 'posts' have no replicas: when one fails, 25% of the data is gone.
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts {
  engine: mysql
  readReplicas: 0
  sharding {
//^^^^^^^^ warning: The 32 shards of 'posts' have no replicas: when one fails, 3.13% of the data is gone.
    shards: 32
    key: user_id
  }
}
visitors -> app
app -> posts : reads 3
`,
    ],
    passes: [
      `
database posts { readReplicas: 1, failover { mode: automatic }, sharding { shards: 4, key: user_id } }
`,
      `
// The provider keeps copies of each.
database posts { engine: dynamodb, sharding { shards: 4, key: user_id } }
`,
    ],
  },
});
