import { type Architecture, type Component, flag, word } from '../../model/index.ts';
import { setting } from './fixes.ts';
import { calleesOf, componentsOf, dataCenterOf, nameOf, quoted } from './query.ts';
import { defineRule } from './rule.ts';

/** Ways to choose among targets that know where users are or whether a target is alive. */
const AWARE = ['geo', 'latency', 'failover'];

export const dataCentersWithoutGeodns = defineRule({
  meta: {
    id: 'data-centers-without-geodns',
    title: 'Several data centers without geoDNS',
    section: '1-9',
    category: 'delivery',
    severity: 'warning',
    summary: 'Users are spread over several data centers without regard to where they are or which one is alive.',
    why: 'Half of the users then cross an ocean for every request, and when a data center is out, its share of them keeps being sent there. geoDNS sends each user to the nearest data center; health checks take a dead one out.',
    howToFix: 'Let a `dns` with `routing: geo` and `healthCheck: true` choose the data center.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const router of componentsOf(architecture, 'dns', 'users')) {
      const centers = centersBehind(architecture, router);
      if (centers.length < 2 || isAware(router)) continue;
      const name = nameOf(architecture, router);
      const names = quoted(centers.map((center) => nameOf(architecture, center)));
      report({
        at: router,
        property: 'routing',
        message: `'${name}' ${router.kind === 'users' ? 'go' : 'sends users'} to ${names} without regard to where they are or which one is alive.`,
        fixes:
          router.kind === 'dns'
            ? [
                {
                  title: `Let '${name}' choose the nearest healthy data center`,
                  edits: [setting(router, 'routing', 'geo'), setting(router, 'healthCheck', 'true')],
                  preferred: true,
                },
              ]
            : [],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 200/s }
dns domain { ttl: 60s }
//  ^^^^^^ warning: 'domain' sends users to 'us' and 'eu' without regard to where they are or which one is alive.
dataCenter us {
  server app { replicas: 2, serviceTime: 10ms }
}
dataCenter eu {
  server app { replicas: 2, serviceTime: 10ms }
}
visitors -> domain
domain -> us.app, eu.app
`,
      `
users visitors { rate: 200/s }
//    ^^^^^^^^ warning: 'visitors' go to 'us' and 'eu' without regard to where they are or which one is alive.
dataCenter us {
  loadBalancer lb { replicas: 2 }
  server app { replicas: 2, serviceTime: 10ms }
  lb -> app
}
dataCenter eu extends us { }
visitors -> us.lb, eu.lb
`,
    ],
    passes: [
      `
users visitors { rate: 200/s }
dns domain { routing: geo }
dataCenter us {
  server app { replicas: 2, serviceTime: 10ms }
}
dataCenter eu {
  server app { replicas: 2, serviceTime: 10ms }
}
visitors -> domain
domain -> us.app, eu.app
`,
      `
// Two balancers, but in one data center.
users visitors { rate: 200/s }
dns domain
dataCenter us {
  loadBalancer one
  loadBalancer two
  server app { replicas: 2, serviceTime: 10ms }
  one -> app
  two -> app
}
visitors -> domain
domain -> us.one, us.two
`,
    ],
  },
});

function centersBehind(architecture: Architecture, router: Component): readonly Component[] {
  const targets = calleesOf(architecture, router).filter(({ kind }) => kind !== 'storage' && kind !== 'external');
  const centers = targets.map((target) => dataCenterOf(architecture, target));
  return [...new Set(centers)].filter((center) => center !== undefined);
}

function isAware(router: Component): boolean {
  return (
    router.kind === 'dns' && (AWARE.includes(word(router, 'routing') ?? '') || flag(router, 'healthCheck') === true)
  );
}
