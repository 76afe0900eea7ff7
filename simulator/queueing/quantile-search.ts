/** One point of a distribution, written in place so that a search allocates nothing. */
export type TailPoint = {
  /** P(T > t). */
  survival: number;
  /** Probability density at t, per second. */
  density: number;
};

/** Writes the survival function and the density at `time` (seconds) into `point`. */
export type Tail = (time: number, point: TailPoint) => void;

/**
 * The time that is exceeded with probability `exceedance`, by Newton's method on ln P(T > t), which is
 * close to a straight line for the exponential tails of queues, kept inside a bracket by bisection.
 *
 * @param tail a survival function that does not increase
 * @param exceedance 1 - p, inside (0, survival just after zero)
 * @param guess a positive time in seconds to start from
 * @param tolerance relative change at which the search ends
 * @param point receives the last point visited, from which a caller may extrapolate
 */
export function findQuantile(tail: Tail, exceedance: number, guess: number, tolerance: number, point: TailPoint) {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let time = guess;
  for (let i = 0; i < 200; i++) {
    tail(time, point);
    if (point.survival > exceedance) low = time;
    else high = time;
    let next = time + (Math.log(point.survival / exceedance) * point.survival) / point.density;
    if (!(next > low && next < high)) {
      if (point.survival === exceedance) return time;
      next = high === Number.POSITIVE_INFINITY ? 2 * time : (low + high) / 2;
    }
    if (Math.abs(next - time) <= tolerance * time) return next;
    time = next;
  }
  return time;
}
