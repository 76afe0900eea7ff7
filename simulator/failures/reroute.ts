/** Where requests go when something is dead: routers that check health leave out targets that cannot answer. */
import { type Architecture, type Connection, flag, type Path } from '../../model/index.ts';
import { checksHealth } from '../availability/routers.ts';
import { isSkippable } from '../availability/structure.ts';
import type { Network } from '../network/network.ts';
import { isForwarding } from '../network/passing.ts';

/** Connections that nobody uses any more. */
export interface Detour {
  /** Ids, in the order of declaration; none if nothing is routed around. */
  readonly avoided: readonly string[];
  /** Indexes of the routers that noticed. */
  readonly routers: readonly number[];
}

/** The connections from routers with health checks to targets that cannot answer, where another target can. */
export function detourAround(network: Network, dead: ReadonlySet<number>): Detour {
  if (dead.size === 0) return { avoided: [], routers: [] };
  const { architecture, indexOf, stations } = network;
  const useless = uselessOf(network, dead);
  const avoided: string[] = [];
  const routers = new Set<number>();
  for (const own of connectionSets(architecture))
    for (const [from, leading] of choicesIn(own)) {
      const router = indexOf.get(from);
      if (router === undefined || !checksHealth(stations[router]!)) continue;
      const lost = leading.filter((connection) => useless.has(connection.to));
      if (lost.length === 0 || lost.length === leading.length) continue;
      avoided.push(...lost.map((connection) => connection.id));
      routers.add(router);
    }
  return { avoided, routers: [...routers] };
}

/** Forwarding connections by the router that chooses among them. The index is made once for each list of connections. */
export function choicesIn(connections: readonly Connection[]): ReadonlyMap<Path, readonly Connection[]> {
  let choices = choicesOf.get(connections);
  if (!choices) {
    choices = Map.groupBy(connections.filter(isForwarding), (connection) => connection.from);
    choicesOf.set(connections, choices);
  }
  return choices;
}

const choicesOf = new WeakMap<readonly Connection[], ReadonlyMap<Path, readonly Connection[]>>();
const starts = new WeakMap<Architecture, readonly (readonly [Path, readonly Connection[]])[]>();

function byStartOf(architecture: Architecture): readonly (readonly [Path, readonly Connection[]])[] {
  let found = starts.get(architecture);
  if (!found) {
    found = [...Map.groupBy(architecture.connections, (connection) => connection.from)];
    starts.set(architecture, found);
  }
  return found;
}

function connectionSets(architecture: Architecture): readonly (readonly Connection[])[] {
  return [architecture.connections, ...architecture.requests.map((request) => request.connections)];
}

/** Everything that answers no request: dead, or every request needs something dead. */
function uselessOf(network: Network, dead: ReadonlySet<number>): ReadonlySet<Path> {
  const { architecture, indexOf, stations } = network;
  const useless = new Set<Path>([...dead].map((index) => stations[index]!.path));
  const blocks = (connection: Connection) => {
    const target = stations[indexOf.get(connection.to) ?? -1];
    return target !== undefined && useless.has(connection.to) && !isSkippable(network, target);
  };
  const byStart = byStartOf(architecture);
  for (let moved = true; moved; ) {
    moved = false;
    for (const [from, leading] of byStart) {
      const station = stations[indexOf.get(from) ?? -1];
      if (!station || useless.has(from) || station.component.kind === 'users') continue;
      const forwarding = isRouter(station.component.kind) ? leading.filter(isForwarding) : [];
      const stuck = forwarding.length > 0 && forwarding.every(blocks);
      if (!stuck && !leading.some((connection) => isRequired(connection, forwarding) && blocks(connection))) continue;
      useless.add(from);
      moved = true;
    }
  }
  return useless;
}

function isRouter(kind: string): boolean {
  return kind === 'dns' || kind === 'loadBalancer';
}

/** True if every request waits for it. */
function isRequired(connection: Connection, forwarding: readonly Connection[]): boolean {
  if (forwarding.includes(connection) || flag(connection, 'fallback') === true) return false;
  if (connection.flows.length === 0) return true;
  return connection.flows.some(
    ({ type, amount }) => (type === 'calls' || type === 'reads' || type === 'writes') && (amount ?? 1) >= 1,
  );
}
