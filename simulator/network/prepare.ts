/** Builds the flow network of an architecture. */
import {
  type Architecture,
  amount,
  type Component,
  type Connection,
  flag,
  indexByPath,
  isContainer,
  kindOf,
  type RequestClass,
  word,
} from '../../model/index.ts';
import { withHierarchies } from './hierarchies.ts';
import { dependsOnRate, hitRatioAt } from './hits.ts';
import { keptStreams } from './kept-streams.ts';
import type { Balance, Host, Link, Network, Source, Station, TrafficClass } from './network.ts';
import { isForwarding } from './passing.ts';
import { patienceOf } from './patience.ts';
import { type Place, placeOf } from './placement.ts';
import { sourceOf } from './sources.ts';
import { disciplineOf, instanceOf, optional, stationOf } from './stations.ts';
import { traceStream } from './streams.ts';

/**
 * The network of an architecture, to be solved at any number of loads. Never fails: what makes no sense (connections to
 * containers, shares beyond one, missing everything) is left out or scaled, as documented where it happens.
 */
export function prepare(architecture: Architecture): Network {
  const components = architecture.components.filter(takesPart);
  const indexOf = new Map(components.map((component, index) => [component.path, index]));
  const places = components.map((component) => placeOf(architecture, component));
  const hosts = hostsOf(architecture, places);
  const hostOf = new Map(hosts.map((host, index) => [host.path, index]));
  const balances = balancesOf(architecture, components);
  const stations = components.map((component, index) => {
    const host = hostOf.get(places[index]!.host ?? '');
    return stationOf(component, index, {
      requests: architecture.requests,
      balance: balances[index]!,
      ...(host === undefined ? {} : { host, hostCores: hosts[host]!.cores, discipline: hosts[host]!.discipline }),
    });
  });
  const classes = classesOf(architecture);
  const { links, linkOf } = linksOf(architecture, indexOf, components);
  const base = {
    architecture,
    stations,
    indexOf,
    hosts,
    classes,
    levels: 1 + Math.max(...classes.map(({ level }) => level)),
    sources: stations.filter(isUsers).map((station) => sourceOf(station.component, station.index)),
    connections: links,
    linksFrom: linksBy(stations, links, 'from'),
    linksTo: linksBy(stations, links, 'to'),
  };
  const streams = keptStreams(architecture.connections, streamsOf(base, places, linkOf));
  const filtered = withHierarchies(stations, streams);
  const hits = Float64Array.from(filtered, ({ cache }) => (cache && hitRatioAt(cache, Number.POSITIVE_INFINITY)) ?? 0);
  const impatient = links.some(({ patience }) => patience !== undefined);
  return { ...base, stations: filtered, streams, hits, loadDependent: isLoadDependent(filtered, links), impatient };
}

function takesPart(component: Component): boolean {
  return !isContainer(component.kind) && kindOf(component.kind).role !== 'observer';
}

function isUsers(station: Station): boolean {
  return station.component.kind === 'users';
}

/** Shares of the declared classes; what is left is the default class. More than everything is scaled down. */
function classesOf(architecture: Architecture): readonly TrafficClass[] {
  const shares = architecture.requests.map(({ share }) => (Number.isFinite(share) && share > 0 ? share : 0));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const scale = total > 1 ? 1 / total : 1;
  const priorities = architecture.requests.map(priorityOf);
  const distinct = [...new Set([DEFAULT_PRIORITY, ...priorities])].sort((a, b) => b - a);
  const declared = architecture.requests.map(({ name }, i) => ({
    name,
    share: shares[i]! * scale,
    level: distinct.indexOf(priorities[i]!),
  }));
  const rest = Math.max(0, 1 - total * scale);
  return [{ name: 'default', share: rest, level: distinct.indexOf(DEFAULT_PRIORITY) }, ...declared];
}

const DEFAULT_PRIORITY = 0;

function priorityOf({ properties: { priority } }: RequestClass): number {
  const value = priority?.value;
  return value?.type === 'quantity' && Number.isFinite(value.amount) ? value.amount : DEFAULT_PRIORITY;
}

function hostsOf(architecture: Architecture, places: readonly Place[]): readonly Host[] {
  return architecture.components
    .filter((component) => component.kind === 'host')
    .map((component) => {
      const instance = instanceOf(component);
      const cores = component.properties.cores
        ? amount(component, 'cores')
        : (instance?.cores ?? amount(component, 'cores'));
      return {
        path: component.path,
        component,
        cores: Math.max(1, Math.floor(Number.isFinite(cores) ? cores! : 1)),
        discipline: disciplineOf(component),
        parts: places.flatMap((place, index) => (place.host === component.path ? [index] : [])),
        ...optional({
          network: amount(component, 'network') ?? instance?.network,
          memory: amount(component, 'memory') ?? instance?.memory,
        }),
      };
    });
}

/** Who sends to a component decides how its replicas share the load: a queue or a load balancer in front, else chance. */
function balancesOf(architecture: Architecture, components: readonly Component[]): readonly Balance[] {
  const byPath = indexByPath(architecture);
  const balances = new Map<string, Balance>();
  for (const connection of architecture.connections) {
    const from = byPath.get(connection.from);
    if (!from || !isForwarding(connection) || balances.has(connection.to)) continue;
    if (from.kind === 'queue') balances.set(connection.to, 'pooled');
    if (from.kind === 'loadBalancer') balances.set(connection.to, algorithmOf(from));
  }
  return components.map((component) => balances.get(component.path) ?? 'random');
}

function algorithmOf(balancer: Component): Balance {
  const algorithm = word(balancer, 'algorithm');
  const sticks = balancer.properties.stickySessions?.value;
  if (sticks?.type === 'boolean' && sticks.value) return 'random';
  if (algorithm === 'roundRobin' || algorithm === 'leastConnections' || algorithm === 'powerOfTwo') return algorithm;
  return 'random';
}

function linksOf(architecture: Architecture, indexOf: ReadonlyMap<string, number>, components: readonly Component[]) {
  const links: Link[] = [];
  const numbers = new Map<string, number>();
  for (const connection of [...architecture.connections, ...architecture.requests.flatMap((r) => r.connections)]) {
    const from = indexOf.get(connection.from);
    const to = indexOf.get(connection.to);
    if (from === undefined || to === undefined || numbers.has(connection.id)) continue;
    numbers.set(connection.id, links.length);
    links.push(linkOf(connection, from, to, components[to]!));
  }
  return { links, linkOf: (connection: Connection) => numbers.get(connection.id) ?? -1 };
}

/** The same object each time for the same connection between the same two. */
function linkOf(connection: Connection, from: number, to: number, target: Component): Link {
  const before = made.get(connection);
  if (before?.link.from === from && before.link.to === to && before.target === target) return before.link;
  const link: Link = {
    id: connection.id,
    from,
    to,
    fallback: flag(connection, 'fallback') === true,
    parallel: flag(connection, 'parallel') === true,
    ...optional({
      payload: amount(connection, 'payload'),
      pool: amount(connection, 'pool'),
      rateLimit: amount(connection, 'rateLimit'),
      patience: patienceOf(connection, target),
    }),
  };
  made.set(connection, { link, target });
  return link;
}

const made = new WeakMap<Connection, { readonly link: Link; readonly target: Component }>();

function linksBy(
  stations: readonly Station[],
  links: readonly Link[],
  end: 'from' | 'to',
): readonly (readonly number[])[] {
  const lists: number[][] = stations.map(() => []);
  for (const [number, link] of links.entries()) lists[link[end]]!.push(number);
  return lists;
}

function streamsOf(
  network: Omit<Network, 'streams' | 'hits' | 'loadDependent' | 'impatient'>,
  places: readonly Place[],
  linkOf: (connection: Connection) => number,
) {
  const { architecture, stations, indexOf } = network;
  const stationAt = (path: string) => {
    const index = indexOf.get(path);
    return index === undefined ? undefined : stations[index];
  };
  const isAsked = ({ to }: Connection) => (stationAt(to)?.component.kind ?? 'users') !== 'users';
  const byClass = network.classes.map((_, classIndex) => connectionsByStart(architecture, classIndex, isAsked));
  return network.sources.flatMap((source: Source, sourceIndex) =>
    network.classes.flatMap((requestClass, classIndex) => {
      if (requestClass.share === 0) return [];
      return [
        traceStream(
          {
            architecture,
            class: classIndex,
            source: source.station,
            origin: places[source.station]!,
            place: (station) => places[station.index]!,
            stationAt,
            stations,
            indexOf,
            connectionsOf: byClass[classIndex]!,
            linkOf,
            links: network.connections,
            latencyOf: (connection) => amount(connection, 'latency'),
          },
          sourceIndex,
        ),
      ];
    }),
  );
}

/**
 * The connections out of a component for a class: its own where it has any out of that component, else the default ones. An arrow to
 * what cannot be asked, such as users or a box, takes no part of the requests.
 */
function connectionsByStart(
  architecture: Architecture,
  classIndex: number,
  isAsked: (connection: Connection) => boolean,
) {
  const byStart = Map.groupBy(architecture.connections, (connection) => connection.from);
  const request = architecture.requests[classIndex - 1];
  if (request)
    for (const [from, own] of Map.groupBy(request.connections, (connection) => connection.from)) byStart.set(from, own);
  for (const [from, all] of byStart) if (!all.every(isAsked)) byStart.set(from, all.filter(isAsked));
  return (path: string) => byStart.get(path) ?? [];
}

function isLoadDependent(stations: readonly Station[], links: readonly Link[]): boolean {
  return (
    links.some((link) => link.rateLimit !== undefined) ||
    stations.some(
      (station) =>
        station.places !== undefined ||
        station.rateLimit !== undefined ||
        station.concurrency !== undefined ||
        (station.cache !== undefined && dependsOnRate(station.cache)),
    )
  );
}
