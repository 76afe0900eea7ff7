import { type Architecture, type Component, word } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { carries, componentAt, engineOf, incoming, nameOf, outgoing, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';

export const multiPrimaryConflict = defineRule({
  meta: {
    id: 'multi-primary-conflict',
    title: 'Several primaries without a conflict rule',
    section: '1-5',
    category: 'data',
    severity: 'warning',
    summary: 'Several databases take writes to the same data, and nothing says how conflicts are resolved.',
    why: 'Two users can change the same row on two primaries before either change has arrived at the other. Without a rule one change is silently lost, or the primaries drift apart.',
    howToFix:
      'Declare how conflicts are resolved, `replication { conflicts: lastWriterWins }` or `merge`; or let each row be written in one place only.',
    sources: ['Microsoft Azure Architecture Center: Geode pattern.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const database of servingComponents(architecture, 'database')) {
      const conflicts = word(database, 'replication.conflicts');
      const other = otherPrimary(architecture, database);
      if (!other || (conflicts !== undefined && conflicts !== 'none') || engineOf(database)?.managed) continue;
      report({
        at: database,
        property: conflicts === 'none' ? 'replication.conflicts' : 'replication',
        message: `'${nameOf(architecture, database)}' and ${other} both take writes, and nothing says which one wins.`,
        fixes: [{ ...settingFix(architecture, database, 'replication.conflicts', 'lastWriterWins'), preferred: false }],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts {
  engine: mysql
  replicas: 2
  replication { topology: multiPrimary }
//^^^^^^^^^^^ warning: 'posts' and its other primaries both take writes, and nothing says which one wins.
}
visitors -> app
app -> posts : reads 3, writes 1
`,
      `
users visitors { rate: 20/s }
dns domain { routing: geo }
dataCenter us {
  server app { serviceTime: 10ms }
  database posts { engine: mysql }
//         ^^^^^ warning: 'us.posts' and 'eu.posts' both take writes, and nothing says which one wins.
  app -> posts : reads 3, writes 1
}
dataCenter eu {
  server app { serviceTime: 10ms }
  database posts { engine: mysql }
//         ^^^^^ warning: 'eu.posts' and 'us.posts' both take writes, and nothing says which one wins.
  app -> posts : reads 3, writes 1
}
visitors -> domain
domain -> us.app, eu.app
us.posts <-> eu.posts : replicates
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts {
  engine: mysql
  replicas: 2
  replication { topology: multiPrimary, conflicts: merge }
}
visitors -> app
app -> posts : reads 3, writes 1
`,
      `
// The copy is read only.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: mysql }
database copy { engine: mysql }
visitors -> app
app -> posts : writes 1
app -> copy : reads 3
posts <-> copy : replicates
`,
    ],
  },
});

/** Who else takes writes to the same data, for the message. */
function otherPrimary(architecture: Architecture, database: Component): string | undefined {
  const topology = word(database, 'replication.topology');
  if (topology === 'multiPrimary' || topology === 'circular') return 'its other primaries';
  if (!takesWrites(architecture, database)) return undefined;
  const back = new Set(
    incoming(architecture, database)
      .filter((it) => carries(it, 'replicates'))
      .map(({ from }) => from),
  );
  const both = outgoing(architecture, database).find((it) => carries(it, 'replicates') && back.has(it.to));
  const other = both && componentAt(architecture, both.to);
  return other && takesWrites(architecture, other) ? `'${nameOf(architecture, other)}'` : undefined;
}

function takesWrites(architecture: Architecture, database: Component): boolean {
  return incoming(architecture, database).some((it) => carries(it, 'writes'));
}
