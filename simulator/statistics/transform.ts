/**
 * The Laplace transform of a sum of independent factors, at many points at once: an inversion asks for points on a vertical line,
 * s = re + i k · spacing. A row holds the values at all of them, so that each factor is one tight loop and nothing is allocated.
 */
import type { Factor } from './factor.ts';
import { type Complex, evaluateFactor, raise } from './laplace.ts';
import type { Term } from './term.ts';

/** Points s = `re` + i k `spacing` for k = `from` .. `from` + `count` - 1, re > 0; at most `mostPoints` of them. */
export type Points = { readonly re: number; readonly spacing: number; readonly from: number; readonly count: number };

/** One complex value for each point. */
export type Row = { readonly re: Float64Array; readonly im: Float64Array };

/** The most points of one evaluation. */
export const mostPoints = 128;

/** E[e^-sT] of the sum of the factors at each of the points; to be read before the next evaluation. */
export function transformOf(factors: readonly Factor[], points: Points): Row {
  return productAt(factors, points, 0);
}

/** Rows to work with, by the depth at which mixtures are nested; an evaluation never calls another one. */
const rows: Row[] = [];
const point: Complex = { re: 0, im: 0 };

function rowAt(depth: number): Row {
  let row = rows[depth];
  if (!row) {
    row = { re: new Float64Array(mostPoints), im: new Float64Array(mostPoints) };
    rows[depth] = row;
  }
  return row;
}

/** The product over the factors, in the row of this depth; deeper rows are overwritten. */
function productAt(factors: readonly Factor[], points: Points, depth: number): Row {
  const row = rowAt(depth);
  row.re.fill(1, 0, points.count);
  row.im.fill(0, 0, points.count);
  for (const factor of factors) multiplyByFactor(row, factor, points, depth + 1);
  return row;
}

function multiplyByFactor(row: Row, factor: Factor, points: Points, depth: number): void {
  const { power, advance } = factor;
  if (power === 1 && advance === 0) {
    if (factor.kind === 'sojourn') {
      multiplyBySojourn(row, factor.serviceRate, factor.drain, factor.waitProbability, points);
      return;
    }
    if (factor.kind === 'gamma' && factor.shape === 1) {
      multiplyBySojourn(row, 1 / factor.scale, 1, 0, points);
      return;
    }
  }
  const own = rowAt(depth);
  if (factor.kind === 'terms') addTerms(own, factor.terms, points, depth + 1);
  else if (factor.kind === 'sojourn') {
    own.re.fill(1, 0, points.count);
    own.im.fill(0, 0, points.count);
    multiplyBySojourn(own, factor.serviceRate, factor.drain, factor.waitProbability, points);
  } else {
    for (let i = 0; i < points.count; i++) {
      evaluateFactor(factor, points.re, (points.from + i) * points.spacing, point);
      own.re[i] = point.re;
      own.im[i] = point.im;
    }
  }
  if (power !== 1) raiseRow(own, power, points.count);
  if (advance > 0 && factor.kind !== 'gamma') delay(own, -advance, points);
  multiply(row, own, points.count);
}

/** Sets a row to the transform of a mixture. */
function addTerms(sum: Row, terms: readonly Term[], points: Points, depth: number): void {
  const { re, im } = sum;
  re.fill(0, 0, points.count);
  im.fill(0, 0, points.count);
  for (const { probability, shift, factors } of terms) {
    const row = productAt(factors, points, depth);
    if (shift > 0) delay(row, shift, points);
    for (let i = 0; i < points.count; i++) {
      re[i] = re[i]! + probability * row.re[i]!;
      im[i] = im[i]! + probability * row.im[i]!;
    }
  }
}

/** Times μ / (μ + s) · ((1 - C) s + θ) / (θ + s): exponential service after, with probability C, an exponential wait. */
function multiplyBySojourn({ re, im }: Row, serviceRate: number, drain: number, wait: number, points: Points): void {
  const a = serviceRate + points.re;
  const b = drain + points.re;
  const above = serviceRate * ((1 - wait) * points.re + drain);
  const slope = serviceRate * (1 - wait);
  for (let i = 0; i < points.count; i++) {
    const t = (points.from + i) * points.spacing;
    // Numerator and denominator of the whole fraction; without a wait it is the first factor alone.
    const nRe = wait === 0 ? serviceRate : above;
    const nIm = wait === 0 ? 0 : slope * t;
    const dRe = wait === 0 ? a : a * b - t * t;
    const dIm = wait === 0 ? t : t * (a + b);
    const scale = 1 / (dRe * dRe + dIm * dIm);
    const vRe = (nRe * dRe + nIm * dIm) * scale;
    const vIm = (nIm * dRe - nRe * dIm) * scale;
    const kept = re[i]! * vRe - im[i]! * vIm;
    im[i] = re[i]! * vIm + im[i]! * vRe;
    re[i] = kept;
  }
}

/** Times e^(-s · seconds), by turning from point to point: 128 turns keep 14 digits. */
function delay({ re, im }: Row, seconds: number, points: Points): void {
  const size = Math.exp(-points.re * seconds);
  const start = points.from * points.spacing * seconds;
  const step = points.spacing * seconds;
  const stepCos = Math.cos(step);
  const stepSin = -Math.sin(step);
  let cos = size * Math.cos(start);
  let sin = -size * Math.sin(start);
  for (let i = 0; i < points.count; i++) {
    const kept = re[i]! * cos - im[i]! * sin;
    im[i] = re[i]! * sin + im[i]! * cos;
    re[i] = kept;
    const turned = cos * stepCos - sin * stepSin;
    sin = cos * stepSin + sin * stepCos;
    cos = turned;
  }
}

function raiseRow({ re, im }: Row, power: number, count: number): void {
  for (let i = 0; i < count; i++) {
    point.re = re[i]!;
    point.im = im[i]!;
    raise(point, power);
    re[i] = point.re;
    im[i] = point.im;
  }
}

function multiply({ re, im }: Row, by: Row, count: number): void {
  for (let i = 0; i < count; i++) {
    const kept = re[i]! * by.re[i]! - im[i]! * by.im[i]!;
    im[i] = re[i]! * by.im[i]! + im[i]! * by.re[i]!;
    re[i] = kept;
  }
}
