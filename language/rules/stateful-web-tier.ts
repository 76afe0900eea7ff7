import { type Architecture, type Component, declared, type Fix, replicaRange, word } from '../../model/index.ts';
import { freeName, pathIn, setting } from './fixes.ts';
import { calleesOf, dataCenterOf, nameOf, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';

export const statefulWebTier = defineRule({
  meta: {
    id: 'stateful-web-tier',
    title: 'Sessions kept by the web servers',
    section: '1-8',
    category: 'scaling',
    severity: 'warning',
    summary: 'Session state is local to a server that has several replicas.',
    why: 'A user’s requests must all go to the replica that knows the session. When a replica is added, removed or fails, sessions are lost, so the tier can neither be scaled freely nor survive a failure unnoticed. A single server is left alone: there the state does no harm yet.',
    howToFix: 'Keep the sessions in a shared store that every replica can read, and set `sessions` to that store.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const server of servingComponents(architecture, 'server')) {
      const { to: replicas } = replicaRange(server);
      if (replicas < 2 || !keepsSessions(server)) continue;
      report({
        at: server,
        property: 'sessions',
        message: `'${nameOf(architecture, server)}' keeps sessions in the memory of its ${replicas} replicas: a user whose replica fails or is removed loses the session.`,
        fixes: [sharedStoreFix(architecture, server)],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 200/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 3, serviceTime: 10ms, sessions: local }
//                                           ^^^^^^^^^^^^^^^ warning: 'app' keeps sessions in the memory of its 3 replicas: a user whose replica fails or is removed loses the session.
visitors -> lb
lb -> app
`,
      `
users visitors { rate: 200/s }
loadBalancer lb { replicas: 2 }
server app {
  replicas: 2..20
  serviceTime: 10ms
  sessions: local
//^^^^^^^^^^^^^^^ warning: 'app' keeps sessions in the memory of its 20 replicas: a user whose replica fails or is removed loses the session.
  autoscale { target: 60% }
}
database posts {
  engine: mysql
  readReplicas: 1
  failover { mode: automatic }
}
visitors -> lb
lb -> app
app -> posts : reads 1, writes 1
`,
    ],
    passes: [
      `
users visitors { rate: 200/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 3, serviceTime: 10ms, sessions: store }
database store { engine: dynamodb }
visitors -> lb
lb -> app
app -> store : reads 1, writes 0.1
`,
      `
// One replica: there is no second server that would not know the session.
users visitors { rate: 20/s }
server app { serviceTime: 10ms, sessions: local }
visitors -> app
`,
    ],
  },
});

/** True if the sessions of a server are declared to be in its own memory. */
export function keepsSessions(server: Component): boolean {
  return declared(server, 'sessions') !== undefined && word(server, 'sessions') === 'local';
}

/** Sessions in the database that is there, else in a new store. */
export function sharedStoreFix(architecture: Architecture, server: Component): Fix {
  const database = calleesOf(architecture, server).find(({ kind }) => kind === 'database');
  const name = nameOf(architecture, server);
  if (database) {
    return {
      title: `Keep the sessions of '${name}' in '${nameOf(architecture, database)}'`,
      edits: [setting(server, 'sessions', database.path)],
      preferred: true,
    };
  }
  const container = dataCenterOf(architecture, server)?.path;
  const store = freeName(architecture, container, 'sessions');
  return {
    title: `Keep the sessions of '${name}' in a new store '${store}'`,
    edits: [
      {
        type: 'addComponent',
        ...(container === undefined ? {} : { container }),
        kind: 'cache',
        name: store,
        properties: [
          ['replicas', '2'],
          ['ttl', '30m'],
          ['persistent', 'true'],
        ],
      },
      setting(server, 'sessions', pathIn(container, store)),
      { type: 'addConnection', from: server.path, to: pathIn(container, store), flow: 'reads 1, writes 1' },
    ],
    preferred: true,
  };
}
