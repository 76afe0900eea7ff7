/** Storms of retries that would not end by themselves. */
import type { RetryStorm } from '../../model/index.ts';
import type { Network } from '../network/network.ts';
import { everyCallFails } from './retries.ts';
import type { State } from './state.ts';
import { stateAt } from './state.ts';
import { isStormed } from './storms.ts';

/** True where some call is tried again. */
export function hasRetries({ connections }: Network): boolean {
  return connections.some(({ patience }) => patience !== undefined && patience.pauses.length > 0);
}

/**
 * What retries keep overloaded once a disturbance has made every call fail, at the load of a state. The iteration starts with all retries
 * that there may be and descends to the greatest fixed point; nothing where that is calm too.
 */
export function stormsOf(calm: State): readonly RetryStorm[] {
  const { network, options, sourceRates } = calm;
  if (!hasRetries(network)) return [];
  const storm = stateAt(network, { ...options, rates: sourceRates }, everyCallFails(network));
  return network.stations.flatMap((station) => {
    if (!isStormed(storm, station)) return [];
    const busiest = (state: State) => Math.max(...state.pools[station.index]!.map(({ utilization }) => utilization));
    return [{ path: station.path, utilization: busiest(calm), during: busiest(storm) }];
  });
}
