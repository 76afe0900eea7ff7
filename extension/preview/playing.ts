/** Scenarios in the preview: played once for each version of the text, and looked at moment by moment. */
import { type GraphOptions, optionsAt } from '../../diagram/index.ts';
import type { ModelResult } from '../../language/protocol.ts';
import { formatMetric, formatMoment, formatPercent, formatRequirement, type Scenario } from '../../model/index.ts';
import { type Film, filmOf, type Moment, type ScenarioVerdict } from '../../simulator/index.ts';
import type { Fact, Playing } from './webview/messages.ts';

/** Plays a scenario of a model; the last one is kept. Undefined if the architecture has no such scenario. */
export type Player = (model: ModelResult, uri: string, name: string) => Film | undefined;

export function createPlayer(): Player {
  let last: { readonly key: string; readonly film: Film | undefined } | undefined;
  return (model, uri, name) => {
    const scenario = scenarioOf(model, name);
    if (!scenario) return undefined;
    const key = `${uri} ${model.version} ${name}`;
    if (last?.key !== key) last = { key, film: filmOf(model.architecture, scenario, { percentiles: true }) };
    return last.film;
  };
}

export function scenarioOf({ architecture }: ModelResult, name: string | undefined): Scenario | undefined {
  return architecture.scenarios.find((scenario) => scenario.name === name);
}

/** How the diagram looks at a moment. */
export function graphOptionsAt({ analysis }: ModelResult, scenario: Scenario, moment: Moment): GraphOptions {
  return optionsAt(analysis, scenario, moment);
}

/** What the page shows of a playback. */
export function playingOf({ name, title = name }: Scenario, { playback }: Film, at: number): Playing {
  const { duration, times, whole, log, requirements, availability, limits } = playback;
  return {
    name,
    title,
    duration,
    at,
    times,
    charts: [
      { label: 'answered', unit: 'rate', values: whole.throughput, behind: whole.offered },
      { label: 'errors', unit: 'ratio', values: whole.errors },
      { label: 'p99', unit: 'time', values: whole.p99 ?? whole.mean },
      ...(whole.waiting.some((count) => count > 0)
        ? [{ label: 'waiting', unit: 'count' as const, values: whole.waiting }]
        : []),
    ],
    log,
    facts: [
      {
        label: 'availability',
        value: formatPercent(availability),
        ...(availability < 1 ? { tone: 'bad' as const } : {}),
      },
      ...requirements.map(promise),
    ],
    limits,
  };
}

function promise({ requirement, holds, worst, broken, why }: ScenarioVerdict): Fact {
  const value = worst === undefined ? 'not known' : formatMetric(requirement.metric, worst);
  const [first] = broken;
  const more = broken.length > 1 ? `, and ${broken.length - 1} more times` : '';
  const detail = why ?? (first ? `Broken from ${formatMoment(first.from)} to ${formatMoment(first.to)}${more}.` : '');
  return {
    label: formatRequirement(requirement),
    value: `${holds === false ? '✗' : '✓'} ${value}`,
    ...(detail ? { detail } : {}),
    ...(holds === false ? { tone: 'bad' as const } : {}),
  };
}
