/** A group of equal servers with exponential service and a queue each, behind a load balancer. */
export type ServerGroup = {
  /** Requests per second for the whole group, Poisson. */
  readonly arrivalRate: number;
  /** Mean service time in seconds. */
  readonly serviceTime: number;
  /** Whole number of servers. */
  readonly servers: number;
};

/**
 * Mean response in seconds when each request goes to a server at random: independent M/M/1 queues, exact (Poisson
 * thinning). `Infinity` at or above saturation.
 */
export function randomResponse({ arrivalRate, serviceTime, servers }: ServerGroup): number {
  const load = loadPerServer(arrivalRate * serviceTime, servers);
  return load >= 1 ? Number.POSITIVE_INFINITY : serviceTime / (1 - load);
}

/**
 * Mean response in seconds when requests go to the servers in turn: every server is E_n/M/1 and R = S / (1 - σ), with
 * σ the root below 1 of σ = (nρ / (nρ + 1 - σ))^n; exact (Kleinrock vol. 1, 1975, §6.4, G/M/1).
 * `Infinity` at or above saturation.
 */
export function roundRobinResponse({ arrivalRate, serviceTime, servers }: ServerGroup): number {
  const count = Math.floor(servers);
  const load = loadPerServer(arrivalRate * serviceTime, count);
  if (load >= 1) return Number.POSITIVE_INFINITY;
  return serviceTime / (1 - roundRobinRoot(load, count));
}

/**
 * Mean response in seconds when each request joins the shortest of `choices` random queues:
 * S Σ ρ^((d^i - d) / (d - 1)), i >= 1; the limit of many servers (Mitzenmacher, "The power of two choices in
 * randomized load balancing", 2001). Low by a few percent for tens of servers. `Infinity` at or above saturation.
 *
 * @param utilization load per server
 * @param choices queues that are compared, >= 1; 1 is random
 */
export function powerOfChoicesResponse(utilization: number, serviceTime: number, choices: number): number {
  if (utilization >= 1) return Number.POSITIVE_INFINITY;
  if (choices <= 1) return serviceTime / (1 - utilization);
  let sum = 0;
  let exponent = 0;
  for (let term = 1; term > 1e-17 * sum; exponent = choices * (exponent + 1)) {
    term = utilization ** exponent;
    sum += term;
  }
  return serviceTime * sum;
}

/** σ, the probability that a request sent to the servers in turn finds its server busy; `load` per server below 1. */
export function roundRobinRoot(load: number, servers: number): number {
  if (load <= 0) return 0;
  const scaled = servers * load;
  // In u = 1 - σ the function u - 1 + (1 + u / scaled)^-n is convex, so Newton from u = 1 descends to the root.
  let idle = 1;
  for (let i = 0; i < 100; i++) {
    const power = Math.exp(-servers * Math.log1p(idle / scaled));
    const value = idle - 1 + power;
    const slope = 1 - (servers * power) / (scaled + idle);
    const next = idle - value / slope;
    if (!(next > 0) || Math.abs(next - idle) <= 1e-15 * idle) break;
    idle = next;
  }
  return 1 - idle;
}

function loadPerServer(offeredLoad: number, servers: number): number {
  return offeredLoad === 0 ? 0 : offeredLoad / Math.max(0, Math.floor(servers));
}
