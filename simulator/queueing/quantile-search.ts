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
    const distance = Math.log(point.survival / exceedance);
    let next = time + (distance * point.survival) / point.density;
    // Far from the target, where survival and density may be noise, the step says nothing about how close it is.
    const settled = Math.abs(distance) < 1e-2 || high - low <= tolerance * time;
    if (settled && Math.abs(next - time) <= tolerance * time) return next;
    if (!(next > low && next < high) || Math.abs(next - time) <= tolerance * time) {
      if (distance === 0 || high - low <= tolerance * time) return time;
      next = high === Number.POSITIVE_INFINITY ? 2 * time : (low + high) / 2;
    }
    time = Math.min(next, 8 * time);
  }
  return time;
}
