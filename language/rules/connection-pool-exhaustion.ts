import { type Architecture, amount, type Component, formatCount, replicaRange } from '../../model/index.ts';
import { componentAt, componentsOf, incoming, nameOf } from './query.ts';
import { defineRule } from './rule.ts';

export const connectionPoolExhaustion = defineRule({
  meta: {
    id: 'connection-pool-exhaustion',
    title: 'More pooled connections than the database accepts',
    section: 'beyond',
    category: 'calls',
    severity: 'warning',
    summary: 'All replicas together may open more connections than the database accepts.',
    why: 'The database refuses the connections above its limit, so new replicas fail exactly when they are added because of the load.',
    howToFix: 'Make the pools smaller, put a pooler in between, or raise the limit of the database.',
    sources: ['Nygard, "Release It!": unbalanced capacities.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const database of componentsOf(architecture, 'database')) {
      const limit = amount(database, 'connections');
      const pools = poolsOf(architecture, database);
      const wanted = pools.reduce((sum, { replicas, pool }) => sum + replicas * pool, 0);
      if (limit === undefined || wanted <= limit) continue;
      const terms = pools.map(
        ({ caller, replicas, pool }) => `${replicas} of '${nameOf(architecture, caller)}' with ${pool} each`,
      );
      report({
        at: database,
        property: 'connections',
        message: `${terms.join(' and ')} open ${formatCount(wanted)} connections, but '${nameOf(architecture, database)}' accepts ${formatCount(limit)}.`,
        related: pools.map(({ caller }) => ({
          message: `'${nameOf(architecture, caller)}' keeps a pool.`,
          at: caller,
        })),
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { replicas: 12, serviceTime: 10ms, exposure: public }
database posts { engine: dynamodb, connections: 200 }
//                                 ^^^^^^^^^^^^^^^^ warning: 12 of 'app' with 20 each open 240 connections, but 'posts' accepts 200.
visitors -> app
app -> posts : reads 3 { pool: 20 }
`,
      `
users visitors { rate: 20/s }
server app { replicas: 2..40, serviceTime: 10ms, autoscale { target: 60% } }
server api { replicas: 10, serviceTime: 10ms }
database posts {
  engine: dynamodb
  connections: 500
//^^^^^^^^^^^^^^^^ warning: 40 of 'app' with 10 each and 10 of 'api' with 20 each open 600 connections, but 'posts' accepts 500.
}
visitors -> app
app -> api : calls 1
app -> posts : reads 3 { pool: 10 }
api -> posts : reads 1 { pool: 20 }
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { replicas: 10, serviceTime: 10ms }
database posts { engine: dynamodb, connections: 200 }
visitors -> app
app -> posts : reads 3 { pool: 20 }
`,
      `
// No pool declared: nobody knows how many connections there are.
users visitors { rate: 20/s }
server app { replicas: 1000, serviceTime: 10ms }
database posts { engine: dynamodb, connections: 200 }
visitors -> app
app -> posts : reads 3
`,
    ],
  },
});

interface Pool {
  readonly caller: Component;
  readonly replicas: number;
  readonly pool: number;
}

/** One pool for each caller, although it may have several connections; the largest counts. */
function poolsOf(architecture: Architecture, database: Component): readonly Pool[] {
  const pools = new Map<string, Pool>();
  for (const connection of incoming(architecture, database)) {
    const caller = componentAt(architecture, connection.from);
    const pool = amount(connection, 'pool');
    if (!caller || pool === undefined || pool <= (pools.get(caller.path)?.pool ?? 0)) continue;
    pools.set(caller.path, { caller, replicas: replicaRange(caller).to, pool });
  }
  return [...pools.values()];
}
