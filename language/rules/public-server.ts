import { type Architecture, type Component, word } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { callersOf, componentsOf, nameOf, quoted } from './query.ts';
import { defineRule } from './rule.ts';

export const publicServer = defineRule({
  meta: {
    id: 'public-server',
    title: 'A server that the internet can reach',
    section: '1-4',
    category: 'structure',
    severity: 'warning',
    summary: 'A server behind a load balancer, or a store, is declared `exposure: public`.',
    why: 'Behind a load balancer servers need private addresses only. A public one can be attacked and overloaded past the balancer; a public store also past the application that guards it. Object storage that clients read from directly is left alone.',
    howToFix: 'Declare `exposure: private` and let users reach it through the load balancer only.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const component of componentsOf(architecture, 'server', 'worker', 'database', 'cache', 'search', 'queue')) {
      if (word(component, 'exposure') !== 'public') continue;
      const guards = guardsOf(architecture, component);
      if (guards.length === 0) continue;
      report({
        at: component,
        property: 'exposure',
        message: `'${nameOf(architecture, component)}' can be reached from the internet past ${quoted(guards.map((guard) => nameOf(architecture, guard)))}.`,
        fixes: [settingFix(architecture, component, 'exposure', 'private')],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 200/s }
loadBalancer lb { replicas: 2, exposure: public }
server app { replicas: 3, serviceTime: 10ms, exposure: public }
//                                           ^^^^^^^^^^^^^^^^ warning: 'app' can be reached from the internet past 'lb'.
visitors -> lb
lb -> app
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts {
  engine: dynamodb
  exposure: public
//^^^^^^^^^^^^^^^^ warning: 'posts' can be reached from the internet past 'app'.
}
visitors -> app
app -> posts : reads 3
`,
    ],
    passes: [
      `
users visitors { rate: 200/s }
loadBalancer lb { replicas: 2, exposure: public }
server app { replicas: 3, serviceTime: 10ms, exposure: private }
visitors -> lb
lb -> app
`,
      `
// Without a load balancer the server has to be public.
users visitors { rate: 20/s }
server app { serviceTime: 10ms, exposure: public }
visitors -> app
`,
    ],
  },
});

/** What should stand between it and the internet: load balancers in front of servers, anything in front of stores. */
function guardsOf(architecture: Architecture, component: Component): readonly Component[] {
  const callers = callersOf(architecture, component).filter(({ kind }) => kind !== 'users' && kind !== 'dns');
  return component.kind === 'server' ? callers.filter(({ kind }) => kind === 'loadBalancer') : callers;
}
