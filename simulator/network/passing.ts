/**
 * What a component does with an operation that reaches it: which connections it uses, how often, with which operation, and
 * whether it waits. This is the meaning of flows (see `flowTypes`) by the role of the component:
 * - users and routers send each request down one of their forwarding connections (those without a flow or with a share alone);
 *   their other connections are used in addition, `n` times per request;
 * - callers use all of their connections, once where nothing is said; a server answers `static` requests without calling anyone;
 * - caches and CDNs pass on along `misses` what they do not have: reads, calls and static files alike. Of writes, `writeThrough`
 *   passes them on and waits, `writeBehind` passes them on later, the other strategies leave them to the application;
 * - stores copy the writes of their clients along `replicates`; copies are not copied again, so rings do not multiply.
 */
import { type Connection, type Flow, type KindName, kindOf, word } from '../../model/index.ts';
import { mode, type Station } from './network.ts';
import { type Operation, operation } from './operation.ts';

/** One use of a connection, per operation at its start. */
export interface Use {
  readonly connection: Connection;
  readonly operation: Operation;
  readonly weight: number;
  readonly miss: boolean;
  readonly mode: number;
}

/** Everything that a station does with one operation. `shares` gives the split of forwarding connections. */
export function usesOf(
  station: Station,
  kind: Operation,
  connections: readonly Connection[],
  kindAt: (path: string) => KindName | undefined,
  shares: (forwarding: readonly Connection[]) => readonly number[],
): readonly Use[] {
  if (connections.length === 0) return [];
  const { role } = kindOf(station.component.kind);
  if (role === 'source' || role === 'router') return routerUses(station, kind, connections, shares);
  if (station.component.kind === 'server' && kind === operation.static) return [];
  const uses: Use[] = [];
  for (const connection of connections) addCallerUses(uses, station, kind, connection, connections, kindAt);
  return uses;
}

/** True if a router chooses this connection among others. */
export function isForwarding(connection: Connection): boolean {
  return connection.flows.every((flow) => flow.type === 'share');
}

/** True if what is not found goes along this connection. */
export function isMissing({ flows }: Connection): boolean {
  for (const { type } of flows) if (type === 'misses') return true;
  return false;
}

function routerUses(
  station: Station,
  kind: Operation,
  connections: readonly Connection[],
  shares: (forwarding: readonly Connection[]) => readonly number[],
): readonly Use[] {
  const passed = station.component.kind === 'queue' ? operation.message : kind;
  const forwarding = connections.filter(isForwarding);
  const weights = shares(forwarding);
  const chosen = forwarding.map((connection, i) => ({
    connection,
    operation: passed,
    weight: weights[i] ?? 0,
    miss: false,
    mode: mode.forward,
  }));
  const further = connections.filter((connection) => !isForwarding(connection));
  return [
    ...chosen,
    ...further.flatMap((connection) => connection.flows.flatMap((flow) => perRequest(connection, flow))),
  ];
}

function addCallerUses(
  uses: Use[],
  station: Station,
  kind: Operation,
  connection: Connection,
  all: readonly Connection[],
  kindAt: (path: string) => KindName | undefined,
): void {
  if (kind === operation.apply) return;
  if (connection.flows.length === 0) uses.push(use(connection, operation.call, 1, mode.call));
  for (const flow of connection.flows) {
    if (flow.type === 'misses') uses.push(...missUses(station, kind, connection, all, kindAt(connection.to)));
    else if (flow.type === 'replicates') uses.push(...replicaUses(station, kind, connection));
    else uses.push(...perRequest(connection, flow));
  }
}

function perRequest(connection: Connection, flow: Flow): readonly Use[] {
  const times = flow.amount ?? 1;
  switch (flow.type) {
    case 'calls':
    case 'share':
      return [use(connection, operation.call, times, mode.call)];
    case 'reads':
      return [use(connection, operation.read, times, mode.call)];
    case 'writes':
      return [use(connection, operation.write, times, mode.call)];
    case 'static':
      return [use(connection, operation.static, times, mode.call)];
    case 'publishes':
      return [use(connection, operation.message, times, mode.publish)];
    default:
      return [];
  }
}

/** Several `misses` connections share what was not found evenly. */
function missUses(
  station: Station,
  kind: Operation,
  connection: Connection,
  all: readonly Connection[],
  target: KindName | undefined,
): readonly Use[] {
  const share = 1 / Math.max(1, all.filter(isMissing).length);
  if (kind === operation.write || kind === operation.message) {
    const strategy = word(station.component, 'strategy');
    if (strategy === 'writeThrough') return [use(connection, operation.write, share, mode.call)];
    if (strategy === 'writeBehind') return [use(connection, operation.write, share, mode.publish)];
    return [];
  }
  const passed = kind === operation.static && target !== undefined && isStore(target) ? operation.read : kind;
  return [{ ...use(connection, passed, share, mode.call), miss: true }];
}

function replicaUses(station: Station, kind: Operation, connection: Connection): readonly Use[] {
  if (kind !== operation.write) return [];
  const waits = word(connection, 'mode') ?? word(station.component, 'replication.mode');
  return [use(connection, operation.apply, 1, waits === 'sync' || waits === 'semiSync' ? mode.call : mode.publish)];
}

function use(connection: Connection, kind: Operation, weight: number, how: number): Use {
  return { connection, operation: kind, weight, miss: false, mode: how };
}

function isStore(kind: KindName): boolean {
  return kindOf(kind).role === 'store' && kind !== 'cdn';
}
