/** Components as stations: cores, service times by class and operation, copies, limits. */
import { type Engine, findEngine, findInstance, type InstanceType } from '../../model/catalogue/index.ts';
import {
  amount,
  type Component,
  declared,
  isDeclared,
  type RequestClass,
  replicaRange,
  word,
} from '../../model/index.ts';
import type { Balance, CacheSpec, Discipline, Station, StoreLayout } from './network.ts';
import { operationCount, operations } from './operation.ts';
import { isElastic, latencyOf, serviceTimeOf } from './service.ts';

/** What a station needs to know beside its component. */
export interface StationContext {
  /** The declared request classes; the default class comes before them. */
  readonly requests: readonly RequestClass[];
  readonly balance: Balance;
  readonly host?: number;
  /** Cores of the host that it shares, and how. */
  readonly hostCores?: number;
  readonly discipline?: Discipline;
}

/** The station that a component is; the same object each time for the same component in the same circumstances. */
export function stationOf(component: Component, index: number, context: StationContext): Station {
  const before = made.get(component);
  if (before?.station.index === index && isAlike(before.context, context)) return before.station;
  const station = makeStation(component, index, context);
  made.set(component, { station, context });
  return station;
}

const made = new WeakMap<Component, { readonly station: Station; readonly context: StationContext }>();

function isAlike(one: StationContext, other: StationContext): boolean {
  return (
    one.balance === other.balance &&
    one.host === other.host &&
    one.hostCores === other.hostCores &&
    one.discipline === other.discipline &&
    one.requests.length === other.requests.length &&
    one.requests.every(({ overrides }, i) => overrides === other.requests[i]!.overrides)
  );
}

function makeStation(component: Component, index: number, context: StationContext): Station {
  const engine = engineOf(component);
  const instance = instanceOf(component);
  const { service, unknown } = serviceTable(component, engine, context.requests);
  return {
    index,
    path: component.path,
    component,
    ...optional({ engine, host: context.host }),
    ...scaling(component),
    cores: coresOf(component, engine, instance, context.hostCores),
    service,
    unknown,
    variability: variabilityTable(component, context.requests),
    latency: Float64Array.from(operations, (kind) => latencyOf(component, engine, kind)),
    balance: context.balance,
    discipline: context.discipline ?? disciplineOf(component),
    contention: amount(component, 'contention') ?? 0,
    coherency: amount(component, 'coherency') ?? 0,
    ...optional({
      places: amount(component, 'maxQueue'),
      threads: amount(component, 'threads'),
      concurrency: component.kind === 'function' ? amount(component, 'concurrency') : undefined,
      rateLimit: rateLimitOf(component, engine),
      network: amount(component, 'network') ?? instance?.network,
      memory: component.kind === 'function' ? undefined : (amount(component, 'memory') ?? instance?.memory),
      store: storeOf(component),
      cache: cacheOf(component, instance),
    }),
  };
}

/** The engine of the catalogue that a component runs on. */
export function engineOf(component: Component): Engine | undefined {
  const name = word(component, component.kind === 'cdn' ? 'provider' : 'engine');
  return name === undefined ? undefined : findEngine(name);
}

/** The instance type of the catalogue that a component or host is. */
export function instanceOf(component: Component): InstanceType | undefined {
  const name = word(component, 'instance');
  return name === undefined ? undefined : findInstance(name);
}

/** How the requests at a component or host share its cores. */
export function disciplineOf(component: Component): Discipline {
  const name = word(component, 'discipline');
  return name === 'processorSharing' || name === 'priority' || name === 'preemptivePriority' ? name : 'fifo';
}

/** A component with the overrides of a request class applied. */
export function inClass(component: Component, request: RequestClass | undefined): Component {
  const overrides = request?.overrides.filter((override) => override.component === component.path) ?? [];
  if (overrides.length === 0) return component;
  const properties = Object.assign({}, component.properties, ...overrides.map((override) => override.properties));
  return { ...component, properties };
}

function serviceTable(component: Component, engine: Engine | undefined, requests: readonly RequestClass[]) {
  const service = new Float64Array((requests.length + 1) * operationCount);
  const unknown = new Set<string>();
  for (let index = 0; index <= requests.length; index++) {
    const own = inClass(component, requests[index - 1]);
    for (const kind of operations) {
      const time = serviceTimeOf(own, engine, kind);
      service[index * operationCount + kind] = time ?? 0;
      if (time === undefined && !isElastic(component, engine)) unknown.add(String(kind));
    }
  }
  return { service, unknown: [...unknown] };
}

function variabilityTable(component: Component, requests: readonly RequestClass[]): Float64Array {
  const table = new Float64Array(requests.length + 1);
  for (let index = 0; index <= requests.length; index++) {
    const variation = amount(inClass(component, requests[index - 1]), 'variability') ?? 1;
    table[index] = variation * variation;
  }
  return table;
}

function scaling(component: Component): Pick<Station, 'replicas' | 'target'> {
  const { from, to } = replicaRange(component);
  const least = Math.max(1, Math.floor(finiteOr(from, 1)));
  const replicas = { from: least, to: Math.max(least, Math.floor(finiteOr(to, least))) };
  if (replicas.from === replicas.to || !declared(component, 'autoscale')) return { replicas };
  const target = amount(component, 'autoscale.target') ?? 1;
  return { replicas, target: Math.min(1, Math.max(0.01, target)) };
}

function coresOf(
  component: Component,
  engine: Engine | undefined,
  instance: InstanceType | undefined,
  hostCores: number | undefined,
): number {
  if (isElastic(component, engine)) return Number.POSITIVE_INFINITY;
  if (hostCores !== undefined) return hostCores;
  const cores = isDeclared(component, 'cores')
    ? amount(component, 'cores')
    : (instance?.cores ?? amount(component, 'cores'));
  const used = Math.min(
    Math.max(1, Math.floor(finiteOr(cores, 1))),
    engine?.coresUsed?.value ?? Number.POSITIVE_INFINITY,
  );
  return Math.max(1, used);
}

function rateLimitOf(component: Component, engine: Engine | undefined): Station['rateLimit'] {
  const own = component.kind === 'external' ? amount(component, 'rateLimit') : amount(component, 'maxRate');
  if (own !== undefined) return managedKinds.has(component.kind) ? { inAll: own } : { perReplica: own };
  const limits = engine?.limits?.filter(({ unit, scope }) => unit === 'perSecond' && limitScopes.has(scope)) ?? [];
  return limits.length === 0 ? undefined : { inAll: Math.min(...limits.map((limit) => limit.amount)) };
}

/** Kinds whose `maxRate` is the provider's, not that of a replica. */
const managedKinds = new Set<string>(['dns', 'cdn', 'function', 'workflow', 'external']);
/** Scopes of which an architecture has one; how many partitions, prefixes and units there are, it does not say. */
const limitScopes = new Set<string>(['account', 'distribution', 'queue']);

function storeOf(component: Component): StoreLayout | undefined {
  if (component.kind !== 'database' && component.kind !== 'search') return undefined;
  const search = component.kind === 'search';
  const shards = Math.max(1, Math.floor(finiteOr(amount(component, search ? 'shards' : 'sharding.shards'), 1)));
  return {
    shards,
    hottest: search || shards === 1 ? 0 : Math.min(1, amount(component, 'sharding.hottest') ?? 0),
    readReplicas: Math.max(0, Math.floor(finiteOr(amount(component, 'readReplicas'), 0))),
    readsFromPrimary: Math.min(1, amount(component, 'readsFromPrimary') ?? 0),
    scatter: search,
    multiPrimary: word(component, 'replication.topology') === 'multiPrimary',
    ...optional({ connections: search ? undefined : amount(component, 'connections') }),
  };
}

function cacheOf(component: Component, instance: InstanceType | undefined): CacheSpec | undefined {
  if (component.kind !== 'cache' && component.kind !== 'cdn') return undefined;
  const memory = amount(component, 'memory') ?? instance?.memory;
  const kept = 1 - Math.min(1, amount(component, 'overprovision') ?? 0);
  const { from } = replicaRange(component);
  const eviction = word(component, 'eviction') ?? 'lru';
  return {
    eviction: isEviction(eviction) ? eviction : 'lru',
    zipf: amount(component, 'zipf') ?? 1,
    ...optional({
      declared: amount(component, 'hitRatio'),
      items: amount(component, 'items'),
      itemSize: amount(component, 'itemSize'),
      room: memory === undefined ? undefined : memory * Math.max(1, finiteOr(from, 1)) * kept,
      ttl: amount(component, 'ttl'),
    }),
  };
}

function isEviction(name: string): name is CacheSpec['eviction'] {
  return name === 'lru' || name === 'lfu' || name === 'fifo' || name === 'random' || name === 'none';
}

/** The entries that are there, so that optional fields stay absent. */
export function optional<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const present: { [K in keyof T]?: Exclude<T[K], undefined> } = {};
  for (const key of Object.keys(fields) as (keyof T)[]) {
    const value = fields[key];
    if (value !== undefined) present[key] = value as Exclude<T[keyof T], undefined>;
  }
  return present;
}

function finiteOr(value: number | undefined, fallback: number): number {
  return value !== undefined && Number.isFinite(value) ? value : fallback;
}
