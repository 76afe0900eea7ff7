/** Quantile of Student's t distribution for two-sided intervals of 95 %, by G. W. Hill, "Algorithm 396", Comm. ACM 13, 1970. */

/** The value that is exceeded on either side with probability 5 %; Infinity without degrees of freedom. */
export function studentQuantile(degrees: number): number {
  if (!(degrees >= 1)) return Number.POSITIVE_INFINITY;
  if (degrees === 1) return 1 / Math.tan((OUTSIDE * Math.PI) / 2);
  if (degrees === 2) return Math.sqrt(2 / (OUTSIDE * (2 - OUTSIDE)) - 2);
  const a = 1 / (degrees - 0.5);
  const b = 48 / (a * a);
  let c = (((20700 * a) / b - 98) * a - 16) * a + 96.36;
  const d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt((a * Math.PI) / 2) * degrees;
  let y = (d * OUTSIDE) ** (2 / degrees);
  if (y > 0.05 + a) {
    const x = NORMAL;
    y = x * x;
    if (degrees < 5) c += 0.3 * (degrees - 4.5) * (x + 0.6);
    c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c;
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x;
    y = Math.expm1(a * y * y);
  } else {
    const z = (degrees + 6) / (degrees * y) - 0.089 * d - 0.822;
    y = ((1 / (z * (degrees + 2) * 3) + 0.5 / (degrees + 4)) * y - 1) * ((degrees + 1) / (degrees + 2)) + 1 / y;
  }
  return Math.sqrt(degrees * y);
}

const OUTSIDE = 0.05;
/** Quantile of the normal distribution at half of that. */
const NORMAL = -1.959963984540054;
