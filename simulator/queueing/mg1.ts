/** Poisson arrivals at one server with any service distribution. */
export type Mg1 = {
  /** Requests per second. */
  readonly arrivalRate: number;
  /** Mean service time in seconds. */
  readonly serviceTime: number;
  /** Squared coefficient of variation of the service time: 0 constant, 1 exponential. */
  readonly serviceVariability: number;
};

/**
 * Mean wait in seconds in M/G/1, first come first served, exact: ρ S (1 + c²) / (2 (1 - ρ)) (Pollaczek 1930,
 * Khinchine 1932; Kleinrock vol. 1, 1975, §5.6). `Infinity` at or above saturation.
 */
export function mg1Wait({ arrivalRate, serviceTime, serviceVariability }: Mg1): number {
  const utilization = arrivalRate * serviceTime;
  if (utilization >= 1) return Number.POSITIVE_INFINITY;
  return (utilization * serviceTime * (1 + serviceVariability)) / (2 * (1 - utilization));
}

/**
 * Variance of the wait in s² in M/G/1: W² + λ E[S³] / (3 (1 - ρ)), exact for gamma distributed service, whose third
 * moment is S³ (1 + c²)(1 + 2c²) (Kleinrock vol. 1, 1975, §5.7). `Infinity` at or above saturation.
 */
export function mg1WaitVariance(station: Mg1): number {
  const { arrivalRate, serviceTime, serviceVariability } = station;
  const utilization = arrivalRate * serviceTime;
  if (utilization >= 1) return Number.POSITIVE_INFINITY;
  const thirdMoment = serviceTime ** 3 * (1 + serviceVariability) * (1 + 2 * serviceVariability);
  return mg1Wait(station) ** 2 + (arrivalRate * thirdMoment) / (3 * (1 - utilization));
}
