import { replicaRange } from '../../model/index.ts';
import { secondReplicaFix } from './fixes.ts';
import { calleesOf, hasSubstitute, isManaged, nameOf, quoted, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';
import { cutWay, lostWithout } from './single-points.ts';

export const loadBalancerSpof = defineRule({
  meta: {
    id: 'load-balancer-spof',
    title: 'A single load balancer',
    section: '1-4',
    category: 'redundancy',
    severity: 'warning',
    summary: 'All requests pass through one load balancer that nothing stands in for.',
    why: 'The balancer was added so that a dead server goes unnoticed; with one balancer its own death is noticed by everybody. Balancers that a provider runs (such as an ALB) are redundant by themselves and are not reported.',
    howToFix: 'Run at least two: `replicas: 2`, or a second load balancer that DNS also hands out.',
    since: '0.1.0',
  },
  check(context, report) {
    const { architecture } = context;
    for (const balancer of servingComponents(architecture, 'loadBalancer')) {
      const { from, to } = replicaRange(balancer);
      if (from > 1 || isManaged(balancer)) continue;
      if (to === 1 ? lostWithout(context.analysis, balancer) === 0 : hasSubstitute(architecture, balancer)) continue;
      const targets = quoted(calleesOf(architecture, balancer).map((target) => nameOf(architecture, target)));
      report({
        at: balancer,
        property: 'replicas',
        message: `'${nameOf(architecture, balancer)}' is a single load balancer: when it fails, nobody reaches ${targets || 'what is behind it'}.`,
        related: cutWay(context, balancer),
        fixes: [secondReplicaFix(architecture, balancer)],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 200/s }
loadBalancer lb
//           ^^ warning: 'lb' is a single load balancer: when it fails, nobody reaches 'app'.
server app { replicas: 3, serviceTime: 10ms }
visitors -> lb
lb -> app
`,
      `
users visitors { rate: 200/s }
loadBalancer edge { engine: nginx, replicas: 1 }
//                                 ^^^^^^^^^^^ warning: 'edge' is a single load balancer: when it fails, nobody reaches 'web' and 'api'.
server web { replicas: 3, serviceTime: 10ms }
server api { replicas: 3, serviceTime: 10ms }
visitors -> edge
edge -> web : 50%
edge -> api : 50%
`,
    ],
    passes: [
      `
users visitors { rate: 200/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 3, serviceTime: 10ms }
visitors -> lb
lb -> app
`,
      `
// One line, but the provider runs several behind it.
users visitors { rate: 200/s }
loadBalancer lb { engine: alb }
server app { replicas: 3, serviceTime: 10ms }
visitors -> lb
lb -> app
`,
      `
// DNS hands out two balancers.
users visitors { rate: 200/s }
dns domain { healthCheck: true }
loadBalancer one
loadBalancer two
server app { replicas: 3, serviceTime: 10ms }
visitors -> domain
domain -> one, two
one -> app
two -> app
`,
    ],
  },
});
