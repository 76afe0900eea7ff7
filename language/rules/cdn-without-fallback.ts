import { word } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { nameOf, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';

export const cdnWithoutFallback = defineRule({
  meta: {
    id: 'cdn-without-fallback',
    title: 'A CDN without fallback',
    section: '1-7',
    category: 'redundancy',
    severity: 'warning',
    summary: 'Clients get no static content while the CDN is down.',
    why: 'A CDN has outages like everything else. Clients that notice and ask the origin instead keep working, more slowly; the others show pages without images, styles and scripts.',
    howToFix: 'Let clients detect the failure and ask the origin, and declare `fallback: origin`.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const cdn of servingComponents(architecture, 'cdn')) {
      if (word(cdn, 'fallback') === 'origin') continue;
      report({
        at: cdn,
        property: 'fallback',
        message: `When '${nameOf(architecture, cdn)}' is down, its static content is gone, because clients do not ask the origin.`,
        fixes: [settingFix(architecture, cdn, 'fallback', 'origin')],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
cdn edge { ttl: 24h, hitRatio: 95%, invalidation: versioning }
//  ^^^^ warning: When 'edge' is down, its static content is gone, because clients do not ask the origin.
storage assets { engine: s3 }
visitors -> edge : static 20
edge -> assets : misses
`,
      `
users visitors { rate: 20/s }
cdn edge {
  ttl: 24h
  fallback: none
//^^^^^^^^^^^^^^ warning: When 'edge' is down, its static content is gone, because clients do not ask the origin.
  invalidation: versioning
}
storage assets { engine: s3 }
visitors -> edge : static 20
edge -> assets : misses
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
cdn edge { ttl: 24h, fallback: origin, invalidation: versioning }
storage assets { engine: s3 }
visitors -> edge : static 20
edge -> assets : misses
`,
      `
// Not in use yet.
users visitors { rate: 20/s }
cdn edge { ttl: 24h }
server app { serviceTime: 10ms }
visitors -> app
`,
    ],
  },
});
