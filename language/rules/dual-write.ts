import type { Architecture, Component } from '../../model/index.ts';
import { calleesOf, carries, componentAt, componentsOf, nameOf, outgoing, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';
import { isSessionStore } from './stores.ts';

export const dualWrite = defineRule({
  meta: {
    id: 'dual-write',
    title: 'The same fact written twice',
    section: 'beyond',
    category: 'data',
    severity: 'info',
    summary: 'A component writes to a database and also to a search index, directly or by a message of its own.',
    why: 'The two writes are not one transaction. When the component dies in between, or one of them fails, database and index say different things, and nothing ever repairs it. Changes that are taken from the database itself (an outbox table, change data capture) arrive in both, in order. Two databases are not reported: they may hold different things.',
    howToFix: 'Write to the database only, and let its changes feed the index: `posts -> changes : publishes 1`.',
    sources: ['Richardson, "Microservices Patterns", section 3.3: transactional messaging.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    if (componentsOf(architecture, 'search').length === 0) return;
    for (const writer of servingComponents(architecture, 'server', 'function', 'worker')) {
      const written = writtenBy(architecture, writer);
      const database = written.find((it) => it.kind === 'database' && !isSessionStore(architecture, it));
      const index = [...written, ...fedBy(architecture, writer)].find(({ kind }) => kind === 'search');
      if (!database || !index) continue;
      report({
        at: writer,
        message: `'${nameOf(architecture, writer)}' writes to '${nameOf(architecture, database)}' and also to '${nameOf(architecture, index)}': a failure in between leaves them apart.`,
        related: [
          { message: 'Here it is written first.', at: database },
          { message: 'Here it is written again.', at: index },
        ],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
//     ^^^ info: 'app' writes to 'posts' and also to 'index': a failure in between leaves them apart.
database posts { engine: dynamodb }
search index { engine: elasticsearch, replicas: 2 }
visitors -> app
app -> posts : reads 3, writes 1
app -> index : reads 1, writes 1
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
//     ^^^ info: 'app' writes to 'posts' and also to 'index': a failure in between leaves them apart.
database posts { engine: dynamodb }
queue changes { engine: sqs, deadLetter: true }
worker indexer { replicas: 2, serviceTime: 5ms, idempotent: true }
search index { engine: elasticsearch, replicas: 2 }
visitors -> app
app -> posts : reads 3, writes 1
app -> changes : publishes 1
changes -> indexer
indexer -> index : writes 1
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: dynamodb }
queue changes { engine: sqs, deadLetter: true }
worker indexer { replicas: 2, serviceTime: 5ms, idempotent: true }
search index { engine: elasticsearch, replicas: 2 }
visitors -> app
app -> posts : reads 3, writes 1
app -> index : reads 1
posts -> changes : publishes 1
changes -> indexer
indexer -> index : writes 1
`,
      `
// Written once, read from both.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: dynamodb }
search index { engine: elasticsearch, replicas: 2 }
visitors -> app
app -> posts : reads 3
app -> index : reads 1, writes 1
`,
    ],
  },
});

function writtenBy(architecture: Architecture, writer: Component): readonly Component[] {
  return outgoing(architecture, writer)
    .filter((it) => carries(it, 'writes'))
    .flatMap(({ to }) => componentAt(architecture, to) ?? []);
}

/** What the consumers of a component’s messages write to. */
function fedBy(architecture: Architecture, writer: Component): readonly Component[] {
  const queues = calleesOf(architecture, writer).filter(({ kind }) => kind === 'queue');
  const consumers = queues.flatMap((queue) => calleesOf(architecture, queue));
  return consumers.flatMap((consumer) => writtenBy(architecture, consumer));
}
