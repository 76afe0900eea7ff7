import { flag } from '../../model/index.ts';
import { calleesOf, nameOf, quoted, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';
import { keepsSessions } from './stateful-web-tier.ts';

export const stickySessions = defineRule({
  meta: {
    id: 'sticky-sessions',
    title: 'Sticky sessions',
    section: '1-8',
    category: 'scaling',
    severity: 'warning',
    summary: 'A load balancer pins each user to one server.',
    why: 'New servers get only new users, busy servers keep theirs, and when a server fails, all its users lose their sessions. Stickiness is a crutch for state in the servers; without such state it only makes the load uneven.',
    howToFix: 'Keep sessions in a shared store, then drop `stickySessions`.',
    sources: ['The Twelve-Factor App, VI: sticky sessions are a violation and should never be used or relied upon.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const balancer of servingComponents(architecture, 'loadBalancer')) {
      if (flag(balancer, 'stickySessions') !== true) continue;
      const targets = calleesOf(architecture, balancer);
      const name = nameOf(architecture, balancer);
      const servers = quoted(targets.map((target) => nameOf(architecture, target)));
      report({
        at: balancer,
        property: 'stickySessions',
        message: `'${name}' pins each user to one replica of ${servers || 'its targets'}, so the load is uneven and a failure costs sessions.`,
        // While servers keep sessions in memory, users depend on the pinning.
        fixes: targets.some(keepsSessions)
          ? []
          : [
              {
                title: `Let '${name}' send every request to any server`,
                edits: [{ type: 'removeProperty', component: balancer.path, name: 'stickySessions' }],
                preferred: true,
              },
            ],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 200/s }
loadBalancer lb { replicas: 2, stickySessions: true }
//                             ^^^^^^^^^^^^^^^^^^^^ warning: 'lb' pins each user to one replica of 'app', so the load is uneven and a failure costs sessions.
server app { replicas: 3, serviceTime: 10ms, sessions: local }
visitors -> lb
lb -> app
`,
      `
users visitors { rate: 200/s }
loadBalancer lb {
  replicas: 2
  stickySessions: true
//^^^^^^^^^^^^^^^^^^^^ warning: 'lb' pins each user to one replica of 'app', so the load is uneven and a failure costs sessions.
}
server app { replicas: 3, serviceTime: 10ms, sessions: none }
visitors -> lb
lb -> app
`,
    ],
    passes: [
      `
users visitors { rate: 200/s }
loadBalancer lb { replicas: 2, stickySessions: false }
server app { replicas: 3, serviceTime: 10ms, sessions: none }
visitors -> lb
lb -> app
`,
      `
// By address is not by session: nothing depends on it.
users visitors { rate: 200/s }
loadBalancer lb { replicas: 2, algorithm: ipHash }
server app { replicas: 3, serviceTime: 10ms, sessions: none }
visitors -> lb
lb -> app
`,
    ],
  },
});
