/**
 * The flow network that an architecture is turned into before anything is computed: stations, sources, and for each pair of a
 * source and a request class the graph of operations that its requests cause. Plain data without load; built once, solved at
 * any load. All times in seconds, all rates per second.
 */
import type { Engine } from '../../model/catalogue/index.ts';
import type { Architecture, Component, Path } from '../../model/index.ts';

/** An architecture ready to be solved at any load. */
export interface Network {
  readonly architecture: Architecture;
  /** Everything that can receive an operation, users included, in the order of declaration. */
  readonly stations: readonly Station[];
  /** Index of a station by the path of its component. */
  readonly indexOf: ReadonlyMap<Path, number>;
  readonly hosts: readonly Host[];
  /** The default class first, then the declared ones. */
  readonly classes: readonly TrafficClass[];
  /** How many different priorities they have. */
  readonly levels: number;
  readonly sources: readonly Source[];
  readonly streams: readonly Stream[];
  /** Ids of the connections that streams refer to by index; those of request classes included. */
  readonly connections: readonly Link[];
  /** Links out of each station, and into it, by their indexes. */
  readonly linksFrom: readonly (readonly number[])[];
  readonly linksTo: readonly (readonly number[])[];
  /** Hit ratio by station where it does not depend on the load; 0 where there is none or it is unknown. */
  readonly hits: Float64Array;
  /** True where visits depend on the load: bounded queues, limits, caches whose hit ratio depends on the request rate. */
  readonly loadDependent: boolean;
  /** True where some call has a time limit or is tried again. */
  readonly impatient: boolean;
}

/** A request class and its share of every source's requests. */
export interface TrafficClass {
  readonly name: string;
  readonly share: number;
  /** Rank of its priority among all classes, 0 the most urgent. */
  readonly level: number;
}

/** One component seen as a place where work is done. */
export interface Station {
  readonly index: number;
  readonly path: Path;
  readonly component: Component;
  readonly engine?: Engine;
  /** Replicas, least and most; the same unless it scales by itself. */
  readonly replicas: { readonly from: number; readonly to: number };
  /** Utilisation that the autoscaler keeps; absent without one. */
  readonly target?: number;
  /** Cores of one replica that requests can use; `Infinity` where nobody waits for a core. */
  readonly cores: number;
  /** Mean service time by class and operation: `[class * operationCount + operation]`. */
  readonly service: Float64Array;
  /** Squared coefficient of variation of the service time, by class. */
  readonly variability: Float64Array;
  /** Time that an operation takes beside the service, without occupying a core, by operation. */
  readonly latency: Float64Array;
  /** Operations for which no service time is known, as words for messages. */
  readonly unknown: readonly string[];
  /** How the arrivals find a replica. */
  readonly balance: Balance;
  /** How requests share the cores; of parts of a host, that of the host. */
  readonly discipline: Discipline;
  /** Places to wait in, per replica; absent if unbounded. */
  readonly places?: number;
  /** Requests that one replica handles at the same time. */
  readonly threads?: number;
  /** Executions at the same time, in all. */
  readonly concurrency?: number;
  /** Operations per second that it accepts, by replica or in all. */
  readonly rateLimit?: { readonly perReplica?: number; readonly inAll?: number };
  /** Universal Scalability Law. */
  readonly contention: number;
  readonly coherency: number;
  /** Bytes per second of one replica. */
  readonly network?: number;
  /** Bytes of one replica. */
  readonly memory?: number;
  readonly store?: StoreLayout;
  readonly cache?: CacheSpec;
  /** Index of the host whose cores it shares. */
  readonly host?: number;
}

/** How requests are spread over the replicas of a station. */
export type Balance = 'pooled' | 'random' | 'roundRobin' | 'leastConnections' | 'powerOfTwo';

/** How the requests at a group of servers share them. */
export type Discipline = 'fifo' | 'processorSharing' | 'priority' | 'preemptivePriority';

/** Copies and shards of a database or a search engine. */
export interface StoreLayout {
  readonly shards: number;
  /** Extra share of the traffic that the hottest shard gets. */
  readonly hottest: number;
  /** Read replicas of each shard. */
  readonly readReplicas: number;
  /** Share of the reads that the primary serves nevertheless. */
  readonly readsFromPrimary: number;
  /** Every shard takes part in every read, as in a search engine. */
  readonly scatter: boolean;
  /** All replicas take writes and apply those of the others. */
  readonly multiPrimary: boolean;
  /** The most open connections. */
  readonly connections?: number;
}

/** What decides the hit ratio of a cache or CDN. */
export interface CacheSpec {
  readonly declared?: number;
  readonly eviction: 'lru' | 'lfu' | 'fifo' | 'random' | 'none';
  readonly items?: number;
  readonly itemSize?: number;
  readonly zipf: number;
  /** Bytes of all replicas together, what is kept free taken off. */
  readonly room?: number;
  readonly ttl?: number;
  /** The cache whose misses are all that this one is read for, where both hold the same items: the popular ones seldom get this far. */
  readonly behind?: CacheSpec;
}

/** A machine whose parts share its cores. */
export interface Host {
  readonly path: Path;
  readonly component: Component;
  readonly cores: number;
  readonly discipline: Discipline;
  readonly network?: number;
  readonly memory?: number;
  /** Indexes of its stations. */
  readonly parts: readonly number[];
}

/** Users that create load. */
export interface Source {
  readonly station: number;
  /** Users declared by `population`; 0 where only a rate is known. */
  readonly users: number;
  /** Requests per second at the mean; 0 for a closed population. */
  readonly rate: number;
  /** Busiest hour over the mean. */
  readonly peak: number;
  /** Squared coefficient of variation of the times between requests. */
  readonly variability: number;
  /** A closed population: that many users, each thinking so long between answer and next request. */
  readonly closed?: { readonly customers: number; readonly thinkTime: number };
}

/** How an operation is passed on: chosen among several, waited for, or not waited for. */
export const mode = { forward: 0, call: 1, publish: 2 } as const;

/**
 * The operations that the requests of one class of one source cause. Nodes are pairs of station and operation, numbered so that
 * edges outside of cycles lead to higher numbers; node 0 is the source itself. Edges of node i are `first[i] .. first[i + 1]`.
 */
export interface Stream {
  readonly source: number;
  readonly class: number;
  /** Station of each node. */
  readonly station: Int32Array;
  /** Operation of each node. */
  readonly operation: Uint8Array;
  readonly first: Int32Array;
  readonly target: Int32Array;
  /** Mean operations at the target for each one at the start, hit ratios and refusals not counted. */
  readonly weight: Float64Array;
  /** 1 where only what the start has not found is passed on. */
  readonly miss: Uint8Array;
  /** One of `mode`. */
  readonly mode: Uint8Array;
  /** Seconds of network round trip. */
  readonly roundTrip: Float64Array;
  /** Index into `Network.connections`. */
  readonly link: Int32Array;
  /** Ranges of nodes [from, to) that form a cycle. */
  readonly cycles: readonly (readonly [number, number])[];
  /** True where users ask for static files beside their request: edges of node 0 with this operation. */
  readonly hasStatic: boolean;
  /** True where some of its calls have a time limit or are tried again. */
  readonly isImpatient: boolean;
  /** True where some of its calls are made at the same time. */
  readonly hasParallel: boolean;
}

/** A connection as streams see it. */
export interface Link {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  /** Bytes of request and answer together. */
  readonly payload?: number;
  /** Connections that one replica of the start keeps. */
  readonly pool?: number;
  /** Operations per second that pass. */
  readonly rateLimit?: number;
  /** The start can answer without it. */
  readonly fallback: boolean;
  /** The start makes this call together with its other parallel ones. */
  readonly parallel: boolean;
  /** What the start does about slow and failed calls; absent where it waits for as long as it takes, once. */
  readonly patience?: Patience;
}

/** How long a caller waits for an answer, and what it does without one. */
export interface Patience {
  /** Seconds after which it gives an attempt up; `Infinity` without a limit. */
  readonly timeout: number;
  /** Mean seconds of pause before each retry, as many as there may be. */
  readonly pauses: readonly number[];
  /** Each pause is random, uniform between nothing and twice its mean. */
  readonly isJittered: boolean;
  /** It stops calling for a while when too many attempts fail. */
  readonly breaker: boolean;
}
