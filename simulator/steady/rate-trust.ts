/**
 * How far rates and utilisations can be trusted. They follow from the operations for each request and the service times (forced flow
 * law, utilisation law), whatever the queues do, so that what is approximate about waits does not touch them: unless users wait
 * for answers before they ask again, somebody gives up, or something is refused.
 */
import type { Accuracy } from '../../model/index.ts';
import type { Station } from '../network/network.ts';
import { weakest } from './accuracy.ts';
import type { SolvedLoad } from './solve.ts';
import { isUsed, unknownHits, unknownTimes, usedAccuracies } from './trust.ts';

/** Of what arrives anywhere. */
export function rateAccuracy(solved: SolvedLoad): Accuracy {
  const { actual, closedAccuracy, network } = solved;
  const { accepted, calls, worked } = actual.thinning;
  const followsWaits =
    calls !== undefined ||
    worked !== undefined ||
    network.sources.some(({ closed }) => closed) ||
    accepted.some((share) => share < 1);
  if (followsWaits) return weakest([closedAccuracy, ...usedAccuracies(solved)]);
  return weakest([
    ...(closedAccuracy.kind === 'exact' ? [] : [closedAccuracy]),
    ...network.stations.filter((station) => isUsed(solved, station.index)).flatMap(unknownHits),
  ]);
}

/** Of how much of a station is in use, where the rates are as good as `rates`. */
export function utilizationAccuracy({ actual }: SolvedLoad, station: Station, rates: Accuracy): Accuracy {
  return weakest([rates, ...unknownTimes(actual, station)]);
}

/** Of the load at which the first core, link or limit is used up: an unknown service time may hide an earlier one. */
export function saturationAccuracy(solved: SolvedLoad): Accuracy {
  const { network, actual } = solved;
  return weakest([rateAccuracy(solved), ...network.stations.flatMap((station) => unknownTimes(actual, station))]);
}
