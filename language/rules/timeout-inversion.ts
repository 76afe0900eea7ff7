import { amount, type Connection, formatTime } from '../../model/index.ts';
import { carriesRequests, componentAt, nameOf, outgoing } from './query.ts';
import { defineRule } from './rule.ts';

export const timeoutInversion = defineRule({
  meta: {
    id: 'timeout-inversion',
    title: 'The caller gives up first',
    section: 'beyond',
    category: 'calls',
    severity: 'warning',
    summary: 'A caller gives up before what it calls has finished its own attempts.',
    why: 'The inner call goes on although nobody waits for its answer any more, and its retries never help anyone. Under load such work takes the capacity that could have served somebody.',
    howToFix: 'Let the outer timeout be longer than the inner timeout times its attempts.',
    sources: ['Beyer et al., "Site Reliability Engineering", chapter 22: missing deadlines.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const outer of architecture.connections) {
      const limit = amount(outer, 'timeout');
      const middle = componentAt(architecture, outer.to);
      if (limit === undefined || !middle) continue;
      for (const inner of outgoing(architecture, middle)) {
        const needed = wholeTime(inner);
        if (needed === undefined || needed <= limit) continue;
        const attempts = (amount(inner, 'retries') ?? 0) + 1;
        const each = formatTime(amount(inner, 'timeout')!);
        report({
          at: outer,
          property: 'timeout',
          message: `'${outer.from}' gives up after ${formatTime(limit)}, but '${nameOf(architecture, middle)}' may wait ${formatTime(needed)} for '${inner.to}' (${attempts} × ${each}).`,
          related: [{ message: 'This call may take longer.', at: inner, property: 'timeout' }],
        });
      }
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
server api { serviceTime: 10ms }
database posts { engine: dynamodb }
visitors -> app
app -> api : calls 1 { timeout: 1s }
//                     ^^^^^^^^^^^ warning: 'app' gives up after 1 s, but 'api' may wait 2 s for 'posts' (1 × 2 s).
api -> posts : reads 1 { timeout: 2s }
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
server api { serviceTime: 10ms }
database posts { engine: dynamodb }
visitors -> app
app -> api : calls 1 {
  timeout: 1s
//^^^^^^^^^^^ warning: 'app' gives up after 1 s, but 'api' may wait 1.5 s for 'posts' (3 × 500 ms).
}
api -> posts : reads 1 { timeout: 500ms, retries: 2, backoff: jittered }
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
server api { serviceTime: 10ms }
database posts { engine: dynamodb }
visitors -> app
app -> api : calls 1 { timeout: 2s }
api -> posts : reads 1 { timeout: 500ms, retries: 2, backoff: jittered }
`,
      `
// Publishing does not wait.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
server api { serviceTime: 10ms }
queue changes { engine: sqs }
visitors -> app
app -> api : calls 1 { timeout: 1s }
api -> changes : publishes 1 { timeout: 2s }
`,
    ],
  },
});

/** Seconds that a synchronous call may take with all its attempts, pauses not included. */
function wholeTime(connection: Connection): number | undefined {
  const timeout = amount(connection, 'timeout');
  const isAwaited = carriesRequests(connection) && connection.flows.every(({ type }) => type !== 'publishes');
  return timeout === undefined || !isAwaited ? undefined : timeout * ((amount(connection, 'retries') ?? 0) + 1);
}
