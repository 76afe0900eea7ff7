/** The figures of an architecture in one line, the same words in every report. */
import {
  type Analysis,
  type Bottleneck,
  formatCount,
  formatPercent,
  formatQuantity,
  formatRate,
  formatRequirement,
  formatTime,
  partNames,
} from '../../model/index.ts';
import { mark } from './footnotes.ts';

/** `5M users: carries 7.2M, breaks first at 'posts' (primary cpu) · p99 212 ms · availability 99.97% · $41,300/month`. */
export function headline(analysis: Analysis): string {
  const { solution, availability, cost } = analysis;
  const { rate, response, errors } = solution;
  const price = cost.lines.length > 0 ? [formatQuantity(cost.perHour, 'moneyRate')] : [];
  if (rate === 0) return ['no load declared', ...price].join(' · ');
  return [
    carries(analysis),
    ...(response.p99 > 0 ? [`p99 ${mark(formatTime(response.p99), solution.accuracy)}`] : []),
    ...(errors > 0 ? [`${formatPercent(errors)} of requests fail`] : []),
    ...(availability.value > 0
      ? [`availability ${mark(formatPercent(availability.value), availability.accuracy)}`]
      : []),
    ...price,
  ].join(' · ');
}

/** `'us.posts' (primary cpu)`. */
export function bottleneckName({ path, resource, part, cause }: Bottleneck): string {
  return `'${path}' (${part ? `${partNames[part]} ${resource}` : resource}${cause ? `, by ${cause}` : ''})`;
}

/** Users where users are declared, else requests per second. */
export function population(users: number, rate: number): string {
  return users > 0 ? `${formatCount(users)} users` : formatRate(rate);
}

/** What sets the capacity, in words that follow a comma. */
export function limitOf({ capacity }: Analysis): string {
  const { limit } = capacity;
  if (!limit) return 'nothing known limits it';
  if (limit.type === 'bottleneck') return `breaks first at ${bottleneckName(limit.bottleneck)}`;
  return `limited by 'require ${formatRequirement(limit.requirement)}'`;
}

function carries(analysis: Analysis): string {
  const { capacity, solution } = analysis;
  const declared = population(capacity.declaredUsers, solution.rate);
  if (capacity.scale === Number.POSITIVE_INFINITY) return `${declared}: ${limitOf(analysis)}`;
  const most = capacity.declaredUsers > 0 ? formatCount(capacity.users) : formatRate(capacity.rate);
  return `${declared}: carries ${mark(most, capacity.accuracy)}, ${limitOf(analysis)}`;
}
