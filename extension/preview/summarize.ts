/** The strip below the picture: what the architecture does under the users of the slider. */
import { bottleneckText, capacityText } from '../../language/lsp/figures.ts';
import type { ModelResult } from '../../language/protocol.ts';
import { formatCount, formatPercent, formatQuantity, formatTime } from '../../model/index.ts';
import type { Fact, Summary } from './webview/messages.ts';

/** @param users that the analysis is for */
export function summarize({ analysis }: ModelResult, users: number): Summary {
  const { capacity } = analysis;
  return {
    users,
    declaredUsers: capacity.declaredUsers,
    ...(Number.isFinite(capacity.users) && capacity.users > 0 ? { capacity: capacity.users } : {}),
    facts: analysis.solution.rate > 0 ? facts(analysis, users) : [],
  };
}

function facts(analysis: ModelResult['analysis'], users: number): readonly Fact[] {
  const { capacity, solution, availability, cost, requirements } = analysis;
  const found: Fact[] = [
    { label: 'carries', value: capacityText(analysis), ...tone(capacity.users >= users || users === 0) },
  ];
  const [bottleneck] = capacity.bottlenecks;
  if (bottleneck) {
    const at = bottleneck.users > 0 ? `Saturates at ${formatCount(bottleneck.users)} users.` : '';
    found.push({
      label: 'bottleneck',
      value: bottleneckText(bottleneck),
      path: bottleneck.path,
      ...(at ? { detail: at } : {}),
    });
  }
  found.push({
    label: 'p99',
    value: formatTime(solution.response.p99),
    ...tone(Number.isFinite(solution.response.p99)),
  });
  if (solution.errors > 0) found.push({ label: 'errors', value: formatPercent(solution.errors), tone: 'bad' });
  if (Number.isFinite(availability.value)) {
    const downtime = `${formatTime(availability.downtime)} down in a year.`;
    found.push({ label: 'availability', value: formatPercent(availability.value), detail: downtime });
  }
  if (cost.perHour > 0) {
    const unknown = cost.unknown.length > 0 ? `Without ${cost.unknown.join(', ')}, whose prices are not known.` : '';
    found.push({
      label: 'cost',
      value: formatQuantity(cost.perHour, 'moneyRate'),
      ...(unknown ? { detail: unknown } : {}),
    });
  }
  const judged = requirements.filter(({ holds }) => holds !== undefined);
  const kept = judged.filter(({ holds }) => holds);
  if (judged.length > 0) {
    found.push({
      label: 'promises',
      value: `${kept.length} of ${judged.length} kept`,
      ...tone(kept.length === judged.length),
    });
  }
  return found;
}

function tone(isGood: boolean): Pick<Fact, 'tone'> {
  return isGood ? {} : { tone: 'bad' };
}
