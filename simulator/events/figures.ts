/** Figures with intervals from the counters and sketches of all runs. A figure may be about several counters together. */
import { type Estimate, estimate, type Slices } from './estimate.ts';
import { probabilities, type ReplicationRecord } from './replication.ts';
import type { SimulatedLatency } from './simulation.ts';
import { BINS, quantilesOf } from './sketch.ts';

/** The records of all runs. */
export type Records = readonly ReplicationRecord[];

/** Places of counters in a slice that are added up. */
export type Counters = readonly number[];

/** The sum of counters over everything. */
export function total(records: Records, counters: Counters): number {
  let sum = 0;
  for (const { slices } of records) for (const slice of slices) sum += add(slice, counters);
  return sum;
}

/** Counters per second, over `available`. */
export function perSecond(records: Records, counters: Counters, available = 1): Estimate {
  const runs = records.map(
    ({ slices, slice }): Slices =>
      slices.map((values) => ({ value: add(values, counters) / slice / available, weight: slice })),
  );
  return estimate(runs);
}

/** Counters over other ones; `none` where the other ones have not counted anything. */
export function ratio(records: Records, above: Counters, below: Counters, none = Number.NaN): Estimate {
  const runs = records.map(
    ({ slices }): Slices =>
      slices.map((slice) => ({ value: add(slice, above) / add(slice, below), weight: add(slice, below) })),
  );
  return runs.every((run) => run.every(({ weight }) => weight === 0)) ? { value: none, halfWidth: 0 } : estimate(runs);
}

/** Mean of `seconds` over `counted`, and the quantiles of a sketch; undefined where nothing was counted. */
export function latencyOf(
  records: Records,
  sketch: number,
  seconds: Counters,
  counted: Counters,
): SimulatedLatency | undefined {
  if (total(records, counted) === 0) return undefined;
  const values = quantilesOf(merged(records, sketch), 0, probabilities);
  const stride = probabilities.length + 1;
  const at = (index: number): Estimate => {
    const runs = records.map(
      ({ quantiles }): Slices =>
        quantiles.map((slice) => ({
          value: slice[sketch * stride + index]!,
          weight: slice[sketch * stride + stride - 1]!,
        })),
    );
    return estimate(runs, values[index]!);
  };
  return { mean: ratio(records, seconds, counted), p50: at(0), p90: at(1), p95: at(2), p99: at(3), p999: at(4) };
}

/** The counters of a sketch over all runs. */
function merged(records: Records, sketch: number): Float64Array {
  const bins = new Float64Array(BINS);
  for (const { sketches } of records) {
    const { from, counts } = sketches[sketch]!;
    for (const [i, seen] of counts.entries()) bins[from + i]! += seen;
  }
  return bins;
}

function add(slice: Float64Array, counters: Counters): number {
  let sum = 0;
  for (const at of counters) sum += slice[at]!;
  return sum;
}
