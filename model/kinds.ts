/** All kinds of declarations, in one table: what they stand for, how they treat requests, which properties they have. */

import { described, queueing, serving, storing } from './properties/common.ts';
import { external, server, serverlessFunction, worker, workflow } from './properties/compute.ts';
import { boxed, dataCenter, host, zone } from './properties/containers.ts';
import { cache, database, queue, search, storage } from './properties/data.ts';
import { automation, monitoring } from './properties/operations.ts';
import { cdn, dns, loadBalancer, users } from './properties/traffic.ts';
import type { PropertySpec, PropertyTable } from './properties.ts';

/**
 * What a kind does with a request:
 * - `container`: nothing, it holds others;
 * - `source`: creates requests and sends each down one of its connections;
 * - `router`: sends each request down one of its connections;
 * - `caller`: does work and uses all of its connections;
 * - `store`: keeps data; does work and passes on what its connections say;
 * - `observer`: takes no part in requests.
 */
export type Role = 'container' | 'source' | 'router' | 'caller' | 'store' | 'observer';

export interface Kind {
  readonly doc: string;
  readonly role: Role;
  readonly properties: PropertyTable;
  /** Singular, for messages: `load balancer`. */
  readonly label: string;
}

const { memory, availability, mtbf, mttr, price, exposure, maxRate } = serving;
const managed: PropertyTable = {
  availability: availability!,
  mtbf: mtbf!,
  mttr: mttr!,
  price: price!,
  maxRate: maxRate!,
  exposure: exposure!,
};

export const kinds = {
  dataCenter: {
    label: 'data center',
    role: 'container',
    doc: 'A data center or region; a failure domain.',
    properties: { ...dataCenter, ...boxed, ...described },
  },
  zone: {
    label: 'zone',
    role: 'container',
    doc: 'An availability zone; a failure domain.',
    properties: { ...zone, ...boxed, ...described },
  },
  host: {
    label: 'host',
    role: 'container',
    doc: 'One machine whose parts share its cores, memory and fate.',
    properties: { ...host, ...boxed, ...described },
  },
  tier: {
    label: 'tier',
    role: 'container',
    doc: 'A logical layer that scales on its own.',
    properties: { ...boxed, ...described },
  },
  group: {
    label: 'group',
    role: 'container',
    doc: 'A box in the diagram, nothing else.',
    properties: { ...boxed, ...described },
  },
  users: {
    label: 'users',
    role: 'source',
    doc: 'People or clients that create load.',
    properties: { ...users, ...described },
  },
  dns: {
    label: 'DNS',
    role: 'router',
    doc: 'DNS or geoDNS: tells clients where to go.',
    properties: { ...dns, ...managed, ...described },
  },
  cdn: {
    label: 'CDN',
    role: 'store',
    doc: 'Content delivery network: serves static content near the users.',
    properties: { ...cdn, ...managed, ...described },
  },
  loadBalancer: {
    label: 'load balancer',
    role: 'router',
    doc: 'Load balancer, API gateway or reverse proxy: spreads requests over servers.',
    properties: { ...loadBalancer, ...serving, ...described },
  },
  server: {
    label: 'server',
    role: 'caller',
    doc: 'Web or application servers, services.',
    properties: { ...server, ...serving, ...queueing, ...described },
  },
  worker: {
    label: 'worker',
    role: 'caller',
    doc: 'Consumers of a queue.',
    properties: { ...worker, ...serving, ...queueing, ...described },
  },
  function: {
    label: 'function',
    role: 'caller',
    doc: 'Serverless functions.',
    properties: {
      ...serverlessFunction,
      serviceTime: serving.serviceTime!,
      variability: serving.variability!,
      memory: memory!,
      ...managed,
      ...described,
    },
  },
  database: {
    label: 'database',
    role: 'store',
    doc: 'Relational and NoSQL stores.',
    properties: { ...database, ...serving, ...queueing, ...storing, ...described },
  },
  cache: {
    label: 'cache',
    role: 'store',
    doc: 'Cache servers.',
    properties: { ...cache, ...serving, ...queueing, ...described },
  },
  queue: {
    label: 'queue',
    role: 'router',
    doc: 'Message queues and logs: keep messages until a worker takes them.',
    properties: { ...queue, ...serving, ...described },
  },
  storage: {
    label: 'storage',
    role: 'store',
    doc: 'Object, block or file storage.',
    properties: { ...storage, ...serving, ...queueing, ...storing, ...described },
  },
  search: {
    label: 'search engine',
    role: 'store',
    doc: 'Search engines.',
    properties: { ...search, ...serving, ...queueing, ...storing, ...described },
  },
  workflow: {
    label: 'workflow',
    role: 'caller',
    doc: 'Orchestrators such as Step Functions.',
    properties: { ...workflow, serviceTime: serving.serviceTime!, ...managed, ...described },
  },
  monitoring: {
    label: 'monitoring',
    role: 'observer',
    doc: 'Logging and metrics.',
    properties: { ...monitoring, ...described },
  },
  automation: {
    label: 'automation',
    role: 'observer',
    doc: 'Continuous integration and deployment.',
    properties: { ...automation, ...described },
  },
  external: {
    label: 'external system',
    role: 'store',
    doc: 'Someone else’s system.',
    properties: { ...external, ...described },
  },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;

export const kindNames = Object.keys(kinds) as readonly KindName[];

/** Kinds by name, typed as the interface rather than as the table's literals. */
export function kindOf(name: KindName): Kind {
  return kinds[name];
}

export function isContainer(kind: KindName): boolean {
  return kindOf(kind).role === 'container';
}

/** The row of a property of a kind; dotted names (`replication.mode`) reach into blocks. */
export function propertySpec(kind: KindName, name: string): PropertySpec | undefined {
  return specIn(kindOf(kind).properties, name);
}

/** As `propertySpec`, in any table. */
export function specIn(table: PropertyTable, name: string): PropertySpec | undefined {
  const dot = name.indexOf('.');
  const first = dot < 0 ? name : name.slice(0, dot);
  const spec = Object.hasOwn(table, first) ? table[first] : undefined;
  if (dot < 0 || !spec) return spec;
  const second = name.slice(dot + 1);
  return spec.type.type === 'block' && Object.hasOwn(spec.type.properties, second)
    ? spec.type.properties[second]
    : undefined;
}
