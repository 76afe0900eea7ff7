/**
 * The figures on the back of an envelope: how much data is stored, sent and kept in memory. They follow from rates and from declared sizes
 * alone, so they also hold for a design that cannot carry its load.
 */
import type { Architecture, EnvelopeResult } from '../../model/index.ts';
import type { Network } from '../network/network.ts';
import { prepare } from '../network/prepare.ts';
import { demandedState, type Exchange, exchangesOf, unsized } from './exchanges.ts';
import { workingSetsOf } from './memory.ts';
import { inflowsOf } from './storage.ts';
import { trafficNeeds, trafficOf } from './traffic.ts';

/** Storage, bandwidth and memory that an architecture needs at its declared load, or at a multiple of it. Never throws. */
export function envelopeOf(architecture: Architecture, options: { readonly scale?: number } = {}): EnvelopeResult {
  const network = prepare(architecture);
  const { peak, mean } = loadsOf(network, options.scale ?? 1);
  const [busy, usual] = [trafficOf(network, peak), trafficOf(network, mean)];
  const asked = mean.filter(({ to }) => to.kind !== 'dns');
  return {
    storage: inflowsOf(network, mean, options.scale ?? 1).map(({ need }) => need),
    traffic: {
      edge: { peak: busy.edge, mean: usual.edge },
      places: trafficNeeds(busy, usual),
      unknown: unsized(asked),
    },
    memory: workingSetsOf(network, mean).map(({ need }) => need),
  };
}

/** What flows at the busiest hour, and on average. */
export function loadsOf(network: Network, scale: number): { peak: readonly Exchange[]; mean: readonly Exchange[] } {
  return {
    peak: exchangesOf(demandedState(network, { scale, load: 'peak' })),
    mean: exchangesOf(demandedState(network, { scale, load: 'mean' })),
  };
}
