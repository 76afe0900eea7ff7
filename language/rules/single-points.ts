/** What the failure sweep says about the loss of one thing: structure, not the number of replicas, decides what is a single point. */
import { type Analysis, type Component, formatPercent, isInside, type Path } from '../../model/index.ts';
import { printWay, wayTo } from './chains.ts';
import type { Observation, RuleContext } from './rule.ts';

/** Share of the users' requests that is lost while a machine of it, or all that is in it, is down; 0 if somebody stands in. */
export function lostWithout(analysis: Analysis, { path }: Component): number {
  let points = tables.get(analysis);
  if (!points) {
    points = new Map(analysis.availability.singlePoints.map((point) => [point.path, point.lost]));
    tables.set(analysis, points);
  }
  return points.get(path) ?? 0;
}

/** The way that is cut, from the users to the component, and what is lost: to be shown with a finding. */
export function cutWay(
  { architecture, analysis }: Pick<RuleContext, 'architecture' | 'analysis'>,
  component: Component,
): NonNullable<Observation['related']> {
  const lost = lostWithout(analysis, component);
  const way = wayTo(architecture, (path) => isInside(path, component.path));
  if (lost === 0 || !way) return [];
  return [
    {
      message: `This way is cut: ${printWay(architecture, way)}; ${formatPercent(lost)} of the requests are lost.`,
      at: component,
    },
  ];
}

const tables = new WeakMap<Analysis, ReadonlyMap<Path, number>>();
