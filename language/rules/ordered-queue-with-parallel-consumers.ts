import { amount, flag, replicaRange } from '../../model/index.ts';
import { calleesOf, nameOf, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';

export const orderedQueueWithParallelConsumers = defineRule({
  meta: {
    id: 'ordered-queue-with-parallel-consumers',
    title: 'Order that parallel workers undo',
    section: 'beyond',
    category: 'messaging',
    severity: 'warning',
    summary: 'A queue promises order, but several workers take messages from it at the same time.',
    why: 'The queue hands messages out in order, but the second worker may be done before the first. Order holds only per worker.',
    howToFix:
      'Partition the messages by what has to stay in order (an account, an order) so that one worker gets all of one kind, or use one worker.',
    sources: ['Microsoft Azure Architecture Center: Sequential Convoy pattern.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const queue of servingComponents(architecture, 'queue')) {
      if (!flag(queue, 'ordered')) continue;
      for (const worker of calleesOf(architecture, queue)) {
        const parallel = replicaRange(worker).to * (amount(worker, 'threads') ?? 1);
        if (parallel < 2) continue;
        report({
          at: queue,
          property: 'ordered',
          message: `'${nameOf(architecture, queue)}' keeps messages in order, but '${nameOf(architecture, worker)}' handles up to ${parallel} of them at the same time.`,
          related: [{ message: 'Here they overtake each other.', at: worker, property: 'replicas' }],
        });
      }
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue orders { engine: sqsFifo, ordered: true, deadLetter: true }
//                              ^^^^^^^^^^^^^ warning: 'orders' keeps messages in order, but 'billing' handles up to 4 of them at the same time.
worker billing { replicas: 4, serviceTime: 30ms }
visitors -> app
app -> orders : publishes 1
orders -> billing
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue orders {
  engine: sqsFifo
  ordered: true
//^^^^^^^^^^^^^ warning: 'orders' keeps messages in order, but 'billing' handles up to 8 of them at the same time.
  deadLetter: true
}
worker billing { threads: 8, serviceTime: 3ms }
visitors -> app
app -> orders : publishes 1
orders -> billing
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue orders { engine: sqsFifo, ordered: true, deadLetter: true }
worker billing { serviceTime: 30ms }
visitors -> app
app -> orders : publishes 1
orders -> billing
`,
      `
// Nobody has promised order.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue orders { engine: sqs, deadLetter: true }
worker billing { replicas: 4, serviceTime: 30ms }
visitors -> app
app -> orders : publishes 1
orders -> billing
`,
    ],
  },
});
