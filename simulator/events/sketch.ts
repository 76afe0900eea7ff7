/**
 * Streaming quantiles with a guaranteed relative error: counters over a grid that is logarithmic in steps of an octave and linear within, as
 * DDSketch with linear interpolation (Masson, Rim and Lee, "DDSketch", VLDB 12, 2019). Sketches add up, so those of several runs are merged
 * without loss. A quantile is that of the nearest rank, ⌈p n⌉.
 */

/** Counters of one sketch. */
export const BINS = 8192;
/** Times below are nothing, times above are counted with the longest: 58 ps and 34 years. */
const LEAST_EXPONENT = -34;
/** Steps of an octave; the middle of one is at most 1/257 off. */
const STEPS = 128;
/** Largest relative error of a quantile. */
export const SKETCH_ERROR = 1 / (2 * STEPS + 1);

const FIRST = (LEAST_EXPONENT + 1023) * STEPS;
const value = new Float64Array(1);
const words = new Int32Array(value.buffer);
/** The word with sign, exponent and the highest bits of the mantissa, on machines of either byte order. */
const HIGH = highWord();

function highWord(): 0 | 1 {
  value[0] = 1;
  return words[1] === 0 ? 0 : 1;
}

/** The counter of a time in seconds. */
export function binOf(seconds: number): number {
  value[0] = seconds;
  const bin = (words[HIGH]! >> 13) - FIRST;
  return bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin;
}

/** The time that stands for a counter. */
export function timeOf(bin: number): number {
  if (bin === 0) return 0;
  const octave = Math.floor(bin / STEPS);
  return 2 ** (octave + LEAST_EXPONENT) * (1 + ((bin % STEPS) + 0.5) / STEPS);
}

/** Quantiles of ascending probabilities over the counters from `start` on; NaN where nothing was counted. */
export function quantilesOf(counters: ArrayLike<number>, start: number, probabilities: readonly number[]): number[] {
  let total = 0;
  for (let bin = start; bin < start + BINS; bin++) total += counters[bin]!;
  const found: number[] = [];
  let seen = 0;
  let bin = -1;
  for (const probability of probabilities) {
    const rank = Math.max(1, Math.ceil(probability * total - 1e-9));
    while (seen < rank && bin < BINS - 1) seen += counters[start + ++bin]!;
    found.push(total === 0 ? Number.NaN : timeOf(bin));
  }
  return found;
}
