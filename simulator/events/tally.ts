/**
 * What is counted while a simulation runs, for one slice of its time. An area under a count over time is the sum of the times at which it falls
 * less those at which it rises; what is still inside at the end of the slice is added there, so that it is exact.
 */
import type { Program } from './program.ts';
import { BINS, binOf } from './sketch.ts';

/** Counters of a station: operations that arrive, are refused, are served; seconds that these took here, and waited for a server. */
export const ARRIVALS = 0;
export const REFUSED = 1;
export const SERVED = 2;
export const RESPONSE = 3;
export const WAIT = 4;
/** Areas: of those that wait for a server, and of all that are here. */
export const WAITING = 5;
export const INSIDE = 6;
/** Room for a station; the first one's counters come first. */
export const STATION_SIZE = 8;

/** Counters of a class: requests that come, are answered, have failed; seconds until the answers. */
export const ENTERED = 0;
export const ANSWERED = 1;
export const FAILED = 2;
export const ANSWER_TIME = 3;
/** Room for a class. */
export const CLASS_SIZE = 4;

/** Counters of a limit of threads or connections: area of places held, seconds waited for one, places taken. */
export const HELD = 0;
export const HOLDER_WAIT = 1;
export const TAKEN = 2;
/** Room for a limit. */
export const HOLDER_SIZE = 3;

/** Counters of a link whose calls have a time limit or retries: calls, their attempts, those that failed at last. */
export const CALLS = 0;
export const ATTEMPTS = 1;
export const FAILURES = 2;
/** Room for a link. */
export const LINK_SIZE = 3;

/** Where the counters of a slice are: those of stations first. */
export interface Layout {
  /** Stations, and one more for the writes that are applied. */
  readonly stations: number;
  /** Classes of requests, the users' static files as the last one. */
  readonly classes: number;
  /** Areas of busy servers, by part. */
  readonly busy: number;
  readonly holders: number;
  readonly class: number;
  readonly links: number;
  readonly size: number;
  /** Sketches: the whole mix, every class, then every station. */
  readonly sketches: number;
}

/** The layout of a program's figures. */
export function layoutOf({ state, servers, holders }: Program): Layout {
  const stations = state.network.stations.length + 1;
  const classes = state.network.classes.length + 1;
  const busy = stations * STATION_SIZE;
  const held = busy + servers.parts.length;
  const perClass = held + holders.all.length * HOLDER_SIZE;
  const links = perClass + classes * CLASS_SIZE;
  const size = links + state.network.connections.length * LINK_SIZE;
  return { stations, classes, busy, holders: held, class: perClass, links, size, sketches: 1 + classes + stations };
}

/** Counters of the current slice. */
export class Tally {
  readonly layout: Layout;
  readonly values: Float64Array;
  readonly bins: Uint32Array;
  /** Where the sketch of the first station begins. */
  readonly stationBins: number;

  constructor(layout: Layout) {
    this.layout = layout;
    this.values = new Float64Array(layout.size);
    this.bins = new Uint32Array(layout.sketches * BINS);
    this.stationBins = (1 + layout.classes) * BINS;
  }

  /** A request has been answered. */
  answer(requestClass: number, seconds: number, isOwn: boolean): void {
    const bin = binOf(seconds);
    const { bins, values } = this;
    const at = this.layout.class + requestClass * CLASS_SIZE;
    values[at + ANSWERED]! += 1;
    values[at + ANSWER_TIME]! += seconds;
    bins[(1 + requestClass) * BINS + bin]! += 1;
    if (isOwn) bins[bin]! += 1;
  }

  clear(): void {
    this.values.fill(0);
    this.bins.fill(0);
  }
}
