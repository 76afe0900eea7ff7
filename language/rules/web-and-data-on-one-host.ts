import { ownMachineFixes } from './fixes.ts';
import { componentsOf, nameOf, partsOf, quoted, soleHost, usersReach } from './query.ts';
import { defineRule } from './rule.ts';

export const webAndDataOnOneHost = defineRule({
  meta: {
    id: 'web-and-data-on-one-host',
    title: 'Web tier and data tier on one host',
    section: '1-2',
    category: 'scaling',
    severity: 'warning',
    summary: 'A host runs both an application and a database, although there are other machines.',
    why: 'The two cannot be scaled apart: a second web server would have to bring a second database, and a query that keeps the cores busy slows down every page. Where a single host runs everything, `single-server` says so instead.',
    howToFix:
      'Give the database a host of its own, or none (a component outside of a `host` has a machine for each replica).',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    const reached = usersReach(architecture);
    const sole = soleHost(architecture);
    for (const host of componentsOf(architecture, 'host')) {
      const parts = partsOf(architecture, host).filter(({ path }) => reached.has(path));
      const stores = parts.filter(({ kind }) => kind === 'database' || kind === 'search');
      const callers = parts.filter(({ kind }) => kind === 'server');
      if (host === sole || stores.length === 0 || callers.length === 0) continue;
      const print = (group: typeof parts) => quoted(group.map((part) => nameOf(architecture, part)));
      report({
        at: host,
        message: `${print(callers)} and ${print(stores)} share the host '${nameOf(architecture, host)}', so neither can be scaled without the other.`,
        fixes: ownMachineFixes(architecture, host, stores),
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
host machine {
//   ^^^^^^^ warning: 'app' and 'posts' share the host 'machine', so neither can be scaled without the other.
  server app { serviceTime: 10ms }
  database posts { engine: mysql }
}
storage photos { engine: s3 }
visitors -> machine.app
machine.app -> machine.posts : reads 3
machine.app -> photos : reads 1
`,
      `
users visitors { rate: 20/s }
loadBalancer lb { replicas: 2 }
host one {
//   ^^^ warning: 'app' and 'index' share the host 'one', so neither can be scaled without the other.
  server app { serviceTime: 10ms }
  search index { engine: elasticsearch }
}
host two {
  server other { serviceTime: 10ms }
}
visitors -> lb
lb -> one.app, two.other
one.app -> one.index : reads 1
two.other -> one.index : reads 1
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
host web {
  server app { serviceTime: 10ms }
}
host data {
  database posts { engine: mysql }
}
visitors -> web.app
web.app -> data.posts : reads 3
`,
      `
// A cache beside the application is not a data tier.
users visitors { rate: 20/s }
host web {
  server app { serviceTime: 10ms }
  cache pages { ttl: 1m, eviction: lru }
}
host data {
  database posts { engine: mysql }
}
visitors -> web.app
web.app -> web.pages : reads 1
web.pages -> data.posts : misses
`,
    ],
  },
});
