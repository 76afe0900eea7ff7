// Distributions of response times, composed from stations and read as means, variances and quantiles. It must not know
// the architecture model, nor where the stations' rates come from.
export { type Distribution, distributionOf, distributionOfFinite, type FiniteTime } from './distribution.ts';
export { type Moments, mixtureMoments, momentsOf, repeatMoments, sumMoments } from './moments.ts';
export { meanOf, quantileFunction, quantileOf, quantilesOf, survivalOf, varianceOf } from './quantile.ts';
export { isSameTime, type MixtureBranch, noTime, type ResponseTime, waitThenService } from './response-time.ts';
export { type TailBounds, tailBounds } from './tail-bounds.ts';
