/** The Universal Scalability Law (Gunther, Guerrilla Capacity Planning, 2007, ch. 4-6). */
export type Scalability = {
  /** Share of the work that is serial or queues for a shared resource (α), >= 0. */
  readonly contention: number;
  /** Cost of keeping every pair of servers consistent (β), >= 0. */
  readonly coherency: number;
};

/** How many lone servers `servers` servers are worth: n / (1 + α (n - 1) + β n (n - 1)); 0 for none. */
export function relativeCapacity(servers: number, { contention, coherency }: Scalability): number {
  if (servers <= 0) return 0;
  if (servers === Number.POSITIVE_INFINITY) return coherency > 0 ? 0 : 1 / contention;
  return servers / (1 + contention * (servers - 1) + coherency * servers * (servers - 1));
}

/** The number of servers beyond which more of them do less, √((1 - α) / β); `Infinity` without coherency cost. */
export function peakServers({ contention, coherency }: Scalability): number {
  if (contention >= 1) return 1;
  return coherency === 0 ? Number.POSITIVE_INFINITY : Math.max(1, Math.sqrt((1 - contention) / coherency));
}
