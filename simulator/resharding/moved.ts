/** Share of the keys that changes its shard, by the strategy that assigns them. Keys are taken to be spread evenly. */

export const shardingStrategies = ['hash', 'directory', 'range', 'modulo'] as const;
export type ShardingStrategy = (typeof shardingStrategies)[number];

/**
 * Fraction of the keys that moves when `from` shards become `to`.
 * - `hash` (consistent hashing, rendezvous, slots) and `directory`: only what the new shards take, or the removed ones had,
 *   |to - from| / max (Karger et al., Consistent Hashing and Random Trees, 1997);
 * - `modulo`: a key stays where both remainders are equal, 1 - min / lcm; n/(n + 1) from n to n + 1;
 * - `range`: every range is split into equal parts of which the first stays, or neighbours are merged.
 */
export function movedFraction(strategy: ShardingStrategy, from: number, to: number): number {
  if (from === to) return 0;
  const [few, many] = from < to ? [from, to] : [to, from];
  switch (strategy) {
    case 'hash':
    case 'directory':
      return (many - few) / many;
    case 'modulo':
      return 1 - few / leastCommonMultiple(few, many);
    case 'range':
      return from < to ? 1 - keptBySplitting(from, to) : (many - few) / many;
  }
}

/** Share of the keys on the largest shard afterwards: ranges that are split differently often are not equal. */
export function largestShare(strategy: ShardingStrategy, from: number, to: number): number {
  if (strategy !== 'range' || from === to) return 1 / to;
  return from < to ? 1 / (from * Math.floor(to / from)) : Math.ceil(from / to) / from;
}

/** Of `from` ranges `to mod from` are split into one part more than the others; each keeps one part. */
function keptBySplitting(from: number, to: number): number {
  const parts = Math.floor(to / from);
  const more = to % from;
  return (more / (parts + 1) + (from - more) / parts) / from;
}

function leastCommonMultiple(a: number, b: number): number {
  let [large, small] = [Math.max(a, b), Math.min(a, b)];
  while (small > 0) [large, small] = [small, large % small];
  return (a / large) * b;
}
