import { amount } from '../../model/index.ts';
import { allConnections } from './query.ts';
import { defineRule } from './rule.ts';

/** gRPC allows at most five attempts of a call, whatever its configuration says: four retries. */
const MOST = 4;

export const unboundedRetry = defineRule({
  meta: {
    id: 'unbounded-retry',
    title: 'Retries without end',
    section: 'beyond',
    category: 'calls',
    severity: 'warning',
    summary: 'A failed call is tried again more than four times.',
    why: 'While something is down, every call to it becomes as many calls as there are attempts, and they are there when it tries to come back. What has not worked after a few attempts will not work a moment later: giving up lets the caller answer and the other side recover.',
    howToFix: 'Try a few times with growing pauses, then give up, and keep what must not be lost in a queue.',
    sources: [
      'gRPC proposal A6, client retries: at most five attempts.',
      'AWS Well-Architected, Reliability pillar, REL05-BP03: control and limit retry calls.',
    ],
    since: '0.1.0',
    options: {
      most: { type: 'integer', description: 'Retries that are not reported.', default: MOST, minimum: 0 },
    },
  },
  check({ architecture, option }, report) {
    for (const connection of allConnections(architecture)) {
      const retries = amount(connection, 'retries') ?? 0;
      const most = option('most');
      if (retries <= most) continue;
      report({
        at: connection,
        property: 'retries',
        message: `'${connection.from}' calls '${connection.to}' up to ${retries + 1} times before it gives up: while it is down, it gets ${retries + 1} times the load.`,
        fixes: [
          {
            title: `Set 'retries: ${Math.min(2, most)}' on '${connection.from} -> ${connection.to}'`,
            edits: [
              {
                type: 'setConnectionProperty',
                connection: connection.id,
                name: 'retries',
                value: `${Math.min(2, most)}`,
              },
            ],
          },
        ],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
server api { serviceTime: 10ms }
visitors -> app
app -> api : calls 1 { timeout: 1s, retries: 10, backoff: jittered }
//                                  ^^^^^^^^^^^ warning: 'app' calls 'api' up to 11 times before it gives up: while it is down, it gets 11 times the load.
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
external payments { latency: 120ms }
visitors -> app
app -> payments : calls 1 {
  timeout: 1s
  retries: 5
//^^^^^^^^^^ warning: 'app' calls 'payments' up to 6 times before it gives up: while it is down, it gets 6 times the load.
  backoff: exponential
}
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
server api { serviceTime: 10ms }
visitors -> app
app -> api : calls 1 { timeout: 1s, retries: 4, backoff: jittered }
`,
      `
// A single attempt.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
server api { serviceTime: 10ms }
visitors -> app
app -> api : calls 1 { timeout: 10s }
`,
    ],
  },
});
