/** A moment of a scenario, as a diagram shows it. */
import {
  type Analysis,
  formatCount,
  formatMoment,
  formatPercent,
  formatRate,
  formatTime,
  type Path,
  type Scenario,
  type Solution,
} from '../model/index.ts';
import type { Figure } from './graph.ts';
import { clean } from './text.ts';
import type { GraphOptions } from './to-graph.ts';

/** What is known of the moment. */
export interface ScenarioMoment {
  /** Seconds from the start. */
  readonly at: number;
  readonly solution: Solution;
  readonly down: readonly Path[];
  readonly waiting: number;
}

/** The options that draw an architecture as it is at a moment. @param analysis of the architecture as it is declared */
export function optionsAt(
  analysis: Analysis,
  { name, title = name }: Pick<Scenario, 'name' | 'title'>,
  moment: ScenarioMoment,
): Required<Pick<GraphOptions, 'analysis' | 'moment'>> {
  const { solution, down, at, waiting } = moment;
  const { rate, throughput, errors, response } = solution;
  const figures: Figure[] = [
    { label: clean(title), value: formatMoment(at) },
    {
      label: 'answered',
      value: throughput < rate * ALL ? `${formatRate(throughput)} of ${formatRate(rate)}` : formatRate(rate),
    },
    ...(errors > 0 ? [{ label: 'errors', value: formatPercent(errors) }] : []),
    ...(waiting >= 1 ? [{ label: 'waiting', value: formatCount(Math.round(waiting)) }] : []),
    ...(errors < 1 && rate > 0 ? [{ label: 'p99', value: formatTime(response.p99) }] : []),
  ];
  return { analysis: { ...analysis, solution }, moment: { figures, down: new Set(down) } };
}

/** Above this share the difference is rounding. */
const ALL = 0.9995;
