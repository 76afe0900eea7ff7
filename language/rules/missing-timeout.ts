import { amount, type Connection, formatTime, isDeclared } from '../../model/index.ts';
import { isAwaited } from './chains.ts';
import { allConnections, componentAt, nameOf } from './query.ts';
import { defineRule } from './rule.ts';

export const missingTimeout = defineRule({
  meta: {
    id: 'missing-timeout',
    title: 'A call without a time limit',
    section: 'beyond',
    category: 'calls',
    severity: 'warning',
    summary: 'A call to the system of somebody else, or a call that is tried again, has no timeout.',
    why: 'A system that has stopped answering is worse than one that is down: each request that waits for it keeps its thread, until none is left, and then one’s own system has stopped answering too. A call that is tried again needs a limit to know when the first attempt has failed. Calls among one’s own components are not reported otherwise.',
    howToFix: 'Declare `timeout` on the connection: a little above the slowest answers that are worth waiting for.',
    sources: [
      'AWS Well-Architected, Reliability pillar, REL05-BP05: set client timeouts.',
      'Nygard, "Release It!": integration points, timeouts.',
    ],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const connection of allConnections(architecture)) {
      const [from, to] = [componentAt(architecture, connection.from), componentAt(architecture, connection.to)];
      if (!from || !to || (to.kind !== 'external' && !isDeclared(connection, 'retries'))) continue;
      const retries = amount(connection, 'retries') ?? 0;
      if (to.kind !== 'external' && retries === 0) continue;
      if (['users', 'dns', 'loadBalancer'].includes(from.kind)) continue;
      if (!isAwaited(architecture, connection) || isDeclared(connection, 'timeout') || amount(from, 'timeout'))
        continue;
      report({
        at: connection,
        ...(retries > 0 ? { property: 'retries' } : {}),
        message: `'${nameOf(architecture, from)}' waits for '${nameOf(architecture, to)}' without a time limit${retries > 0 ? ', so it never knows when to try again' : ''}.`,
        fixes: timeoutFix(connection, amount(to, 'latency')),
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
external payments { latency: 120ms }
visitors -> app
app -> payments : calls 1
//     ^^^^^^^^ warning: 'app' waits for 'payments' without a time limit.
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
server api { serviceTime: 10ms }
visitors -> app
app -> api : calls 1 { retries: 2, backoff: jittered }
//                     ^^^^^^^^^^ warning: 'app' waits for 'api' without a time limit, so it never knows when to try again.
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
external payments { latency: 120ms }
visitors -> app
app -> payments : calls 1 { timeout: 2s }
`,
      `
// Messages are not waited for.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue mails { engine: sqs, deadLetter: true }
worker sender { replicas: 2, serviceTime: 30ms }
visitors -> app
app -> mails : publishes 1
mails -> sender
`,
    ],
  },
});

/** Of exponentially distributed times, one in 150 is longer than five times the mean (e⁻⁵). */
const MEANS = 5;

function timeoutFix(connection: Connection, latency: number | undefined) {
  if (latency === undefined || latency <= 0) return [];
  const value = formatTime(MEANS * latency)
    .replace(/ /g, '')
    .replace('µ', 'u');
  return [
    {
      title: `Give up on '${connection.to}' after ${value}, five times its mean`,
      edits: [{ type: 'setConnectionProperty', connection: connection.id, name: 'timeout', value } as const],
    },
  ];
}
