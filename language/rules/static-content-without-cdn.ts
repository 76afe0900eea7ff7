import {
  type Architecture,
  type Component,
  type Connection,
  type Fix,
  formatRate,
  replicaRange,
} from '../../model/index.ts';
import { rateAlong } from './figures.ts';
import { freeName } from './fixes.ts';
import { calleesOf, carries, componentAt, componentsOf, nameOf, outgoing } from './query.ts';
import { defineRule } from './rule.ts';

export const staticContentWithoutCdn = defineRule({
  meta: {
    id: 'static-content-without-cdn',
    title: 'Static content without a CDN',
    section: '1-7',
    category: 'delivery',
    severity: 'warning',
    summary: 'Servers of one’s own deliver static files to users.',
    why: 'Images, scripts and style sheets are the same for everyone: servers near the users can deliver them faster, and each one that they deliver is one less for the web tier. As long as a single web server carries everything, a CDN is not the first problem, so the rule waits until there are several or a load balancer.',
    howToFix:
      'Let the users ask a `cdn` for static files, and the CDN ask the origin for what it does not have (`misses`).',
    since: '0.1.0',
  },
  check({ architecture, analysis }, report) {
    for (const users of componentsOf(architecture, 'users')) {
      for (const connection of outgoing(architecture, users)) {
        const target = componentAt(architecture, connection.to);
        if (!target || !carries(connection, 'static') || !isScaledOut(architecture, target)) continue;
        report({
          at: connection,
          message: `'${nameOf(architecture, target)}' delivers ${formatRate(rateAlong(analysis, connection))} static files to '${nameOf(architecture, users)}' that a CDN could deliver nearer to them.`,
          fixes: cdnFixes(architecture, connection, target),
        });
      }
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 2, serviceTime: 10ms }
visitors -> lb
visitors -> lb : static 15
//          ^^ warning: 'lb' delivers 300/s static files to 'visitors' that a CDN could deliver nearer to them.
lb -> app
`,
      `
users visitors { rate: 20/s }
server app { replicas: 2, serviceTime: 10ms, exposure: public }
visitors -> app : calls 1, static 15
//          ^^^ warning: 'app' delivers 320/s static files to 'visitors' that a CDN could deliver nearer to them.
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
cdn edge { ttl: 24h, hitRatio: 95%, fallback: origin, invalidation: versioning }
loadBalancer lb { replicas: 2 }
server app { replicas: 2, serviceTime: 10ms }
visitors -> lb
visitors -> edge : static 15
edge -> lb : misses
lb -> app
`,
      `
// One server for everything: the first problem is another one.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
visitors -> app
visitors -> app : static 15
`,
    ],
  },
});

function isScaledOut(architecture: Architecture, target: Component): boolean {
  if (target.kind === 'dns') {
    const answers = calleesOf(architecture, target);
    return answers.every(({ kind }) => kind !== 'cdn') && answers.some((answer) => isScaledOut(architecture, answer));
  }
  return target.kind === 'loadBalancer' || (target.kind === 'server' && replicaRange(target).to > 1);
}

/** Only where the arrow carries nothing but static files can it simply be pointed to the CDN. */
function cdnFixes(architecture: Architecture, connection: Connection, target: Component): readonly Fix[] {
  if (connection.flows.some(({ type }) => type !== 'static') || target.kind === 'dns') return [];
  const name = freeName(architecture, undefined, 'cdn');
  return [
    {
      title: `Add the CDN '${name}' in front of '${nameOf(architecture, target)}'`,
      edits: [
        {
          type: 'addComponent',
          kind: 'cdn',
          name,
          properties: [
            ['ttl', '24h'],
            ['fallback', 'origin'],
            ['invalidation', 'versioning'],
          ],
        },
        { type: 'reconnect', connection: connection.id, end: 'to', component: name },
        { type: 'addConnection', from: name, to: target.path, flow: 'misses' },
      ],
      preferred: true,
    },
  ];
}
