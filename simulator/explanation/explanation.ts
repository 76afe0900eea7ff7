/** Why a figure is what it is: the formula, and every input with its value and where it comes from. */
import type { Accuracy, Dimension, Path, SourceId, Span } from '../../model/index.ts';

export const explainedFigures = [
  'utilization',
  'rate',
  'errors',
  'capacity',
  'availability',
  'cost',
  'rpo',
  'rto',
  'storage',
  'bandwidth',
  'memory',
  'energy',
  'carbon',
  'mean',
  'p50',
  'p90',
  'p95',
  'p99',
  'p999',
] as const;
export type ExplainedFigure = (typeof explainedFigures)[number];

/** One number that went into a figure. */
export interface ExplainedInput {
  /** What it is, such as `service time of a read`. */
  readonly name: string;
  readonly value: number;
  readonly dimension: Dimension;
  /** The unit of what has no dimension of the language, such as `kWh`. */
  readonly unit?: string;
  /** The property that declares it. */
  readonly span?: Span;
  /** The source in the catalogue. */
  readonly source?: SourceId;
  /** How it was computed, or what it defaults to, where it is not declared. */
  readonly how?: string;
}

/** A product. */
export interface ExplainedTerm {
  readonly name: string;
  readonly factors: readonly ExplainedInput[];
}

/** A figure as a sum of products over a product. */
export interface Explanation {
  readonly figure: ExplainedFigure;
  /** The component or request class; absent for the whole. */
  readonly subject?: Path;
  readonly value: number;
  readonly dimension: Dimension;
  /** The unit of what has no dimension of the language, such as `kWh a year`. */
  readonly unit?: string;
  /** In words. */
  readonly formula: string;
  readonly terms: readonly ExplainedTerm[];
  readonly divisors: readonly ExplainedInput[];
  /** What the terms over the divisors add up to: the figure, what is missing from it to 1, or, of a quantile, the mean. */
  readonly addsUpTo: 'figure' | 'complement' | 'mean';
  /** What else has to be known, as sentences. */
  readonly notes: readonly string[];
  readonly accuracy: Accuracy;
}

/** Why there is no explanation. */
export interface Unexplained {
  /** A sentence. */
  readonly why: string;
}

/** The value of the formula with the inputs that an explanation names. */
export function evaluate({ terms, divisors, addsUpTo }: Explanation): number {
  const product = (inputs: readonly ExplainedInput[]) =>
    inputs.reduce((total, { value }) => (total === 0 || value === 0 ? 0 : total * value), 1);
  const sum = terms.reduce((total, { factors }) => total + product(factors), 0) / product(divisors);
  return addsUpTo === 'complement' ? 1 - sum : sum;
}

/** An input that is computed. */
export function computed(name: string, value: number, dimension: Dimension, how: string): ExplainedInput {
  return { name, value, dimension, how };
}
