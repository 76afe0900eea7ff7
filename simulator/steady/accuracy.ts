/** How far results can be trusted, gathered as they are computed. */
import type { Accuracy } from '../../model/index.ts';

/** Exact for the stated model. */
export const exact: Accuracy = { kind: 'exact' };

/** An approximation, with its expected relative error where that is known. */
export function approximate(why: string, error?: number): Accuracy {
  return { kind: 'approximate', why, ...(error === undefined ? {} : { error }) };
}

/** What to do where the formulas are out of their depth. */
export const SIMULATE = "run 'loadpath simulate --engine events'";

/** Out of the depth of the formulas. */
export function unreliable(why: string): Accuracy {
  return { kind: 'unreliable', why };
}

/** The weakest of several: the worst kind, the largest error, every reason once (the first four, and how many more there are). */
export function weakest(all: readonly Accuracy[]): Accuracy {
  let kind: Accuracy['kind'] = 'exact';
  let error = 0;
  for (const accuracy of all) {
    if (accuracy.kind === 'exact') continue;
    if (kind !== 'unreliable') kind = accuracy.kind;
    if (accuracy.kind === 'approximate') error = Math.max(error, accuracy.error ?? 0);
  }
  if (kind === 'exact') return exact;
  const whys = new Set<string>();
  for (const accuracy of all) if (accuracy.kind !== 'exact' && accuracy.kind === kind) whys.add(accuracy.why);
  const reasons = new Set([...whys].flatMap((why) => why.split('; ')));
  const listed = [...reasons].slice(0, MOST_REASONS);
  const why = [...listed, ...(reasons.size > MOST_REASONS ? [`and ${reasons.size - MOST_REASONS} more`] : [])].join(
    '; ',
  );
  if (kind === 'unreliable') return unreliable(why);
  return approximate(why, error > 0 ? error : undefined);
}

const MOST_REASONS = 4;
