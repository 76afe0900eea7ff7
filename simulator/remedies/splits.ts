/** Taking apart what stands or works together: the machine that holds every tier (1-2), the tier that serves every class of requests (1-12). */
import {
  type Architecture,
  type Component,
  type Connection,
  type Edit,
  isInside,
  type Path,
  type RequestClass,
  references,
  replicaRange,
} from '../../model/index.ts';
import { sharing } from './apply-edits.ts';
import { pathIn } from './moves.ts';
import type { Remedy } from './remedy.ts';
import { writtenFlows, writtenProperties } from './written.ts';

/** Every part of a host gets a machine of its own, as large as the host. None where the text stands for several hosts. */
export function hostSplit(architecture: Architecture, host: Component): readonly Remedy[] {
  const parts = architecture.components.filter(({ parent }) => parent === host.path);
  const isTaken = parts.some(({ name }) =>
    architecture.components.some((other) => other.parent === host.parent && other.name === name),
  );
  const isNamed = architecture.components.some((other) =>
    [...references(other, 'watches'), ...references(other, 'deploys')].includes(host.path),
  );
  const inner = architecture.connections.filter(({ from, to }) => isInside(from, host.path) && isInside(to, host.path));
  const again = inner.map((connection) => rehomed(connection, host.path, host.parent));
  const size = writtenProperties({ properties: pick(host, ['instance', 'cores', 'memory', 'network']) });
  if (parts.length < 2 || isTaken || isNamed || !size || again.includes(undefined)) return [];
  if (host.inherited || sharing(architecture, host).length > 1 || namesParts(architecture, host.path)) return [];
  return [
    {
      section: '1-2',
      sizes: [1],
      preferred: true,
      make: () => ({
        title: `Give each part of '${host.path}' a machine of its own`,
        edits: [
          ...inner.map(({ id }): Edit => ({ type: 'removeConnection', connection: id })),
          ...parts.map(
            ({ path }): Edit => ({
              type: 'moveComponent',
              component: path,
              ...(host.parent === undefined ? {} : { container: host.parent }),
            }),
          ),
          ...parts.flatMap((part) =>
            size
              .filter(([name]) => part.properties[name] === undefined)
              .map(
                ([name, value]): Edit => ({
                  type: 'setProperty',
                  component: pathIn(host.parent, part.name),
                  name,
                  value,
                }),
              ),
          ),
          ...again.flatMap((edit) => edit ?? []),
          { type: 'removeComponent', component: host.path },
        ],
      }),
    },
  ];
}

/** Connections of request classes inside of something that moves would have to be written anew, which no edit does. */
export function namesParts({ requests }: Architecture, path: Path): boolean {
  return requests.some(({ connections }) =>
    connections.some(({ from, to }) => isInside(from, path) || isInside(to, path)),
  );
}

/** The edit that adds a connection again after both of its ends have moved; undefined if it says something that cannot be written. */
export function rehomed(connection: Connection, from: Path | undefined, to: Path | undefined): Edit | undefined {
  const properties = writtenProperties(connection);
  if (!properties) return undefined;
  const moved = (path: Path) => pathIn(to, from === undefined ? path : path.slice(from.length + 1));
  const flow = writtenFlows(connection);
  return {
    type: 'addConnection',
    from: moved(connection.from),
    to: moved(connection.to),
    ...(flow === undefined ? {} : { flow }),
    ...(properties.length > 0 ? { properties } : {}),
  };
}

/**
 * A server of their own for the requests of a class that has needs of its own there. The new server calls what the old one calls for this
 * class; whatever leads to the old one leads these requests to the new one.
 */
export function serviceSplit(architecture: Architecture, server: Component): readonly Remedy[] {
  if (server.inherited || sharing(architecture, server).length > 1 || insideHost(architecture, server)) return [];
  return architecture.requests.flatMap((request) => splitFor(architecture, server, request) ?? []).slice(0, 1);
}

function splitFor(architecture: Architecture, server: Component, request: RequestClass): Remedy | undefined {
  const override = request.overrides.find(({ component }) => component === server.path);
  const own = request.connections.filter(({ from }) => from === server.path);
  const isLed = request.connections.some(({ to }) => to === server.path);
  const entries = architecture.connections.filter(({ to }) => to === server.path);
  if ((!override && own.length === 0) || isLed || entries.length === 0) return undefined;
  // Where something leads elsewhere too, all of that would have to be repeated for the class.
  const isChoice = entries.some(({ from }) => architecture.connections.filter((one) => one.from === from).length > 1);
  const calls = own.length > 0 ? own : architecture.connections.filter(({ from }) => from === server.path);
  const properties = writtenProperties({ properties: { ...server.properties, ...override?.properties } });
  const name = freeName(architecture, server.parent, `${request.name}Service`);
  const path = pathIn(server.parent, name);
  const outgoing = calls.map((call) => copied(call, { from: path }));
  const incoming = entries.map((entry) => copied(entry, { to: path }));
  if (isChoice || !properties || [...outgoing, ...incoming].includes(undefined)) return undefined;
  const kept = properties.filter(([property]) => property !== 'replicas');
  const { from, to } = replicaRange(server);
  const edits = [
    {
      type: 'addComponent',
      ...(server.parent === undefined ? {} : { container: server.parent }),
      kind: 'server',
      name,
      properties: [['replicas', to > from ? `${from}..${to}` : String(to)] as const, ...kept],
    } as const,
    ...incoming.flatMap((edit) => (edit ? [{ ...edit, request: request.name }] : [])),
    ...outgoing.flatMap((edit) => edit ?? []),
  ];
  return {
    section: '1-12',
    sizes: [1],
    partial: true,
    make: () => ({ title: `Split '${server.path}': a service of its own for '${request.name}'`, edits }),
  };
}

function copied(connection: Connection, ends: { readonly from?: Path; readonly to?: Path }) {
  const properties = writtenProperties(connection);
  const flow = writtenFlows(connection);
  if (!properties) return undefined;
  return {
    type: 'addConnection',
    from: ends.from ?? connection.from,
    to: ends.to ?? connection.to,
    ...(flow === undefined ? {} : { flow }),
    ...(properties.length > 0 ? { properties } : {}),
  } as const;
}

function insideHost({ components }: Architecture, { parent }: Component): boolean {
  return components.some(({ path, kind }) => path === parent && kind === 'host');
}

function pick({ properties }: Component, names: readonly string[]) {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => names.includes(name)));
}

/** `wanted`, or with the first number that nothing there has. */
export function freeName(
  { components, params, requests, scenarios }: Architecture,
  container: Path | undefined,
  wanted: string,
): string {
  const others = [...params, ...requests, ...scenarios].map(({ name }) => name);
  const taken = new Set([...components.map(({ path }) => path), ...(container === undefined ? others : [])]);
  let name = wanted;
  for (let number = 2; taken.has(pathIn(container, name)); number++) name = `${wanted}${number}`;
  return name;
}
