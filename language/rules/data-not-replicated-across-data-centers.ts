import type { Architecture, Component, Fix } from '../../model/index.ts';
import { componentAt, dataCenterOf, nameOf, partsOf, servingComponents, servingDataCenters } from './query.ts';
import { defineRule } from './rule.ts';
import { replications } from './stores.ts';

export const dataNotReplicatedAcrossDataCenters = defineRule({
  meta: {
    id: 'data-not-replicated-across-data-centers',
    title: 'Data in one data center only',
    section: '1-9',
    category: 'data',
    severity: 'warning',
    summary: 'Two data centers have databases of the same name that do not replicate to each other.',
    why: 'When a data center is out, its users are sent to another one, and what they have stored is not there. Netflix replicates asynchronously over several regions for this reason.',
    howToFix: 'Replicate the databases: `us.posts <-> eu.posts : replicates { mode: async }`.',
    sources: ['Netflix Technology Blog, "Active-Active for Multi-Regional Resiliency", 2013.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    const centers = servingDataCenters(architecture);
    if (centers.length < 2) return;
    const twins = twinIndex(architecture, centers);
    for (const database of servingComponents(architecture, 'database')) {
      const home = dataCenterOf(architecture, database);
      if (!home || isReplicatedAway(architecture, database, home)) continue;
      const twin = twins.get(database.name)?.find((it) => dataCenterOf(architecture, it) !== home);
      const other = twin && dataCenterOf(architecture, twin);
      if (!twin || !other) continue;
      report({
        at: database,
        message: `'${nameOf(architecture, database)}' does not replicate to '${nameOf(architecture, twin)}', so users who are sent to '${other.name}' when '${home.name}' is out do not find their data.`,
        related: [{ message: 'This one would have to have the data, too.', at: twin }],
        fixes: [replicationFix(architecture, database, twin)],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 200/s }
dns domain { routing: geo }
dataCenter us {
  server app { replicas: 2, serviceTime: 10ms }
  database posts { engine: dynamodb }
//         ^^^^^ warning: 'us.posts' does not replicate to 'eu.posts', so users who are sent to 'eu' when 'us' is out do not find their data.
  app -> posts : reads 3, writes 1
}
dataCenter eu {
  server app { replicas: 2, serviceTime: 10ms }
  database posts { engine: dynamodb }
//         ^^^^^ warning: 'eu.posts' does not replicate to 'us.posts', so users who are sent to 'us' when 'eu' is out do not find their data.
  app -> posts : reads 3, writes 1
}
visitors -> domain
domain -> us.app, eu.app
`,
      `
users visitors { rate: 200/s }
dns domain { routing: geo }
dataCenter us {
  server app { replicas: 2, serviceTime: 10ms }
  database posts { engine: dynamodb }
//         ^^^^^ warning: 'us.posts' does not replicate to 'eu.posts', so users who are sent to 'eu' when 'us' is out do not find their data.
  app -> posts : reads 3, writes 1
}
dataCenter eu extends us { }
visitors -> domain
domain -> us.app, eu.app
`,
    ],
    passes: [
      `
users visitors { rate: 200/s }
dns domain { routing: geo }
dataCenter us {
  server app { replicas: 2, serviceTime: 10ms }
  database posts { engine: dynamodb }
  app -> posts : reads 3, writes 1
}
dataCenter eu extends us { }
visitors -> domain
domain -> us.app, eu.app
us.posts <-> eu.posts : replicates { mode: async }
`,
      `
// Both data centers use the same database: there is nothing to replicate.
users visitors { rate: 200/s }
dns domain { routing: geo }
database posts { engine: dynamodb }
dataCenter us {
  server app { replicas: 2, serviceTime: 10ms }
}
dataCenter eu {
  server app { replicas: 2, serviceTime: 10ms }
}
visitors -> domain
domain -> us.app, eu.app
us.app -> posts : reads 3, writes 1
eu.app -> posts : reads 3, writes 1
`,
    ],
  },
});

function twinIndex(architecture: Architecture, centers: readonly Component[]): ReadonlyMap<string, Component[]> {
  const twins = new Map<string, Component[]>();
  for (const database of centers.flatMap((center) => partsOf(architecture, center))) {
    if (database.kind !== 'database') continue;
    const group = twins.get(database.name);
    if (group) group.push(database);
    else twins.set(database.name, [database]);
  }
  return twins;
}

function isReplicatedAway(architecture: Architecture, database: Component, home: Component): boolean {
  return replications(architecture, database).some(({ from, to }) => {
    const other = componentAt(architecture, from === database.path ? to : from);
    return other !== undefined && dataCenterOf(architecture, other) !== home;
  });
}

function replicationFix(architecture: Architecture, one: Component, other: Component): Fix {
  return {
    title: `Replicate '${nameOf(architecture, one)}' and '${nameOf(architecture, other)}' to each other`,
    edits: [
      { type: 'addConnection', from: one.path, to: other.path, flow: 'replicates' },
      { type: 'addConnection', from: other.path, to: one.path, flow: 'replicates' },
    ],
    preferred: true,
  };
}
