import type { ClosedNetwork } from './closed-network.ts';

/** What throughput and response can be at best and at worst. Per second and seconds. */
export type ClosedBounds = {
  readonly throughput: { readonly lower: number; readonly upper: number };
  readonly response: { readonly lower: number; readonly upper: number };
};

/**
 * Asymptotic bounds of a closed network, valid for any distribution: N / (N D + Z) <= X <= min(1 / D_max, N / (D + Z)),
 * with D_max the largest demand per server (Lazowska et al., Quantitative System Performance, 1984, §5.2).
 */
export function asymptoticBounds(network: ClosedNetwork): ClosedBounds {
  const { population } = network;
  const { total, thinkTime, largest } = demandsOf(network);
  if (population <= 0) return bounds(network, thinkTime, 0, 0, total);
  const upper = Math.min(1 / largest, population / (total + thinkTime));
  return bounds(network, thinkTime, population / (population * total + thinkTime), upper, total);
}

/**
 * Balanced job bounds of a closed product-form network with a single server at every queue, tighter than the asymptotic
 * ones (Zahorjan et al., 1982; Lazowska et al., 1984, §5.4, table 5.2). Stations with several servers fall
 * back to the asymptotic bounds.
 */
export function balancedJobBounds(network: ClosedNetwork): ClosedBounds {
  const asymptotic = asymptoticBounds(network);
  const { population } = network;
  const queues = network.stations.filter(({ servers, demand }) => servers !== Number.POSITIVE_INFINITY && demand > 0);
  if (population <= 0 || queues.length === 0 || queues.some(({ servers }) => servers > 1)) return asymptotic;
  const { total, thinkTime, largest } = demandsOf(network);
  const others = population - 1;
  const worst = (others * largest) / (1 + thinkTime / (population * total));
  const best = (others * (total / queues.length)) / (1 + thinkTime / total);
  const lower = population / (total + thinkTime + worst);
  const upper = population / (total + thinkTime + best);
  return bounds(network, thinkTime, lower, Math.min(asymptotic.throughput.upper, upper), total);
}

/** Users at which the asymptotes cross and queueing becomes certain: N* = (D + Z) / D_max (Lazowska et al., §5.2). */
export function saturationPopulation(network: ClosedNetwork): number {
  const { total, thinkTime, largest } = demandsOf(network);
  return largest === 0 ? Number.POSITIVE_INFINITY : (total + thinkTime) / largest;
}

/** Delay stations count as response time, but for the bounds they behave like time to think. */
function demandsOf({ stations, thinkTime }: ClosedNetwork) {
  let total = 0;
  let largest = 0;
  let delay = thinkTime;
  for (const { demand, servers } of stations) {
    if (servers === Number.POSITIVE_INFINITY) delay += demand;
    else {
      total += demand;
      largest = Math.max(largest, demand / Math.max(0, Math.floor(servers)));
    }
  }
  return { total, largest, thinkTime: delay };
}

/** Response bounds by the interactive response time law R = N / X - Z. */
function bounds(network: ClosedNetwork, delay: number, lower: number, upper: number, total: number): ClosedBounds {
  const { population, thinkTime } = network;
  const least = total + delay - thinkTime;
  return {
    throughput: { lower, upper },
    response: {
      lower: upper > 0 ? Math.max(least, population / upper - thinkTime) : least,
      upper: lower > 0 ? Math.max(least, population / lower - thinkTime) : least,
    },
  };
}
