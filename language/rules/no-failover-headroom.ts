import { digits, formatPercent, replicaRange } from '../../model/index.ts';
import { busiest, resultOf } from './figures.ts';
import { settingFix } from './fixes.ts';
import { LIMIT } from './insufficient-headroom.ts';
import { isManaged, nameOf, servingComponents, usersWaitFor } from './query.ts';
import { defineRule } from './rule.ts';

export const noFailoverHeadroom = defineRule({
  meta: {
    id: 'no-failover-headroom',
    title: 'The survivors cannot carry the load',
    section: 'beyond',
    category: 'scaling',
    severity: 'warning',
    summary: 'When one of the replicas fails at peak, the others get more than they can serve.',
    why: 'A replica that takes over also takes the load. If n replicas are busy to ρ, the n − 1 that are left are busy to ρ · n / (n − 1); above 100% the failure of one becomes the failure of all, one after the other. Where the utilisation is too high even without a failure, `insufficient-headroom` comes first; what an autoscaler enlarges is left to it.',
    howToFix: 'Add a replica, so that one may be missing.',
    sources: [
      'AWS Well-Architected, Reliability pillar, REL11-BP05: static stability.',
      'Beyer et al., "Site Reliability Engineering", chapter 22: server overload after the loss of others.',
    ],
    since: '0.1.0',
    options: {
      limit: {
        type: 'number',
        description: 'Utilisation of the survivors above which a tier is reported, as a fraction.',
        default: 1,
        minimum: 0.01,
      },
    },
  },
  check({ architecture, analysis, option }, report) {
    const awaited = usersWaitFor(architecture);
    for (const component of servingComponents(architecture, 'server', 'loadBalancer')) {
      const { from, to: replicas } = replicaRange(component);
      const result = resultOf(analysis, component);
      if (replicas < 2 || from !== replicas || !awaited.has(component.path) || isManaged(component) || !result)
        continue;
      const use = busiest({ ...result, resources: result.resources.filter(({ resource }) => resource === 'cpu') });
      const busy = use?.utilization ?? 0;
      const after = (busy * replicas) / (replicas - 1);
      if (busy > LIMIT || after <= option('limit', component)) continue;
      report({
        at: component,
        property: 'replicas',
        message: `When one of the ${replicas} replicas of '${nameOf(architecture, component)}' fails, the CPU of the others is ${formatPercent(after)} used (${formatPercent(busy)} × ${digits(replicas)} / ${digits(replicas - 1)}).`,
        fixes: [settingFix(architecture, component, 'replicas', `${replicas + 1}`)],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 120/s }
loadBalancer lb { engine: alb }
server app { replicas: 2, serviceTime: 10ms }
//           ^^^^^^^^^^^ warning: When one of the 2 replicas of 'app' fails, the CPU of the others is 120% used (60% × 2 / 1).
visitors -> lb
lb -> app
`,
      `
users visitors { rate: 208/s }
loadBalancer lb { engine: alb }
server app {
  replicas: 3
//^^^^^^^^^^^ warning: When one of the 3 replicas of 'app' fails, the CPU of the others is 104% used (69.3% × 3 / 2).
  serviceTime: 10ms
}
visitors -> lb
lb -> app
`,
    ],
    passes: [
      `
users visitors { rate: 120/s }
loadBalancer lb { engine: alb }
server app { replicas: 3, serviceTime: 10ms }
visitors -> lb
lb -> app
`,
      `
// As busy, but nobody waits for it.
users visitors { rate: 120/s }
server app { replicas: 4, serviceTime: 1ms, exposure: public }
queue jobs { engine: sqs, deadLetter: true }
worker resizer { replicas: 2, serviceTime: 10ms }
visitors -> app
app -> jobs : publishes 1
jobs -> resizer
`,
    ],
  },
});
