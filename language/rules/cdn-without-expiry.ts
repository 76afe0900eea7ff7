import { isDeclared } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { nameOf, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';

export const cdnWithoutExpiry = defineRule({
  meta: {
    id: 'cdn-without-expiry',
    title: 'A CDN without expiry',
    section: '1-7',
    category: 'delivery',
    severity: 'warning',
    summary: 'A CDN declares no `ttl`.',
    why: 'Too long, and users get files that are out of date; too short, and the files travel from the origin again and again. Left to the defaults of origin and provider, nobody knows which of the two it is.',
    howToFix: 'Set a `ttl`: a day or more for files whose address changes with their content, minutes for others.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const cdn of servingComponents(architecture, 'cdn')) {
      if (isDeclared(cdn, 'ttl')) continue;
      report({
        at: cdn,
        message: `'${nameOf(architecture, cdn)}' has no 'ttl', so nothing says how long users may get an old file.`,
        fixes: [settingFix(architecture, cdn, 'ttl', '24h')],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
cdn edge { hitRatio: 95%, fallback: origin, invalidation: versioning }
//  ^^^^ warning: 'edge' has no 'ttl', so nothing says how long users may get an old file.
storage assets { engine: s3 }
visitors -> edge : static 20
edge -> assets : misses
`,
      `
users visitors { rate: 20/s }
cdn edge {
//  ^^^^ warning: 'edge' has no 'ttl', so nothing says how long users may get an old file.
  provider: cloudfront
  fallback: origin
  invalidation: api
}
storage assets { engine: s3 }
visitors -> edge : static 20
edge -> assets : misses
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
cdn edge { ttl: 24h, hitRatio: 95%, fallback: origin, invalidation: versioning }
storage assets { engine: s3 }
visitors -> edge : static 20
edge -> assets : misses
`,
      `
// Not in use yet.
users visitors { rate: 20/s }
cdn edge { fallback: origin, invalidation: versioning }
server app { serviceTime: 10ms }
visitors -> app
`,
    ],
  },
});
