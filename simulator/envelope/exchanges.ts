/**
 * What goes over the connections at a load, in operations and in bytes: the sizes that are declared, from the nearest to the most general.
 * Nothing is refused in it: the figures say what would have to be stored and carried, not what an overloaded part lets through.
 */
import { amount, type Component, type Connection, declared, type Property, type Span } from '../../model/index.ts';
import type { Network } from '../network/network.ts';
import { operation } from '../network/operation.ts';
import { solveState } from '../steady/closed.ts';
import { forEachEdge } from '../steady/edges.ts';
import { type State, stateAt } from '../steady/state.ts';

/** Operations of one kind along one connection. */
export interface Exchange {
  /** Id of the connection. */
  readonly id: string;
  readonly from: Component;
  readonly to: Component;
  /** One of `operation`. */
  readonly operation: number;
  /** Operations per second. */
  readonly rate: number;
  /** Bytes of one operation; absent where nothing says it. */
  readonly size?: number;
  /** The property that says it. */
  readonly span?: Span;
}

/** The load as it is asked for: nothing is refused on the way. */
export function demandedState(
  network: Network,
  options: { readonly scale: number; readonly load: 'peak' | 'mean' },
): State {
  const { state } = solveState(network, options);
  return stateAt(network, { ...options, rates: state.sourceRates, lossless: true });
}

/** Everything that flows, in the order of the connections. */
export function exchangesOf(state: State): readonly Exchange[] {
  const { network } = state;
  const byId = connectionsById(network);
  const merged = new Map<string, { link: number; exchange: Exchange & { rate: number } }>();
  forEachEdge(state, (stream, _, edge, rate) => {
    const link = stream.link[edge]!;
    const connection = link < 0 ? undefined : byId.get(network.connections[link]!.id);
    if (!connection || !Number.isFinite(rate)) return;
    const { from: start, to: end } = network.connections[link]!;
    const [from, to] = [network.stations[start]!.component, network.stations[end]!.component];
    const size = sizeOf(connection, from, to, network.architecture.requests[stream.class - 1]?.properties.payload);
    const kind = stream.operation[stream.target[edge]!]!;
    const key = `${link} ${kind} ${size?.bytes}`;
    const known = merged.get(key);
    if (known) known.exchange = { ...known.exchange, rate: known.exchange.rate + rate };
    else
      merged.set(key, {
        link,
        exchange: {
          id: connection.id,
          from,
          to,
          operation: kind,
          rate,
          ...(size ? { size: size.bytes, span: size.span } : {}),
        },
      });
  });
  const all = [...merged.values()].toSorted((a, b) => a.link - b.link).map(({ exchange }) => exchange);
  const written = Map.groupBy(
    all.filter(({ operation: kind }) => kind === operation.write),
    ({ to }) => to.path,
  );
  return all.flatMap((one) => (one.operation === operation.apply ? copied(one, written) : [one]));
}

/** What is replicated has the sizes of the writes at its source, unless its connection has a `payload`. */
function copied(applied: Exchange, written: ReadonlyMap<string, readonly Exchange[]>): readonly Exchange[] {
  const source = written.get(applied.from.path) ?? [];
  const total = source.reduce((sum, { rate }) => sum + rate, 0);
  if (applied.size !== undefined || !(total > 0)) return [applied];
  return source.map(({ rate, size, span }) => ({
    ...applied,
    rate: (rate / total) * applied.rate,
    ...(size === undefined ? {} : { size }),
    ...(span ? { span } : {}),
  }));
}

/** Ids of the connections that carry something, but nobody knows how much. */
export function unsized(exchanges: readonly Exchange[]): readonly string[] {
  return [...new Set(exchanges.filter(({ size }) => size === undefined).map(({ id }) => id))];
}

function connectionsById({ architecture }: Network): ReadonlyMap<string, Connection> {
  const all = [architecture.connections, ...architecture.requests.map((request) => request.connections)].flat();
  return new Map(all.map((connection) => [connection.id, connection]));
}

/** The `payload` of the connection, of the request class on its way in, of a CDN's files, or the `itemSize` of a cache. */
function sizeOf(connection: Connection, from: Component, to: Component, ofClass: Property | undefined) {
  const own = sizeIn(declared(connection, 'payload'));
  if (own) return own;
  const entering = from.kind === 'users' || from.kind === 'dns' || from.kind === 'loadBalancer';
  if (entering && ofClass) return sizeIn(ofClass);
  for (const component of [to, from]) {
    const name = component.kind === 'cdn' ? 'payload' : component.kind === 'cache' ? 'itemSize' : undefined;
    if (name !== undefined && amount(component, name) !== undefined) return sizeIn(declared(component, name));
  }
  return undefined;
}

function sizeIn(property: Property | undefined): { readonly bytes: number; readonly span: Span } | undefined {
  return property?.value.type === 'quantity' ? { bytes: property.value.amount, span: property.span } : undefined;
}

/** Paths of what users talk to, directly or by the answer of a DNS. */
export function isAtTheEdge({ from, to }: Pick<Exchange, 'from' | 'to'>): boolean {
  return (from.kind === 'users' || from.kind === 'dns') && to.kind !== 'dns';
}
