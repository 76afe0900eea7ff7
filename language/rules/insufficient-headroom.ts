import {
  type Architecture,
  type Component,
  type ComponentResult,
  digits,
  type Fix,
  formatPercent,
  type ResourceUse,
  replicaRange,
} from '../../model/index.ts';
import { busiest, resultOf } from './figures.ts';
import { settingFix } from './fixes.ts';
import { isManaged, nameOf, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';

/** Above this the queueing delay grows steeply: at 70% of one server it is already 2.3 times the service time (M/M/1). */
export const LIMIT = 0.7;

export const insufficientHeadroom = defineRule({
  meta: {
    id: 'insufficient-headroom',
    title: 'Too little headroom',
    section: 'beyond',
    category: 'scaling',
    severity: 'warning',
    summary: 'A resource is more than 70% used at the declared load.',
    why: 'Waiting grows without limit as utilisation comes near 100%: in front of a single server a request waits ρ / (1 − ρ) service times, 2.3 at 70%, 9 at 90%. There is also no room left for the failure of a replica or a busier day. Queues and their workers have a rule of their own, and so has memory.',
    howToFix: 'Add replicas or a larger machine, or take load away.',
    sources: [
      'Microsoft Azure Well-Architected Framework, PE:02: capacity planning.',
      'Kleinrock, "Queueing Systems", volume 1, section 3.2: waiting time of M/M/1.',
    ],
    since: '0.1.0',
    options: {
      limit: {
        type: 'number',
        description: 'Utilisation above which a resource is reported, as a fraction.',
        default: LIMIT,
        minimum: 0.01,
        maximum: 1,
      },
    },
  },
  check({ architecture, analysis, notEvaluated, option }, report) {
    for (const component of servingComponents(architecture)) {
      if (['queue', 'worker', 'dns', 'cdn', 'external'].includes(component.kind)) continue;
      const result = resultOf(analysis, component);
      const use = result && busiest({ ...result, resources: result.resources.filter(isLoad) });
      // The simulator gives no response time where it knows no service time.
      if (result && !result.response && result.arrivalRate > 0 && !isManaged(component))
        notEvaluated(component, 'serviceTime');
      const limit = option('limit', component);
      if (!result || !use || use.utilization <= limit) continue;
      report({
        at: component,
        message: `${partLabel(use)} of '${nameOf(architecture, component)}' is ${formatPercent(use.utilization)} used at the declared load, above the limit of ${formatPercent(limit)}; it saturates at ${digits(1 / use.utilization)} times the load.`,
        fixes: moreReplicas(architecture, component, result, use, limit),
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 90/s }
server app { serviceTime: 10ms }
//     ^^^ warning: The CPU of 'app' is 90% used at the declared load, above the limit of 70%; it saturates at 1.11 times the load.
visitors -> app
`,
      `
users visitors { rate: 300/s }
loadBalancer lb { replicas: 2 }
server app {
//     ^^^ warning: The CPU of 'app' is 75% used at the declared load, above the limit of 70%; it saturates at 1.33 times the load.
  replicas: 4
  serviceTime: 10ms
}
visitors -> lb
lb -> app
`,
    ],
    passes: [
      `
users visitors { rate: 300/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 5, serviceTime: 10ms }
visitors -> lb
lb -> app
`,
      `
// No data, no finding.
users visitors { rate: 300/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 2 }
visitors -> lb
lb -> app
`,
    ],
  },
});

/** Memory is meant to be full in a cache, and does not make anybody wait. */
function isLoad({ resource }: ResourceUse): boolean {
  return resource !== 'memory';
}

function partLabel({ resource, part }: ResourceUse): string {
  const names = {
    cpu: 'The CPU',
    network: 'The network',
    threads: 'The pool of threads',
    pool: 'The connection pool',
    rate: 'The permitted rate',
    memory: 'The memory',
    connections: 'The limit of connections',
    concurrency: 'The limit of concurrent executions',
  } as const;
  const parts = {
    primary: ' of the primary',
    replica: ' of the read replicas',
    hottestShard: ' of the hottest shard',
  } as const;
  return `${names[resource]}${part ? parts[part] : ''}`;
}

/** Replicas until the utilisation is back under the limit; only where a fixed number of equal replicas shares the load. */
function moreReplicas(
  architecture: Architecture,
  component: Component,
  result: ComponentResult,
  use: ResourceUse,
  limit: number,
): readonly Fix[] {
  const { from, to } = replicaRange(component);
  const isShared =
    ['server', 'loadBalancer'].includes(component.kind) && ['cpu', 'network', 'threads'].includes(use.resource);
  if (!isShared || to < 2 || !Number.isFinite(use.utilization)) return [];
  const needed = Math.max(Math.ceil((to * use.utilization) / limit), result.replicasNeeded ?? 0);
  return [settingFix(architecture, component, 'replicas', from === to ? `${needed}` : `${from}..${needed}`)];
}
