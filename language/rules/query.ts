/**
 * Questions about the graph of an architecture. Every answer comes from an index that is made once for each architecture, so that a
 * rule may ask for every component without a quadratic loop.
 */

import { findEngine } from '../../model/catalogue/index.ts';
import type { Architecture, Component, Connection, FlowType, KindName, Path } from '../../model/index.ts';
import { indexByPath, isContainer, isInside, kindOf, word } from '../../model/index.ts';
import { carriesRequests, graphOf, type Wiring, walk } from './graph.ts';

export { carriesRequests } from './graph.ts';

export function componentAt(architecture: Architecture, path: Path): Component | undefined {
  return indexByPath(architecture).get(path);
}

/** What leaves a component, in the default mix and in every request class. */
export function outgoing(architecture: Architecture, component: Component): readonly Connection[] {
  return graphOf(architecture).wiring.outgoing.get(component.path) ?? [];
}

/** What enters a component, in the default mix and in every request class. */
export function incoming(architecture: Architecture, component: Component): readonly Connection[] {
  return graphOf(architecture).wiring.incoming.get(component.path) ?? [];
}

/** Components at the other ends of what enters, each once; replication does not count. */
export function callersOf(architecture: Architecture, component: Component): readonly Component[] {
  const { callers } = graphOf(architecture).wiring;
  return at(
    architecture,
    known(callers, component.path, () => ends(incoming(architecture, component), 'from')),
  );
}

/** Components at the other ends of what leaves, each once; replication does not count. */
export function calleesOf(architecture: Architecture, component: Component): readonly Component[] {
  const { callees } = graphOf(architecture).wiring;
  return at(
    architecture,
    known(callees, component.path, () => ends(outgoing(architecture, component), 'to')),
  );
}

/** What is connected with what, to keep by it what follows from it alone. */
export function wiringOf(architecture: Architecture): Wiring {
  return graphOf(architecture).wiring;
}

/** Connections of the default mix and of every request class. */
export function allConnections(architecture: Architecture): readonly Connection[] {
  return graphOf(architecture).wiring.connections;
}

/** True if a connection says that it carries one of these flows. */
export function carries({ flows }: Connection, ...types: readonly FlowType[]): boolean {
  for (const { type } of flows) if (types.includes(type)) return true;
  return false;
}

/** Everything that is not a container, of these kinds if any are named. */
export function componentsOf(architecture: Architecture, ...wanted: readonly KindName[]): readonly Component[] {
  return known(graphOf(architecture).ofKinds, wanted.join(), () =>
    architecture.components.filter(({ kind }) => (wanted.length > 0 ? wanted.includes(kind) : !isContainer(kind))),
  );
}

/** Components inside a container at any depth, containers left out. */
export function partsOf(architecture: Architecture, container: Component): readonly Component[] {
  return graphOf(architecture).parts.get(container.path) ?? [];
}

/** Paths that the load of any users reaches, also through queues. */
export function usersReach(architecture: Architecture): ReadonlySet<Path> {
  return graphOf(architecture).wiring.reached;
}

/** Paths whose work the users wait for: reached without a queue in between. */
export function usersWaitFor(architecture: Architecture): ReadonlySet<Path> {
  return graphOf(architecture).wiring.awaited;
}

/** What the load of the users reaches and does something with it. */
export function servingComponents(architecture: Architecture, ...wanted: readonly KindName[]): readonly Component[] {
  return known(graphOf(architecture).servingOfKinds, wanted.join(), () => {
    const reached = usersReach(architecture);
    return componentsOf(architecture, ...wanted).filter(
      ({ path, kind }) => reached.has(path) && kindOf(kind).role !== 'source',
    );
  });
}

/** Serving components that one runs oneself: no DNS, no CDN, no other people's systems. */
export function ownComponents(architecture: Architecture): readonly Component[] {
  return known(graphOf(architecture).servingOfKinds, 'own', () =>
    servingComponents(architecture).filter(({ kind }) => !['dns', 'cdn', 'external'].includes(kind)),
  );
}

/** What users connect to, DNS looked through. */
export function entryPoints(architecture: Architecture): readonly Component[] {
  const clients = componentsOf(architecture, 'users');
  const first = clients.flatMap((users) => calleesOf(architecture, users));
  const behindNames = first.flatMap((entry) => (entry.kind === 'dns' ? calleesOf(architecture, entry) : [entry]));
  return [...new Set(behindNames)];
}

/** Everything reachable from the given components over the connections that `follow` accepts, the start included. */
export function reachableFrom(
  architecture: Architecture,
  starts: readonly Component[],
  follow: (connection: Connection) => boolean = carriesRequests,
): ReadonlySet<Path> {
  return walk(starts, follow, graphOf(architecture).wiring.outgoing);
}

export function dataCenters(architecture: Architecture): readonly Component[] {
  return componentsOf(architecture, 'dataCenter');
}

/** Data centers in which something serves users. */
export function servingDataCenters(architecture: Architecture): readonly Component[] {
  const reached = usersReach(architecture);
  return dataCenters(architecture).filter((center) =>
    partsOf(architecture, center).some(({ path }) => reached.has(path)),
  );
}

export function dataCenterOf(architecture: Architecture, component: Component): Component | undefined {
  return containerOf(architecture, component, 'dataCenter');
}

/** The one host that everything of one's own runs on, if there is such a host and it serves more than one part. */
export function soleHost(architecture: Architecture): Component | undefined {
  if (!architecture.components.some(({ kind }) => kind === 'host')) return undefined;
  const own = ownComponents(architecture);
  const host = own[0] && own.length > 1 ? containerOf(architecture, own[0], 'host') : undefined;
  return host && own.every(({ path }) => isInside(path, host.path)) ? host : undefined;
}

/** True if some router that leads here may as well choose something else of the same kind: it stands in when this one fails. */
export function hasSubstitute(architecture: Architecture, component: Component): boolean {
  return incoming(architecture, component).some((connection) => {
    const router = componentAt(architecture, connection.from);
    if (!router || !['dns', 'loadBalancer', 'users'].includes(router.kind) || carries(connection, 'share', 'static'))
      return false;
    return outgoing(architecture, router).some(
      (other) =>
        other.to !== component.path &&
        !carries(other, 'share', 'static') &&
        componentAt(architecture, other.to)?.kind === component.kind,
    );
  });
}

/** The innermost container of a kind around a component. */
export function containerOf(architecture: Architecture, component: Component, kind: KindName): Component | undefined {
  const byPath = indexByPath(architecture);
  for (let path = component.parent; path !== undefined; path = byPath.get(path)?.parent) {
    const container = byPath.get(path);
    if (container?.kind === kind) return container;
  }
  return undefined;
}

/** True if the catalogue knows the component's engine as one that a provider runs, and so keeps redundant. */
export function isManaged(component: Component): boolean {
  return engineOf(component)?.managed === true;
}

/** The catalogue's row of the component's engine or provider. */
export function engineOf(component: Component): ReturnType<typeof findEngine> {
  const name = word(component, component.kind === 'cdn' ? 'provider' : 'engine');
  return name === undefined ? undefined : findEngine(name);
}

/** What a message calls a component: its name, or its path where the name is not unique. */
export function nameOf(architecture: Architecture, component: Component): string {
  return (graphOf(architecture).wiring.nameCounts.get(component.name) ?? 0) > 1 ? component.path : component.name;
}

/** More names than this make a sentence that nobody reads. */
const MOST_NAMES = 4;

/** `'a'`, `'a' and 'b'`, `'a', 'b' and 'c'`; of many the first three and how many others. */
export function quoted(names: readonly string[]): string {
  const shown = names.length > MOST_NAMES ? names.slice(0, MOST_NAMES - 1) : names;
  const all = shown.map((name) => `'${name}'`);
  if (shown.length < names.length) return `${all.join(', ')} and ${names.length - shown.length} others`;
  return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

function ends(connections: readonly Connection[], end: 'from' | 'to'): readonly Path[] {
  const paths = new Set<Path>();
  for (const connection of connections) if (carriesRequests(connection)) paths.add(connection[end]);
  return [...paths];
}

function at(architecture: Architecture, paths: readonly Path[]): readonly Component[] {
  const byPath = indexByPath(architecture);
  const found: Component[] = [];
  for (const path of paths) {
    const component = byPath.get(path);
    if (component) found.push(component);
  }
  return found;
}

function known<T>(answers: Map<string, T>, question: string, answer: () => T): T {
  let found = answers.get(question);
  if (found === undefined) {
    found = answer();
    answers.set(question, found);
  }
  return found;
}
