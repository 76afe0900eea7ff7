import { amount, flag } from '../../model/index.ts';
import { allConnections, carries } from './query.ts';
import { defineRule } from './rule.ts';

export const retryOfNonIdempotentCall = defineRule({
  meta: {
    id: 'retry-of-non-idempotent-call',
    title: 'A retry that may do it twice',
    section: 'beyond',
    category: 'calls',
    severity: 'warning',
    summary: 'A write is tried again although nothing says that doing it twice is harmless.',
    why: 'A call whose answer is lost has been done all the same. Tried again, it is done twice: two orders, two payments. With a key that both attempts carry, the other side knows the second as a repetition. Calls that are not declared as writes are reported only where `idempotent: false` says so.',
    howToFix: 'Send a key with each write and declare `idempotent: true`, or do not try again.',
    sources: ['AWS Well-Architected, Reliability pillar, REL04-BP04: make mutating operations idempotent.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const connection of allConnections(architecture)) {
      const idempotent = flag(connection, 'idempotent');
      if ((amount(connection, 'retries') ?? 0) < 1 || idempotent === true) continue;
      if (idempotent === undefined && !carries(connection, 'writes')) continue;
      report({
        at: connection,
        property: 'retries',
        message: `'${connection.from}' tries '${connection.to}' again, and ${idempotent === false ? 'doing it twice does harm' : 'nothing says that a write that comes twice does no harm'}.`,
        fixes: [
          {
            title: `Set 'retries: 0' on '${connection.from} -> ${connection.to}'`,
            edits: [{ type: 'setConnectionProperty', connection: connection.id, name: 'retries', value: '0' }],
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
database orders { engine: dynamodb }
visitors -> app
app -> orders : writes 1 { timeout: 1s, retries: 2, backoff: jittered }
//                                      ^^^^^^^^^^ warning: 'app' tries 'orders' again, and nothing says that a write that comes twice does no harm.
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
external payments { latency: 120ms }
visitors -> app
app -> payments : calls 1 {
  timeout: 2s
  retries: 1
//^^^^^^^^^^ warning: 'app' tries 'payments' again, and doing it twice does harm.
  backoff: jittered
  idempotent: false
}
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database orders { engine: dynamodb }
visitors -> app
app -> orders : writes 1 { timeout: 1s, retries: 2, backoff: jittered, idempotent: true }
`,
      `
// Reading twice does no harm.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database orders { engine: dynamodb }
visitors -> app
app -> orders : reads 1 { timeout: 1s, retries: 2, backoff: jittered }
`,
    ],
  },
});
