import { amount, type Component, declared, word } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { isManaged, nameOf, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';

export const noAutomaticFailover = defineRule({
  meta: {
    id: 'no-automatic-failover',
    title: 'Replicas that do not take over',
    section: '1-5',
    category: 'redundancy',
    severity: 'warning',
    summary: 'A database has replicas, but promoting one when the primary dies is manual or not declared.',
    why: 'Without promotion all writes fail from the death of the primary until somebody has been woken, has understood the situation and has promoted a replica. Databases that a provider runs fail over by themselves.',
    howToFix: 'Declare `failover { mode: automatic, time: … }` with the time that your setup really takes.',
    sources: ['AWS Well-Architected, Reliability pillar, REL11-BP02: fail over to healthy resources.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const database of servingComponents(architecture, 'database')) {
      if (isManaged(database) || (amount(database, 'readReplicas') ?? 0) < 1) continue;
      const problem = problemWith(database);
      if (!problem) continue;
      const name = nameOf(architecture, database);
      report({
        at: database,
        property: declared(database, 'failover.mode') ? 'failover.mode' : 'failover',
        message: `When the primary of '${name}' dies, ${problem}, and all writes fail until then.`,
        fixes: [settingFix(architecture, database, 'failover.mode', 'automatic')],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: mysql, readReplicas: 2 }
//       ^^^^^ warning: When the primary of 'posts' dies, nothing says that a replica is promoted, and all writes fail until then.
visitors -> app
app -> posts : reads 3
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts {
  engine: mysql
  readReplicas: 2
  failover { mode: manual, time: 30m }
//           ^^^^^^^^^^^^ warning: When the primary of 'posts' dies, somebody has to promote a replica by hand, and all writes fail until then.
}
visitors -> app
app -> posts : reads 3
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: mysql, readReplicas: 2, failover { mode: automatic } }
visitors -> app
app -> posts : reads 3
`,
      `
// Nothing could be promoted: that is database-spof.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: mysql }
visitors -> app
app -> posts : reads 3
`,
    ],
  },
});

function problemWith(database: Component): string | undefined {
  if (!declared(database, 'failover')) return 'nothing says that a replica is promoted';
  const mode = word(database, 'failover.mode');
  if (mode === 'manual') return 'somebody has to promote a replica by hand';
  return mode === 'none' ? 'no replica is promoted' : undefined;
}
