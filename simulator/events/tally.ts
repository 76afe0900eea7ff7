/**
 * What is counted while a simulation runs, for one slice of its time. An area under a count over time is the sum of the times at which it falls
 * less those at which it rises; what is still inside at the end of the slice is added there, so that it is exact.
 */
import type { Program } from './program.ts';
import { BINS, binOf } from './sketch.ts';

/** Where each field begins in the values of a slice. */
export interface Layout {
  readonly stations: number;
  readonly classes: number;
  readonly arrivals: number;
  readonly refused: number;
  readonly served: number;
  readonly response: number;
  readonly wait: number;
  readonly waiting: number;
  readonly inside: number;
  readonly busy: number;
  readonly held: number;
  readonly holderWait: number;
  readonly taken: number;
  readonly entered: number;
  readonly answered: number;
  readonly failed: number;
  readonly answerTime: number;
  readonly calls: number;
  readonly attempts: number;
  readonly failures: number;
  readonly size: number;
  /** Sketches: the whole mix, every class, then every station. */
  readonly sketches: number;
}

/** The layout of a program's figures. The users' static files are the last class. */
export function layoutOf({ state, servers, holders }: Program): Layout {
  // One more for the writes that are applied.
  const stations = state.network.stations.length + 1;
  const classes = state.network.classes.length + 1;
  const links = state.network.connections.length;
  let size = 0;
  const take = (count: number) => {
    size += count;
    return size - count;
  };
  return {
    stations,
    classes,
    arrivals: take(stations),
    refused: take(stations),
    served: take(stations),
    response: take(stations),
    wait: take(stations),
    waiting: take(stations),
    inside: take(stations),
    busy: take(servers.parts.length),
    held: take(holders.all.length),
    holderWait: take(holders.all.length),
    taken: take(holders.all.length),
    entered: take(classes),
    answered: take(classes),
    failed: take(classes),
    answerTime: take(classes),
    calls: take(links),
    attempts: take(links),
    failures: take(links),
    size,
    sketches: 1 + classes + stations,
  };
}

/** Counters of the current slice. */
export class Tally {
  readonly layout: Layout;
  readonly values: Float64Array;
  readonly arrivals: Float64Array;
  readonly refused: Float64Array;
  /** Operations that are served, their time here, their wait for a server. */
  readonly served: Float64Array;
  readonly response: Float64Array;
  readonly wait: Float64Array;
  /** Areas: of those that wait for a server, of all that are here, of busy servers, of places held. */
  readonly waiting: Float64Array;
  readonly inside: Float64Array;
  readonly busy: Float64Array;
  readonly held: Float64Array;
  /** Waits for places, and how many were taken. */
  readonly holderWait: Float64Array;
  readonly taken: Float64Array;
  readonly entered: Float64Array;
  readonly answered: Float64Array;
  readonly failed: Float64Array;
  readonly answerTime: Float64Array;
  /** Calls with a time limit or retries: all, their attempts, and those that failed at last. */
  readonly calls: Float64Array;
  readonly attempts: Float64Array;
  readonly failures: Float64Array;
  readonly bins: Uint32Array;

  constructor(layout: Layout) {
    this.layout = layout;
    this.values = new Float64Array(layout.size);
    const table = (from: number, count: number) => this.values.subarray(from, from + count);
    const { stations, classes } = layout;
    this.arrivals = table(layout.arrivals, stations);
    this.refused = table(layout.refused, stations);
    this.served = table(layout.served, stations);
    this.response = table(layout.response, stations);
    this.wait = table(layout.wait, stations);
    this.waiting = table(layout.waiting, stations);
    this.inside = table(layout.inside, stations);
    this.busy = table(layout.busy, layout.held - layout.busy);
    this.held = table(layout.held, layout.holderWait - layout.held);
    this.holderWait = table(layout.holderWait, layout.taken - layout.holderWait);
    this.taken = table(layout.taken, layout.entered - layout.taken);
    this.entered = table(layout.entered, classes);
    this.answered = table(layout.answered, classes);
    this.failed = table(layout.failed, classes);
    this.answerTime = table(layout.answerTime, classes);
    this.calls = table(layout.calls, layout.attempts - layout.calls);
    this.attempts = table(layout.attempts, layout.failures - layout.attempts);
    this.failures = table(layout.failures, layout.size - layout.failures);
    this.bins = new Uint32Array(layout.sketches * BINS);
  }

  /** A request is answered. */
  answer(requestClass: number, seconds: number, isOwn: boolean): void {
    const bin = binOf(seconds);
    const { bins } = this;
    this.answered[requestClass]! += 1;
    this.answerTime[requestClass]! += seconds;
    bins[(1 + requestClass) * BINS + bin]! += 1;
    if (isOwn) bins[bin]! += 1;
  }

  /** An operation has been served. */
  serve(station: number, seconds: number): void {
    this.served[station]! += 1;
    this.response[station]! += seconds;
    this.bins[(1 + this.layout.classes + station) * BINS + binOf(seconds)]! += 1;
  }

  clear(): void {
    this.values.fill(0);
    this.bins.fill(0);
  }
}
