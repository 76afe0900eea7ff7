/** What callers do about slow and failed calls, from the properties of a connection and of its target. */
import { amount, type Component, type Connection, flag, isDeclared, word } from '../../model/index.ts';
import type { Patience } from './network.ts';

/**
 * Time limit and pauses of a connection; undefined where the caller waits for as long as it takes, once. The limit is that of the
 * connection, else that which the target declares for its clients.
 */
export function patienceOf(connection: Connection, target: Component | undefined): Patience | undefined {
  const limit = amount(connection, 'timeout') ?? (target && amount(target, 'timeout'));
  const timeout = limit !== undefined && limit > 0 ? limit : Number.POSITIVE_INFINITY;
  const declared = amount(connection, 'retries') ?? 0;
  const retries = Number.isFinite(declared) ? Math.min(MOST_RETRIES, Math.max(0, Math.floor(declared))) : 0;
  if (retries === 0 && timeout === Number.POSITIVE_INFINITY) return undefined;
  const first = amount(connection, 'pause') ?? 0;
  const backoff = word(connection, 'backoff') ?? (isDeclared(connection, 'pause') ? 'fixed' : 'none');
  const pauses = Array.from({ length: retries }, (_, retry) => meanPause(backoff, first, retry));
  return { timeout, pauses, isJittered: backoff === 'jittered', breaker: flag(connection, 'circuitBreaker') === true };
}

/** More attempts than this are as good as endless. */
const MOST_RETRIES = 100;

/** A random pause is uniform between nothing and the doubled pause (full jitter), so its mean is half of that. */
function meanPause(backoff: string, first: number, retry: number): number {
  if (!Number.isFinite(first) || first < 0) return 0;
  if (backoff === 'fixed') return first;
  if (backoff === 'exponential') return first * 2 ** retry;
  if (backoff === 'jittered') return (first * 2 ** retry) / 2;
  return 0;
}
