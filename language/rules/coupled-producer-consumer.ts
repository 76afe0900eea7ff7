import { calleesOf, callersOf, carries, componentsOf, nameOf, outgoing } from './query.ts';
import { defineRule } from './rule.ts';

export const coupledProducerConsumer = defineRule({
  meta: {
    id: 'coupled-producer-consumer',
    title: 'A producer that also calls its consumer',
    section: '1-10',
    category: 'messaging',
    severity: 'warning',
    summary: 'A producer publishes to a queue and also calls the consumer of that queue synchronously.',
    why: 'The queue is there so that the two need not be up, or be fast, at the same time. The direct call takes that back: when the consumer is down or slow, so is the producer.',
    howToFix: 'Only publish; if the producer needs an answer, let the consumer publish it or store it.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const queue of componentsOf(architecture, 'queue')) {
      const consumers = new Map(calleesOf(architecture, queue).map((it) => [it.path, it]));
      for (const producer of callersOf(architecture, queue)) {
        for (const call of outgoing(architecture, producer)) {
          const consumer = consumers.get(call.to);
          if (!consumer || producer.kind === 'users' || carries(call, 'publishes', 'replicates')) continue;
          report({
            at: call,
            message: `'${nameOf(architecture, producer)}' calls '${nameOf(architecture, consumer)}' directly although it also reaches it through '${nameOf(architecture, queue)}'.`,
          });
        }
      }
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue uploads { engine: sqs, deadLetter: true }
worker resizer { replicas: 16, serviceTime: 300ms }
visitors -> app
app -> uploads : publishes 0.5
uploads -> resizer
app -> resizer : calls 1
//     ^^^^^^^ warning: 'app' calls 'resizer' directly although it also reaches it through 'uploads'.
`,
      `
users visitors { rate: 20/s }
server shop { serviceTime: 10ms }
queue orders { engine: sqs, deadLetter: true }
server billing { replicas: 16, serviceTime: 100ms }
visitors -> shop
shop -> orders : publishes 1
orders -> billing
shop -> billing
//      ^^^^^^^ warning: 'shop' calls 'billing' directly although it also reaches it through 'orders'.
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue uploads { engine: sqs, deadLetter: true }
worker resizer { replicas: 16, serviceTime: 300ms }
visitors -> app
app -> uploads : publishes 0.5
uploads -> resizer
`,
      `
// The call goes the other way: the worker asks for what it needs.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue uploads { engine: sqs, deadLetter: true }
worker resizer { replicas: 16, serviceTime: 300ms }
visitors -> app
app -> uploads : publishes 0.5
uploads -> resizer
resizer -> app : calls 1
`,
    ],
  },
});
