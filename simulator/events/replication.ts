/**
 * One run of a network with its own random numbers: it warms up, then it is observed in slices of equal time. However long it runs, it keeps the
 * same number of slices: when there are too many, they are joined in pairs.
 */
import type { Architecture } from '../../model/index.ts';
import { prepare } from '../network/prepare.ts';
import { type SolvedLoad, solutionFrom, solveLoad } from '../steady/solve.ts';
import type { LoadOptions } from '../steady/state.ts';
import { Engine, purposes } from './engine.ts';
import { compile, type Program } from './program.ts';
import { RandomStreams } from './random.ts';
import { BINS, quantilesOf } from './sketch.ts';
import { endSlice, startSlice } from './slices.ts';
import { slowestTime } from './time-scale.ts';
import { WarmUpSeries } from './warm-up.ts';

/** What one run of a simulation is. Plain data, for a worker as well. */
export interface ReplicationTask {
  readonly architecture: Architecture;
  readonly options: LoadOptions;
  /** Any whole number. */
  readonly seed: number;
  /** Which of the runs with this seed. */
  readonly index: number;
}

/** What a run has seen so far. Plain data. */
export interface ReplicationRecord {
  /** Seconds of a slice. */
  readonly slice: number;
  /** Counters of every slice. */
  readonly slices: readonly Float64Array[];
  /** Quantiles of every slice by sketch, and how many observations each has: `[sketch * (probabilities + 1)]`. */
  readonly quantiles: readonly Float64Array[];
  /** Counters of every sketch over all slices, empty ones at both ends left out. */
  readonly sketches: readonly { readonly from: number; readonly counts: Float64Array }[];
  /** Seconds that were left out as warm-up, and whether they were enough. */
  readonly warmUp: number;
  readonly isWarm: boolean;
  readonly events: number;
  /** True where so much is under way that it was stopped. */
  readonly isFlooded: boolean;
  /** Requests of users that are not over. */
  readonly underWay: number;
}

/** Probabilities of the quantiles that are reported. */
export const probabilities = [0.5, 0.9, 0.95, 0.99, 0.999] as const;

/** Slices that a run keeps. */
export const SLICES = 16;

/** Operations under way at once beyond which a run is stopped: what arrives is more than can be done. */
const MOST_LIVE = 4_000_000;

/** A run. */
export class Replication {
  private readonly engine: Engine;
  /** Requests per second. */
  private readonly rate: number;
  private readonly slowest: number;
  private slice = 0;
  private slices: Float64Array[] = [];
  private quantiles: Float64Array[] = [];
  private readonly totals: Float64Array[];
  private warmUp = 0;
  private isWarm: boolean;
  private isFlooded = false;

  constructor({ architecture, options, seed, index }: ReplicationTask) {
    const solved = solveLoad(prepare(architecture), options);
    const program = compile(solved.actual);
    this.engine = new Engine(program, generators(program, `${seed}/${index}`));
    this.rate = rateOf(solved);
    this.slowest = slowestTime(solved);
    this.isWarm = this.rate === 0;
    this.totals = Array.from({ length: this.engine.tally.layout.sketches }, () => new Float64Array(BINS));
  }

  /** Observes until about so many requests have come since the warm-up; `onSlice` is called after every slice, false stops. */
  observe(requests: number, onSlice: (events: number) => boolean = () => true): ReplicationRecord | undefined {
    if (this.slice === 0 && this.rate > 0 && !this.begin(requests / SLICES / this.rate, onSlice)) return undefined;
    while (this.rate > 0 && !this.isFlooded && this.slices.length * this.slice * this.rate < requests * (1 - 1e-9)) {
      if (this.slices.length === 2 * SLICES) this.join();
      this.isFlooded = !this.runSlice();
      if (!onSlice(this.engine.happened)) return undefined;
    }
    if (this.slices.length === 2 * SLICES) this.join();
    return this.record();
  }

  private begin(slice: number, onSlice: (events: number) => boolean): boolean {
    this.slice = slice;
    const { engine } = this;
    const answers = new WarmUpSeries();
    const inside = new WarmUpSeries();
    engine.sources.onAnswer = (seconds) => {
      answers.add(seconds);
      inside.add(engine.ops.live);
    };
    // Not before the slowest part has had its time; and no longer than what is to be observed.
    const most = Math.max(LEAST_REQUESTS / this.rate, SLICES * slice);
    const least = Math.max(LEAST_REQUESTS / this.rate, Math.min(this.slowest, most));
    for (let end = least; ; end = Math.min(2 * end, most)) {
      this.isFlooded = !engine.run(end, MOST_LIVE);
      this.isWarm = end >= this.slowest && answers.isOver() && inside.isOver();
      if (!onSlice(engine.happened)) return false;
      if (this.isWarm || this.isFlooded || end >= most) break;
    }
    engine.sources.onAnswer = undefined;
    this.warmUp = engine.now;
    startSlice(engine);
    return true;
  }

  /** One more slice; false if too much was under way in it. */
  private runSlice(): boolean {
    const { engine, totals } = this;
    const from = engine.now;
    const completed = engine.run(from + this.slice, MOST_LIVE);
    endSlice(engine);
    const { bins } = engine.tally;
    const stride = probabilities.length + 1;
    const quantiles = new Float64Array(totals.length * stride);
    for (const [sketch, total] of totals.entries()) {
      let count = 0;
      for (let bin = 0, at = sketch * BINS; bin < BINS; bin++, at++) {
        const seen = bins[at]!;
        if (seen === 0) continue;
        total[bin]! += seen;
        count += seen;
      }
      quantiles[sketch * stride + stride - 1] = count;
      if (count > 0) quantiles.set(quantilesOf(bins, sketch * BINS, probabilities), sketch * stride);
    }
    this.slices.push(engine.tally.values.slice());
    this.quantiles.push(quantiles);
    startSlice(engine);
    return completed;
  }

  /** Slices of twice the time: counters add up, quantiles are those of both by their weights. */
  private join(): void {
    const stride = probabilities.length + 1;
    const half = <T>(all: readonly T[], join: (a: T, b: T) => T) =>
      Array.from({ length: SLICES }, (_, i) => join(all[2 * i]!, all[2 * i + 1]!));
    this.slices = half(this.slices, (a, b) => a.map((value, i) => value + b[i]!));
    this.quantiles = half(this.quantiles, (a, b) =>
      a.map((value, i) => {
        const last = i - (i % stride) + stride - 1;
        if (i === last) return value + b[i]!;
        const count = a[last]! + b[last]!;
        return count > 0 ? (value * a[last]! + b[i]! * b[last]!) / count : 0;
      }),
    );
    this.slice *= 2;
  }

  private record(): ReplicationRecord {
    const { slice, slices, quantiles, warmUp, isWarm, isFlooded, engine } = this;
    const sketches = this.totals.map(trimmed);
    const { happened: events } = engine;
    const { underWay } = engine.sources;
    return { slice, slices, quantiles, sketches, warmUp, isWarm, events, isFlooded, underWay };
  }
}

/** Requests that a run warms up with at least. */
const LEAST_REQUESTS = 2000;

/** Requests per second of all sources. */
export function rateOf(solved: SolvedLoad): number {
  const { rate } = solutionFrom(solved);
  return Number.isFinite(rate) ? rate : 0;
}

/** A generator for every purpose of every station and for every stream, by name. */
export function generators({ state }: Program, seed: string): RandomStreams {
  const { stations, streams, sources, classes } = state.network;
  return new RandomStreams(seed, [
    ...[...stations, { path: 'copies' }].flatMap(({ path }) => purposes.map((purpose) => `${path} ${purpose}`)),
    ...streams.map((stream) => `${stations[sources[stream.source]!.station]!.path}: ${classes[stream.class]!.name}`),
  ]);
}

function trimmed(counts: Float64Array): ReplicationRecord['sketches'][number] {
  const from = counts.findIndex((count) => count > 0);
  if (from < 0) return { from: 0, counts: new Float64Array(0) };
  return { from, counts: counts.slice(from, counts.findLastIndex((count) => count > 0) + 1) };
}
