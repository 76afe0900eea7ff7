import { type Architecture, type Component, type Fix, replicaRange } from '../../model/index.ts';
import { secondReplicaFix } from './fixes.ts';
import {
  callersOf,
  containerOf,
  hasSubstitute,
  isManaged,
  nameOf,
  servingComponents,
  soleHost,
  usersWaitFor,
} from './query.ts';
import { defineRule } from './rule.ts';
import { cutWay, lostWithout } from './single-points.ts';
import { keepsSessions } from './stateful-web-tier.ts';

export const noFailover = defineRule({
  meta: {
    id: 'no-failover',
    title: 'A server without failover',
    section: '1-3',
    category: 'redundancy',
    severity: 'warning',
    summary: 'Users wait for a server or search engine that has one replica, and nothing takes over when it fails.',
    why: 'However large the machine is: when it goes down, the application goes down with it. The simulator takes the machine away and looks at which requests are lost; where others stand in, or the callers can do without (`fallback: true`), there is nothing to report. Scaling out adds machines that also stand in for each other. Databases, caches and load balancers have rules of their own; where one host runs everything, `single-server` comes first.',
    howToFix: 'Run at least two replicas, behind a load balancer when users connect to them directly.',
    since: '0.1.0',
  },
  check(context, report) {
    const { architecture } = context;
    if (soleHost(architecture)) return;
    const awaited = usersWaitFor(architecture);
    for (const component of servingComponents(architecture, 'server', 'search')) {
      const { from, to } = replicaRange(component);
      if (from > 1 || !awaited.has(component.path) || isManaged(component)) continue;
      // What scales may have several at the peak, for which the simulator looks, and one at night.
      if (to === 1 ? lostWithout(context.analysis, component) === 0 : hasSubstitute(architecture, component)) continue;
      const least = to > 1 ? 'scales down to one replica' : 'has one replica';
      report({
        at: component,
        property: 'replicas',
        message: `'${nameOf(architecture, component)}' ${least}, and nothing takes over when it fails.`,
        related: cutWay(context, component),
        fixes: secondReplica(architecture, component),
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
//     ^^^ warning: 'app' has one replica, and nothing takes over when it fails.
visitors -> app
`,
      `
users visitors { rate: 20/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 1..10, serviceTime: 10ms, autoscale { target: 60% } }
//           ^^^^^^^^^^^^^^^ warning: 'app' scales down to one replica, and nothing takes over when it fails.
search index { engine: elasticsearch }
//     ^^^^^ warning: 'index' has one replica, and nothing takes over when it fails.
visitors -> lb
lb -> app
app -> index : reads 1
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 2, serviceTime: 10ms }
visitors -> lb
lb -> app
`,
      `
// Each is alone, but the balancer sends everything to the other when one dies.
users visitors { rate: 20/s }
loadBalancer lb { replicas: 2 }
server one { serviceTime: 10ms }
server two { serviceTime: 10ms }
visitors -> lb
lb -> one, two
`,
    ],
  },
});

/** Not where a second replica alone would make another problem: no balancer in front, sessions in memory, one host for both. */
function secondReplica(architecture: Architecture, component: Component): readonly Fix[] {
  const isEntry = callersOf(architecture, component).some(({ kind }) => kind === 'users' || kind === 'dns');
  if (isEntry || keepsSessions(component) || containerOf(architecture, component, 'host')) return [];
  return [secondReplicaFix(architecture, component)];
}
