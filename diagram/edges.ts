/** Connections as edges: those that say the same between the same two are drawn as one. */
import {
  type Architecture,
  type Connection,
  type ConnectionResult,
  digits,
  type Flow,
  formatPercent,
  formatRate,
  formatTime,
  indexByPath,
  isInside,
  type Path,
  amount as propertyAmount,
  word,
} from '../model/index.ts';
import type { Badge, EdgeKind, GraphEdge } from './graph.ts';
import { clean } from './text.ts';

export interface EdgeSources {
  readonly architecture: Architecture;
  readonly standIn: (path: Path) => Path | undefined;
  readonly results: ReadonlyMap<string, ConnectionResult>;
  readonly badgesOf: (ids: readonly string[]) => readonly Badge[];
  readonly nameOf: (path: Path) => string;
}

/** One edge for each pair of shown ends and kind of traffic; `<->` is one edge with two arrows. */
export function toEdges(sources: EdgeSources): readonly GraphEdge[] {
  const bundles = new Map<string, Bundle>();
  for (const use of usesOf(sources.architecture)) {
    const { connection } = use;
    const from = sources.standIn(connection.from);
    const to = sources.standIn(connection.to);
    if (from === undefined || to === undefined) continue;
    const collapsed = from !== connection.from || to !== connection.to;
    // A connection into or out of the container that it lies in has no line to draw, nor has one inside a collapsed container.
    if ((collapsed && from === to) || (from !== to && (isInside(from, to) || isInside(to, from)))) continue;
    const kind = kindOfEdge(connection, sources.architecture);
    const reverse = connection.opposite && bundles.get(`${to}>${from}>${kind}`);
    if (reverse) reverse.back.push(use);
    else bundle(bundles, { from, to, kind }).there.push(use);
  }
  return [...bundles.values()].map((each) => toEdge(each, sources));
}

interface Bundle {
  readonly from: Path;
  readonly to: Path;
  readonly kind: EdgeKind;
  readonly there: Use[];
  readonly back: Use[];
}

/** A connection, and the request class that has it instead of the default ones. */
interface Use {
  readonly connection: Connection;
  readonly request?: string;
}

/** All connections, those of request classes last. */
export function usesOf({ connections, requests }: Architecture): readonly Use[] {
  return [
    ...connections.map((connection) => ({ connection })),
    ...requests.flatMap((request) =>
      request.connections.map((connection) => ({ connection, request: clean(request.title ?? request.name) })),
    ),
  ];
}

function bundle(bundles: Map<string, Bundle>, ends: Pick<Bundle, 'from' | 'to' | 'kind'>): Bundle {
  const key = `${ends.from}>${ends.to}>${ends.kind}`;
  const found = bundles.get(key) ?? { ...ends, there: [], back: [] };
  bundles.set(key, found);
  return found;
}

function toEdge(bundle: Bundle, sources: EdgeSources): GraphEdge {
  const all = [...bundle.there, ...bundle.back];
  const ids = all.map(({ connection }) => connection.id);
  const known = ids.some((id) => sources.results.has(id)) && bundle.kind !== 'replication';
  const flow = flowOf(bundle.there);
  const rate = known ? rateText(bundle, sources) : undefined;
  const arrow = bundle.back.length > 0 ? '↔' : '→';
  const ends = `${sources.nameOf(bundle.from)} ${arrow} ${sources.nameOf(bundle.to)}`;
  const badges = sources.badgesOf(ids);
  return {
    id: ids[0]!,
    connections: ids,
    from: bundle.from,
    to: bundle.to,
    kind: bundle.kind,
    both: bundle.back.length > 0,
    ...(flow ? { flow } : {}),
    ...(rate ? { rate } : {}),
    ...(known ? { weight: weightOf(rateOf(all, sources)) } : {}),
    tooltip: [
      [ends, flow, rate].filter(Boolean).join(': '),
      ...all.flatMap(detailsOf),
      ...badges.flatMap(({ messages }) => messages),
    ].join('\n'),
    badges,
  };
}

/** What the default connections carry; where there are none, what the request classes do. Classes that add to it are in the tooltip. */
function flowOf(uses: readonly Use[]): string {
  const plain = uses.filter(({ request }) => request === undefined);
  const texts = (plain.length > 0 ? plain : uses).map(({ connection }) => flowText(connection));
  return [...new Set(texts)].filter(Boolean).join(', ');
}

/** `reads 3, writes 0.2`, or the connection's own label. */
function flowText(connection: Connection): string {
  const label = word(connection, 'label');
  if (label !== undefined) return clean(label);
  const lag = propertyAmount(connection, 'lag');
  const texts = connection.flows.map(({ type, amount }: Flow) => {
    if (type === 'share') return amount === undefined ? '' : formatPercent(amount);
    return amount === undefined ? type : `${type} ${digits(amount)}`;
  });
  if (lag !== undefined) texts.push(`lag ${formatTime(lag)}`);
  return texts.filter(Boolean).join(', ');
}

function detailsOf({ connection, request }: Use): readonly string[] {
  const timeout = propertyAmount(connection, 'timeout');
  const retries = propertyAmount(connection, 'retries');
  const facts = [
    request === undefined ? undefined : [request, flowText(connection)].filter(Boolean).join(': '),
    word(connection, 'protocol'),
    timeout === undefined ? undefined : `timeout ${formatTime(timeout)}`,
    retries ? `${digits(retries)} retries` : undefined,
    connection.doc,
  ];
  const text = facts.flatMap((fact) => (fact ? [clean(fact)] : [])).join(' · ');
  return text ? [text] : [];
}

function kindOfEdge(connection: Connection, architecture: Architecture): EdgeKind {
  const types = connection.flows.map(({ type }) => type);
  const only = (...wanted: readonly Flow['type'][]) => types.length > 0 && types.every((type) => wanted.includes(type));
  if (types.includes('replicates')) return 'replication';
  if (only('publishes')) return 'async';
  if (only('static')) return 'static';
  if (only('misses')) return 'misses';
  return indexByPath(architecture).get(connection.from)?.kind === 'queue' ? 'async' : 'sync';
}

function rateText({ there, back }: Bundle, sources: EdgeSources): string {
  const forward = formatRate(rateOf(there, sources));
  return back.length > 0 ? `→ ${forward}  ← ${formatRate(rateOf(back, sources))}` : forward;
}

function rateOf(uses: readonly Use[], { results }: EdgeSources): number {
  return uses.reduce((sum, { connection }) => sum + (results.get(connection.id)?.rate ?? 0), 0);
}

/** A million a second has the full weight. The scale is the same in every picture, so that one edge does not change the others. */
function weightOf(rate: number): number {
  return Math.min(1, Math.log10(1 + Math.max(0, rate)) / 6);
}
