import { amount, type Connection, word } from '../../model/index.ts';
import { defineRule } from './rule.ts';

export const retryWithoutBackoff = defineRule({
  meta: {
    id: 'retry-without-backoff',
    title: 'Retries without a pause',
    section: 'beyond',
    category: 'calls',
    severity: 'warning',
    summary: 'A call is tried again at once, or after the same pause for everyone.',
    why: 'What fails under load gets even more load at that moment, and all callers come back together in waves. Pauses that double and have a random part spread them out.',
    howToFix: 'Declare `backoff: jittered`.',
    sources: [
      'AWS Well-Architected, Reliability pillar, REL05-BP03: control and limit retry calls.',
      'Microsoft Azure Architecture Center: Retry Storm antipattern.',
    ],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    const all = [...architecture.connections, ...architecture.requests.flatMap(({ connections }) => connections)];
    for (const connection of all) {
      const retries = amount(connection, 'retries') ?? 0;
      const backoff = word(connection, 'backoff');
      if (retries < 1 || backoff === 'jittered' || backoff === 'exponential') continue;
      report({
        at: connection,
        property: backoff === undefined ? 'retries' : 'backoff',
        message: `'${connection.from}' tries a failed call to '${connection.to}' again up to ${retries} ${retries === 1 ? 'time' : 'times'} ${pauseText(connection)}, so all callers come back at the same moment.`,
        fixes: [
          {
            title: `Set 'backoff: jittered' on '${connection.from} -> ${connection.to}'`,
            edits: [{ type: 'setConnectionProperty', connection: connection.id, name: 'backoff', value: 'jittered' }],
            preferred: true,
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
external payments { latency: 120ms }
visitors -> app
app -> payments : calls 1 { timeout: 2s, retries: 3 }
//                                       ^^^^^^^^^^ warning: 'app' tries a failed call to 'payments' again up to 3 times at once, so all callers come back at the same moment.
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
external payments { latency: 120ms }
visitors -> app
app -> payments : calls 1 {
  timeout: 2s
  retries: 1
  backoff: fixed
//^^^^^^^^^^^^^^ warning: 'app' tries a failed call to 'payments' again up to 1 time after the same pause, so all callers come back at the same moment.
}
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
external payments { latency: 120ms }
visitors -> app
app -> payments : calls 1 { timeout: 2s, retries: 3, backoff: jittered }
`,
      `
// No second attempt, no pause.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
external payments { latency: 120ms }
visitors -> app
app -> payments : calls 1 { timeout: 2s, retries: 0, backoff: none }
`,
    ],
  },
});

function pauseText(connection: Connection): string {
  return word(connection, 'backoff') === 'fixed' ? 'after the same pause' : 'at once';
}
