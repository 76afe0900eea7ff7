import { type Architecture, type Component, type Fix, formatRate, replicaRange } from '../../model/index.ts';
import { resultOf } from './figures.ts';
import { settingFix } from './fixes.ts';
import { calleesOf, nameOf, quoted, servingComponents } from './query.ts';
import type { RuleContext } from './rule.ts';
import { defineRule } from './rule.ts';

export const consumerSlowerThanProducer = defineRule({
  meta: {
    id: 'consumer-slower-than-producer',
    title: 'Consumers slower than producers',
    section: '1-10',
    category: 'messaging',
    severity: 'warning',
    summary: 'At peak load a queue receives more messages than its workers can take.',
    why: 'The queue lets both sides scale independently, but it does not remove work: while more comes in than goes out, the backlog and the wait grow without limit. A backlog of the peak hour may be intended when the rest of the day works it off; then say so with `arch-ignore`.',
    howToFix: 'Add workers, let them scale with the backlog (`autoscale { on: backlog }`), or make the work cheaper.',
    sources: ['Microsoft Azure Architecture Center: Queue-Based Load Leveling pattern.'],
    since: '0.1.0',
  },
  check(context, report) {
    const { architecture, analysis, notEvaluated } = context;
    for (const queue of servingComponents(architecture, 'queue')) {
      const result = resultOf(analysis, queue);
      const consumers = calleesOf(architecture, queue);
      // Where the simulator knows no service time it gives no utilisation: then the queue may grow, or not.
      const unknown = consumers.filter((consumer) => resultOf(analysis, consumer)?.utilization === undefined);
      for (const consumer of unknown) notEvaluated(consumer, 'serviceTime');
      if (result?.backlogGrowth === undefined || unknown.length > 0) continue;
      const dropped = result.refused * result.arrivalRate;
      const growth = result.backlogGrowth + dropped;
      // Less than one message in a thousand is rounding, not a backlog.
      if (growth <= result.arrivalRate * 1e-3) continue;
      const received = result.arrivalRate;
      const taken = received - growth;
      report({
        at: queue,
        message: `${workersText(architecture, consumers)} at most ${formatRate(taken)}, but '${nameOf(architecture, queue)}' receives ${formatRate(received)}: ${dropped > 0 ? `it fills up and drops ${formatRate(dropped)}` : `the backlog grows by ${formatRate(growth)}`}.`,
        related: consumers.map((at) => ({ message: `'${nameOf(architecture, at)}' takes the messages.`, at })),
        fixes: consumers.length === 1 ? workerFixes(context, consumers[0]!, received / taken) : [],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 100/s }
server app { replicas: 4, serviceTime: 10ms }
queue uploads { engine: sqs, deadLetter: true }
//    ^^^^^^^ warning: Workers 'resizer' take at most 8.89/s, but 'uploads' receives 20/s: the backlog grows by 11.1/s.
worker resizer { replicas: 8, serviceTime: 900ms }
visitors -> app
app -> uploads : publishes 0.2
uploads -> resizer
`,
      `
users visitors { rate: 100/s, peak: 2x }
server app { replicas: 8, serviceTime: 10ms }
queue mails { engine: rabbitmq, durable: true, deadLetter: true, maxLength: 1_000_000 }
//    ^^^^^ warning: Workers 'sender' take at most 50/s, but 'mails' receives 200/s: it fills up and drops 150/s.
worker sender { serviceTime: 20ms }
visitors -> app
app -> mails : publishes 1
mails -> sender
`,
    ],
    passes: [
      `
users visitors { rate: 100/s }
server app { replicas: 4, serviceTime: 10ms }
queue uploads { engine: sqs, deadLetter: true }
worker resizer { replicas: 32, serviceTime: 900ms }
visitors -> app
app -> uploads : publishes 0.2
uploads -> resizer
`,
      `
// Nobody knows how long a message takes: no data, no finding.
users visitors { rate: 100/s }
server app { replicas: 4, serviceTime: 10ms }
queue uploads { engine: sqs, deadLetter: true }
worker resizer { replicas: 8 }
visitors -> app
app -> uploads : publishes 0.2
uploads -> resizer
`,
    ],
  },
});

function workersText(architecture: Architecture, consumers: readonly Component[]): string {
  if (consumers.length === 0) return 'Nobody takes messages, so the queue delivers';
  return `Workers ${quoted(consumers.map((consumer) => nameOf(architecture, consumer)))} take`;
}

/** As many replicas as the simulator says are needed, else as many more as the messages are too many. */
function workerFixes({ architecture, analysis }: RuleContext, worker: Component, excess: number): readonly Fix[] {
  const { from, to } = replicaRange(worker);
  const needed = Math.max(resultOf(analysis, worker)?.replicasNeeded ?? 0, Math.floor(to * excess) + 1);
  if (!Number.isFinite(needed)) return [];
  return [settingFix(architecture, worker, 'replicas', from === to ? `${needed}` : `${from}..${needed}`)];
}
