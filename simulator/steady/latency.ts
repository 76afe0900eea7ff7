/** Response times in figures. */
import type { Latency } from '../../model/index.ts';
import { type ResponseTime, summaryOf } from '../statistics/index.ts';

/** Figures by their expression: equal components of several data centers are computed once. */
export type LatencyCache = Map<string, Latency>;

/** Mean and quantiles of a response time. */
export function latencyFrom(tree: ResponseTime, cache?: LatencyCache): Latency {
  if (!cache) return computed(tree);
  const key = JSON.stringify(tree);
  let latency = cache.get(key);
  if (!latency) {
    latency = computed(tree);
    cache.set(key, latency);
  }
  return latency;
}

function computed(tree: ResponseTime): Latency {
  const { mean, quantiles } = summaryOf(tree, [0.5, 0.9, 0.95, 0.99, 0.999]);
  const [p50 = mean, p90 = mean, p95 = mean, p99 = mean, p999 = mean] = quantiles.map((value) => orInfinity(value));
  return { mean: orInfinity(mean), p50, p90, p95, p99, p999 };
}

/** No time at all. */
export const noLatency: Latency = { mean: 0, p50: 0, p90: 0, p95: 0, p99: 0, p999: 0 };

function orInfinity(value: number): number {
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : Math.max(0, value);
}
