/** What the simulator answers: plain data, in canonical units, every figure with how far it can be trusted. */
import type { Path, Requirement } from './architecture.ts';

export type Accuracy =
  /** Exact for the stated model. */
  | { readonly kind: 'exact' }
  /** `error` is the expected relative error where it is known; `why` is a short sentence. */
  | { readonly kind: 'approximate'; readonly error?: number; readonly why: string }
  /** The formula is out of its depth here. */
  | { readonly kind: 'unreliable'; readonly why: string };

/** A response time in seconds. Infinity where the load exceeds what can be served. */
export interface Latency {
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
}

export const resourceNames = [
  'cpu',
  'network',
  'threads',
  'pool',
  'rate',
  'memory',
  'connections',
  'concurrency',
] as const;
export type ResourceName = (typeof resourceNames)[number];

/** One thing that a component can run out of. */
export interface ResourceUse {
  readonly resource: ResourceName;
  /** Fraction of what is there; above 1 means that demand exceeds it. */
  readonly utilization: number;
  /** How many units there are (cores, bytes per second, threads, requests per second, bytes). */
  readonly available: number;
  /** The part of a database that this is about, when it has several. */
  readonly part?: 'primary' | 'replica' | 'hottestShard';
}

export interface ComponentResult {
  readonly path: Path;
  /** Requests or operations per second that arrive. */
  readonly arrivalRate: number;
  /** Of these, per second: done here. The rest was shed or failed. */
  readonly throughput: number;
  /** By what they are. */
  readonly rates: {
    readonly calls: number;
    readonly reads: number;
    readonly writes: number;
    readonly static: number;
    readonly messages: number;
  };
  /** The highest utilisation of its resources; undefined when nothing bounds it or nothing is known. */
  readonly utilization?: number;
  readonly resources: readonly ResourceUse[];
  /** Mean time that a request waits here before it is served, in seconds. */
  readonly waiting?: number;
  /** Time that an operation takes here, what it calls not included. Undefined when no service time is known. */
  readonly response?: Latency;
  /** Mean number of requests here, by Little's law. */
  readonly inSystem?: number;
  /** Fraction of the arrivals that is refused. */
  readonly refused: number;
  /** Of caches and CDNs: share answered here. */
  readonly hitRatio?: number;
  /** Of queues: messages per second that arrive faster than they are taken. */
  readonly backlogGrowth?: number;
  /** Multiple of the load solved for at which the first of its resources saturates; undefined when nothing does. */
  readonly saturatesAt?: number;
  /** Replicas that the load needs, where replicas help. */
  readonly replicasNeeded?: number;
  /** Of the times. */
  readonly accuracy: Accuracy;
  /** Of rates and utilisations. */
  readonly loadAccuracy: Accuracy;
}

/** What flows along one connection. */
export interface ConnectionResult {
  readonly id: string;
  /** Operations per second. */
  readonly rate: number;
  /** Operations per request of the users, over the whole mix. */
  readonly visits: number;
  /** Attempts for each call, where some of them fail or time out and are tried again. */
  readonly attempts?: number;
  /** Share of the calls that have failed or timed out after the last attempt; absent where none do. */
  readonly failures?: number;
}

/** Response time of a class of requests as its users see it. */
export interface RequestResult {
  /** Name of the request class; `default` is the rest of the mix. */
  readonly name: string;
  /** Requests per second. */
  readonly rate: number;
  readonly response: Latency;
  /** Fraction that fails or is refused. */
  readonly errors: number;
  /** Where its mean time goes, the largest part first. */
  readonly breakdown: readonly { readonly path: Path; readonly seconds: number }[];
  readonly accuracy: Accuracy;
}

export interface Bottleneck {
  readonly path: Path;
  readonly resource: ResourceName;
  readonly part?: ResourceUse['part'];
  /** Multiple of the declared load at which it saturates. */
  readonly scale: number;
  /** Users at which it saturates. */
  readonly users: number;
  /** Present where it is retries that overload it. */
  readonly cause?: 'retries';
}

export interface Capacity {
  /** The largest population at which every requirement holds and nothing saturates; Infinity when nothing limits it. */
  readonly users: number;
  /** The same as a multiple of the declared load; says it all where users are declared by `rate` alone (`users` is 0 then). */
  readonly scale: number;
  /** Requests per second at that population, at peak. */
  readonly rate: number;
  /** What sets it: a saturated resource or a requirement. */
  readonly limit?:
    | { readonly type: 'bottleneck'; readonly bottleneck: Bottleneck }
    | { readonly type: 'requirement'; readonly requirement: Requirement };
  /** Everything that saturates, the first to do so first. */
  readonly bottlenecks: readonly Bottleneck[];
  /** Users that the architecture declares, and how many times that fits. */
  readonly declaredUsers: number;
  readonly accuracy: Accuracy;
}

export interface AvailabilityResult {
  /** Fraction of time (or of requests) for which the whole serves its users. */
  readonly value: number;
  /** Seconds a year. */
  readonly downtime: number;
  /** By request class. */
  readonly requests: readonly { readonly name: string; readonly value: number }[];
  /** What contributes most to the unavailability, the worst first: fraction of time lost by it alone. */
  readonly contributions: readonly { readonly path: Path; readonly unavailability: number; readonly why: string }[];
  /** Each failure of one replica, host, zone or data center that alone loses requests. */
  readonly singlePoints: readonly SinglePoint[];
  readonly accuracy: Accuracy;
}

export interface SinglePoint {
  readonly path: Path;
  /** Share of the users' requests that is lost while it is down. */
  readonly lost: number;
}

/** What the loss of a data store's primary machine, or of a whole data center, costs in data and in time. */
export interface RecoveryResult {
  readonly path: Path;
  readonly kind: 'store' | 'dataCenter';
  /** Recovery point: the latest writes that are lost. */
  readonly rpo: RecoveryFigure;
  /** Recovery time: until another machine or data center serves. */
  readonly rto: RecoveryFigure;
}

export interface RecoveryFigure {
  /** Absent where too little is declared. */
  readonly seconds?: number;
  /** What decides it, or why it is not known. */
  readonly why: string;
  /** Of a data center: the store that decides it. */
  readonly store?: Path;
}

/** Storage, bandwidth and memory that the load needs, by rates and declared sizes. */
export interface EnvelopeResult {
  /** Of every data store, and of queues that keep messages; by the mean load. */
  readonly storage: readonly StorageNeed[];
  readonly traffic: {
    /** Bytes per second between the users and the system. */
    readonly edge: { readonly peak: number; readonly mean: number };
    /** Data centers, then components; what exchanges nothing of known size is left out. */
    readonly places: readonly TrafficNeed[];
    /** Connections that carry something of unknown size; they are missing from the sums. */
    readonly unknown: readonly string[];
  };
  /** Of every cache whose items have a known size; by the mean load. */
  readonly memory: readonly MemoryNeed[];
}

export interface StorageNeed {
  readonly path: Path;
  /** Writes or messages per second. */
  readonly writes: number;
  /** Replicas that each keep all of it. */
  readonly copies: number;
  /** Bytes that are added in a year; absent where the size of a write is not known, and for queues. */
  readonly perYear?: number;
  /** The same in all copies. */
  readonly perYearInAll?: number;
  /** Bytes stored now, in one copy. */
  readonly now?: number;
  /** Bytes stored after a year, in all copies. */
  readonly inAYear?: number;
  /** Of a queue: bytes sent within its retention, in all copies. */
  readonly retained?: number;
}

/** Bytes per second: of a data center across its border, of a component with its callers (`in`) and with what it calls (`out`). */
export interface TrafficNeed {
  readonly path: Path;
  readonly peak: { readonly in: number; readonly out: number };
  readonly mean: { readonly in: number; readonly out: number };
}

export interface MemoryNeed {
  readonly path: Path;
  readonly readsPerDay: number;
  /** Bytes. */
  readonly itemSize: number;
  /** Bytes of the working set. */
  readonly needed: number;
  /** Bytes of everything that is ever asked for, where the number of items is declared. */
  readonly contents?: number;
  /** Bytes that the cache has. */
  readonly available?: number;
  /** Share of the reads that a memory of the needed size answers, where the popularity of the items is known. */
  readonly hitRatio?: number;
}

/** Electricity of the machines and disks in data centers, and the carbon dioxide of making it. */
export interface EnergyResult {
  /** Data centers in their order, then what is in none of them. */
  readonly places: readonly EnergyUse[];
  /** Kilowatt-hours a year. */
  readonly energy: number;
  /** Kilograms of CO2 equivalent a year, of the places whose grid is known; absent where none is. */
  readonly carbon?: number;
  /** Components whose machines are not known; they are missing from the sums. */
  readonly unknown: readonly Path[];
  readonly accuracy: Accuracy;
}

export interface EnergyUse {
  /** The data center; absent for what is in none. */
  readonly path?: Path;
  /** Mean electrical power of machines and disks, in watts. */
  readonly power: number;
  /** Power usage effectiveness: what the building takes for each watt of these. */
  readonly pue: number;
  /** Where the effectiveness comes from. */
  readonly pueFrom: 'declared' | 'provider' | 'average';
  /** Kilowatt-hours a year, the building included. */
  readonly energy: number;
  /** Kilograms of CO2 equivalent for a kilowatt-hour of the grid there. */
  readonly intensity?: number;
  /** Kilograms of CO2 equivalent a year. */
  readonly carbon?: number;
  /** What a warmer inlet within the recommended range would save, in kilowatt-hours a year; of what is colder and says so. */
  readonly saving?: {
    readonly temperature: number;
    readonly to: number;
    readonly least: number;
    readonly most: number;
  };
}

export interface CostResult {
  /** USD per hour; a month has 730 hours. */
  readonly perHour: number;
  readonly lines: readonly CostLine[];
  /** Components whose price is not known. */
  readonly unknown: readonly Path[];
}

export interface CostLine {
  readonly path: Path;
  /** USD per hour. */
  readonly perHour: number;
  /** How it was computed, such as `6 × m5.large at $0.096/h`. */
  readonly why: string;
  /** Id of the source of the price. */
  readonly source?: string;
}

export interface RequirementResult {
  readonly requirement: Requirement;
  /** In the unit of the requirement's limit; undefined when it cannot be computed, with the reason in `why`. */
  readonly value?: number;
  readonly holds?: boolean;
  readonly why?: string;
}

/** The steady state of an architecture under its load. */
export interface Solution {
  /** Users of all sources, and their requests per second. */
  readonly users: number;
  readonly rate: number;
  /** Requests per second that are answered. */
  readonly throughput: number;
  /** Fraction of the requests that fails. */
  readonly errors: number;
  /** The whole mix. */
  readonly response: Latency;
  readonly requests: readonly RequestResult[];
  readonly components: readonly ComponentResult[];
  readonly connections: readonly ConnectionResult[];
  /** Of the times. */
  readonly accuracy: Accuracy;
  /** Of the rates. */
  readonly loadAccuracy: Accuracy;
}

/** A component that retries would keep overloaded after a disturbance, or do so already. */
export interface RetryStorm {
  readonly path: Path;
  /** Utilisation as it is. */
  readonly utilization: number;
  /** Utilisation as long as retries beget retries. */
  readonly during: number;
}

/** Everything that Loadpath computes about a design on every keystroke. */
export interface Analysis {
  /** At the declared load: peak, unless asked otherwise. */
  readonly solution: Solution;
  readonly capacity: Capacity;
  readonly availability: AvailabilityResult;
  readonly cost: CostResult;
  readonly requirements: readonly RequirementResult[];
  /** Storms of retries that would not end by themselves, at the declared load. */
  readonly storms: readonly RetryStorm[];
}
