import { formatPercent, isDeclared, replicaRange } from '../../model/index.ts';
import { nameOf, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';
import { keepsSessions, sharedStoreFix } from './stateful-web-tier.ts';

export const autoscaleStateful = defineRule({
  meta: {
    id: 'autoscale-stateful',
    title: 'Autoscaling that loses sessions',
    section: '1-8',
    category: 'scaling',
    severity: 'warning',
    summary: 'A tier is scaled automatically although each replica keeps sessions in its memory.',
    why: 'Each time the autoscaler takes a replica away, the sessions in it are lost, and a replica that it adds gets only new users, so the load of the others does not fall. Only a stateless tier can be scaled by a machine. The rule is about `autoscale`; `stateful-web-tier` is about any number of replicas.',
    howToFix: 'Move the sessions out of the replicas into a shared store, then scale.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const server of servingComponents(architecture, 'server')) {
      const { from, to } = replicaRange(server);
      if (!isDeclared(server, 'autoscale') || to <= from || !keepsSessions(server)) continue;
      report({
        at: server,
        property: 'autoscale',
        message: `Each time '${nameOf(architecture, server)}' is scaled down from ${from + 1} to ${from} replicas, ${formatPercent(1 / (from + 1))} of the sessions are lost.`,
        fixes: [sharedStoreFix(architecture, server)],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 200/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 3..30, serviceTime: 10ms, sessions: local, autoscale { target: 60% } }
//                                                                ^^^^^^^^^ warning: Each time 'app' is scaled down from 4 to 3 replicas, 25% of the sessions are lost.
visitors -> lb
lb -> app
`,
      `
users visitors { rate: 200/s }
loadBalancer lb { replicas: 2 }
server app {
  replicas: 4..16
  serviceTime: 10ms
  sessions: local
  autoscale { target: 60%, boot: 2m }
//^^^^^^^^^ warning: Each time 'app' is scaled down from 5 to 4 replicas, 20% of the sessions are lost.
}
database posts { engine: dynamodb }
visitors -> lb
lb -> app
app -> posts : reads 3
`,
    ],
    passes: [
      `
users visitors { rate: 200/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 3..30, serviceTime: 10ms, sessions: store, autoscale { target: 60% } }
database store { engine: dynamodb }
visitors -> lb
lb -> app
app -> store : reads 1, writes 1
`,
      `
// Stateful, but nothing removes a replica by itself.
users visitors { rate: 200/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 4, serviceTime: 10ms, sessions: local }
visitors -> lb
lb -> app
`,
    ],
  },
});
