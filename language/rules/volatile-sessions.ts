import { flag, replicaRange } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { isManaged, nameOf, quoted } from './query.ts';
import { defineRule } from './rule.ts';
import { caches, isReplicated, sessionKeepers } from './stores.ts';

export const volatileSessions = defineRule({
  meta: {
    id: 'volatile-sessions',
    title: 'Sessions in volatile memory only',
    section: '1-8',
    category: 'data',
    severity: 'warning',
    summary: 'Sessions are kept in a single cache server without persistence.',
    why: 'Sessions have no other source: when the one server that has them restarts, every user is logged out at once. Several replicas or persistence keep them.',
    howToFix: 'Declare `persistent: true`, run replicas, or keep sessions in a database.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const cache of caches(architecture)) {
      const servers = sessionKeepers(architecture, cache);
      const isSafe = flag(cache, 'persistent') || replicaRange(cache).from > 1 || isReplicated(architecture, cache);
      if (servers.length === 0 || isSafe || isManaged(cache)) continue;
      report({
        at: cache,
        message: `The sessions of ${quoted(servers.map((server) => nameOf(architecture, server)))} are only in the memory of '${nameOf(architecture, cache)}': a restart logs every user out.`,
        fixes: [settingFix(architecture, cache, 'persistent', 'true')],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms, sessions: sessions }
cache sessions { engine: redis, ttl: 30m }
//    ^^^^^^^^ warning: The sessions of 'app' are only in the memory of 'sessions': a restart logs every user out.
visitors -> app
app -> sessions : reads 1, writes 1
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms, sessions: store }
cache store {
//    ^^^^^ warning: The sessions of 'app' are only in the memory of 'store': a restart logs every user out.
  replicas: 1
  ttl: 30m
  persistent: false
}
visitors -> app
app -> store : reads 1, writes 1
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms, sessions: sessions }
cache sessions { engine: redis, replicas: 2, ttl: 30m }
visitors -> app
app -> sessions : reads 1, writes 1
`,
      `
// One server, but it keeps its contents over a restart.
users visitors { rate: 20/s }
server app { serviceTime: 10ms, sessions: sessions }
cache sessions { engine: redis, persistent: true, ttl: 30m }
visitors -> app
app -> sessions : reads 1, writes 1
`,
    ],
  },
});
