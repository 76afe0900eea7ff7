/** How findings name what a requirement is about. */
import { formatQuantity, metricDimensions, type Requirement } from '../../model/index.ts';

/** `p99`, `The availability`: the beginning of a sentence. */
export function metricLabel({ metric }: Requirement): string {
  switch (metric) {
    case 'mean':
      return 'The mean response time';
    case 'rpo':
    case 'rto':
      return metric.toUpperCase();
    case 'p50':
    case 'p90':
    case 'p95':
    case 'p99':
    case 'p999':
      return metric;
    default:
      return `The ${metric}`;
  }
}

/** ` of 'app'`, or nothing. */
export function subjectText({ of }: Requirement): string {
  return of ? ` of '${of.name}'` : '';
}

/** The value and the limit; where both would be printed alike, in full. */
export function printedApart({ metric, limit }: Requirement, value: number): readonly [string, string] {
  const print = (amount: number) => formatQuantity(amount, metricDimensions[metric]);
  const [a, b] = [print(value), print(limit)];
  return a === b ? [`${a} (${value.toPrecision(6)})`, `${b} (${limit.toPrecision(6)})`] : [a, b];
}
