/** The graph of an architecture, as the questions of `query.ts` need it; made once for each architecture. */
import type { Architecture, Component, Connection, Path } from '../../model/index.ts';
import { indexByPath, isContainer } from '../../model/index.ts';

export interface Graph {
  /** What `componentsOf` and `servingComponents` have answered, by the kinds that were asked for. */
  readonly ofKinds: Map<string, readonly Component[]>;
  readonly servingOfKinds: Map<string, readonly Component[]>;
  /** What `callersOf` and `calleesOf` have answered. */
  readonly callers: Map<Path, readonly Component[]>;
  readonly callees: Map<Path, readonly Component[]>;
  readonly connections: readonly Connection[];
  readonly outgoing: ReadonlyMap<Path, readonly Connection[]>;
  readonly incoming: ReadonlyMap<Path, readonly Connection[]>;
  readonly parts: ReadonlyMap<Path, readonly Component[]>;
  readonly nameCounts: ReadonlyMap<string, number>;
  readonly reached: ReadonlySet<Path>;
  readonly awaited: ReadonlySet<Path>;
}

/** The graph of an architecture. */
export function graphOf(architecture: Architecture): Graph {
  let graph = graphs.get(architecture);
  if (!graph) {
    graph = index(architecture);
    graphs.set(architecture, graph);
  }
  return graph;
}

function index(architecture: Architecture): Graph {
  const connections = [...architecture.connections, ...architecture.requests.flatMap((request) => request.connections)];
  const byPath = indexByPath(architecture);
  const outgoing = grouped(connections, ({ from }) => [from]);
  const sources = architecture.components.filter(({ kind }) => kind === 'users');
  const nameCounts = new Map<string, number>();
  for (const { name } of architecture.components) nameCounts.set(name, (nameCounts.get(name) ?? 0) + 1);
  return {
    ofKinds: new Map(),
    servingOfKinds: new Map(),
    callers: new Map(),
    callees: new Map(),
    connections,
    outgoing,
    incoming: grouped(connections, ({ to }) => [to]),
    parts: grouped(
      architecture.components.filter(({ kind }) => !isContainer(kind)),
      (component) => containersAround(component, byPath),
    ),
    nameCounts,
    reached: walk(sources, carriesRequests, outgoing),
    awaited: walk(sources, (connection) => isAwaited(connection, byPath), outgoing),
  };
}

/** True unless it only replicates. */
export function carriesRequests({ flows }: Connection): boolean {
  for (const { type } of flows) if (type === 'replicates') return false;
  return true;
}

function containersAround(component: Component, byPath: ReadonlyMap<Path, Component>): Path[] {
  const paths: Path[] = [];
  for (let path = component.parent; path !== undefined; path = byPath.get(path)?.parent) paths.push(path);
  return paths;
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

function grouped<T>(values: readonly T[], keysOf: (value: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values)
    for (const key of keysOf(value)) {
      const group = groups.get(key);
      if (group) group.push(value);
      else groups.set(key, [value]);
    }
  return groups;
}

const graphs = new WeakMap<Architecture, Graph>();
