/** What a simulation request by request has seen: plain data, in canonical units, every figure with its interval. */
import type { Accuracy, Path, ResourceName, ResourceUse } from '../../model/index.ts';
import type { Estimate } from './estimate.ts';

/** A response time in seconds. Quantiles are of the nearest rank, up to `SKETCH_ERROR` of their value. */
export interface SimulatedLatency {
  readonly mean: Estimate;
  readonly p50: Estimate;
  readonly p90: Estimate;
  readonly p95: Estimate;
  readonly p99: Estimate;
  readonly p999: Estimate;
}

/** A class of requests as its users see it. */
export interface SimulatedRequest {
  readonly name: string;
  /** Requests per second. */
  readonly rate: Estimate;
  /** Of those that are answered; absent where none was. */
  readonly response?: SimulatedLatency;
  /** Share that failed or was refused. */
  readonly errors: Estimate;
  /** Requests that were answered while they were observed. */
  readonly answered: number;
}

/** One component. */
export interface SimulatedComponent {
  readonly path: Path;
  /** Operations per second that arrive, repeated tries included. */
  readonly arrivalRate: Estimate;
  /** Of these, per second: served. */
  readonly throughput: Estimate;
  /** Fraction of the arrivals that is refused. */
  readonly refused: Estimate;
  readonly resources: readonly SimulatedResource[];
  /** Mean time that an operation waits for a thread and a server, in seconds; absent where nothing was served, as `response`. */
  readonly waiting?: Estimate;
  /** Time that an operation takes here, what it calls not included. */
  readonly response?: SimulatedLatency;
  /** Mean number of operations that wait for a server or are served. */
  readonly inSystem: Estimate;
  /** Of these: that wait. */
  readonly queueLength: Estimate;
}

/** Something that a component can run out of. */
export interface SimulatedResource {
  readonly resource: ResourceName;
  readonly part?: ResourceUse['part'];
  /** Share that is in use, on average over time. */
  readonly utilization: Estimate;
  /** How many there are. */
  readonly available: number;
  /** Of threads and connections: mean time that a request waits for one, in seconds. */
  readonly waiting?: Estimate;
}

/** How calls with a time limit or retries go along a connection. */
export interface SimulatedCalls {
  readonly id: string;
  /** Calls per second, each with all its attempts. */
  readonly rate: Estimate;
  /** Attempts for each call. */
  readonly attempts: Estimate;
  /** Share of the calls that failed after the last attempt. */
  readonly failures: Estimate;
}

/** The figures of a simulation. The same architecture and options give the same bytes. */
export interface Simulation {
  readonly seed: number;
  /** Independent runs whose results are merged. */
  readonly replications: number;
  /** Requests of users that were observed, and the seconds of all runs in which they came. */
  readonly observed: number;
  readonly seconds: number;
  /** Seconds that every run was left alone before it was observed, the longest. */
  readonly warmUp: number;
  readonly events: number;
  /** Why it ended: it is as precise as was asked for, there were enough requests, nobody asks, or what waits has grown beyond all bounds. */
  readonly ended: 'precise' | 'requests' | 'idle' | 'flooded';
  /** Half of the interval of the mean response over the mean itself, of the class of requests where it is largest. */
  readonly precision: number;
  /** Requests per second. */
  readonly rate: Estimate;
  /** Requests per second that are answered. */
  readonly throughput: Estimate;
  readonly errors: Estimate;
  /** The whole mix; absent where nothing was answered. */
  readonly response?: SimulatedLatency;
  readonly requests: readonly SimulatedRequest[];
  readonly components: readonly SimulatedComponent[];
  readonly calls: readonly SimulatedCalls[];
  readonly accuracy: Accuracy;
  /** What the simulation does not know, or has assumed; sentences. */
  readonly limits: readonly string[];
}

/** How to simulate. */
export interface SimulateOptions {
  /** `peak` unless told otherwise. */
  readonly load?: 'peak' | 'mean';
  /** Multiple of the declared load. */
  readonly scale?: number;
  /** Any whole number, 1 unless told otherwise. Designs that are simulated with the same one meet the same users. */
  readonly seed?: number;
  /** Stops at about so many requests of users; a million where no precision is asked for, else a hundred million. */
  readonly requests?: number;
  /** Stops as soon as the mean response of every class of requests is known to this share of it. */
  readonly precision?: number;
  /** Called now and then with the requests that were observed, about, and their greatest number; false stops it. */
  readonly onProgress?: (done: number, most: number) => boolean | undefined;
}
