import { flag } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { calleesOf, nameOf, quoted, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';

export const targetWithoutHealthCheck = defineRule({
  meta: {
    id: 'target-without-health-check',
    title: 'Targets without a health check',
    section: '1-4',
    category: 'redundancy',
    severity: 'warning',
    summary: 'A load balancer does not check whether its targets are alive.',
    why: 'A dead server refuses at once, which makes it look like the least busy one: the balancer keeps sending it requests, and all of them fail.',
    howToFix: 'Set `healthCheck: true`.',
    sources: ['Microsoft Azure Architecture Center: Health Endpoint Monitoring pattern.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const balancer of servingComponents(architecture, 'loadBalancer')) {
      const targets = calleesOf(architecture, balancer);
      if (flag(balancer, 'healthCheck') !== false || targets.length === 0) continue;
      report({
        at: balancer,
        property: 'healthCheck',
        message: `'${nameOf(architecture, balancer)}' keeps sending requests to dead replicas of ${quoted(targets.map((target) => nameOf(architecture, target)))}, because it does not check their health.`,
        fixes: [settingFix(architecture, balancer, 'healthCheck', 'true')],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 200/s }
loadBalancer lb { replicas: 2, healthCheck: false }
//                             ^^^^^^^^^^^^^^^^^^ warning: 'lb' keeps sending requests to dead replicas of 'app', because it does not check their health.
server app { replicas: 3, serviceTime: 10ms }
visitors -> lb
lb -> app
`,
      `
users visitors { rate: 200/s }
loadBalancer edge { replicas: 2 }
loadBalancer inner {
  engine: haproxy
  replicas: 2
  healthCheck: false
//^^^^^^^^^^^^^^^^^^ warning: 'inner' keeps sending requests to dead replicas of 'app', because it does not check their health.
}
server app { replicas: 3, serviceTime: 10ms }
visitors -> edge
edge -> inner
inner -> app
`,
    ],
    passes: [
      `
users visitors { rate: 200/s }
loadBalancer lb { replicas: 2, healthCheck: true }
server app { replicas: 3, serviceTime: 10ms }
visitors -> lb
lb -> app
`,
      `
// Balancers check unless they are told not to.
users visitors { rate: 200/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 3, serviceTime: 10ms }
visitors -> lb
lb -> app
`,
    ],
  },
});
