import type { Moments } from './moments.ts';

/** Between what P(T > t) lies. */
export type TailBounds = { readonly least: number; readonly most: number };

/**
 * What mean and variance alone say of P(T > `time`), for any distribution: at most σ² / (σ² + d²) at d above the mean, at least
 * d² / (σ² + d²) at d below it (Cantelli's inequality; Feller, An Introduction to Probability Theory vol. 2, 1971, §V.7).
 * Most promises are so far from their limit that no distribution has to be computed.
 *
 * @param time seconds
 */
export function tailBounds({ mass, mean, variance }: Moments, time: number): TailBounds {
  if (!(mass > 1 - 1e-12) || !Number.isFinite(mean) || !Number.isFinite(variance)) return { least: 0, most: 1 };
  const distance = time - mean;
  const share = variance / (variance + distance * distance);
  if (distance > 0) return { least: 0, most: share };
  return distance < 0 ? { least: 1 - share, most: 1 } : { least: 0, most: 1 };
}
