/** The search for the largest load at which all requirements hold. */
import type { Requirement } from '../../model/index.ts';

/** What a solved load says of the requirements. */
export interface Verdict {
  /** The first that does not hold. */
  readonly broken?: Requirement;
  /**
   * How far beyond the limit: above 0 where something is broken, else at most 0; only a guide to where to look next. NaN or infinite
   * where nothing is known.
   */
  readonly excess: number;
}

/** Where requirements stop to hold. */
export interface Broken {
  readonly scale: number;
  /** What breaks just above. */
  readonly requirement: Requirement;
}

/**
 * The largest scale below saturation at which all hold, to 1e-6 relative; undefined if nothing breaks. The answer is that of a bisection,
 * but its questions are answered from a narrow bracket, which secants find in a fraction of the evaluations.
 */
export function largestScale(at: (scale: number) => Verdict, saturation: number): Broken | undefined {
  let high = saturation * (1 - 1e-9);
  if (!Number.isFinite(high)) {
    high = 1;
    while (high < MOST_SCALE && !at(high).broken) high *= 4;
  }
  const above = at(high);
  if (!above.broken) return undefined;
  const declared = high < 1 ? undefined : at(1);
  let low = !declared || declared.broken ? 0 : Math.min(1, high);
  const below = low === 0 ? at(high * LEAST_SCALE) : declared!;
  if (below.broken) return { scale: 0, requirement: below.broken };
  const ends = { low, high, below: below.excess, above: above.excess, broken: above.broken };
  const bracket = narrowed(at, { ...ends, saturation: Number.isFinite(saturation) ? saturation : 2 * high });
  for (let i = 0; i < MOST_STEPS && high - low > PRECISION * high; i++) {
    const middle = (low + high) / 2;
    if (isBroken(bracket, middle, at)) high = middle;
    else low = middle;
  }
  return { scale: low, requirement: bracket.broken };
}

const MOST_SCALE = 2 ** 60;
/** A requirement that fails even at this fraction of the saturating load fails at any load. */
const LEAST_SCALE = 1e-9;
const MOST_STEPS = 60;
const PRECISION = 1e-6;
/** Of the bracket: so narrow that hardly a step of the bisection falls into it. */
const BRACKET_PRECISION = PRECISION / 16;

/** Scales between which the requirements stop to hold. */
interface Bracket {
  readonly low: number;
  readonly high: number;
  /** Excess at `low` and at `high`. */
  readonly below: number;
  readonly above: number;
  /** At `high`. */
  readonly broken: Requirement;
  /** Beyond `high`. */
  readonly saturation: number;
}

function isBroken({ low, high }: Bracket, scale: number, at: (scale: number) => Verdict): boolean {
  if (scale <= low) return false;
  return scale >= high || at(scale).broken !== undefined;
}

/**
 * Regula falsi with the Illinois rule (Dowell and Jarratt, "A modified regula falsi method", BIT 11, 1971): the excess at an end that
 * stays twice is halved. A step that halves the bracket is taken where the secants have not in three.
 */
function narrowed(at: (scale: number) => Verdict, start: Bracket): Bracket {
  let bracket = start;
  let target = width(bracket) / 8;
  let last: boolean | undefined;
  for (let i = 1; i <= MOST_STEPS && width(bracket) > BRACKET_PRECISION * bracket.high; i++) {
    const { low, high } = bracket;
    const slow = i % 3 === 0 && width(bracket) > target;
    const scale = slow ? (low + high) / 2 : nextScale(bracket);
    if (i % 3 === 0) target = width(bracket) / 8;
    const { broken, excess } = at(scale);
    const again = last === (broken !== undefined) ? 0.5 : 1;
    last = broken !== undefined;
    bracket = broken
      ? { ...bracket, high: scale, above: excess, broken, below: bracket.below * again }
      : { ...bracket, low: scale, below: excess, above: bracket.above * again };
  }
  return bracket;
}

function width({ low, high }: Bracket): number {
  return high - low;
}

/**
 * Where a straight line through both ends is 0, but not so close to one that the bracket would hardly shrink. Far below the limit, where
 * P(T > limit) is lost in rounding, nothing tells how far: then halfway in the logarithm of what is left until saturation, by which
 * response times grow.
 */
function nextScale({ low, high, below, above, saturation }: Bracket): number {
  if (!Number.isFinite(above)) return (low + high) / 2;
  if (!(below > LOST)) return saturation - Math.sqrt((saturation - low) * (saturation - high));
  const share = below / (below - above);
  const least = Math.min(0.5, (BRACKET_PRECISION * high) / (2 * (high - low)));
  return low + (high - low) * Math.min(1 - least, Math.max(least, Number.isNaN(share) ? 0.5 : share));
}

/** Logarithm of P(T > limit) below which it is rounding: the inversion is right to about 1e-8. */
const LOST = -16;
