import { type Component, digits, replicaRange } from '../../model/index.ts';
import { isAwaited } from './chains.ts';
import { busiest, resultOf } from './figures.ts';
import { componentAt, nameOf, outgoing, servingComponents } from './query.ts';
import { defineRule, type RuleContext } from './rule.ts';

/** An assumption: a tier that can grow to twice what is below it. */
const RATIO = 2;

export const scaleOutOverrunsDownstream = defineRule({
  meta: {
    id: 'scale-out-overruns-downstream',
    title: 'A tier that outgrows what is below it',
    section: 'beyond',
    category: 'scaling',
    severity: 'info',
    summary: 'At the upper end of its range a tier can send more than twice of what a component below it can take.',
    why: 'An autoscaler sees that its own replicas are busy, also when they are only waiting for something slower, and adds more of them, which makes it worse. The range should end about where the components below end. Both figures are multiples of the declared load at which the respective component saturates.',
    howToFix: 'End the range where the component below ends, put a queue in between, or enlarge both together.',
    sources: ['Nygard, "Release It!": unbalanced capacities.'],
    since: '0.1.0',
    options: {
      ratio: {
        type: 'number',
        description: 'How many times more a tier may be able to send than the component below it can take.',
        default: RATIO,
        minimum: 1,
      },
    },
  },
  check(context, report) {
    const { architecture, option } = context;
    for (const tier of servingComponents(architecture, 'server')) {
      const { from, to } = replicaRange(tier);
      const most = to > from ? scaleOf(context, tier) : undefined;
      if (most === undefined) continue;
      for (const below of needed(context, tier)) {
        const least = scaleOf(context, below);
        if (least === undefined || most <= least * option('ratio', tier)) continue;
        report({
          at: tier,
          property: 'replicas',
          message: `With ${to} replicas '${nameOf(architecture, tier)}' carries ${digits(most)} times the declared load, but '${nameOf(architecture, below)}' below it only ${digits(least)} times.`,
          related: [{ message: 'This is overrun first.', at: below }],
        });
      }
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 100/s }
loadBalancer lb { engine: alb }
server app { replicas: 2..40, serviceTime: 10ms, autoscale { target: 60% } }
//           ^^^^^^^^^^^^^^^ info: With 40 replicas 'app' carries 40 times the declared load, but 'posts' below it only 2.5 times.
database posts { engine: mysql, cores: 2, readTime: 4ms, readReplicas: 1, failover { mode: automatic } }
visitors -> lb
lb -> app
app -> posts : reads 2
`,
      `
users visitors { rate: 100/s }
loadBalancer lb { engine: alb }
server app {
  replicas: 2..40
//^^^^^^^^^^^^^^^ info: With 40 replicas 'app' carries 40 times the declared load, but 'search' below it only 5 times.
  serviceTime: 10ms
  autoscale { target: 60% }
}
server search { replicas: 2, serviceTime: 4ms }
visitors -> lb
lb -> app
app -> search : calls 1
`,
    ],
    passes: [
      `
users visitors { rate: 100/s }
loadBalancer lb { engine: alb }
server app { replicas: 2..6, serviceTime: 10ms, autoscale { target: 60% } }
database posts { engine: mysql, cores: 4, readTime: 4ms, readReplicas: 1, failover { mode: automatic } }
visitors -> lb
lb -> app
app -> posts : reads 2
`,
      `
// It can grow as far, but hands the work to a queue.
users visitors { rate: 100/s }
loadBalancer lb { engine: alb }
server app { replicas: 2..40, serviceTime: 10ms, autoscale { target: 60% } }
queue jobs { engine: sqs, deadLetter: true }
worker resizer { replicas: 2, serviceTime: 4ms }
visitors -> lb
lb -> app
app -> jobs : publishes 1
jobs -> resizer
`,
    ],
  },
});

function needed({ architecture }: RuleContext, tier: Component): readonly Component[] {
  const paths = outgoing(architecture, tier).flatMap((it) => (isAwaited(architecture, it) ? [it.to] : []));
  return [...new Set(paths)]
    .flatMap((path) => componentAt(architecture, path) ?? [])
    .filter(({ kind }) => kind !== 'external');
}

/** Multiple of the declared load that a component carries with all replicas that it may have. */
function scaleOf({ analysis }: RuleContext, component: Component): number | undefined {
  const result = resultOf(analysis, component);
  return result && busiest(result) ? result.saturatesAt : undefined;
}
