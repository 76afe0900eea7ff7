import { ownMachineFixes } from './fixes.ts';
import { nameOf, partsOf, quoted, soleHost } from './query.ts';
import { defineRule } from './rule.ts';

export const singleServer = defineRule({
  meta: {
    id: 'single-server',
    title: 'Everything on one server',
    section: '1-1',
    category: 'structure',
    severity: 'warning',
    summary: 'The web application and its database run on one and the same host.',
    why: 'They compete for the same cores and memory, cannot be scaled apart, and fail together, the data with the application. It is the right way to begin, and the first thing to leave behind.',
    howToFix: 'Give the database a machine of its own: take it out of the `host`.',
    goesBefore: ['cache-spof', 'database-spof', 'no-failover', 'web-and-data-on-one-host'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    const host = soleHost(architecture);
    if (!host) return;
    const parts = partsOf(architecture, host);
    if (!parts.some(({ kind }) => kind === 'database') || parts.every(({ kind }) => kind === 'database')) return;
    const databases = parts.filter(({ kind }) => kind === 'database');
    const names = quoted(parts.map((part) => nameOf(architecture, part)));
    report({
      at: host,
      message: `Everything runs on '${nameOf(architecture, host)}': ${names} share its cores and fail together.`,
      related: databases.map((at) => ({
        message: `'${nameOf(architecture, at)}' can be the first to move to a machine of its own.`,
        at,
      })),
      fixes: ownMachineFixes(architecture, host, databases),
    });
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
host machine {
//   ^^^^^^^ warning: Everything runs on 'machine': 'app' and 'posts' share its cores and fail together.
  server app { serviceTime: 10ms }
  database posts { engine: mysql }
  app -> posts : reads 3
}
visitors -> machine.app
`,
      `
users visitors { rate: 20/s }
dns domain
host box "The machine under the desk" {
//   ^^^ warning: Everything runs on 'box': 'shop', 'pages' and 'orders' share its cores and fail together.
  cores: 8
  server shop { serviceTime: 10ms }
  cache pages { ttl: 1m, eviction: lru }
  database orders
  shop -> pages : reads 1
  pages -> orders : misses
  shop -> orders : writes 1
}
visitors -> domain
domain -> box.shop
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
host first {
  server app { serviceTime: 10ms }
}
host second {
  database posts { engine: mysql }
}
visitors -> first.app
first.app -> second.posts : reads 3
`,
      `
// Nothing but a web server on the host: there is no tier to separate.
users visitors { rate: 20/s }
host machine {
  server app { serviceTime: 10ms }
}
visitors -> machine.app
`,
    ],
  },
});
