import { type InstanceType, largestInstance } from '../../model/catalogue/index.ts';
import { amount, type Component, digits, formatCount, formatQuantity, replicaRange } from '../../model/index.ts';
import { resultOf } from './figures.ts';
import { nameOf, servingComponents } from './query.ts';
import { defineRule, type RuleContext } from './rule.ts';
import { isSharded } from './stores.ts';

export const verticalLimit = defineRule({
  meta: {
    id: 'vertical-limit',
    title: 'No machine is that large',
    section: '1-3',
    category: 'scaling',
    severity: 'warning',
    summary: 'What runs on one machine needs more cores or memory than the largest machine of the catalogue has.',
    why: 'Scaling up has a hard limit: there is no machine with unlimited cores and memory. The rule compares with the largest instance type of the catalogue for the purpose. Whatever a provider runs as a service, and whatever is spread over several machines, has other limits.',
    howToFix: 'Scale out: several smaller replicas for what keeps no state, shards for a database.',
    since: '0.1.0',
  },
  check(context, report) {
    const { architecture } = context;
    for (const component of servingComponents(architecture, 'server', 'database', 'cache', 'search')) {
      if (replicaRange(component).to > 1 || isSharded(component)) continue;
      const excess = coresExcess(context, component) ?? memoryExcess(component);
      if (!excess) continue;
      report({
        at: component,
        ...(excess.property ? { property: excess.property } : {}),
        message: `'${nameOf(architecture, component)}' ${excess.text}.`,
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 300k/s }
server app { cores: 4096, serviceTime: 10ms }
//     ^^^ warning: 'app' keeps 3,000 cores busy at the declared load, but the largest machine of the catalogue (u7inh-32tb.480xlarge) has 1,920.
visitors -> app
`,
      `
users visitors { rate: 100/s }
server app { replicas: 2, serviceTime: 10ms, exposure: public }
cache feed {
  memory: 40TB
//^^^^^^^^^^^^ warning: 'feed' needs 40 TB of memory in one machine, but the largest of the catalogue (u7in-32tb.224xlarge) has 35.2 TB.
  ttl: 10m
  hitRatio: 90%
  eviction: lru
}
visitors -> app
app -> feed : reads 3
`,
    ],
    passes: [
      `
users visitors { rate: 9k/s }
server app { cores: 96, serviceTime: 10ms }
visitors -> app
`,
      `
// The same need, but over ten machines.
users visitors { rate: 300k/s }
loadBalancer lb { replicas: 2, engine: alb }
server app { replicas: 10, cores: 128, serviceTime: 10ms }
visitors -> lb
lb -> app
`,
    ],
  },
});

interface Excess {
  readonly property?: string;
  readonly text: string;
}

function coresExcess({ analysis }: RuleContext, component: Component): Excess | undefined {
  const largest = largestOf('cores');
  const uses = resultOf(analysis, component)?.resources ?? [];
  const own = uses.filter(({ resource, part }) => resource === 'cpu' && part !== 'replica');
  const needed = Math.max(0, ...own.map(({ utilization, available }) => utilization * available));
  if (!largest || !Number.isFinite(needed) || needed <= largest.cores) return undefined;
  return {
    text: `keeps ${digits(needed)} cores busy at the declared load, but the largest machine of the catalogue (${largest.name}) has ${formatCount(largest.cores)}`,
  };
}

function memoryExcess(component: Component): Excess | undefined {
  const largest = largestOf('memory');
  const memory = amount(component, 'memory');
  if (!largest || memory === undefined || memory <= largest.memory) return undefined;
  return {
    property: 'memory',
    text: `needs ${formatQuantity(memory, 'data')} of memory in one machine, but the largest of the catalogue (${largest.name}) has ${formatQuantity(largest.memory, 'data')}`,
  };
}

/** Of any purpose: who runs a database or a cache on a machine of their own can take any. */
function largestOf(by: 'cores' | 'memory'): InstanceType | undefined {
  if (!largestBy.has(by)) largestBy.set(by, findLargest(by));
  return largestBy.get(by);
}

/** The catalogue does not change. */
const largestBy = new Map<'cores' | 'memory', InstanceType | undefined>();

function findLargest(by: 'cores' | 'memory'): InstanceType | undefined {
  const candidates = (['compute', 'database', 'cache'] as const).flatMap(
    (purpose) => largestInstance(purpose, by) ?? [],
  );
  return candidates.toSorted((a, b) => b[by] - a[by])[0];
}
