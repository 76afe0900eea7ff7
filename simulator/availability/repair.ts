/** Share of the time that a part works: MTBF / (MTBF + MTTR), in any one unit; 1 where nothing fails. */
export function availabilityOf(meanTimeBetweenFailures: number, meanTimeToRepair: number): number {
  if (meanTimeToRepair === 0 || meanTimeBetweenFailures === Number.POSITIVE_INFINITY) return 1;
  if (meanTimeToRepair === Number.POSITIVE_INFINITY) return 0;
  return meanTimeBetweenFailures / (meanTimeBetweenFailures + meanTimeToRepair);
}

/** Equal parts that are repaired by a limited number of crews. */
export type RepairedGroup = {
  /** Parts that have to work. */
  readonly needed: number;
  readonly total: number;
  /** Mean time to failure of one part, in the same unit as the repair. */
  readonly timeToFailure: number;
  readonly timeToRepair: number;
  /** Repairs that go on at the same time; `Infinity` for no limit. */
  readonly crews: number;
};

/**
 * Unavailability of a group with repair, the birth-death chain p_(j+1) / p_j = (n - j) λ / (min(j + 1, r) μ) over j failed
 * parts; exact for exponential times (Trivedi, Probability and Statistics with Reliability, 2002, §8.2).
 * Returned as the share of time down, because the availability itself would round its digits away.
 */
export function groupUnavailability(group: RepairedGroup): number {
  const { timeToFailure, timeToRepair, crews } = group;
  const total = Math.max(0, Math.floor(group.total));
  const needed = Math.ceil(group.needed);
  if (needed <= 0) return 0;
  if (needed > total) return 1;
  if (timeToRepair === 0 || timeToFailure === Number.POSITIVE_INFINITY) return 0;
  if (timeToFailure === 0 || crews < 1) return 1;
  const ratio = timeToRepair / timeToFailure;
  let weight = 1;
  let up = 0;
  let down = 0;
  for (let failed = 0; failed <= total; failed++) {
    if (total - failed >= needed) up += weight;
    else down += weight;
    weight *= ((total - failed) * ratio) / Math.min(failed + 1, Math.floor(crews));
    if (weight > 1e250) {
      weight /= 1e250;
      up /= 1e250;
      down /= 1e250;
    }
  }
  return down / (up + down);
}

/**
 * Share of the time lost to switching over: failures per second × seconds until the stand-by serves, which is detection,
 * promotion and reconnecting. At most 1.
 */
export function failoverUnavailability(failuresPerSecond: number, failoverSeconds: number): number {
  if (failuresPerSecond === 0 || failoverSeconds === 0) return 0;
  return Math.min(1, failuresPerSecond * failoverSeconds);
}

/** Seconds down in `period` seconds at a given availability. */
export function downtime(availability: number, period: number): number {
  return (1 - availability) * period;
}
