import { type Architecture, amount, type Component, replicaRange } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { componentsOf, containerOf, dataCenterOf, nameOf, ownComponents } from './query.ts';
import { defineRule } from './rule.ts';
import { lostWithout } from './single-points.ts';

export const replicasInOneZone = defineRule({
  meta: {
    id: 'replicas-in-one-zone',
    title: 'All replicas in one zone',
    section: 'beyond',
    category: 'redundancy',
    severity: 'warning',
    summary: 'All replicas of a component stand in one availability zone although its data center has several.',
    why: 'A zone is a building with its own power and network: when it fails, all replicas in it fail together. By default replicas are spread over the zones of their data center; the rule speaks where the design says otherwise and nothing in another zone stands in. Primaries and their standbys have a rule of their own.',
    howToFix: 'Spread them over at least two zones: `zones: 2`.',
    sources: ['AWS Well-Architected, Reliability pillar, REL10-BP01: deploy the workload to multiple locations.'],
    since: '0.1.0',
  },
  check({ architecture, analysis }, report) {
    for (const component of ownComponents(architecture)) {
      const replicas = replicaRange(component).from;
      const center = dataCenterOf(architecture, component);
      if (replicas < 2 || !center || (amount(component, 'readReplicas') ?? 0) > 0) continue;
      const zone = containerOf(architecture, component, 'zone');
      const all = zonesOf(architecture, center);
      const isConfined = zone ? lostWithout(analysis, zone) > 0 : amount(component, 'zones') === 1;
      if (all < 2 || !isConfined) continue;
      report({
        at: component,
        property: 'zones',
        message: `All ${replicas} replicas of '${nameOf(architecture, component)}' stand in one of the ${all} zones of '${nameOf(architecture, center)}' and fail with it.`,
        fixes: zone ? [] : [settingFix(architecture, component, 'zones', `${Math.min(all, replicas)}`)],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 200/s }
dataCenter us {
  zones: 3
  loadBalancer lb { replicas: 2 }
  server app { replicas: 6, serviceTime: 10ms, zones: 1 }
//                                             ^^^^^^^^ warning: All 6 replicas of 'app' stand in one of the 3 zones of 'us' and fail with it.
  lb -> app
}
visitors -> us.lb
`,
      `
users visitors { rate: 200/s }
dataCenter us {
  loadBalancer lb { engine: alb }
  zone a {
    server app { replicas: 6, serviceTime: 10ms }
//         ^^^ warning: All 6 replicas of 'app' stand in one of the 2 zones of 'us' and fail with it.
  }
  zone b {
    server reports { replicas: 2, serviceTime: 10ms }
  }
  lb -> a.app
}
visitors -> us.lb
`,
    ],
    passes: [
      `
users visitors { rate: 200/s }
dataCenter us {
  zones: 3
  loadBalancer lb { replicas: 2 }
  server app { replicas: 6, serviceTime: 10ms }
  lb -> app
}
visitors -> us.lb
`,
      `
// Those of the other zone take over.
users visitors { rate: 200/s }
dataCenter us {
  loadBalancer lb { engine: alb }
  zone a {
    server app { replicas: 6, serviceTime: 10ms }
  }
  zone b {
    server app { replicas: 6, serviceTime: 10ms }
  }
  lb -> a.app, b.app
}
visitors -> us.lb
`,
    ],
  },
});

/** Zones that a data center counts or contains. */
export function zonesOf(architecture: Architecture, center: Component): number {
  const written = componentsOf(architecture, 'zone').filter(({ parent }) => parent === center.path).length;
  return Math.max(written, amount(center, 'zones') ?? 1);
}
