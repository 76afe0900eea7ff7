/** Rate limits: so many operations a second, of which those of one second may come at once. */

/** Buckets that fill at their rates and hold what comes in a second, one at least. */
export class TokenBuckets {
  private readonly rates: Float64Array;
  private readonly tokens: Float64Array;
  private readonly filled: Float64Array;

  /** One bucket for each rate; `Infinity` is no limit. */
  constructor(rates: Float64Array) {
    this.rates = rates;
    this.tokens = rates.map((rate) => Math.max(1, rate));
    this.filled = new Float64Array(rates.length);
  }

  /** Takes one token if there is one. */
  take(bucket: number, now: number): boolean {
    const rate = this.rates[bucket]!;
    if (rate === Number.POSITIVE_INFINITY) return true;
    const level = Math.min(Math.max(1, rate), this.tokens[bucket]! + (now - this.filled[bucket]!) * rate);
    this.filled[bucket] = now;
    // Sums of fractions of a token miss one by rounding.
    const passes = level >= 1 - 1e-9;
    this.tokens[bucket] = passes ? level - 1 : level;
    return passes;
  }
}
