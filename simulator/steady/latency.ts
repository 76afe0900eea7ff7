/** Response times in figures. */
import type { Latency } from '../../model/index.ts';
import { type Distribution, meanOf, quantileFunction, type ResponseTime } from '../statistics/index.ts';

/** Quantile functions by their expression: equal components of several data centers are composed and inverted once. */
export type LatencyCache = Map<string, (p: number) => number>;

/** Mean and quantiles of a response time. Quantiles are most of the work and seldom looked at: each is computed when it is first read. */
export function latencyFrom(tree: ResponseTime, cache: LatencyCache): Latency {
  let latency = latencies.get(tree);
  if (!latency) {
    let quantile: ((p: number) => number) | undefined;
    latency = latencyOf(meanOf(tree), (p) => {
      quantile ??= sharedQuantiles(tree, cache);
      return quantile(p);
    });
    latencies.set(tree, latency);
  }
  return latency;
}

/** Stations that do the same as before have the same expressions. */
const latencies = new WeakMap<ResponseTime, Latency>();

/** The same of a distribution. */
export function latencyBy({ mean, quantile }: Distribution): Latency {
  return latencyOf(mean, remembered(quantile));
}

function latencyOf(mean: number, at: (p: number) => number): Latency {
  return {
    mean: orInfinity(mean),
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
    quantile = remembered(quantileFunction(tree));
    cache.set(key, quantile);
  }
  return quantile;
}

/** The quantile function, which computes each quantile once. What is read must not depend on what was read before. */
function remembered(quantile: (p: number) => number): (p: number) => number {
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
