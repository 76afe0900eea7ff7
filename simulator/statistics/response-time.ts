/**
 * The distribution of a response time, as plain data. Times in seconds, rates per second; the parts of a `sum` and of
 * a `maximum` are independent of each other.
 */
export type ResponseTime =
  /** A constant time, such as the latency of a network link. */
  | { readonly kind: 'shift'; readonly seconds: number }
  /** A gamma distribution; squared coefficient of variation 1 is exponential, 0 constant. */
  | { readonly kind: 'gamma'; readonly mean: number; readonly scv: number }
  /** Queue and service in M/M/c, first come first served. */
  | { readonly kind: 'mmc'; readonly arrivalRate: number; readonly serviceTime: number; readonly servers: number }
  /** Queue and service of the requests that M/M/c/K lets in. */
  | {
      readonly kind: 'mmck';
      readonly arrivalRate: number;
      readonly serviceTime: number;
      readonly servers: number;
      readonly capacity: number;
    }
  /** Queue and service in M/G/1 with gamma distributed service of squared coefficient of variation `scv`. */
  | { readonly kind: 'mg1'; readonly arrivalRate: number; readonly serviceTime: number; readonly scv: number }
  /** One after the other. */
  | { readonly kind: 'sum'; readonly parts: readonly ResponseTime[] }
  /** One of several; probabilities are scaled to add up to 1. */
  | { readonly kind: 'mixture'; readonly branches: readonly MixtureBranch[] }
  /** All at once, until the last is done; `counts` says how many there are of each, one unless given. */
  | { readonly kind: 'maximum'; readonly of: readonly ResponseTime[]; readonly counts?: readonly number[] }
  /** Given that it takes no longer than `limit` seconds. */
  | { readonly kind: 'within'; readonly of: ResponseTime; readonly limit: number }
  /** `visits` times in a row, on average: the whole part always, the fraction as a probability of once more. */
  | { readonly kind: 'repeat'; readonly visits: number; readonly of: ResponseTime };

/** An alternative of a mixture. */
export type MixtureBranch = { readonly probability: number; readonly of: ResponseTime };

/** Takes no time. */
export const noTime: ResponseTime = { kind: 'shift', seconds: 0 };

/** True if two expressions say the same. */
export function isSameTime(a: ResponseTime, b: ResponseTime): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  // Leaves of the same kind nearly always differ in the first of these.
  if (a.kind === 'gamma' && b.kind === 'gamma') return a.mean === b.mean && a.scv === b.scv;
  if (a.kind === 'shift' && b.kind === 'shift') return a.seconds === b.seconds;
  if (a.kind === 'sum' && b.kind === 'sum') return a.parts.length === b.parts.length && haveSameTimes(a.parts, b.parts);
  return JSON.stringify(a) === JSON.stringify(b);
}

function haveSameTimes(a: readonly ResponseTime[], b: readonly ResponseTime[]): boolean {
  return a.every((part, i) => isSameTime(part, b[i]!));
}

/**
 * The response time of a G/G/c station from its two-moment metrics: with the probability of waiting an
 * exponential wait, then gamma distributed service. An approximation; exact for M/M/c.
 *
 * @param wait mean wait of all requests, in seconds
 * @param waitProbability share of the requests that wait, > 0 where `wait` is
 * @param serviceTime mean, in seconds
 * @param scv squared coefficient of variation of the service time
 * @param waitScv that of the wait of those who wait; 1 is exponential
 */
export function waitThenService(
  wait: number,
  waitProbability: number,
  serviceTime: number,
  scv: number,
  waitScv = 1,
): ResponseTime {
  const service: ResponseTime = { kind: 'gamma', mean: serviceTime, scv };
  if (wait === 0 || waitProbability === 0) return service;
  const branches: MixtureBranch[] = [
    { probability: waitProbability, of: { kind: 'gamma', mean: wait / waitProbability, scv: waitScv } },
    { probability: 1 - waitProbability, of: noTime },
  ];
  return { kind: 'sum', parts: [{ kind: 'mixture', branches }, service] };
}
