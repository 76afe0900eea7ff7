/** Explains recovery point and recovery time: the copy or the step that decides them, and what else there would be. */
import { type Architecture, type Dimension, formatTime, indexByPath, type Path } from '../../model/index.ts';
import type { RecoveryInput } from '../recovery/copies.ts';
import { type Recovery, recoveryPoint, recoveryTime } from '../recovery/recovery.ts';
import type { ExplainedInput, Explanation } from './explanation.ts';

/** The recovery point or time of a store, a container, or everything; a sentence where it is not known. */
export function explainRecovery(
  architecture: Architecture,
  figure: 'rpo' | 'rto',
  subject: Path | undefined,
): Explanation | { readonly why: string } {
  const recovery = figure === 'rpo' ? recoveryPoint(architecture, subject) : recoveryTime(architecture, subject);
  const { value, why = 'nothing is known', store, inputs } = recovery;
  const [first, ...others] = inputs;
  if (value === undefined || !first) return { why: `${why.charAt(0).toUpperCase()}${why.slice(1)}.` };
  return {
    figure,
    ...(subject === undefined ? {} : { subject }),
    value,
    dimension: 'time',
    formula: formulaOf(architecture, figure, subject),
    terms: [{ name: store ?? subject ?? '', factors: [inputOf(first)] }],
    divisors: [],
    addsUpTo: 'figure',
    notes: [...othersNote(others, figure), ...worstNote(subject, recovery)],
    accuracy: { kind: 'exact' },
  };
}

function formulaOf(architecture: Architecture, figure: 'rpo' | 'rto', subject: Path | undefined): string {
  const kind = subject === undefined ? undefined : indexByPath(architecture).get(subject)?.kind;
  if (figure === 'rpo')
    return kind === 'dataCenter'
      ? 'the age of the youngest copy outside of it, of the store that loses most'
      : 'the age of the youngest copy that survives the loss of the primary machine';
  return kind === 'dataCenter'
    ? 'the time until requests go elsewhere'
    : 'the time until another machine takes over from the primary, or it is repaired';
}

function inputOf({ what, seconds, span, source, how }: RecoveryInput): ExplainedInput {
  const dimension: Dimension = 'time';
  return {
    name: what,
    value: seconds,
    dimension,
    ...(span ? { span } : {}),
    ...(source ? { source } : {}),
    ...(how === undefined ? {} : { how }),
  };
}

function othersNote(others: readonly RecoveryInput[], figure: 'rpo' | 'rto'): readonly string[] {
  if (others.length === 0 || figure !== 'rpo') return [];
  return [`Older copies: ${others.map(({ what, seconds }) => `${what} (${formatTime(seconds)})`).join(', ')}.`];
}

function worstNote(subject: Path | undefined, { store }: Recovery): readonly string[] {
  return store === undefined || store === subject ? [] : [`No other store there is worse than '${store}'.`];
}
