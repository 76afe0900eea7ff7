import { type Architecture, type Component, type Fix, replicaRange } from '../../model/index.ts';
import { freeName, pathIn } from './fixes.ts';
import { componentAt, containerOf, dataCenterOf, incoming, nameOf, quoted, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';

export const replicasWithoutLoadBalancer = defineRule({
  meta: {
    id: 'replicas-without-load-balancer',
    title: 'Replicas without a load balancer',
    section: '1-4',
    category: 'redundancy',
    severity: 'warning',
    summary: 'Users connect directly, or by DNS alone, to servers that have several replicas.',
    why: 'Nothing spreads the load evenly over the replicas, and clients keep going to a dead one until their DNS entry expires. A load balancer notices both, and lets replicas come and go.',
    howToFix: 'Put a `loadBalancer` in front and connect the users to it.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const server of servingComponents(architecture, 'server')) {
      const { to: replicas } = replicaRange(server);
      const clients = directClients(architecture, server);
      if (replicas < 2 || clients.length === 0) continue;
      report({
        at: server,
        property: 'replicas',
        message: `Nothing spreads the load from ${quoted(clients.map((client) => nameOf(architecture, client)))} over the ${replicas} replicas of '${nameOf(architecture, server)}', or leaves out a dead one.`,
        fixes: [balancerFix(architecture, server)],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 200/s }
server app { replicas: 3, serviceTime: 10ms }
//           ^^^^^^^^^^^ warning: Nothing spreads the load from 'visitors' over the 3 replicas of 'app', or leaves out a dead one.
visitors -> app
`,
      `
users visitors { rate: 200/s }
dns domain
tier web {
  server app {
    replicas: 2..6
//  ^^^^^^^^^^^^^^ warning: Nothing spreads the load from 'domain' over the 6 replicas of 'app', or leaves out a dead one.
    serviceTime: 10ms
    autoscale { target: 60% }
  }
}
visitors -> domain
domain -> web.app
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
// Only servers connect to the replicas of the inner service.
users visitors { rate: 200/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 3, serviceTime: 10ms }
server prices { replicas: 3, serviceTime: 1ms }
visitors -> lb
lb -> app
app -> prices : calls 1
`,
    ],
  },
});

function directClients(architecture: Architecture, server: Component): readonly Component[] {
  const clients = incoming(architecture, server).map(({ from }) => componentAt(architecture, from));
  return [...new Set(clients)]
    .filter((it) => it !== undefined)
    .filter(({ kind }) => kind === 'users' || kind === 'dns');
}

function balancerFix(architecture: Architecture, server: Component): Fix {
  const container = (dataCenterOf(architecture, server) ?? containerOf(architecture, server, 'group'))?.path;
  const name = freeName(architecture, container, 'lb');
  const clients = new Set(directClients(architecture, server).map(({ path }) => path));
  return {
    title: `Add the load balancer '${name}' in front of '${nameOf(architecture, server)}'`,
    edits: [
      {
        type: 'addComponent',
        ...(container === undefined ? {} : { container }),
        kind: 'loadBalancer',
        name,
        properties: [['replicas', '2']],
      },
      ...incoming(architecture, server)
        .filter(({ from }) => clients.has(from))
        .map(({ id }) => ({
          type: 'reconnect' as const,
          connection: id,
          end: 'to' as const,
          component: pathIn(container, name),
        })),
      { type: 'addConnection', from: pathIn(container, name), to: server.path },
    ],
    preferred: true,
  };
}
