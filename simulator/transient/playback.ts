/** What a played scenario is: plain data, in canonical units. */
import type { Accuracy, Path, Requirement } from '../../model/index.ts';

/**
 * A scenario as it went. All series have one value for each entry of `times`; a rate, a share or a count of replicas holds from its time
 * to the next, backlogs and waits are those at the time itself and change evenly in between.
 */
export interface Playback {
  readonly scenario: string;
  readonly title?: string;
  /** Seconds. */
  readonly duration: number;
  /** Seconds from the start: every moment at which something changes, and a regular grid in between. The last one is the end. */
  readonly times: readonly number[];
  readonly whole: WholeSeries;
  readonly requests: readonly RequestSeries[];
  readonly components: readonly ComponentSeries[];
  /** Requests of the users over the whole scenario: `entered = answered + failed + waiting`. */
  readonly totals: {
    readonly entered: number;
    readonly answered: number;
    readonly failed: number;
    /** Not answered yet when the scenario ends. */
    readonly waiting: number;
  };
  /** Share of the requests that did not fail; 1 where nobody asked. */
  readonly availability: number;
  readonly log: readonly LogEntry[];
  readonly requirements: readonly ScenarioVerdict[];
  readonly accuracy: Accuracy;
  /** What this playback cannot know, or has assumed because nothing is declared; sentences. */
  readonly limits: readonly string[];
}

/** Everything together, as the users see it. */
export interface WholeSeries {
  /** Requests per second that the users send. */
  readonly offered: readonly number[];
  /** Requests per second that are answered. */
  readonly throughput: readonly number[];
  /** Share of the requests that fails. */
  readonly errors: readonly number[];
  /** Requests that wait because something is asked for more than it can do. */
  readonly waiting: readonly number[];
  /** Response time of those that are answered, in seconds; Infinity where the end of the wait is not in sight. */
  readonly mean: readonly number[];
  /** Absent unless it was asked for. */
  readonly p99?: readonly number[];
}

/** One class of requests. */
export interface RequestSeries {
  readonly name: string;
  readonly errors: readonly number[];
  readonly mean: readonly number[];
}

/** One component. */
export interface ComponentSeries {
  readonly path: Path;
  /** Operations per second that arrive, repeated tries included. */
  readonly arrivalRate: readonly number[];
  /** Work that arrives over what can be done; undefined where nothing bounds it. Infinity where nothing is left to do it. */
  readonly utilization?: readonly number[];
  /** Operations that wait; of a queue its messages. */
  readonly backlog: readonly number[];
  /** Seconds that an operation that arrives now will wait because of the backlog. */
  readonly delay: readonly number[];
  /** Machines that run: replicas and read replicas. */
  readonly replicas: readonly number[];
  /** Operations per second that fail here: down, refused, dropped, or given up. */
  readonly failing: readonly number[];
  /** Of caches and CDNs. */
  readonly hitRatio?: readonly number[];
}

/** Something that happened. */
export interface LogEntry {
  /** Seconds from the start. */
  readonly at: number;
  /** One sentence without its final period; names in single quotes. */
  readonly text: string;
  /** The component that it is about. */
  readonly path?: Path;
  /** `event` was written in the scenario, `reaction` follows from it, `harm` is what users or owners notice. */
  readonly kind: 'event' | 'reaction' | 'harm';
}

/** Whether a promise of the scenario was kept. */
export interface ScenarioVerdict {
  readonly requirement: Requirement;
  /** Undefined where it cannot be judged, with the reason in `why`. */
  readonly holds?: boolean;
  /** The worst value, in the unit of the limit. */
  readonly worst?: number;
  /** When the worst value was seen. */
  readonly worstAt?: number;
  /** From when to when it was broken, in seconds. */
  readonly broken: readonly { readonly from: number; readonly to: number }[];
  readonly why?: string;
}

/** How to play. */
export interface PlayOptions {
  /** Intervals of the regular grid, 240 unless told otherwise. What happens in between is hit exactly. */
  readonly steps?: number;
  /** Also the 99th percentile, which is most of the work. Requirements on percentiles are judged in any case. */
  readonly percentiles?: boolean;
  /** Called now and then with the seconds that are played and the duration; false stops the playback at once. */
  readonly onProgress?: (played: number, duration: number) => boolean | undefined;
}
