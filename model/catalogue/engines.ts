import { dataEngines } from './engines-data.ts';
import { edgeEngines } from './engines-edge.ts';
import { messagingEngines } from './engines-messaging.ts';
import { storageEngines } from './engines-storage.ts';
import type { Figure, FigureRange } from './figure.ts';
import type { PriceName } from './prices.ts';
import type { SourceId } from './sources.ts';

/** Kinds of component that have an engine (for a CDN: a provider). */
export const engineKinds = [
  'database',
  'cache',
  'queue',
  'storage',
  'search',
  'cdn',
  'dns',
  'loadBalancer',
  'workflow',
  'function',
] as const;
export type EngineKind = (typeof engineKinds)[number];

/** How a database organises its data. */
export const dataModels = ['relational', 'keyValue', 'document', 'column', 'graph'] as const;
export type DataModel = (typeof dataModels)[number];

/** Mean CPU time of one operation on one core, in seconds, by what the operation does. */
export interface ServiceTimes {
  readonly read?: Figure;
  readonly write?: Figure;
  /** One HTTP request through a proxy, or one response of a web server. */
  readonly request?: Figure;
  /** The same with TLS. */
  readonly encryptedRequest?: Figure;
  readonly publish?: Figure;
  readonly consume?: Figure;
}

/** What `amount` of a limit counts. */
export type LimitUnit = 'perSecond' | 'bytesPerSecond' | 'count' | 'seconds' | 'bytes';
/** What has this limit to itself; more of them have more. */
export type LimitScope =
  | 'prefix'
  | 'partition'
  | 'table'
  | 'queue'
  | 'distribution'
  | 'account'
  | 'function'
  | 'capacityUnit';

/** A documented limit of a managed service. */
export interface Limit {
  /** Unique within the engine. */
  readonly name: string;
  readonly title: string;
  readonly amount: number;
  readonly unit: LimitUnit;
  readonly scope: LimitScope;
  readonly source: SourceId;
}

/** A product that a component runs on. What is not known of it is absent: no figure, no finding. */
export interface Engine {
  /** The word of the language: `engine: mysql`. */
  readonly name: string;
  readonly title: string;
  readonly kinds: readonly EngineKind[];
  /** A provider runs it: no servers of one's own, and the provider's promise of availability. */
  readonly managed: boolean;
  readonly model?: DataModel;
  /** It can join tables in one query. */
  readonly joins?: boolean;
  /** Transactions over several records. */
  readonly transactions?: boolean;
  /** What it has acknowledged survives a restart with default settings. */
  readonly durable?: boolean;
  /** It can be told to keep its data over a restart. */
  readonly persistence?: boolean;
  readonly serviceTimes?: ServiceTimes;
  /** Cores that one operation after another can use; absent if all. */
  readonly coresUsed?: Figure;
  /** Seconds until the first byte, apart from CPU time and network. */
  readonly latency?: { readonly read?: Figure; readonly write?: Figure };
  /** Bytes per second of one stream. */
  readonly throughput?: Figure;
  /** Seconds that it keeps messages by default. */
  readonly retention?: Figure;
  readonly limits?: readonly Limit[];
  /** Fraction that the provider promises. */
  readonly availability?: Figure;
  /** Seconds from the loss of the primary until another serves. */
  readonly failoverTime?: FigureRange;
  /** Unit prices that its bill is made of. */
  readonly prices?: readonly PriceName[];
}

/** Every engine, grouped by kind. */
export const engines: readonly Engine[] = [...dataEngines, ...storageEngines, ...messagingEngines, ...edgeEngines];

const byName: ReadonlyMap<string, Engine> = new Map(engines.map((engine) => [engine.name, engine]));

/** Names of the engines of a kind, for completion and for the nearest name to a misspelt one; of all kinds without one. */
export function engineNames(kind?: EngineKind): readonly string[] {
  return engines.filter((engine) => !kind || engine.kinds.includes(kind)).map((engine) => engine.name);
}

/** The engine with exactly this name. */
export function findEngine(name: string): Engine | undefined {
  return byName.get(name);
}
