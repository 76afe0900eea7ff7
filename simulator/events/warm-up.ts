/**
 * How long a simulation takes to forget that it began empty: MSER-5 of White, "An effective truncation heuristic for bias reduction in
 * simulation output", Simulation 69, 1997. It cuts where the rest of the series, in batches of five, has the least standard error. Batches are
 * joined in pairs when there are many, so that the series never takes more room.
 */

/** A series in the order of observation. */
export class WarmUpSeries {
  private readonly sums = new Float64Array(MOST_BATCHES);
  private count = 0;
  private size = FIRST_BATCH;
  private sum = 0;
  private seen = 0;

  add(value: number): void {
    this.sum += value;
    if (++this.seen < this.size) return;
    this.sums[this.count++] = this.sum / this.size;
    this.sum = 0;
    this.seen = 0;
    if (this.count === MOST_BATCHES) this.join();
  }

  /** Whether the point to cut at is known and lies in the first half; in the second half it may be an artefact. */
  isOver(): boolean {
    return this.count >= LEAST_BATCHES && cutAt(this.sums.subarray(0, this.count)) <= this.count / 2;
  }

  private join(): void {
    for (let i = 0; i < MOST_BATCHES / 2; i++) this.sums[i] = (this.sums[2 * i]! + this.sums[2 * i + 1]!) / 2;
    this.count = MOST_BATCHES / 2;
    this.size *= 2;
  }
}

/** How many batches to leave out at the start. */
export function cutAt(batches: Float64Array): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (let first = batches.length - 1; first >= 0; first--) {
    count++;
    const difference = batches[first]! - mean;
    mean += difference / count;
    squares += difference * (batches[first]! - mean);
    // The last few are always alike.
    if (count < LEAST_REST) continue;
    const error = squares / count / count;
    if (error <= least) {
      least = error;
      best = first;
    }
  }
  return best;
}

const FIRST_BATCH = 5;
const LEAST_BATCHES = 20;
const MOST_BATCHES = 4096;
const LEAST_REST = 5;
