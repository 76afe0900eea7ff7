import { type Architecture, amount, type Component, type Fix, replicaRange } from '../../model/index.ts';
import { setting } from './fixes.ts';
import { callersOf, isManaged, nameOf, quoted, servingComponents, soleHost } from './query.ts';
import { defineRule } from './rule.ts';
import { cutWay, lostWithout } from './single-points.ts';
import { isReplicated, isSharded } from './stores.ts';

export const databaseSpof = defineRule({
  meta: {
    id: 'database-spof',
    title: 'A single database',
    section: '1-5',
    category: 'redundancy',
    severity: 'warning',
    summary: 'A database has no replica.',
    why: 'When its machine dies, everything that needs the data stops, and what was written since the last backup is gone. The simulator takes the machine away and looks at which requests are lost; where the callers can do without (`fallback: true`), there is nothing to report. Databases that a provider runs keep copies by themselves and are not reported, nor is a database on the one host that everything shares: see `single-server`.',
    howToFix: 'Add a read replica that can be promoted: `readReplicas: 1` and `failover { mode: automatic }`.',
    since: '0.1.0',
  },
  check(context, report) {
    const { architecture } = context;
    if (soleHost(architecture)) return;
    for (const database of servingComponents(architecture, 'database')) {
      if (isManaged(database) || isSharded(database) || replicaRange(database).from > 1) continue;
      if ((amount(database, 'readReplicas') ?? 0) > 0 || isReplicated(architecture, database)) continue;
      if (lostWithout(context.analysis, database) === 0) continue;
      const callers = quoted(callersOf(architecture, database).map((caller) => nameOf(architecture, caller)));
      report({
        at: database,
        property: 'readReplicas',
        message: `'${nameOf(architecture, database)}' has no replica: when it fails, ${callers} cannot go on, and what was written since the last backup is lost.`,
        related: cutWay(context, database),
        fixes: [replicaFix(architecture, database)],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: mysql }
//       ^^^^^ warning: 'posts' has no replica: when it fails, 'app' cannot go on, and what was written since the last backup is lost.
visitors -> app
app -> posts : reads 3
`,
      `
users visitors { rate: 20/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 2, serviceTime: 10ms }
database posts
//       ^^^^^ warning: 'posts' has no replica: when it fails, 'app' cannot go on, and what was written since the last backup is lost.
visitors -> lb
lb -> app
app -> posts : reads 3, writes 1
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts {
  engine: mysql
  readReplicas: 1
  failover { mode: automatic }
}
visitors -> app
app -> posts : reads 3
`,
      `
// The provider keeps three copies.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: dynamodb }
visitors -> app
app -> posts : reads 3
`,
      `
// Two databases that replicate to each other.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: mysql }
database standby { engine: mysql }
visitors -> app
app -> posts : reads 3
posts -> standby : replicates
`,
    ],
  },
});

/** One replica that is promoted when the primary dies; also of every shard. */
export function replicaFix(architecture: Architecture, database: Component): Fix {
  return {
    title: `Add a replica of '${nameOf(architecture, database)}' that takes over`,
    edits: [setting(database, 'readReplicas', '1'), setting(database, 'failover.mode', 'automatic')],
    preferred: true,
  };
}
