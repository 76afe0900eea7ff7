import { isAwaited } from './chains.ts';
import { allConnections, carries, componentAt, dataCenterOf, dataCenters, nameOf, usersWaitFor } from './query.ts';
import { defineRule } from './rule.ts';

export const crossDcSyncCall = defineRule({
  meta: {
    id: 'cross-dc-sync-call',
    title: 'Waiting for another data center',
    section: 'beyond',
    category: 'calls',
    severity: 'warning',
    summary: 'While a user waits, a component reads from or calls something in another data center.',
    why: 'Each such call pays the round trip between the data centers, which no machine makes faster, and fails when the line between them does. Then the two data centers are one large one with a weak spot. Writes are not reported (they may have to go to the one primary), nor is what a load balancer or DNS sends there.',
    howToFix: 'Read from a replica in the same data center, or let the other one work on a message.',
    sources: ['AWS Well-Architected, Performance Efficiency pillar, PERF04: networking and locality.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    if (dataCenters(architecture).length < 2) return;
    const awaited = usersWaitFor(architecture);
    for (const connection of allConnections(architecture)) {
      const [from, to] = [componentAt(architecture, connection.from), componentAt(architecture, connection.to)];
      if (!from || !to || !awaited.has(from.path) || !isAwaited(architecture, connection)) continue;
      if (!['server', 'function', 'workflow'].includes(from.kind) || !carries(connection, 'calls', 'reads')) continue;
      const [here, there] = [dataCenterOf(architecture, from), dataCenterOf(architecture, to)];
      if (!here || !there || here === there) continue;
      report({
        at: connection,
        message: `While users wait, '${nameOf(architecture, from)}' in '${nameOf(architecture, here)}' waits for '${nameOf(architecture, to)}' in '${nameOf(architecture, there)}'.`,
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
dataCenter us {
  server app { serviceTime: 10ms }
}
dataCenter eu {
  database posts { engine: dynamodb }
}
visitors -> us.app
us.app -> eu.posts : reads 3
//        ^^^^^^^^ warning: While users wait, 'app' in 'us' waits for 'posts' in 'eu'.
`,
      `
users visitors { rate: 20/s }
dataCenter us {
  server app { serviceTime: 10ms }
}
dataCenter eu {
  server prices { serviceTime: 10ms }
  database offers { engine: dynamodb }
  prices -> offers : reads 1
}
visitors -> us.app
us.app -> eu.prices : calls 1
//        ^^^^^^^^^ warning: While users wait, 'app' in 'us' waits for 'prices' in 'eu'.
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
dataCenter us {
  server app { serviceTime: 10ms }
  database posts { engine: dynamodb }
  app -> posts : reads 3
}
dataCenter eu {
  database posts { engine: dynamodb }
}
visitors -> us.app
us.posts -> eu.posts : replicates
`,
      `
// There is one primary, and writes have to go there.
users visitors { rate: 20/s }
dataCenter us {
  server app { serviceTime: 10ms }
  database copy { engine: dynamodb }
  app -> copy : reads 3
}
dataCenter eu {
  database posts { engine: dynamodb }
}
visitors -> us.app
us.app -> eu.posts : writes 0.1
eu.posts -> us.copy : replicates
`,
    ],
  },
});
