import type { Factor } from './factor.ts';

/** With some probability a constant time plus independent factors. */
export type Term = { readonly probability: number; readonly shift: number; readonly factors: readonly Factor[] };

/** Probability that the time is finite at all. */
export function massOf(terms: readonly Term[]): number {
  let mass = 0;
  for (const term of terms) mass += term.probability;
  return mass;
}

/** Mean in seconds and variance in s² of the finite part of the distribution. */
export function momentsOf(terms: readonly Term[]): { readonly mean: number; readonly variance: number } {
  if (terms.length === 1) return { mean: termMean(terms[0]!), variance: termVariance(terms[0]!) };
  const mass = massOf(terms);
  let mean = 0;
  for (const term of terms) mean += (term.probability / mass) * termMean(term);
  let variance = 0;
  for (const term of terms) {
    variance += (term.probability / mass) * (termVariance(term) + (termMean(term) - mean) ** 2);
  }
  return { mean, variance };
}

/** Probability that a term takes its constant time exactly. */
export function atomOf(term: Term): number {
  let atom = 1;
  for (const factor of term.factors) if (atom > 0) atom *= factor.atom ** factor.power;
  return atom;
}

/** The shortest constant time of any term; 0 when there is none. */
export function shortestShift(terms: readonly Term[]): number {
  let shortest = terms[0]?.shift ?? 0;
  for (const { shift } of terms) if (shift < shortest) shortest = shift;
  return shortest;
}

function termMean(term: Term): number {
  let mean = term.shift;
  for (const factor of term.factors) mean += factor.power * factor.mean - factor.advance;
  return mean;
}

function termVariance(term: Term): number {
  let variance = 0;
  for (const factor of term.factors) variance += factor.power * factor.variance;
  return variance;
}
