import { carries, incoming, nameOf, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';

export const cdnForDynamicOnly = defineRule({
  meta: {
    id: 'cdn-for-dynamic-only',
    title: 'A CDN without static content',
    section: '1-7',
    category: 'delivery',
    severity: 'info',
    summary: 'Nothing that goes through a CDN is static.',
    why: 'A CDN is paid for by what it delivers and saves only what it can deliver from its own memory. Answers made for one user pass through it without being kept.',
    howToFix: 'Send the static files through it (`: static 20`), and the rest to the load balancer directly.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const cdn of servingComponents(architecture, 'cdn')) {
      const flows = incoming(architecture, cdn);
      const isDynamic = flows.every((it) => carries(it, 'calls', 'reads', 'writes') && !carries(it, 'static'));
      if (!isDynamic) continue;
      report({
        at: cdn,
        message: `No static files go through '${nameOf(architecture, cdn)}', only requests that it cannot answer by itself.`,
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
cdn edge { ttl: 24h, fallback: origin, invalidation: versioning }
//  ^^^^ info: No static files go through 'edge', only requests that it cannot answer by itself.
server app { serviceTime: 10ms }
visitors -> edge : calls 1
edge -> app : misses
`,
      `
users visitors { rate: 20/s }
users partners { rate: 1/s }
cdn edge {
//  ^^^^ info: No static files go through 'edge', only requests that it cannot answer by itself.
  ttl: 1m
  fallback: origin
  invalidation: versioning
}
server app { serviceTime: 10ms }
visitors -> edge : reads 1
partners -> edge : writes 1
edge -> app : misses
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
cdn edge { ttl: 24h, fallback: origin, invalidation: versioning }
server app { serviceTime: 10ms }
visitors -> edge : static 20
edge -> app : misses
`,
      `
// Both.
users visitors { rate: 20/s }
cdn edge { ttl: 24h, fallback: origin, invalidation: versioning }
server app { serviceTime: 10ms }
visitors -> edge : static 20, calls 1
edge -> app : misses
`,
    ],
  },
});
