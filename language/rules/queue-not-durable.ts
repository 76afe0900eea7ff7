import { declared, flag } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { engineOf, isManaged, nameOf, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';

export const queueNotDurable = defineRule({
  meta: {
    id: 'queue-not-durable',
    title: 'A queue that forgets',
    section: '1-10',
    category: 'messaging',
    severity: 'warning',
    summary: 'Messages that wait in a queue do not survive a restart, or nothing says that they do.',
    why: 'The sender has been told that its job is accepted and will not send it again; what the queue forgets is never done. Engines that keep messages by default, and those that a provider runs, are not reported unless the design says `durable: false`.',
    howToFix: 'Switch durability on in the engine, and declare `durable: true`.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const queue of servingComponents(architecture, 'queue')) {
      const durable = flag(queue, 'durable') ?? engineOf(queue)?.durable ?? (isManaged(queue) ? true : undefined);
      if (durable) continue;
      const name = nameOf(architecture, queue);
      const isSure = durable === false;
      report({
        at: queue,
        property: 'durable',
        message: isSure
          ? `A restart of '${name}' loses the messages that wait in it.`
          : `Nothing says that '${name}' is durable: a restart may lose the messages that wait in it.`,
        fixes: [{ ...settingFix(architecture, queue, 'durable', 'true'), preferred: !declared(queue, 'durable') }],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue uploads { deadLetter: true, maxLength: 10_000 }
//    ^^^^^^^ warning: Nothing says that 'uploads' is durable: a restart may lose the messages that wait in it.
worker resizer { replicas: 8, serviceTime: 300ms }
visitors -> app
app -> uploads : publishes 0.5
uploads -> resizer
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue uploads {
  engine: rabbitmq
  durable: false
//^^^^^^^^^^^^^^ warning: A restart of 'uploads' loses the messages that wait in it.
  deadLetter: true
  retention: 4d
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
queue uploads { engine: rabbitmq, durable: true, deadLetter: true, retention: 4d }
worker resizer { replicas: 8, serviceTime: 300ms }
visitors -> app
app -> uploads : publishes 0.5
uploads -> resizer
`,
      `
// It keeps messages without being told.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
queue uploads { engine: kafka, deadLetter: true, retention: 4d }
worker resizer { replicas: 8, serviceTime: 300ms }
visitors -> app
app -> uploads : publishes 0.5
uploads -> resizer
`,
    ],
  },
});
