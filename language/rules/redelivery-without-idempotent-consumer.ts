import { flag, isDeclared, word } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { calleesOf, nameOf, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';

export const redeliveryWithoutIdempotentConsumer = defineRule({
  meta: {
    id: 'redelivery-without-idempotent-consumer',
    title: 'Messages that take effect twice',
    section: 'beyond',
    category: 'messaging',
    severity: 'warning',
    summary: 'A queue may deliver a message twice to a worker for which that does harm.',
    why: 'With at-least-once delivery a message comes again when the worker was too slow to confirm it, or died just after its work was done. A worker that declares `idempotent: false` then charges, mails or counts twice.',
    howToFix: 'Let the worker remember the ids of what it has done, and declare `idempotent: true`.',
    sources: ['Microservices.io, pattern: Idempotent Consumer.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const queue of servingComponents(architecture, 'queue')) {
      if (word(queue, 'delivery') !== 'atLeastOnce') continue;
      for (const worker of calleesOf(architecture, queue)) {
        if (!isDeclared(worker, 'idempotent') || flag(worker, 'idempotent')) continue;
        report({
          at: worker,
          property: 'idempotent',
          message: `'${nameOf(architecture, queue)}' may deliver a message twice, and '${nameOf(architecture, worker)}' is not idempotent.`,
          fixes: [{ ...settingFix(architecture, worker, 'idempotent', 'true'), preferred: false }],
        });
      }
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue orders { engine: sqs, deadLetter: true }
worker billing { serviceTime: 30ms, idempotent: false }
//                                  ^^^^^^^^^^^^^^^^^ warning: 'orders' may deliver a message twice, and 'billing' is not idempotent.
visitors -> app
app -> orders : publishes 1
orders -> billing
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue orders { engine: kafka, retention: 4d, delivery: atLeastOnce, deadLetter: true }
worker billing {
  serviceTime: 30ms
  idempotent: false
//^^^^^^^^^^^^^^^^^ warning: 'orders' may deliver a message twice, and 'billing' is not idempotent.
}
visitors -> app
app -> orders : publishes 1
orders -> billing
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue orders { engine: sqs, deadLetter: true }
worker billing { serviceTime: 30ms, idempotent: true }
visitors -> app
app -> orders : publishes 1
orders -> billing
`,
      `
// Once at most.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue orders { engine: sqs, delivery: atMostOnce }
worker billing { serviceTime: 30ms, idempotent: false }
visitors -> app
app -> orders : publishes 1
orders -> billing
`,
    ],
  },
});
