import {
  amount,
  type Component,
  type ComponentResult,
  digits,
  formatPercent,
  formatRate,
  type ResourceUse,
} from '../../model/index.ts';
import { busiest, resultOf } from './figures.ts';
import { isManaged, nameOf, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';
import { isSharded } from './stores.ts';

/** Above half there is no room for the load to double, and splitting a database takes longer than that. An assumption. */
const HALF = 0.5;

export const unshardedWriteBottleneck = defineRule({
  meta: {
    id: 'unsharded-write-bottleneck',
    title: 'Writes fill up the primary',
    section: '1-12',
    category: 'scaling',
    severity: 'warning',
    summary: 'Writes alone keep the primary of an unsharded database more than half busy at peak.',
    why: 'Every write has to go to the primary, and every replica has to repeat it, so more replicas do not help; a larger machine only helps until there is none larger. Sharding spreads the writes over several primaries. The rule speaks at half of the capacity, before the load can double, because splitting a database takes time.',
    howToFix:
      'Split the database by a key: `sharding { shards: 4, key: user_id }`; or take writes away with batches and queues.',
    sources: ['Microsoft Azure Architecture Center: Sharding pattern.'],
    since: '0.1.0',
    options: {
      limit: {
        type: 'number',
        description: 'Utilisation by writes from which a primary is reported, as a fraction.',
        default: HALF,
        minimum: 0.01,
        maximum: 1,
      },
    },
  },
  check({ architecture, analysis, notEvaluated, option }, report) {
    for (const database of servingComponents(architecture, 'database')) {
      const result = resultOf(analysis, database);
      if (!result || result.rates.writes === 0 || isSharded(database) || isManaged(database)) continue;
      const use = busiest(result, 'primary') ?? busiest(result);
      if (!use) {
        notEvaluated(database, 'writeTime');
        continue;
      }
      const byWrites = use.utilization * writeShare(database, result, use);
      if (byWrites < option('limit', database)) continue;
      const name = nameOf(architecture, database);
      const replicas = amount(database, 'readReplicas') ?? 0;
      const help =
        replicas > 0
          ? `its ${replicas} read ${replicas === 1 ? 'replica does' : 'replicas do'}`
          : 'read replicas would';
      report({
        at: database,
        message: `Writes (${formatRate(result.rates.writes)}) keep the primary of '${name}' ${formatPercent(byWrites)} busy and saturate it at ${digits(1 / byWrites)} times the load; ${help} not take any of them.`,
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 500/s }
server app { replicas: 10, serviceTime: 10ms }
database posts { engine: mysql, cores: 4, readTime: 1ms, writeTime: 5ms, readReplicas: 2, failover { mode: automatic } }
//       ^^^^^ warning: Writes (500/s) keep the primary of 'posts' 62.5% busy and saturate it at 1.6 times the load; its 2 read replicas do not take any of them.
visitors -> app
app -> posts : reads 1, writes 1
`,
      `
users visitors { rate: 500/s }
server app { replicas: 10, serviceTime: 10ms }
database posts {
//       ^^^^^ warning: Writes (500/s) keep the primary of 'posts' 62.5% busy and saturate it at 1.6 times the load; read replicas would not take any of them.
  engine: postgresql
  cores: 8
  readTime: 1ms
  writeTime: 10ms
}
visitors -> app
app -> posts : reads 1, writes 1
`,
    ],
    passes: [
      `
users visitors { rate: 500/s }
server app { replicas: 10, serviceTime: 10ms }
database posts { engine: mysql, cores: 4, writeTime: 5ms, sharding { shards: 4, key: user_id } }
visitors -> app
app -> posts : writes 1
`,
      `
// Just as busy, but with reads, which replicas could take.
users visitors { rate: 500/s }
server app { replicas: 10, serviceTime: 10ms }
database posts { engine: mysql, cores: 4, readTime: 5ms, writeTime: 1ms }
visitors -> app
app -> posts : reads 1, writes 0.1
`,
    ],
  },
});

/** Share of the primary's work that writes are; its reads are those that replicas do not take. */
function writeShare(database: Component, { rates }: ComponentResult, use: ResourceUse): number {
  const readTime = amount(database, 'readTime') ?? amount(database, 'serviceTime') ?? 0;
  const writeTime = amount(database, 'writeTime') ?? amount(database, 'serviceTime') ?? 0;
  const onPrimary = use.part === 'primary' && (amount(database, 'readReplicas') ?? 0) > 0;
  const reads = (rates.reads + rates.calls) * (onPrimary ? (amount(database, 'readsFromPrimary') ?? 0) : 1);
  const work = reads * readTime + rates.writes * writeTime;
  return work > 0 ? (rates.writes * writeTime) / work : rates.writes / (reads + rates.writes);
}
