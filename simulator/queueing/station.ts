/** What a queueing formula says about one station in equilibrium. Times in seconds, rates per second. */
export type StationMetrics = {
  /** Offered load per server; 1 and more means that the station cannot keep up. */
  readonly utilization: number;
  /** Probability that a request waits at all. */
  readonly waitProbability: number;
  /** Mean time in the queue. */
  readonly wait: number;
  /** Mean time in queue and service. */
  readonly response: number;
  /** Mean number of requests waiting. */
  readonly queueLength: number;
  /** Mean number of requests waiting or in service. */
  readonly inSystem: number;
};

/** Poisson arrivals at identical exponential servers with one queue. */
export type Mmc = {
  /** Requests per second. */
  readonly arrivalRate: number;
  /** Mean service time in seconds. */
  readonly serviceTime: number;
  /** Whole number of servers; `Infinity` for a station where nobody waits. */
  readonly servers: number;
};

/** Metrics of a station whose mean wait is known: the rest follows from Little's law L = λ W (Little, 1961). */
export function metricsFromWait(station: Mmc, wait: number, waitProbability: number): StationMetrics {
  const { arrivalRate, serviceTime, servers } = station;
  const offeredLoad = arrivalRate * serviceTime;
  const queueLength = arrivalRate === 0 ? 0 : arrivalRate * wait;
  return {
    utilization: utilizationOf(offeredLoad, servers),
    waitProbability,
    wait,
    response: wait + serviceTime,
    queueLength,
    inSystem: queueLength + offeredLoad,
  };
}

/** Offered load per server (utilisation law); 0 without load, `Infinity` for a load on no servers at all. */
export function utilizationOf(offeredLoad: number, servers: number): number {
  if (offeredLoad === 0) return 0;
  return offeredLoad / Math.max(0, Math.floor(servers));
}
