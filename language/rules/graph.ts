/** The graph of an architecture, as the questions of `query.ts` need it. */
import type { Architecture, Component, Connection, FlowType, Path } from '../../model/index.ts';
import { indexByPath, isContainer } from '../../model/index.ts';

/** What is connected with what: the same object as long as connections, paths, names and kinds are the same. */
export interface Wiring {
  readonly connections: readonly Connection[];
  readonly outgoing: ReadonlyMap<Path, readonly Connection[]>;
  readonly incoming: ReadonlyMap<Path, readonly Connection[]>;
  /** What `callersOf` and `calleesOf` have found. */
  readonly callers: Map<Path, readonly Path[]>;
  readonly callees: Map<Path, readonly Path[]>;
  readonly nameCounts: ReadonlyMap<string, number>;
  /** Flows that there are at all. */
  readonly flows: ReadonlySet<FlowType>;
  readonly reached: ReadonlySet<Path>;
  readonly awaited: ReadonlySet<Path>;
}

/** The components of one architecture as rules ask for them; made once for each. */
export interface Graph {
  readonly wiring: Wiring;
  /** What `componentsOf` and `servingComponents` have answered, by the kinds that were asked for. */
  readonly ofKinds: Map<string, readonly Component[]>;
  readonly servingOfKinds: Map<string, readonly Component[]>;
  readonly parts: ReadonlyMap<Path, readonly Component[]>;
}

/** The graph of an architecture. */
export function graphOf(architecture: Architecture): Graph {
  let graph = graphs.get(architecture);
  if (!graph) {
    graph = {
      wiring: wiringOf(architecture),
      ofKinds: new Map(),
      servingOfKinds: new Map(),
      parts: partsByContainer(architecture),
    };
    graphs.set(architecture, graph);
  }
  return graph;
}

const graphs = new WeakMap<Architecture, Graph>();

/**
 * After an edit of anything but connections, paths, names and kinds the wiring of before still holds. It is found by its first connection,
 * which is the same object then, as all others are.
 */
function wiringOf(architecture: Architecture): Wiring {
  const connections = [...architecture.connections, ...architecture.requests.flatMap((request) => request.connections)];
  const [first] = connections;
  const before = first && wirings.get(first);
  if (before && isSame(before, connections, architecture.components)) return before.wiring;
  const wiring = wire(architecture, connections);
  if (first) wirings.set(first, { wiring, components: architecture.components });
  return wiring;
}

interface Wired {
  readonly wiring: Wiring;
  readonly components: readonly Component[];
}

const wirings = new WeakMap<Connection, Wired>();

function isSame(before: Wired, connections: readonly Connection[], components: readonly Component[]): boolean {
  return (
    before.components.length === components.length &&
    before.wiring.connections.length === connections.length &&
    before.wiring.connections.every((connection, i) => connection === connections[i]) &&
    before.components.every((one, i) => {
      const other = components[i]!;
      return one === other || (one.path === other.path && one.name === other.name && one.kind === other.kind);
    })
  );
}

function wire(architecture: Architecture, connections: readonly Connection[]): Wiring {
  const byPath = indexByPath(architecture);
  const outgoing = grouped(connections, 'from');
  const sources = architecture.components.filter(({ kind }) => kind === 'users');
  const nameCounts = new Map<string, number>();
  for (const { name } of architecture.components) nameCounts.set(name, (nameCounts.get(name) ?? 0) + 1);
  return {
    connections,
    outgoing,
    incoming: grouped(connections, 'to'),
    callers: new Map(),
    callees: new Map(),
    nameCounts,
    flows: new Set(connections.flatMap(({ flows }) => flows.map(({ type }) => type))),
    reached: walk(sources, carriesRequests, outgoing),
    awaited: walk(sources, (connection) => isAwaited(connection, byPath), outgoing),
  };
}

/** True unless it only replicates. */
export function carriesRequests({ flows }: Connection): boolean {
  for (const { type } of flows) if (type === 'replicates') return false;
  return true;
}

function partsByContainer({ components }: Architecture): ReadonlyMap<Path, readonly Component[]> {
  const byPath = new Map<Path, Component>();
  for (const component of components) if (isContainer(component.kind)) byPath.set(component.path, component);
  const parts = new Map<Path, Component[]>();
  for (const component of components) {
    if (isContainer(component.kind)) continue;
    for (let path = component.parent; path !== undefined; path = byPath.get(path)?.parent) add(parts, path, component);
  }
  return parts;
}

function isAwaited(connection: Connection, byPath: ReadonlyMap<Path, Component>): boolean {
  if (!carriesRequests(connection) || byPath.get(connection.from)?.kind === 'queue') return false;
  return connection.flows.length === 0 || connection.flows.some(({ type }) => type !== 'publishes');
}

/** Paths that one gets to from the given components over the connections that `follow` accepts, the start included. */
export function walk(
  starts: readonly Component[],
  follow: (connection: Connection) => boolean,
  outgoing: ReadonlyMap<Path, readonly Connection[]>,
): ReadonlySet<Path> {
  const seen = new Set(starts.map(({ path }) => path));
  const waiting = [...seen];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    for (const connection of outgoing.get(path) ?? []) {
      if (seen.has(connection.to) || !follow(connection)) continue;
      seen.add(connection.to);
      waiting.push(connection.to);
    }
  }
  return seen;
}

function grouped(connections: readonly Connection[], end: 'from' | 'to'): ReadonlyMap<Path, readonly Connection[]> {
  const groups = new Map<Path, Connection[]>();
  for (const connection of connections) add(groups, connection[end], connection);
  return groups;
}

function add<T>(groups: Map<Path, T[]>, path: Path, item: T): void {
  const group = groups.get(path);
  if (group) group.push(item);
  else groups.set(path, [item]);
}
