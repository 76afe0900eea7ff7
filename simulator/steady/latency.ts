/** Response times in figures. */
import type { Latency } from '../../model/index.ts';
import { meanOf, quantileFunction, type ResponseTime } from '../statistics/index.ts';

/** Quantile functions by their expression: equal components of several data centers are composed and inverted once. */
export type LatencyCache = Map<string, (p: number) => number>;

/** Mean and quantiles of a response time. Quantiles are most of the work and seldom looked at: each is computed when it is first read. */
export function latencyFrom(tree: ResponseTime, cache: LatencyCache): Latency {
  const mean = orInfinity(meanOf(tree));
  let quantile: ((p: number) => number) | undefined;
  const at = (p: number) => {
    quantile ??= sharedQuantiles(tree, cache);
    return quantile(p);
  };
  return {
    mean,
    get p50() {
      return at(0.5);
    },
    get p90() {
      return at(0.9);
    },
    get p95() {
      return at(0.95);
    },
    get p99() {
      return at(0.99);
    },
    get p999() {
      return at(0.999);
    },
  };
}

/** No time at all. */
export const noLatency: Latency = { mean: 0, p50: 0, p90: 0, p95: 0, p99: 0, p999: 0 };

function sharedQuantiles(tree: ResponseTime, cache: LatencyCache): (p: number) => number {
  const key = JSON.stringify(tree);
  let quantile = cache.get(key);
  if (!quantile) {
    quantile = remembered(tree);
    cache.set(key, quantile);
  }
  return quantile;
}

/** The quantile function, which computes each quantile once. What is read must not depend on what was read before. */
function remembered(tree: ResponseTime): (p: number) => number {
  const quantile = quantileFunction(tree);
  const known = new Map<number, number>();
  return (p) => {
    let value = known.get(p);
    if (value === undefined) {
      value = orInfinity(quantile(p));
      known.set(p, value);
    }
    return value;
  };
}

function orInfinity(value: number): number {
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : Math.max(0, value);
}
