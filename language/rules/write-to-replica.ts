import type { Architecture, Component, Connection } from '../../model/index.ts';
import { carries, componentAt, componentsOf, incoming, nameOf, outgoing } from './query.ts';
import { defineRule } from './rule.ts';

export const writeToReplica = defineRule({
  meta: {
    id: 'write-to-replica',
    title: 'A write to a replica',
    section: '1-5',
    category: 'data',
    severity: 'error',
    summary: 'A write goes to a database that only receives copies from another one.',
    why: 'All changes have to be made on the primary. What is written to a replica is refused, or is lost with the next copy, because nothing carries it back.',
    howToFix:
      'Send the writes to the primary, or replicate in both directions (`<->`) and say how conflicts are resolved.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const replica of componentsOf(architecture, 'database')) {
      const primary = primaryOf(architecture, replica);
      if (!primary) continue;
      for (const connection of incoming(architecture, replica)) {
        if (!carries(connection, 'writes')) continue;
        report({
          at: connection,
          message: `'${connection.from}' writes to '${nameOf(architecture, replica)}', which only receives copies from '${nameOf(architecture, primary)}'.`,
          fixes: onlyWrites(connection)
            ? [
                {
                  title: `Write to '${nameOf(architecture, primary)}'`,
                  edits: [{ type: 'reconnect', connection: connection.id, end: 'to', component: primary.path }],
                  preferred: true,
                },
              ]
            : [],
        });
      }
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database primary { engine: mysql }
database copy { engine: mysql }
visitors -> app
app -> primary : reads 1
app -> copy : writes 1
//     ^^^^ error: 'app' writes to 'copy', which only receives copies from 'primary'.
primary -> copy : replicates
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database primary { engine: mysql }
database copy { engine: mysql }
visitors -> app
app -> primary : writes 1
app -> copy : reads 3, writes 0.5
//     ^^^^ error: 'app' writes to 'copy', which only receives copies from 'primary'.
primary -> copy : replicates { mode: async }
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database primary { engine: mysql }
database copy { engine: mysql }
visitors -> app
app -> primary : writes 1
app -> copy : reads 3
primary -> copy : replicates
`,
      `
// Both directions: two primaries.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database one { engine: mysql, replication { conflicts: lastWriterWins } }
database two { engine: mysql, replication { conflicts: lastWriterWins } }
visitors -> app
app -> one : writes 1
app -> two : writes 1
one <-> two : replicates
`,
    ],
  },
});

/** The database that a replica copies, if nothing flows back to it. */
function primaryOf(architecture: Architecture, replica: Component): Component | undefined {
  const source = incoming(architecture, replica).find((it) => carries(it, 'replicates'));
  const returns = outgoing(architecture, replica).some((it) => carries(it, 'replicates'));
  return source && !returns ? componentAt(architecture, source.from) : undefined;
}

function onlyWrites(connection: Connection): boolean {
  return connection.flows.every(({ type }) => type === 'writes');
}
