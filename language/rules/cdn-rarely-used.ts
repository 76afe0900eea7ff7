import { amount, type Component, digits, formatPercent, formatRate, formatTime } from '../../model/index.ts';
import { resultOf } from './figures.ts';
import { nameOf, servingComponents } from './query.ts';
import { defineRule, type RuleContext } from './rule.ts';

/** Under this more requests go on to the origin than are answered. */
const LEAST_HITS = 0.5;

export const cdnRarelyUsed = defineRule({
  meta: {
    id: 'cdn-rarely-used',
    title: 'A CDN that seldom helps',
    section: '1-7',
    category: 'delivery',
    severity: 'info',
    summary: 'A CDN passes most requests on to the origin, or is asked so seldom that what it holds expires unused.',
    why: 'A CDN is paid for by what it delivers. Files that are seldom asked for bring no benefit there: they are gone from the point of presence before anybody asks again. With `pops` and `ttl` declared the rule computes how many requests reach one point of presence while a file is kept; less than one means that hardly any is answered there.',
    howToFix: 'Move what is seldom asked for out of the CDN, or keep it longer (`ttl`).',
    since: '0.1.0',
    options: {
      hitRatio: {
        type: 'number',
        description: 'Share of the requests, as a fraction, that a CDN should answer by itself.',
        default: LEAST_HITS,
        minimum: 0,
        maximum: 1,
      },
    },
  },
  check(context, report) {
    const { architecture, option } = context;
    for (const cdn of servingComponents(architecture, 'cdn')) {
      const name = nameOf(architecture, cdn);
      const ratio = amount(cdn, 'hitRatio');
      const seldom = requestsKept(context, cdn);
      if (ratio !== undefined && ratio < option('hitRatio', cdn)) {
        const message = `'${name}' answers only ${formatPercent(ratio)} of the requests by itself and passes the others on.`;
        report({ at: cdn, property: 'hitRatio', message });
      } else if (seldom) {
        report({ at: cdn, property: 'ttl', message: `Each point of presence of '${name}' ${seldom}.` });
      }
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
cdn edge { ttl: 24h, hitRatio: 20%, fallback: origin, invalidation: versioning }
//                   ^^^^^^^^^^^^^ info: 'edge' answers only 20% of the requests by itself and passes the others on.
storage files { engine: s3 }
visitors -> edge : static 5
edge -> files : misses
`,
      `
users visitors { rate: 1/min }
cdn edge {
  ttl: 1m
//^^^^^^^ info: Each point of presence of 'edge' gets 0.025 requests (5/min over 200) in the 1 min for which a file is kept.
  pops: 200
  fallback: origin
  invalidation: versioning
}
storage files { engine: s3 }
visitors -> edge : static 5
edge -> files : misses
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
cdn edge { ttl: 24h, hitRatio: 95%, pops: 200, fallback: origin, invalidation: versioning }
storage files { engine: s3 }
visitors -> edge : static 5
edge -> files : misses
`,
      `
// As few requests, but the files are kept for a month.
users visitors { rate: 1/min }
cdn edge { ttl: 30d, pops: 200, fallback: origin, invalidation: versioning }
storage files { engine: s3 }
visitors -> edge : static 5
edge -> files : misses
`,
    ],
  },
});

/** What is wrong with the number of requests while a file is kept; undefined if there are enough, or too little is known. */
function requestsKept({ analysis }: RuleContext, cdn: Component): string | undefined {
  const [pops, ttl] = [amount(cdn, 'pops'), amount(cdn, 'ttl')];
  const rate = resultOf(analysis, cdn)?.arrivalRate ?? 0;
  if (pops === undefined || ttl === undefined || rate === 0) return undefined;
  const requests = (rate / pops) * ttl;
  if (requests >= 1) return undefined;
  return `gets ${digits(requests)} requests (${formatRate(rate)} over ${pops}) in the ${formatTime(ttl)} for which a file is kept`;
}
