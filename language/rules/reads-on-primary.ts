import { amount, formatPercent } from '../../model/index.ts';
import { resultOf } from './figures.ts';
import { nameOf, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';

/** Some reads have to see the user's own last write and belong on the primary; when it is most of them, the replicas idle. */
const MOST = 0.5;

export const readsOnPrimary = defineRule({
  meta: {
    id: 'reads-on-primary',
    title: 'Reads on the primary',
    section: '1-5',
    category: 'scaling',
    severity: 'warning',
    summary:
      'The primary of a database that is mostly read serves most of the reads, although there are read replicas.',
    why: 'Replicas take reads off the primary, so that it has room for the writes that nothing else can take. Reads that must see the latest write may stay on the primary; the rule speaks when more than half of them do and there are more reads than writes.',
    howToFix: 'Let the application read from the replicas and lower `readsFromPrimary`.',
    since: '0.1.0',
    options: {
      share: {
        type: 'number',
        description: 'Share of the reads that may go to the primary, as a fraction.',
        default: MOST,
        minimum: 0,
        maximum: 1,
      },
    },
  },
  check({ architecture, analysis, option }, report) {
    for (const database of servingComponents(architecture, 'database')) {
      const replicas = amount(database, 'readReplicas') ?? 0;
      const share = amount(database, 'readsFromPrimary') ?? 0;
      const rates = resultOf(analysis, database)?.rates;
      if (replicas < 1 || share <= option('share', database) || !rates || rates.reads <= rates.writes) continue;
      report({
        at: database,
        property: 'readsFromPrimary',
        message: `The primary of '${nameOf(architecture, database)}' serves ${formatPercent(share)} of the reads, more than its ${replicas === 1 ? 'replica' : `${replicas} replicas together`}.`,
        fixes: [
          {
            title: `Read from the replicas of '${nameOf(architecture, database)}'`,
            edits: [{ type: 'removeProperty', component: database.path, name: 'readsFromPrimary' }],
            preferred: true,
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
database posts { engine: mysql, readReplicas: 2, readsFromPrimary: 100%, failover { mode: automatic } }
//                                               ^^^^^^^^^^^^^^^^^^^^^^ warning: The primary of 'posts' serves 100% of the reads, more than its 2 replicas together.
visitors -> app
app -> posts : reads 3, writes 1
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts {
  engine: mysql
  readReplicas: 1
  readsFromPrimary: 80%
//^^^^^^^^^^^^^^^^^^^^^ warning: The primary of 'posts' serves 80% of the reads, more than its replica.
  failover { mode: automatic }
}
visitors -> app
app -> posts : reads 3
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: mysql, readReplicas: 2, readsFromPrimary: 20%, failover { mode: automatic } }
visitors -> app
app -> posts : reads 3, writes 1
`,
      `
// More writes than reads: the replicas would not help much.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: mysql, readReplicas: 2, readsFromPrimary: 100%, failover { mode: automatic } }
visitors -> app
app -> posts : reads 1, writes 3
`,
    ],
  },
});
