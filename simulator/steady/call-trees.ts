/**
 * The response time of a call whose caller does not wait for ever: attempts that are given up at the time limit or turned away, pauses, and
 * the attempt that is answered. Attempts are taken as independent of each other.
 */
import type { Link, Patience } from '../network/network.ts';
import { momentsOf, type ResponseTime } from '../statistics/index.ts';
import { mixtureOf, repeatOf, sumOf } from './tree-algebra.ts';

/** How the attempts of a call end. */
export interface Outcome {
  /** Share that is turned away somewhere, which is known after the round trip. */
  readonly lost: number;
  /** Share of the others that are not answered within the time limit. */
  readonly late: number;
  /** Seconds of network round trip. */
  readonly roundTrip: number;
}

/** Shares below this are noise of the inversion that they come from. */
export const NEGLIGIBLE = 1e-7;

/** Share of the attempts that fail. */
export function failing({ lost, late }: Pick<Outcome, 'lost' | 'late'>): number {
  return Math.min(1, lost + (1 - lost) * late);
}

/** A circuit breaker opens when half of the attempts fail (default of Resilience4j, `failureRateThreshold`), and nothing is tried again. */
const BREAKS_AT = 0.5;

/** Mean number of attempts of one call, (1 - f^(r + 1)) / (1 - f); with a circuit breaker of no more than it lets fail. */
export function attemptsOf({ pauses, breaker }: Patience, fails: number): number {
  const tried = breaker ? Math.min(fails, BREAKS_AT) : fails;
  let attempts = 1;
  let power = 1;
  for (let retry = 0; retry < pauses.length; retry++) {
    power *= tried;
    attempts += power;
  }
  return attempts;
}

/** Share of the calls that have failed after their last attempt. */
export function failedAfterAll({ pauses }: Patience, fails: number): number {
  return fails ** (pauses.length + 1);
}

/** Time until a call is answered, of those that are; with a fallback also of those that are given up. */
export function callTree(attempt: ResponseTime, { patience, fallback }: Link, outcome: Outcome): ResponseTime {
  const fails = failing(outcome);
  if (!patience || fails < NEGLIGIBLE) return attempt;
  const { pauses, timeout } = patience;
  const failed = failedTree(patience, outcome);
  const inTime: ResponseTime = outcome.late < NEGLIGIBLE ? attempt : { kind: 'within', of: attempt, limit: timeout };
  const branches: { probability: number; of: ResponseTime }[] = [];
  const after = (failures: number, then: readonly ResponseTime[]) =>
    sumOf([repeatOf(failed, failures), pauseBefore(pauses, failures), ...then]);
  const listed = Math.min(pauses.length, MOST_BRANCHES);
  let power = 1;
  for (let failures = 0; failures <= listed; failures++) {
    branches.push({ probability: power * (1 - fails), of: after(failures, [inTime]) });
    power *= fails;
  }
  if (fallback) branches.push({ probability: power, of: after(listed + 1, []) });
  const possible = branches.filter(({ probability }) => probability > NEGLIGIBLE * NEGLIGIBLE);
  return possible.length === 0 ? { kind: 'shift', seconds: Number.POSITIVE_INFINITY } : mixtureOf(possible);
}

/** Mean seconds of one attempt, until it is answered, turned away or given up. */
export function attemptMean(attempt: ResponseTime, { timeout }: Patience, { lost, late, roundTrip }: Outcome): number {
  const within: ResponseTime = late < NEGLIGIBLE ? attempt : { kind: 'within', of: attempt, limit: timeout };
  const answered = late >= 1 ? 0 : (1 - late) * meanSeconds(within);
  return lost * Math.min(roundTrip, timeout) + (1 - lost) * (answered + (late > 0 ? late * timeout : 0));
}

/** Mean seconds that a caller spends on a call, however it ends. */
export function callMean(attempt: ResponseTime, patience: Patience, outcome: Outcome): number {
  const fails = failing(outcome);
  let paused = 0;
  let power = 1;
  for (const pause of patience.pauses) {
    power *= fails;
    paused += power * pause;
  }
  return attemptsOf(patience, fails) * attemptMean(attempt, patience, outcome) + paused;
}

/** Mean of an expression; `Infinity` where it does not always end. */
export function meanSeconds(tree: ResponseTime): number {
  const { mass, mean } = momentsOf(tree);
  return mass > 1 - 1e-12 ? mean : Number.POSITIVE_INFINITY;
}

/** Later attempts than these are counted with the last. */
const MOST_BRANCHES = 8;

function failedTree({ timeout }: Patience, { lost, late, roundTrip }: Outcome): ResponseTime {
  return mixtureOf([
    { probability: lost, of: { kind: 'shift', seconds: Math.min(roundTrip, timeout) } },
    { probability: (1 - lost) * late, of: { kind: 'shift', seconds: timeout } },
  ]);
}

/** All pauses before the attempt that follows so many failures. */
function pauseBefore(pauses: readonly number[], failures: number): ResponseTime {
  return { kind: 'shift', seconds: pauses.slice(0, failures).reduce((sum, pause) => sum + pause, 0) };
}
