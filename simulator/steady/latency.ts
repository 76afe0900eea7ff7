/** Response times in figures. */
import type { Latency } from '../../model/index.ts';
import { meanOf, type ResponseTime, summaryOf } from '../statistics/index.ts';

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

/** Quantiles are most of the work and seldom looked at: they are computed when one is first read. */
function computed(tree: ResponseTime): Latency {
  let known: Quantiles | undefined;
  const quantiles = () => {
    known ??= quantilesFrom(tree);
    return known;
  };
  return {
    mean: orInfinity(meanOf(tree)),
    get p50() {
      return quantiles().p50;
    },
    get p90() {
      return quantiles().p90;
    },
    get p95() {
      return quantiles().p95;
    },
    get p99() {
      return quantiles().p99;
    },
    get p999() {
      return quantiles().p999;
    },
  };
}

type Quantiles = Omit<Latency, 'mean'>;

function quantilesFrom(tree: ResponseTime): Quantiles {
  const { mean, quantiles } = summaryOf(tree, [0.5, 0.9, 0.95, 0.99, 0.999]);
  const [p50 = mean, p90 = mean, p95 = mean, p99 = mean, p999 = mean] = quantiles.map((value) => orInfinity(value));
  return { p50, p90, p95, p99, p999 };
}

/** No time at all. */
export const noLatency: Latency = { mean: 0, p50: 0, p90: 0, p95: 0, p99: 0, p999: 0 };

function orInfinity(value: number): number {
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : Math.max(0, value);
}
