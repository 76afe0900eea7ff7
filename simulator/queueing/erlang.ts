/**
 * Erlang B: the probability that all `servers` are busy and a request is turned away (M/G/c/c).
 *
 * Recursion on the inverse, I(k) = 1 + (k / a) I(k - 1), which neither overflows nor cancels
 * (Cooper, Introduction to Queueing Theory, 1981, §3.3). It contracts while k < a, so for a large load it
 * starts 9 standard deviations below min(servers, a): what that leaves out is below e^-40 of the result.
 *
 * @param servers whole number of servers; a fraction is rounded down; `Infinity` never blocks
 * @param offeredLoad arrival rate × service time, in Erlangs, >= 0
 */
export function erlangB(servers: number, offeredLoad: number): number {
  return 1 / inverseErlangB(servers, offeredLoad);
}

/**
 * Erlang C: the probability that a request has to wait in an M/M/c queue, 1 / (ρ + (1 - ρ) / B).
 * Kleinrock, Queueing Systems vol. 1, 1975, §3.5.
 *
 * @param servers whole number of servers; a fraction is rounded down; `Infinity` never waits
 * @param offeredLoad arrival rate × service time, in Erlangs, >= 0
 * @returns a probability; 1 where the load is at or above the number of servers
 */
export function erlangC(servers: number, offeredLoad: number): number {
  const count = Math.floor(servers);
  if (offeredLoad >= count) return offeredLoad > 0 || count < 1 ? 1 : 0;
  const utilization = offeredLoad / count;
  return 1 / (utilization + (1 - utilization) * inverseErlangB(count, offeredLoad));
}

function inverseErlangB(servers: number, offeredLoad: number): number {
  const count = Math.floor(servers);
  if (count < 1) return 1;
  if (offeredLoad <= 0 || count === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  if (offeredLoad === Number.POSITIVE_INFINITY) return 1;
  const start = Math.max(0, Math.floor(Math.min(count, offeredLoad) - 9 * Math.sqrt(offeredLoad)));
  let inverse = start === 0 ? 1 : 1 / (1 - start / offeredLoad);
  for (let k = start + 1; k <= count; k++) {
    inverse = 1 + (k / offeredLoad) * inverse;
    if (inverse === Number.POSITIVE_INFINITY) return inverse;
  }
  return inverse;
}
