import { baseOf, type Factor, leafOf } from './factor.ts';
import { maximumOf } from './maximum.ts';
import { withNarrowFactorsAdvanced } from './narrow.ts';
import type { MixtureBranch, ResponseTime } from './response-time.ts';
import { atomOf, massOf, momentsOf, shortestShift, type Term } from './term.ts';
import { withinOf } from './within.ts';

/**
 * Every term costs an inversion of its own; above this number the shifts that differ least move into a transform.
 * Eight keep a choice of three optional calls apart.
 */
const mostTerms = 8;
const mostConstants = 64;

const certain: Term = { probability: 1, shift: 0, factors: [] };

/**
 * A response time as a mixture in which constant times stand outside of the transforms, because numerical
 * inversion is exact for smooth distributions only. Probabilities add up to less than 1 where some requests
 * never end.
 */
export function termsOf(time: ResponseTime): readonly Term[] {
  return composed(time, new Map()).map(withNarrowFactorsAdvanced);
}

/** What has been composed so far: many callers may call the same component, whose part of their expressions is the same object. */
export type Known = Map<ResponseTime, readonly Term[]>;

/** As `termsOf`, with nearly constant factors as they are, and with parts for which the terms are given. */
export function composed(time: ResponseTime, known: Known): readonly Term[] {
  const given = known.get(time);
  if (given) return given;
  switch (time.kind) {
    case 'sum':
      return sumOf(time.parts.map((part) => composed(part, known)));
    case 'mixture':
      return mixtureOf(time.branches, known);
    case 'repeat':
      return repeatOnce(time, known);
    case 'maximum':
      // Of one time it is that time, whose narrow factors must not be advanced twice.
      if (time.of.length === 1 && (time.counts?.[0] ?? 1) === 1) return composed(time.of[0]!, known);
      return tabulatedTerms(time);
    case 'within':
      return tabulatedTerms(time);
    default: {
      const leaf = leafOf(time);
      if (leaf === undefined) return [];
      return [{ probability: 1, shift: leaf.shift, factors: leaf.factor === undefined ? [] : [leaf.factor] }];
    }
  }
}

/** The terms of a time that has to be tabulated, which is costly: the last ones are kept by their expression. */
export function tabulatedTerms(time: Extract<ResponseTime, { kind: 'maximum' | 'within' }>): readonly Term[] {
  const key = JSON.stringify(time);
  let terms = tabulated.get(key);
  if (!terms) {
    terms =
      time.kind === 'maximum' ? maximumOf(time.of.map(termsOf), time.counts) : withinOf(termsOf(time.of), time.limit);
    if (tabulated.size >= MOST_TABULATED) tabulated.clear();
    tabulated.set(key, terms);
  }
  return terms;
}

const tabulated = new Map<string, readonly Term[]>();
const MOST_TABULATED = 128;

function repeatOnce(time: Extract<ResponseTime, { kind: 'repeat' }>, known: Known): readonly Term[] {
  const terms = repeatOf(time.visits, time.of, known);
  known.set(time, terms);
  return terms;
}

function sumOf(parts: readonly (readonly Term[])[]): readonly Term[] {
  let probability = 1;
  let shift = 0;
  const factors: Factor[] = [];
  const mixtures: (readonly Term[])[] = [];
  for (const terms of parts) {
    if (terms.length === 0) return [];
    if (terms.length > 1) mixtures.push(terms);
    else {
      const term = terms[0]!;
      probability *= term.probability;
      shift += term.shift;
      factors.push(...term.factors);
    }
  }
  return mixtures.reduce(product, [{ probability, shift, factors }]);
}

function product(left: readonly Term[], right: readonly Term[]): readonly Term[] {
  const pairs = left.flatMap((a) =>
    right.map((b) => ({
      probability: a.probability * b.probability,
      shift: a.shift + b.shift,
      factors: [...a.factors, ...b.factors],
    })),
  );
  const combined = isConstant(pairs) ? mergeEqualShifts(pairs) : pairs;
  if (isFewEnough(combined)) return combined;
  return right.length === 1 || (left.length > 1 && spreadOf(left) < spreadOf(right))
    ? product([collapse(left)], right)
    : product(left, [collapse(right)]);
}

/** Constant times cost next to nothing, inversions do. */
function isFewEnough(terms: readonly Term[]): boolean {
  return terms.length <= mostTerms || (terms.length <= mostConstants && isConstant(terms));
}

function isConstant(terms: readonly Term[]): boolean {
  return terms.every((term) => term.factors.length === 0);
}

function spreadOf(terms: readonly Term[]): number {
  return Math.max(...terms.map((term) => term.shift)) - shortestShift(terms);
}

function mixtureOf(branches: readonly MixtureBranch[], known: Known): readonly Term[] {
  const total = branches.reduce((sum, branch) => sum + branch.probability, 0);
  if (total === 0) return [certain];
  const terms = branches.flatMap(({ probability, of }) =>
    probability === 0
      ? []
      : composed(of, known).map((term) => ({ ...term, probability: (term.probability * probability) / total })),
  );
  const merged = mergeEqualShifts(terms);
  return isFewEnough(merged) ? merged : [collapse(merged)];
}

function mergeEqualShifts(terms: readonly Term[]): readonly Term[] {
  const first = terms[0];
  if (first && terms.every((term) => term.shift === first.shift)) return [collapse(terms)];
  const sorted = terms.toSorted((a, b) => a.shift - b.shift);
  const merged: Term[] = [];
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && sorted[end]!.shift <= sorted[start]!.shift * (1 + 1e-9)) end++;
    merged.push(end === start + 1 ? sorted[start]! : collapse(sorted.slice(start, end)));
    start = end;
  }
  return merged;
}

function repeatOf(visits: number, of: ResponseTime, known: Known): readonly Term[] {
  if (visits === Number.POSITIVE_INFINITY) return [];
  const once = composed(of, known);
  const whole = Math.floor(visits);
  const always = powerOf(once, whole);
  const fraction = visits - whole;
  if (fraction === 0) return always;
  const perhaps: Term[] = [{ probability: 1 - fraction, shift: 0, factors: [] }];
  for (const { probability, shift, factors } of once)
    perhaps.push({ probability: fraction * probability, shift, factors });
  const merged = mergeEqualShifts(perhaps);
  if (whole > 0) return sumOf([always, merged]);
  return isFewEnough(merged) ? merged : [collapse(merged)];
}

function powerOf(terms: readonly Term[], count: number): readonly Term[] {
  if (count === 0) return [certain];
  if (count === 1 || terms.length === 0) return terms;
  if (terms.length > 1 && (isConstant(terms) || terms.length ** count <= mostTerms))
    return sumOf(new Array<readonly Term[]>(count).fill(terms));
  const { probability, shift, factors } = collapse(terms);
  return [
    {
      probability: probability ** count,
      shift: shift * count,
      factors: factors.map((factor) => ({ ...factor, power: factor.power * count, base: baseOf(factor) })),
    },
  ];
}

/** One term for all: the constant time they share, and a factor for the rest. */
function collapse(terms: readonly Term[]): Term {
  if (terms.length === 1) return terms[0]!;
  const shift = shortestShift(terms);
  const probability = massOf(terms);
  const inner: Term[] = [];
  let atom = 0;
  let isCertain = true;
  for (const { probability: own, shift: ownShift, factors } of terms) {
    const term = { probability: own / probability, shift: ownShift - shift, factors };
    inner.push(term);
    if (term.shift > 0 || factors.length > 0) isCertain = false;
    if (term.shift === 0) atom += term.probability * atomOf(term);
  }
  if (isCertain) return { probability, shift, factors: [] };
  return {
    probability,
    shift,
    factors: [{ kind: 'terms', terms: inner, power: 1, advance: 0, atom, ...momentsOf(inner) }],
  };
}
