/** Σ x^i, Σ i x^i and Σ i² x^i for i = 0 .. count - 1. */
export type GeometricSums = { readonly zeroth: number; readonly first: number; readonly second: number };

/**
 * The three power sums by doubling: every step adds positive numbers only, so unlike the closed forms they
 * keep full precision as `ratio` tends to 1, and they take O(log count) steps.
 *
 * @param ratio within [0, 1]
 * @param count whole number of terms, >= 0
 */
export function geometricSums(ratio: number, count: number): GeometricSums {
  let zeroth = 0;
  let first = 0;
  let second = 0;
  let length = 0;
  let power = 1;
  for (let bit = highestBit(count); bit >= 1; bit /= 2) {
    second += power * (second + 2 * length * first + length * length * zeroth);
    first += power * (first + length * zeroth);
    zeroth += power * zeroth;
    power *= power;
    length *= 2;
    if (Math.floor(count / bit) % 2 === 1) {
      second += length * length * power;
      first += length * power;
      zeroth += power;
      power *= ratio;
      length += 1;
    }
  }
  return { zeroth, first, second };
}

function highestBit(count: number): number {
  let bit = 1;
  while (bit * 2 <= count) bit *= 2;
  return bit;
}
