import { mg1Wait, mg1WaitVariance } from '../queueing/mg1.ts';
import { mmcSojourn } from '../queueing/mmc.ts';
import { type MmckQueue, mmckQueue, solveMmck } from '../queueing/mmck.ts';
import type { Tail } from '../queueing/quantile-search.ts';
import type { PiecewiseDensity } from './piecewise-density.ts';
import type { ResponseTime } from './response-time.ts';
import type { Term } from './term.ts';

/** An independent part of a time, without its constant share, ready for its Laplace transform to be evaluated. */
export type Factor = Shape & {
  /** How often it is repeated: the transform is raised to this whole power. */
  readonly power: number;
  /** Mean of one repetition, in seconds. */
  readonly mean: number;
  /** Variance of one repetition, in s². */
  readonly variance: number;
  /** Probability that one repetition takes no time at all. */
  readonly atom: number;
  /** Seconds taken out of all the repetitions together and added to the constant time of the term; see `narrow.ts`. */
  readonly advance: number;
  /** The factor that this is a power of; absent where it is one by itself. */
  readonly base?: Factor;
};

/** What a factor is a power of. */
export function baseOf(factor: Factor): Factor {
  return factor.base ?? factor;
}

/** The kinds of transform that `laplace.ts` knows. */
export type Shape =
  | { readonly kind: 'sojourn'; readonly serviceRate: number; readonly drain: number; readonly waitProbability: number }
  | { readonly kind: 'gamma'; readonly shape: number; readonly scale: number }
  | { readonly kind: 'bounded'; readonly serviceRate: number; readonly slotRate: number; readonly queue: MmckQueue }
  | { readonly kind: 'pollaczek'; readonly arrivalRate: number; readonly mean1: number; readonly scv: number }
  | { readonly kind: 'terms'; readonly terms: readonly Term[] }
  | { readonly kind: 'piecewise'; readonly density: PiecewiseDensity; readonly tail: Tail };

/** A leaf of the tree, taken apart into its constant share and the rest; undefined where it never ends. */
export type Leaf = { readonly shift: number; readonly factor: Factor | undefined } | undefined;

type LeafTime = Exclude<ResponseTime, { kind: 'sum' | 'mixture' | 'maximum' | 'repeat' | 'within' }>;

const nothing: Leaf = { shift: 0, factor: undefined };

/** Takes a leaf of the tree apart. */
export function leafOf(time: LeafTime): Leaf {
  switch (time.kind) {
    case 'shift':
      return time.seconds === Number.POSITIVE_INFINITY ? undefined : { shift: time.seconds, factor: undefined };
    case 'gamma':
      return gammaLeaf(time.mean, time.scv);
    case 'mmc':
      return sojournLeaf(time);
    case 'mmck':
      return boundedLeaf(time);
    case 'mg1':
      return pollaczekLeaf(time);
  }
}

function gammaLeaf(mean: number, scv: number): Leaf {
  if (mean === Number.POSITIVE_INFINITY) return undefined;
  // Below this the distribution is a constant to nine digits of every quantile.
  if (scv < 1e-18 || mean === 0) return { shift: mean, factor: undefined };
  return leaf({ kind: 'gamma', shape: 1 / scv, scale: mean * scv }, mean, scv * mean * mean, 0);
}

function sojournLeaf(time: Extract<ResponseTime, { kind: 'mmc' }>): Leaf {
  const { waitProbability, drain, mean, variance } = mmcSojourn(time);
  if (mean === Number.POSITIVE_INFINITY) return undefined;
  if (time.serviceTime === 0) return nothing;
  return leaf({ kind: 'sojourn', serviceRate: 1 / time.serviceTime, drain, waitProbability }, mean, variance, 0);
}

function boundedLeaf(time: Extract<ResponseTime, { kind: 'mmck' }>): Leaf {
  const { response, responseVariance } = solveMmck(time);
  const servers = Math.floor(Math.min(time.servers, time.capacity));
  if (time.serviceTime === 0 || servers < 1) return nothing;
  // A long full queue makes the response nearly constant: gamma is then within 0.05 % and far cheaper to invert.
  if (responseVariance < 1e-4 * response ** 2) return gammaLeaf(response, responseVariance / response ** 2);
  const serviceRate = 1 / time.serviceTime;
  const shape = { kind: 'bounded', serviceRate, slotRate: servers * serviceRate, queue: mmckQueue(time) } as const;
  return leaf(shape, response, responseVariance, 0);
}

function pollaczekLeaf(time: Extract<ResponseTime, { kind: 'mg1' }>): Leaf {
  const { arrivalRate, serviceTime, scv } = time;
  const station = { arrivalRate, serviceTime, serviceVariability: scv };
  const wait = mg1Wait(station);
  if (wait === Number.POSITIVE_INFINITY) return undefined;
  if (wait === 0) return gammaLeaf(serviceTime, scv);
  const variance = mg1WaitVariance(station);
  const shape = { kind: 'pollaczek', arrivalRate, mean1: serviceTime, scv } as const;
  // The transform of a constant service is left to the shift; that of a gamma service is inside the factor.
  if (scv === 0) return leaf(shape, wait, variance, 1 - arrivalRate * serviceTime, serviceTime);
  return leaf(shape, wait + serviceTime, variance + scv * serviceTime ** 2, 0);
}

function leaf(shape: Shape, mean: number, variance: number, atom: number, shift = 0): Leaf {
  return { shift, factor: { ...shape, power: 1, mean, variance, atom, advance: 0 } };
}
