import { type Architecture, amount, type Component } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { componentAt, containerOf, dataCenterOf, nameOf, servingComponents } from './query.ts';
import { zonesOf } from './replicas-in-one-zone.ts';
import { defineRule, type Report, type RuleContext } from './rule.ts';
import { replications } from './stores.ts';

export const primaryAndStandbySameZone = defineRule({
  meta: {
    id: 'primary-and-standby-same-zone',
    title: 'Primary and standby fail together',
    section: 'beyond',
    category: 'redundancy',
    severity: 'warning',
    summary: 'A store and the replica that is to take over stand in the same zone or on the same host.',
    why: 'The replica is there for the case that the primary is gone. What takes the primary away often takes its surroundings with it: a machine everything on it, a zone everything in it. The rule looks at declared places only; replicas without a place are spread over the zones of their data center.',
    howToFix: 'Put the standby into another zone (`zones: 2`, or into another `zone` or `host`).',
    sources: ['AWS Well-Architected, Reliability pillar, REL10-BP01: deploy the workload to multiple locations.'],
    since: '0.1.0',
  },
  check(context, report) {
    const { architecture } = context;
    for (const store of servingComponents(architecture, 'database', 'cache', 'search', 'storage')) {
      checkReplicas(context, store, report);
      for (const { from, to } of replications(architecture, store)) {
        const standby = componentAt(architecture, to);
        const shared = from === store.path && standby && sharedPlace(architecture, store, standby);
        if (!shared) continue;
        report({
          at: standby,
          message: `'${nameOf(architecture, standby)}' is to stand in for '${nameOf(architecture, store)}', but both are in '${nameOf(architecture, shared)}' and fail with it.`,
          related: [{ message: 'Here is what it stands in for.', at: store }],
        });
      }
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
dataCenter us {
  zones: 2
  server app { replicas: 2, serviceTime: 10ms }
  database posts { engine: mysql, zones: 1, readReplicas: 1, failover { mode: automatic } }
//                                ^^^^^^^^ warning: The primary of 'posts' and its replicas stand in one of the 2 zones of 'us' and fail with it.
  app -> posts : reads 3
}
visitors -> us.app
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
host rack {
  database posts { engine: mysql }
  database standby { engine: mysql }
//         ^^^^^^^ warning: 'standby' is to stand in for 'posts', but both are in 'rack' and fail with it.
}
visitors -> app
app -> rack.posts : reads 3
rack.posts -> rack.standby : replicates
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
dataCenter us {
  zones: 2
  server app { replicas: 2, serviceTime: 10ms }
  database posts { engine: mysql, zones: 2, readReplicas: 1, failover { mode: automatic } }
  app -> posts : reads 3
}
visitors -> us.app
`,
      `
// Two hosts, and nobody says that they are in one zone.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
host one {
  database posts { engine: mysql }
}
host two {
  database standby { engine: mysql }
}
visitors -> app
app -> one.posts : reads 3
one.posts -> two.standby : replicates
`,
    ],
  },
});

function checkReplicas({ architecture }: RuleContext, store: Component, report: Report): void {
  const center = dataCenterOf(architecture, store);
  if ((amount(store, 'readReplicas') ?? 0) < 1 || !center) return;
  const zones = zonesOf(architecture, center);
  const zone = containerOf(architecture, store, 'zone');
  if (zones < 2 || (!zone && amount(store, 'zones') !== 1)) return;
  report({
    at: store,
    property: 'zones',
    message: `The primary of '${nameOf(architecture, store)}' and its replicas stand in one of the ${zones} zones of '${nameOf(architecture, center)}' and fail with it.`,
    fixes: zone ? [] : [settingFix(architecture, store, 'zones', '2')],
  });
}

function sharedPlace(architecture: Architecture, one: Component, other: Component): Component | undefined {
  for (const kind of ['host', 'zone'] as const) {
    const place = containerOf(architecture, one, kind);
    if (place && place === containerOf(architecture, other, kind)) return place;
  }
  return undefined;
}
