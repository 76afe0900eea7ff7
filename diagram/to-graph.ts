/** From an architecture, and what is known about it, to the graph that is drawn. */
import {
  type Analysis,
  type Architecture,
  type Component,
  digits,
  type Finding,
  formatCount,
  formatMoney,
  formatPercent,
  formatTime,
  hoursPerMonth,
  indexByPath,
  isContainer,
  type Path,
  severities,
  type View,
  word,
} from '../model/index.ts';
import { loadOf, partsOf, replicasOf, subtitleOf, titleOf, tooltipOf } from './describe.ts';
import { toEdges, usesOf } from './edges.ts';
import type { Badge, Figure, Graph, GraphEdge, GraphNode, Load } from './graph.ts';
import { clean } from './text.ts';
import { toVisible, type Visible } from './visible.ts';

export interface GraphOptions {
  readonly analysis?: Analysis;
  readonly findings?: readonly Finding[];
  readonly view?: View;
  /** A moment of a scenario: `analysis` is about it. */
  readonly moment?: GraphMoment;
}

/** What is to be said of a moment beside its analysis. */
export interface GraphMoment {
  /** In the place of the headline figures. */
  readonly figures: readonly Figure[];
  /** Components of which nothing is left. */
  readonly down: ReadonlySet<Path>;
}

/** Never throws: what refers to something that does not exist is left out. */
export function toGraph(architecture: Architecture, options: GraphOptions = {}): Graph {
  const visible = toVisible(architecture, options.view);
  const badges = badgesBy(architecture, visible, options.findings ?? []);
  const index = indexByPath(architecture);
  const nameOf = (path: Path) => {
    const component = index.get(path);
    return component ? titleOf(component) : path;
  };
  const nodes = toNodes(visible, { options, nameOf, badgesOf: (id) => badges.get(id) ?? [] });
  const edges = toEdges({
    architecture,
    standIn: visible.standIn,
    results: new Map(options.analysis?.solution.connections.map((result) => [result.id, result])),
    badgesOf: (ids) => merged(ids.flatMap((id) => badges.get(id) ?? [])),
    nameOf,
  });
  const title = clean(options.view?.title ?? architecture.title ?? '');
  return {
    ...(title ? { title } : {}),
    figures: options.moment?.figures ?? (options.analysis ? figuresOf(options.analysis) : []),
    description: describe(visible, edges, nameOf),
    direction: options.view?.direction ?? 'down',
    nodes,
    edges,
    badges: badges.get('') ?? [],
  };
}

/** In the place of a load. */
const down: Load = { utilization: 1, level: 'over', text: 'down' };

interface NodeSources {
  readonly options: GraphOptions;
  readonly nameOf: (path: Path) => string;
  readonly badgesOf: (path: Path) => readonly Badge[];
}

function toNodes(visible: Visible, { options, nameOf, badgesOf }: NodeSources): readonly GraphNode[] {
  const results = new Map(options.analysis?.solution.components.map((result) => [result.path, result]));
  const children = Map.groupBy(visible.components, ({ parent }) => parent ?? '');
  const paths = new Set(visible.components.map(({ path }) => path));
  const roots = visible.components.filter(({ parent }) => parent === undefined || !paths.has(parent));
  const toNode = (component: Component): GraphNode => {
    const { path, kind } = component;
    const inside = children.get(path) ?? [];
    const badges = badgesOf(path);
    const hidden = visible.collapsed.get(path);
    const subtitle = hidden === undefined ? subtitleOf(component, nameOf) : `${hidden} components`;
    const load = options.moment?.down.has(path) ? down : loadOf(results.get(path));
    const icon = word(component, 'icon');
    const messages = badges.flatMap((badge) => badge.messages);
    const shown = {
      id: path,
      kind,
      title: titleOf(component),
      ...(subtitle ? { subtitle } : {}),
      tooltip: tooltipOf(component, results.get(path), messages, nameOf),
      badges,
      ...(load ? { load } : {}),
      ...(icon ? { icon } : {}),
    };
    if (inside.length > 0) return { type: 'box', ...shown, children: inside.map(toNode) };
    const parts = partsOf(component);
    return {
      type: 'card',
      ...shown,
      replicas: isContainer(kind) ? { from: 1, to: 1 } : replicasOf(component),
      ...(parts ? { parts } : {}),
      ...(hidden === undefined ? {} : { hidden }),
    };
  };
  return roots.map(toNode);
}

/** Findings by the id of the node or connection that shows them; those about nothing shown under the empty id. */
function badgesBy(
  architecture: Architecture,
  visible: Visible,
  findings: readonly Finding[],
): ReadonlyMap<string, readonly Badge[]> {
  const connections = new Set(usesOf(architecture).map(({ connection }) => connection.id));
  const owner = ({ subject = '' }: Finding) =>
    connections.has(subject) ? subject : (visible.standIn(subject) ?? outerShown(subject, visible));
  const groups = Map.groupBy(findings, owner);
  return new Map(
    [...groups].map(([id, group]) => [
      id,
      merged(group.map(({ severity, message }) => ({ severity, messages: [clean(message)] }))),
    ]),
  );
}

function outerShown(path: Path, visible: Visible): Path {
  for (let end = path.lastIndexOf('.'); end > 0; end = path.lastIndexOf('.', end - 1)) {
    const outer = visible.standIn(path.slice(0, end));
    if (outer !== undefined) return outer;
  }
  return '';
}

function merged(badges: readonly Badge[]): readonly Badge[] {
  return severities.flatMap((severity) => {
    const messages = badges.filter((badge) => badge.severity === severity).flatMap((badge) => badge.messages);
    return messages.length > 0 ? [{ severity, messages }] : [];
  });
}

function figuresOf({ capacity, solution, availability, cost }: Analysis): readonly Figure[] {
  const figures: Figure[] = [];
  if (Number.isFinite(capacity.users) && capacity.users > 0)
    figures.push({ label: 'carries', value: `${formatCount(capacity.users)} users` });
  else if (Number.isFinite(capacity.scale))
    figures.push({ label: 'carries', value: `${digits(capacity.scale)} times the load` });
  if (solution.rate > 0) figures.push({ label: 'p99', value: formatTime(solution.response.p99) });
  if (Number.isFinite(availability.value))
    figures.push({ label: 'availability', value: formatPercent(availability.value) });
  if (cost.perHour > 0)
    figures.push({ label: 'cost', value: `${formatMoney(Math.round(cost.perHour * hoursPerMonth.value))}/month` });
  return figures;
}

/** Above this many edges the list helps nobody; the counts stay. */
const LISTED_EDGES = 60;

function describe(visible: Visible, edges: readonly GraphEdge[], nameOf: (path: Path) => string): string {
  const count = visible.components.filter(({ kind }) => !isContainer(kind)).length;
  const summary = `${count} ${count === 1 ? 'component' : 'components'}, ${edges.length} ${edges.length === 1 ? 'connection' : 'connections'}.`;
  if (edges.length > LISTED_EDGES) return summary;
  const list = edges.map(({ from, to, both, flow }) => {
    const verb = both ? 'and' : 'to';
    return `${nameOf(from)} ${verb} ${nameOf(to)}${flow ? ` (${flow})` : ''}`;
  });
  return list.length > 0 ? `${summary} ${list.join('; ')}.` : summary;
}
