import { amount, isDeclared } from '../../model/index.ts';
import { setting } from './fixes.ts';
import { isManaged, nameOf, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';
import { isReplicated, isSessionStore, isSharded } from './stores.ts';

export const durableStoreWithoutBackup = defineRule({
  meta: {
    id: 'durable-store-without-backup',
    title: 'Replicas, but no backup',
    section: 'beyond',
    category: 'data',
    severity: 'info',
    summary: 'A replicated database has no declared backup.',
    why: 'Replicas protect from the loss of a machine. They copy a dropped table or a wrong update within milliseconds, and then all of them are wrong; only a backup leads back. The rule is about databases that one runs oneself and that somebody has already made redundant; session stores can be rebuilt by logging in again.',
    howToFix: 'Declare `backup { every: …, retention: … }`, and try the restore.',
    sources: ['AWS Well-Architected, Reliability pillar, REL09: back up data.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const database of servingComponents(architecture, 'database')) {
      if (isManaged(database) || isDeclared(database, 'backup') || isSessionStore(architecture, database)) continue;
      const isRedundant = (amount(database, 'readReplicas') ?? 0) > 0 || isReplicated(architecture, database);
      if (!isRedundant && !isSharded(database)) continue;
      report({
        at: database,
        message: `'${nameOf(architecture, database)}' has replicas but no backup: a mistake is copied to all of them.`,
        fixes: [
          {
            title: `Back '${nameOf(architecture, database)}' up every day, and keep each backup for a month`,
            edits: [setting(database, 'backup.every', '1d'), setting(database, 'backup.retention', '30d')],
          },
        ],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: mysql, readReplicas: 1, failover { mode: automatic } }
//       ^^^^^ info: 'posts' has replicas but no backup: a mistake is copied to all of them.
visitors -> app
app -> posts : reads 3
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts {
//       ^^^^^ info: 'posts' has replicas but no backup: a mistake is copied to all of them.
  engine: mysql
  readReplicas: 1
  failover { mode: automatic }
  sharding { shards: 4, key: user_id, distinct: 1M }
}
visitors -> app
app -> posts : reads 3, writes 1
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: mysql, readReplicas: 1, failover { mode: automatic }, backup { every: 1d, retention: 30d } }
visitors -> app
app -> posts : reads 3
`,
      `
// Only sessions: whoever loses one logs in again.
users visitors { rate: 20/s }
server app { serviceTime: 10ms, sessions: sessions }
database sessions { engine: mysql, readReplicas: 1, failover { mode: automatic } }
visitors -> app
app -> sessions : reads 1, writes 1
`,
    ],
  },
});
