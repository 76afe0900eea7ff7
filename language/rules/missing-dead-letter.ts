import { flag, word } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { calleesOf, nameOf, quoted, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';

export const missingDeadLetter = defineRule({
  meta: {
    id: 'missing-dead-letter',
    title: 'A queue without a dead-letter queue',
    section: '1-10',
    category: 'messaging',
    severity: 'warning',
    summary: 'A message that fails again and again is not put aside.',
    why: 'Such a message comes back to the workers for ever: it takes their time, holds up what is behind it in an ordered queue, and nobody learns of it. Queues with `delivery: atMostOnce` never deliver twice and are not reported.',
    howToFix: 'Put messages aside after a few attempts (`deadLetter: true`) and raise an alarm when some arrive there.',
    sources: ['Microsoft Azure Architecture Center: Competing Consumers pattern, poison messages.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const queue of servingComponents(architecture, 'queue')) {
      const consumers = calleesOf(architecture, queue);
      if (flag(queue, 'deadLetter') || consumers.length === 0 || word(queue, 'delivery') === 'atMostOnce') continue;
      report({
        at: queue,
        property: 'deadLetter',
        message: `A message in '${nameOf(architecture, queue)}' that always fails comes back to ${quoted(consumers.map((it) => nameOf(architecture, it)))} for ever.`,
        fixes: [settingFix(architecture, queue, 'deadLetter', 'true')],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue uploads { engine: sqs }
//    ^^^^^^^ warning: A message in 'uploads' that always fails comes back to 'resizer' for ever.
worker resizer { replicas: 8, serviceTime: 300ms }
visitors -> app
app -> uploads : publishes 0.5
uploads -> resizer
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue uploads {
  engine: sqs
  deadLetter: false
//^^^^^^^^^^^^^^^^^ warning: A message in 'uploads' that always fails comes back to 'resizer' for ever.
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
queue uploads { engine: sqs, deadLetter: true }
worker resizer { replicas: 8, serviceTime: 300ms }
visitors -> app
app -> uploads : publishes 0.5
uploads -> resizer
`,
      `
// Delivered once at most: it cannot come back.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue clicks { engine: kafka, retention: 1d, delivery: atMostOnce }
worker counter { replicas: 8, serviceTime: 3ms }
visitors -> app
app -> clicks : publishes 1
clicks -> counter
`,
    ],
  },
});
