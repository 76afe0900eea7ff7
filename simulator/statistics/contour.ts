/**
 * Numerical inversion of a Laplace transform along a hyperbola around the negative real axis (Weideman and Trefethen, "Parabolic and
 * hyperbolic contours for computing the Bromwich integral", Mathematics of Computation 76, 2007, §4). The same few values of the
 * transform serve all times within a factor of `SPAN`, so that all quantiles of a distribution, and all steps of the searches
 * for them, cost one evaluation. It needs a transform whose singularities are real and negative, as those of exponential and
 * gamma times, of their sums and mixtures are.
 */
import type { TailPoint } from '../queueing/quantile-search.ts';

/** Points of the upper half of the contour; the lower half is its mirror image. */
export const CONTOUR_POINTS = 22;

/** The longest over the shortest time that one contour serves. */
export const SPAN = 4;

/** The points of the contour for times up to 1; those for times up to t are these over t. */
export const contourRe = new Float64Array(CONTOUR_POINTS);
export const contourIm = new Float64Array(CONTOUR_POINTS);
/** Weight over point: what the numerator of the survival function's transform (1 - f) / s is multiplied by. */
const weightRe = new Float64Array(CONTOUR_POINTS);
const weightIm = new Float64Array(CONTOUR_POINTS);

/**
 * The contour is laid for twice the span, of which only the lower half of the times is used: so the rule with every second point alone
 * has the square root of the error, and shows it.
 */
const LAID = 2 * SPAN;
/** The angle that converges fastest for that span: it maximises (π² - 2πα) / A(α), A as in `layContour`. */
const ANGLE = 1.041;

layContour();

/** The parameters h, μ and A(α) of the paper. */
function layContour(): void {
  const turned = 4 * ANGLE - Math.PI;
  const extent = Math.acosh(((Math.PI - 2 * ANGLE) * LAID + turned) / (turned * Math.sin(ANGLE)));
  const step = extent / CONTOUR_POINTS;
  const size = (Math.PI * turned) / step / (LAID / SPAN);
  for (let k = 0; k < CONTOUR_POINTS; k++) {
    const u = k * step;
    const re = size * (1 - Math.sin(ANGLE) * Math.cosh(u));
    const im = size * Math.cos(ANGLE) * Math.sinh(u);
    contourRe[k] = re;
    contourIm[k] = im;
    // The point on the axis counts once, the others with their mirror image.
    const weight = (k === 0 ? 0.5 : 1) * (step / Math.PI);
    const slopeRe = -weight * size * Math.sin(ANGLE) * Math.sinh(u);
    const slopeIm = weight * size * Math.cos(ANGLE) * Math.cosh(u);
    const square = re * re + im * im;
    weightRe[k] = (slopeRe * re + slopeIm * im) / square;
    weightIm[k] = (slopeIm * re - slopeRe * im) / square;
  }
}

/** What a transform is on the contour for times up to `longest`: weighted numerators. */
export interface ContourValues {
  /** Seconds. */
  readonly longest: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * Weighs the values of a transform at the points `contourRe / longest`, `contourIm / longest`, in place.
 *
 * @param mass probability that the time is finite
 */
export function weighContour({ re, im }: ContourValues, mass: number): void {
  for (let k = 0; k < CONTOUR_POINTS; k++) {
    const above = mass - re[k]!;
    const aside = -im[k]!;
    re[k] = above * weightRe[k]! - aside * weightIm[k]!;
    im[k] = above * weightIm[k]! + aside * weightRe[k]!;
  }
}

/**
 * P(T > `time`) and the density there, for a time between `longest` / `SPAN` and `longest`.
 *
 * @returns false where the result is not good to 1e-7: where part of the time is nearly constant, or constant and not much shorter
 */
export function invertContour({ longest, re, im }: ContourValues, time: number, point: TailPoint): boolean {
  const share = time / longest;
  let even = 0;
  let odd = 0;
  let evenSlope = 0;
  let oddSlope = 0;
  let last = 0;
  for (let k = 0; k < CONTOUR_POINTS; k += 2) {
    const size = Math.exp(contourRe[k]! * share);
    const angle = contourIm[k]! * share;
    const cos = size * Math.cos(angle);
    const sin = size * Math.sin(angle);
    const value = cos * im[k]! + sin * re[k]!;
    even += value;
    evenSlope += contourRe[k]! * value + contourIm[k]! * (cos * re[k]! - sin * im[k]!);
    const nextSize = Math.exp(contourRe[k + 1]! * share);
    const nextAngle = contourIm[k + 1]! * share;
    const nextCos = nextSize * Math.cos(nextAngle);
    const nextSin = nextSize * Math.sin(nextAngle);
    const next = nextCos * im[k + 1]! + nextSin * re[k + 1]!;
    const aside = nextCos * re[k + 1]! - nextSin * im[k + 1]!;
    odd += next;
    oddSlope += contourRe[k + 1]! * next + contourIm[k + 1]! * aside;
    last = Math.abs(next) + Math.abs(aside);
  }
  const survival = Math.min(1, Math.max(0, even + odd));
  // Written so that what is no number is not good either.
  const allowed = COARSE * Math.sqrt(Math.max(LEAST, Math.min(MOST, survival)));
  const apart = Math.max(Math.abs(even - odd), Math.abs((evenSlope - oddSlope) * share) / STEEPER);
  if (!(apart < allowed && last < CUT_OFF)) return false;
  point.survival = survival;
  point.density = Math.max(0, -(evenSlope + oddSlope) / longest);
  return true;
}

/**
 * Of the rule with every second point: its square is of the order of the error of all points, up to a factor of 100. So what is let pass is
 * about 1e-6 of the survival function between these two values of it.
 */
const COARSE = 1.5e-4;
const LEAST = 1e-4;
const MOST = 1e-2;
/** The difference of the densities, which no time is where that of the survival functions happens to be 0, is that much larger. */
const STEEPER = 10;
/** Of the last point: what lies beyond it is less. */
const CUT_OFF = 1e-8;
