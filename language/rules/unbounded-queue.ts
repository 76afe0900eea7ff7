import { isDeclared } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { engineOf, nameOf, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';

export const unboundedQueue = defineRule({
  meta: {
    id: 'unbounded-queue',
    title: 'A queue without a limit',
    section: '1-10',
    category: 'messaging',
    severity: 'warning',
    summary: 'Neither the number of waiting messages nor their age is limited.',
    why: 'When the workers stop, the queue grows until its memory or disk is full and takes everything else down with it; what it then delivers is so old that nobody wants it any more. Engines that drop old messages by default are not reported.',
    howToFix:
      'Limit the age (`retention`) or the number (`maxLength`) of messages, and decide what happens to those above.',
    sources: [
      'AWS Well-Architected, Reliability pillar, REL05-BP04: fail fast and limit queues.',
      'The 4 days of the fix are the default of Amazon SQS.',
    ],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const queue of servingComponents(architecture, 'queue')) {
      const engine = engineOf(queue);
      if (isDeclared(queue, 'maxLength') || isDeclared(queue, 'retention') || engine?.retention || engine?.managed)
        continue;
      report({
        at: queue,
        message: `'${nameOf(architecture, queue)}' limits neither the number of messages that wait nor how long they wait.`,
        fixes: [settingFix(architecture, queue, 'retention', '4d')],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue uploads { durable: true, deadLetter: true }
//    ^^^^^^^ warning: 'uploads' limits neither the number of messages that wait nor how long they wait.
worker resizer { replicas: 8, serviceTime: 300ms }
visitors -> app
app -> uploads : publishes 0.5
uploads -> resizer
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue uploads {
//    ^^^^^^^ warning: 'uploads' limits neither the number of messages that wait nor how long they wait.
  engine: rabbitmq
  durable: true
  deadLetter: true
}
worker resizer { replicas: 8, serviceTime: 300ms }
visitors -> app
app -> uploads : publishes 0.5
uploads -> resizer
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue uploads { durable: true, deadLetter: true, maxLength: 10_000 }
worker resizer { replicas: 8, serviceTime: 300ms }
visitors -> app
app -> uploads : publishes 0.5
uploads -> resizer
`,
      `
// SQS drops messages after four days unless it is told otherwise.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue uploads { engine: sqs, deadLetter: true }
worker resizer { replicas: 8, serviceTime: 300ms }
visitors -> app
app -> uploads : publishes 0.5
uploads -> resizer
`,
    ],
  },
});
