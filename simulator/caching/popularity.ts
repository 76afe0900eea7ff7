/**
 * How requests spread over items, the most popular first. Items that are alike are kept as one bucket, so that
 * 100 million items take about a thousand numbers.
 */
export type Popularity = {
  /** Number of items. */
  readonly items: number;
  /** Items per bucket. */
  readonly counts: Float64Array;
  /** Probability that a request is for one certain item of the bucket: the mean of the bucket. */
  readonly shares: Float64Array;
};

/** Ranks below this have a bucket each. */
const singles = 512;
/** Later buckets are this much longer than their first rank is deep. */
const growth = 1 / 48;

/**
 * Zipf's law: the item of rank i has a share of i^-α / Σ j^-α. Ranks after the 512th share a bucket with the 2 % that
 * follow; hit ratios computed from it are within 1e-5 of those computed item by item.
 *
 * @param items whole number, up to 1e15; less than one gives an empty popularity
 * @param exponent α >= 0; 0 is uniform, about 0.6 to 1.2 for web requests (Breslau et al., INFOCOM 1999)
 */
export function zipfPopularity(items: number, exponent: number): Popularity {
  const count = Math.max(0, Math.floor(items));
  const counts: number[] = [];
  const weights: number[] = [];
  for (let first = 1; first <= count; ) {
    const length = first <= singles ? 1 : Math.min(count - first + 1, Math.ceil(first * growth));
    counts.push(length);
    weights.push(length === 1 ? first ** -exponent : zipfWeight(first, first + length - 1, exponent) / length);
    first += length;
  }
  return scaled(count, Float64Array.from(counts), Float64Array.from(weights));
}

/** A popularity from any non-negative weights, one per item; items that nobody asks for are left out. */
export function popularityOf(weights: readonly number[]): Popularity {
  const sorted = Float64Array.from(weights.filter((weight) => weight > 0))
    .sort()
    .reverse();
  return scaled(sorted.length, new Float64Array(sorted.length).fill(1), sorted);
}

/** Share of all requests that go to the most popular item: what one shard or one key has to bear. */
export function hottestShare({ shares }: Popularity): number {
  return shares[0] ?? 0;
}

/**
 * What a cache passes on: the popularity of its misses, given each item's hit ratio. Downstream caches may take the
 * misses for independent requests, which is within a few percent (Fricker et al., 2012).
 *
 * @param hitRatioOf hit ratio of an item with the given share
 */
export function missPopularity(popularity: Popularity, hitRatioOf: (share: number) => number): Popularity {
  const missed = popularity.shares.map((share) => share * (1 - hitRatioOf(share)));
  const order = Array.from(missed, (_, i) => i).sort((a, b) => missed[b]! - missed[a]!);
  const counts = Float64Array.from(order, (i) => popularity.counts[i]!);
  return scaled(
    popularity.items,
    counts,
    Float64Array.from(order, (i) => missed[i]!),
  );
}

/** Expected number of different items among `requests` requests: Σ 1 - e^(-p t), how far a cold cache has warmed up. */
export function distinctItems({ counts, shares }: Popularity, requests: number): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum -= counts[i]! * Math.expm1(-shares[i]! * requests);
  return sum;
}

/** Σ i^-α from `first` to `last` by the midpoint form of Euler-Maclaurin; better than 1e-10 beyond rank 500. */
function zipfWeight(first: number, last: number, exponent: number): number {
  const from = first - 0.5;
  const to = last + 0.5;
  const log = Math.log(to / from);
  const slant = 1 - exponent;
  const integral = Math.abs(slant) < 1e-12 ? log : (from ** slant * Math.expm1(slant * log)) / slant;
  return integral + (exponent / 24) * (to ** (-exponent - 1) - from ** (-exponent - 1));
}

function scaled(items: number, counts: Float64Array, weights: Float64Array): Popularity {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]! * weights[i]!;
  return { items, counts, shares: total === 0 ? weights : weights.map((weight) => weight / total) };
}
