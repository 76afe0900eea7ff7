import { type Architecture, type Component, isInside, reference } from '../../model/index.ts';
import { componentAt, componentsOf, containerOf, isManaged, nameOf } from './query.ts';
import { defineRule } from './rule.ts';

export const backupInSameDomain = defineRule({
  meta: {
    id: 'backup-in-same-domain',
    title: 'A backup that burns with the store',
    section: 'beyond',
    category: 'data',
    severity: 'warning',
    summary: 'The backups of a store are kept where the store itself is.',
    why: 'A backup is for the day on which the store is gone. Whatever takes the machine, the zone or the data center away then takes the backup too. Storage that a provider runs is spread over several buildings and is reported only if it is named by the data center that it is in.',
    howToFix: 'Keep the backups in another data center, or in storage that a provider spreads over several.',
    sources: ['AWS Well-Architected, Reliability pillar, REL09: back up data.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const store of componentsOf(architecture, 'database', 'storage')) {
      const path = reference(store, 'backup.to');
      const target = path === undefined ? undefined : componentAt(architecture, path);
      const shared = target && sharedDomain(architecture, store, target);
      if (!shared) continue;
      report({
        at: store,
        property: 'backup.to',
        message: `The backups of '${nameOf(architecture, store)}' are kept in '${nameOf(architecture, shared)}', where the store itself is: both are lost together.`,
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
dataCenter us {
  server app { serviceTime: 10ms }
  database posts {
    engine: mysql
    backup { every: 1d, to: us }
//                      ^^^^^^ warning: The backups of 'posts' are kept in 'us', where the store itself is: both are lost together.
  }
  app -> posts : reads 3
}
visitors -> us.app
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
host machine {
  database posts { engine: mysql, backup { every: 1d, to: disk } }
//                                                    ^^^^^^^^ warning: The backups of 'posts' are kept in 'machine', where the store itself is: both are lost together.
  storage disk
}
visitors -> app
app -> machine.posts : reads 3
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
dataCenter us {
  server app { serviceTime: 10ms }
  database posts {
    engine: mysql
    backup { every: 1d, to: eu }
  }
  app -> posts : reads 3
}
dataCenter eu { }
visitors -> us.app
`,
      `
// In the same region, but the provider keeps it in several buildings.
users visitors { rate: 20/s }
dataCenter us {
  server app { serviceTime: 10ms }
  database posts { engine: mysql, backup { every: 1d, to: copies } }
  storage copies { engine: s3 }
  app -> posts : reads 3
}
visitors -> us.app
`,
    ],
  },
});

function sharedDomain(architecture: Architecture, store: Component, target: Component): Component | undefined {
  if (isInside(store.path, target.path)) return target;
  if (isManaged(target)) return undefined;
  for (const kind of ['host', 'zone', 'dataCenter'] as const) {
    const domain = containerOf(architecture, store, kind);
    if (domain && domain === containerOf(architecture, target, kind)) return domain;
  }
  return undefined;
}
