/** Follows the requests of one class of one source through the architecture. */
import type { Connection, KindName } from '../../model/index.ts';
import { type Link, mode, type Station, type Stream } from './network.ts';
import { type Operation, operation, operationCount } from './operation.ts';
import { orderFrom } from './ordering.ts';
import { type Use, usesOf } from './passing.ts';
import { type Place, roundTripBetween } from './placement.ts';
import { type RoutingContext, sharesOf } from './routing.ts';

/** What tracing needs of the network under construction. */
export interface TraceContext extends RoutingContext {
  readonly source: number;
  readonly stations: readonly Station[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** Connections out of a component for this class, where both ends are stations. */
  readonly connectionsOf: (path: string) => readonly Connection[];
  readonly linkOf: (connection: Connection) => number;
  /** What `linkOf` gives the numbers of. */
  readonly links: readonly Link[];
  /** Declared round trip of a connection in seconds. */
  readonly latencyOf: (connection: Connection) => number | undefined;
}

interface Draft {
  readonly station: number;
  readonly operation: number;
  readonly edges: readonly DraftEdge[];
}

interface DraftEdge extends Use {
  readonly target: number;
  readonly roundTrip: number;
}

/** The graph of operations that the source's requests cause, in topological order. */
export function traceStream(context: TraceContext, sourceIndex: number): Stream {
  const drafts = discover(context);
  const { order, cycles } = orderFrom(drafts.map((draft) => draft.edges.map((edge) => edge.target)));
  const rank = new Int32Array(drafts.length);
  for (const [position, draft] of order.entries()) rank[draft] = position;
  const ordered = order.map((index) => drafts[index]!);
  const table = tableOf(ordered, rank, context);
  const awaited: (Link | undefined)[] = [];
  for (const [edge, link] of table.link.entries())
    if (table.mode[edge] !== mode.publish) awaited.push(context.links[link]);
  return {
    source: sourceIndex,
    class: context.class,
    ...table,
    cycles,
    isImpatient: awaited.some((link) => link?.patience !== undefined),
    hasParallel: awaited.some((link) => link?.parallel),
    hasStatic: ordered[0]!.edges.some((edge) => edge.operation === operation.static && edge.mode !== mode.forward),
  };
}

/** Nodes and edges as flat tables. */
function tableOf(ordered: readonly Draft[], rank: Int32Array, context: TraceContext) {
  const count = ordered.reduce((sum, draft) => sum + draft.edges.length, 0);
  const table = {
    station: new Int32Array(ordered.length),
    operation: new Uint8Array(ordered.length),
    first: new Int32Array(ordered.length + 1),
    target: new Int32Array(count),
    weight: new Float64Array(count),
    miss: new Uint8Array(count),
    mode: new Uint8Array(count),
    roundTrip: new Float64Array(count),
    link: new Int32Array(count),
  };
  let next = 0;
  for (const [node, draft] of ordered.entries()) {
    table.station[node] = draft.station;
    table.operation[node] = draft.operation;
    for (const edge of draft.edges) {
      table.target[next] = rank[edge.target]!;
      table.weight[next] = edge.weight;
      table.miss[next] = edge.miss ? 1 : 0;
      table.mode[next] = edge.mode;
      table.roundTrip[next] = edge.roundTrip;
      table.link[next] = context.linkOf(edge.connection);
      next++;
    }
    table.first[node + 1] = next;
  }
  return table;
}

/** Breadth first from the source, one node for each pair of station and operation. */
function discover(context: TraceContext): readonly Draft[] {
  const numbers = new Map<number, number>();
  const found: [number, number][] = [];
  const numberOf = (station: number, kind: number) => {
    const key = station * operationCount + kind;
    let number = numbers.get(key);
    if (number === undefined) {
      number = found.length;
      numbers.set(key, number);
      found.push([station, kind]);
    }
    return number;
  };
  numberOf(context.source, operation.call);
  const drafts: Draft[] = [];
  for (let i = 0; i < found.length; i++) {
    const [station, kind] = found[i]!;
    drafts.push({ station, operation: kind, edges: edgesOf(context, station, kind as Operation, numberOf) });
  }
  return drafts;
}

function edgesOf(
  context: TraceContext,
  index: number,
  kind: Operation,
  numberOf: (station: number, kind: number) => number,
): readonly DraftEdge[] {
  const station = context.stations[index]!;
  const kindAt = (path: string): KindName | undefined => context.stationAt(path)?.component.kind;
  const uses = usesOf(station, kind, context.connectionsOf(station.path), kindAt, (forwarding) =>
    sharesOf(station, forwarding, context),
  );
  const edges: DraftEdge[] = [];
  for (const use of uses) {
    const target = context.indexOf.get(use.connection.to);
    if (target === undefined || !(use.weight > 0) || !Number.isFinite(use.weight)) continue;
    const arriving = context.stations[target]!.component.kind === 'queue' ? operation.message : use.operation;
    const roundTrip = roundTripOf(context, station, context.stations[target]!, use.connection);
    // Nobody waits for what a queue hands on.
    const how = station.component.kind === 'queue' ? mode.publish : use.mode;
    const { connection, operation: asked, weight, miss } = use;
    edges.push({
      connection,
      operation: asked,
      weight,
      miss,
      mode: how,
      target: numberOf(target, arriving),
      roundTrip,
    });
  }
  return edges;
}

function roundTripOf(context: TraceContext, from: Station, to: Station, connection: Connection): number {
  const declared = context.latencyOf(connection);
  if (declared !== undefined && Number.isFinite(declared)) return declared;
  if (to.component.kind === 'dns') return 0;
  return roundTripBetween(placeFrom(context, from), context.place(to));
}

function placeFrom(context: TraceContext, from: Station): Place {
  return from.component.kind === 'dns' || from.component.kind === 'users' ? context.origin : context.place(from);
}
