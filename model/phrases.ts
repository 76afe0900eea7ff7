/** Parts of the model in words, the same in reports, messages, hovers and lenses. */
import { type Metric, metricDimensions, type Requirement, type Value } from './architecture.ts';
import { formatCount, formatQuantity } from './format.ts';
import type { ResourceUse } from './solution.ts';

/** A value as one would write it: `16 GB`, `2..20`, `"m5.large"`, `[us, eu]`; `{}` for a block. */
export function formatValue(value: Value): string {
  switch (value.type) {
    case 'quantity':
      return formatQuantity(value.amount, value.dimension);
    case 'range':
      return `${formatQuantity(value.from, value.dimension)}..${formatQuantity(value.to, value.dimension)}`;
    case 'string':
      return JSON.stringify(value.text);
    case 'boolean':
      return String(value.value);
    case 'word':
      return value.word;
    case 'reference':
      return value.path;
    case 'list':
      return `[${value.items.map(formatValue).join(', ')}]`;
    case 'block':
      return '{}';
  }
}

/** A value of a metric in the unit that people read: `300 ms`, `5M users`. */
export function formatMetric(metric: Metric, value: number): string {
  return metric === 'capacity' ? `${formatCount(value)} users` : formatQuantity(value, metricDimensions[metric]);
}

/** What a requirement demands: `p99 of upload < 800 ms`. */
export function formatRequirement({ metric, of, operator, limit }: Requirement): string {
  return `${metric}${of ? ` of ${of.name}` : ''} ${operator} ${formatMetric(metric, limit)}`;
}

/** How the parts of a database are called. */
export const partNames: Readonly<Record<NonNullable<ResourceUse['part']>, string>> = {
  primary: 'primary',
  replica: 'replicas',
  hottestShard: 'hottest shard',
};

/** The label of a kind with its article: `a server`, `an external system`, `users`. */
export function withArticle(label: string): string {
  if (label === 'users' || label === 'monitoring' || label === 'automation' || label === 'storage') return label;
  return `${/^[aeiou]/.test(label) ? 'an' : 'a'} ${label}`;
}
