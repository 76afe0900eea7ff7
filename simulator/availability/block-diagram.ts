/** Availability of parts that are all needed: the product (reliability block diagram in series). Independent failures. */
export function seriesAvailability(availabilities: readonly number[]): number {
  let product = 1;
  for (const availability of availabilities) product *= availability;
  return product;
}

/** Availability of parts of which one is enough: 1 - Π (1 - A). Independent failures; 0 without parts. */
export function parallelAvailability(availabilities: readonly number[]): number {
  let unavailable = 1;
  for (const availability of availabilities) unavailable *= 1 - availability;
  return 1 - unavailable;
}

/**
 * Availability of `total` equal parts of which `needed` have to work: Σ C(n, i) A^i (1 - A)^(n - i) for i >= needed.
 * Exact for independent failures; summed from the side that loses no digits. 1 for needed <= 0, 0 for needed > total.
 */
export function kOfNAvailability(needed: number, total: number, availability: number): number {
  return kOfMixedAvailability(needed, new Array<number>(Math.max(0, Math.floor(total))).fill(availability));
}

/** Availability of different parts of which `needed` have to work (Poisson binomial), exact for independent failures. */
export function kOfMixedAvailability(needed: number, availabilities: readonly number[]): number {
  const least = Math.ceil(needed);
  if (least <= 0) return 1;
  // failed[j]: probability of j failures so far; the last entry gathers all cases that are too many.
  const most = availabilities.length - least;
  if (most < 0) return 0;
  const failed = new Float64Array(most + 2);
  failed[0] = 1;
  for (const availability of availabilities) {
    failed[most + 1] = failed[most + 1]! + failed[most]! * (1 - availability);
    for (let j = most; j >= 1; j--) failed[j] = failed[j]! * availability + failed[j - 1]! * (1 - availability);
    failed[0] = failed[0]! * availability;
  }
  return 1 - failed[most + 1]!;
}

/**
 * Unavailability of a redundant pair of which a share of the failures is common to both: (1 - β)² U² + β U
 * (β-factor model, Fleming, 1975; IEC 61508-6 annex D). U is the unavailability of one.
 */
export function pairUnavailability(unavailability: number, commonShare: number): number {
  return ((1 - commonShare) * unavailability) ** 2 + commonShare * unavailability;
}
