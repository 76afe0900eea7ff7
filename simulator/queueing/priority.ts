/** One class of requests at a server with priorities. */
export type PriorityClass = {
  /** Requests per second. */
  readonly arrivalRate: number;
  /** Mean service time in seconds. */
  readonly serviceTime: number;
  /** Squared coefficient of variation of the service time. */
  readonly serviceVariability: number;
};

/**
 * Mean wait in seconds of each class in M/G/1 with non-pre-emptive priorities, the first class the most urgent:
 * W_k = W_0 / ((1 - σ_(k-1))(1 - σ_k)), exact (Cobham, "Priority assignment in waiting line problems", 1954).
 * `Infinity` for the classes that the more urgent ones leave no room for.
 */
export function priorityWaits(classes: readonly PriorityClass[]): number[] {
  let residual = 0;
  for (const { arrivalRate, serviceTime, serviceVariability } of classes) {
    residual += (arrivalRate * serviceTime ** 2 * (1 + serviceVariability)) / 2;
  }
  let urgentLoad = 0;
  return classes.map(({ arrivalRate, serviceTime }) => {
    const before = urgentLoad;
    urgentLoad += arrivalRate * serviceTime;
    if (urgentLoad >= 1) return Number.POSITIVE_INFINITY;
    return residual / ((1 - before) * (1 - urgentLoad));
  });
}
