import { type Architecture, type Component, type RequestClass, replicaRange } from '../../model/index.ts';
import { nameOf, quoted, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';

/** From this many replicas on it pays to size classes of requests apart. An assumption. */
const LARGE_TIER = 50;

export const monolithAtScale = defineRule({
  meta: {
    id: 'monolith-at-scale',
    title: 'One tier for everything',
    section: '1-12',
    category: 'structure',
    severity: 'info',
    summary: 'A tier of fifty replicas or more serves several classes of requests with needs of their own.',
    why: 'Every replica has to be built for every class: a surge of one takes the servers of the others, and a change to one is deployed to all. As services of their own the classes scale, fail and change apart. On a small tier the split costs more than it gains.',
    howToFix: 'Split the tier into a service for each class, and let the load balancer choose.',
    since: '0.1.0',
    options: {
      replicas: {
        type: 'integer',
        description: 'Replicas from which a tier counts as large.',
        default: LARGE_TIER,
        minimum: 2,
      },
    },
  },
  check({ architecture, option }, report) {
    for (const server of servingComponents(architecture, 'server')) {
      const { to: replicas } = replicaRange(server);
      const classes = replicas < option('replicas', server) ? [] : ownClasses(architecture, server);
      if (classes.length === 0) continue;
      report({
        at: server,
        message: `The ${replicas} replicas of '${nameOf(architecture, server)}' all have to serve ${quoted(classes.map(({ name }) => name))} besides the usual requests, and cannot be scaled apart for them.`,
        related: classes.map((at) => ({ message: `'${at.name}' has needs of its own.`, at })),
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 5000/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 100, serviceTime: 10ms }
//     ^^^ info: The 100 replicas of 'app' all have to serve 'search' besides the usual requests, and cannot be scaled apart for them.
visitors -> lb
lb -> app
request search {
  share: 10%
  app { serviceTime: 30ms }
}
`,
      `
users visitors { rate: 5000/s }
loadBalancer lb { replicas: 2 }
server app {
//     ^^^ info: The 160 replicas of 'app' all have to serve 'upload' besides the usual requests, and cannot be scaled apart for them.
  replicas: 8..160
  serviceTime: 10ms
  autoscale { target: 60% }
}
queue uploads { engine: sqs, deadLetter: true }
worker resizer { replicas: 200, serviceTime: 300ms }
visitors -> lb
lb -> app
uploads -> resizer
request upload {
  share: 5%
  app -> uploads : publishes 1
}
`,
    ],
    passes: [
      `
users visitors { rate: 5000/s }
loadBalancer lb { replicas: 2 }
server reading { replicas: 100, serviceTime: 10ms }
server searching { replicas: 60, serviceTime: 30ms }
visitors -> lb
lb -> reading : 90%
lb -> searching : 10%
`,
      `
// The same classes on a small tier.
users visitors { rate: 200/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 8, serviceTime: 10ms }
visitors -> lb
lb -> app
request search {
  share: 10%
  app { serviceTime: 30ms }
}
`,
    ],
  },
});

/** Classes of requests that need another service time or other connections of this server. */
function ownClasses({ requests }: Architecture, server: Component): readonly RequestClass[] {
  return requests.filter(
    ({ overrides, connections }) =>
      overrides.some(({ component }) => component === server.path) ||
      connections.some(({ from }) => from === server.path),
  );
}
