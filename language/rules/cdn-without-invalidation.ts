import { amount, formatTime, word } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { nameOf, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';

export const cdnWithoutInvalidation = defineRule({
  meta: {
    id: 'cdn-without-invalidation',
    title: 'A CDN without invalidation',
    section: '1-7',
    category: 'delivery',
    severity: 'warning',
    summary: 'A file in the CDN cannot be replaced before it expires.',
    why: 'A wrong price list or a broken script stays with the users until its time is up. Providers offer an interface to remove files; a new address for each new version (`image.png?v=2`) needs nobody’s help.',
    howToFix: 'Use versioned addresses (`invalidation: versioning`) or the provider’s interface (`invalidation: api`).',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const cdn of servingComponents(architecture, 'cdn')) {
      if (word(cdn, 'invalidation') !== 'none') continue;
      const ttl = amount(cdn, 'ttl');
      const until = ttl === undefined ? 'as long as it is kept there' : `for up to ${formatTime(ttl)}`;
      report({
        at: cdn,
        property: 'invalidation',
        message: `Nothing can be removed from '${nameOf(architecture, cdn)}' before it expires, so a wrong file stays ${until}.`,
        fixes: [settingFix(architecture, cdn, 'invalidation', 'versioning')],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
cdn edge { ttl: 24h, hitRatio: 95%, fallback: origin }
//  ^^^^ warning: Nothing can be removed from 'edge' before it expires, so a wrong file stays for up to 1 d.
storage assets { engine: s3 }
visitors -> edge : static 20
edge -> assets : misses
`,
      `
users visitors { rate: 20/s }
cdn edge {
  fallback: origin
  invalidation: none
//^^^^^^^^^^^^^^^^^^ warning: Nothing can be removed from 'edge' before it expires, so a wrong file stays as long as it is kept there.
}
storage assets { engine: s3 }
visitors -> edge : static 20
edge -> assets : misses
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
cdn edge { ttl: 24h, fallback: origin, invalidation: api }
storage assets { engine: s3 }
visitors -> edge : static 20
edge -> assets : misses
`,
      `
// Not in use yet.
users visitors { rate: 20/s }
cdn edge { ttl: 24h, fallback: origin }
server app { serviceTime: 10ms }
visitors -> app
`,
    ],
  },
});
