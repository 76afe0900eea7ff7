import type { Factor } from './factor.ts';
import { evaluatePiecewise } from './piecewise-density.ts';

/** A complex number that is written in place, so that the inner loops allocate nothing. */
export type Complex = { re: number; im: number };

/** The factors whose transform is evaluated point by point; sojourns and mixtures are in `transform.ts`. */
export type PointFactor = Exclude<Factor, { kind: 'sojourn' | 'terms' }>;

/** Laplace transform E[e^-sT] of one repetition of a factor at s = `re` + i `im`, with re > 0, written to `out`. */
export function evaluateFactor(factor: PointFactor, re: number, im: number, out: Complex): void {
  switch (factor.kind) {
    case 'gamma':
      gamma(factor.shape, factor.scale, factor.advance / factor.power, re, im, out);
      break;
    case 'bounded':
      bounded(factor, re, im, out);
      break;
    case 'pollaczek':
      pollaczek(factor, re, im, out);
      break;
    case 'piecewise':
      evaluatePiecewise(factor.density, re, im, out);
      break;
  }
}

/** (1 + s · scale)^-shape e^(s · advance); one exponent, because the two factors alone would under- and overflow. */
function gamma(shape: number, scale: number, advance: number, re: number, im: number, out: Complex): void {
  const growth = re * scale;
  const turn = im * scale;
  // ln |1 + s scale|, by log1p as a narrow distribution raises it to a large power.
  const size = Math.exp(re * advance - (shape / 2) * Math.log1p(growth * (2 + growth) + turn * turn));
  const angle = im * advance - shape * Math.atan2(turn, 1 + growth);
  out.re = size * Math.cos(angle);
  out.im = size * Math.sin(angle);
}

/** Service μ / (μ + s) times 1 - P(wait) + Σ q_j z^j with z = cμ / (cμ + s): whoever takes place j waits Erlang(j, cμ). */
function bounded(factor: Extract<Factor, { kind: 'bounded' }>, re: number, im: number, out: Complex): void {
  const { slotRate, serviceRate, queue } = factor;
  divide(slotRate, 0, slotRate + re, im, out);
  geometricPolynomial(queue.ratio, queue.firstPlace, queue.lastPlace, queue.places, out);
  const waitRe = 1 - queue.waitProbability + out.re;
  const waitIm = out.im;
  divide(serviceRate, 0, serviceRate + re, im, out);
  const kept = waitRe * out.re - waitIm * out.im;
  out.im = waitRe * out.im + waitIm * out.re;
  out.re = kept;
}

/**
 * Σ q_j z^j, j = 1 .. places, for q_j = first · ratio^(j - 1) = last · ratio^(j - places) and |z| < 1; z is read from
 * and the sum written to `out`. Each branch is summed from its larger end, so that no power overflows.
 */
function geometricPolynomial(ratio: number, first: number, last: number, places: number, out: Complex): void {
  const { re: zRe, im: zIm } = out;
  if (places === 0 || (first === 0 && last === 0)) {
    out.re = 0;
    out.im = 0;
    return;
  }
  const rising = ratio * Math.hypot(zRe, zIm) > 1;
  if (rising) divide(1, 0, ratio * zRe, ratio * zIm, out);
  else {
    out.re = ratio * zRe;
    out.im = ratio * zIm;
  }
  partialGeometric(out, places);
  const { re: sumRe, im: sumIm } = out;
  out.re = zRe;
  out.im = zIm;
  if (rising) raise(out, places);
  const weight = rising ? last : first;
  const kept = weight * (sumRe * out.re - sumIm * out.im);
  out.im = weight * (sumRe * out.im + sumIm * out.re);
  out.re = kept;
}

/** Replaces w, |w| <= 1, by 1 + w + … + w^(count - 1). */
function partialGeometric(value: Complex, count: number): void {
  const { re, im } = value;
  const gap = Math.hypot(1 - re, im);
  if (gap * count < 1e-6) {
    // Two terms of the expansion around 1; the third is below 1e-12 of the sum.
    const half = (count * (count - 1)) / 2;
    value.re = count - half * (1 - re);
    value.im = half * im;
    return;
  }
  raise(value, count);
  divide(1 - value.re, -value.im, 1 - re, -im, value);
}

/** Pollaczek-Khinchine: wait (1 - ρ) s / (s - λ (1 - B(s))), times the gamma service B(s) unless that is constant. */
function pollaczek(factor: Extract<Factor, { kind: 'pollaczek' }>, re: number, im: number, out: Complex): void {
  const { arrivalRate, mean1, scv } = factor;
  if (scv === 0) {
    const size = Math.exp(-re * mean1);
    out.re = size * Math.cos(im * mean1);
    out.im = -size * Math.sin(im * mean1);
  } else gamma(1 / scv, mean1 * scv, 0, re, im, out);
  const { re: serviceRe, im: serviceIm } = out;
  const idle = 1 - arrivalRate * mean1;
  divide(idle * re, idle * im, re - arrivalRate * (1 - serviceRe), im + arrivalRate * serviceIm, out);
  if (scv === 0) return;
  const kept = serviceRe * out.re - serviceIm * out.im;
  out.im = serviceRe * out.im + serviceIm * out.re;
  out.re = kept;
}

/** Replaces a value by its power. */
export function raise(value: Complex, power: number): void {
  const size = Math.exp((power / 2) * Math.log(value.re * value.re + value.im * value.im));
  const angle = power * Math.atan2(value.im, value.re);
  value.re = size * Math.cos(angle);
  value.im = size * Math.sin(angle);
}

function divide(aRe: number, aIm: number, bRe: number, bIm: number, out: Complex): void {
  const scale = 1 / (bRe * bRe + bIm * bIm);
  out.re = (aRe * bRe + aIm * bIm) * scale;
  out.im = (aIm * bRe - aRe * bIm) * scale;
}
