/**
 * Availability as a reliability block diagram over the paths of the requests, with shared failure domains (see `structure.ts` and
 * `expectation.ts`).
 *
 * A group of replicas works while as many are left as the load needs. Replicas spread evenly over the zones of their data center; a
 * single machine is in the first. A read replica is promoted when `failover` is automatic; until then writes are lost.
 */
import type { Architecture, AvailabilityResult } from '../../model/index.ts';
import { SECONDS_PER_YEAR, serverFailures } from '../../model/index.ts';
import type { Network } from '../network/network.ts';
import { prepare } from '../network/prepare.ts';
import { approximate, exact, weakest } from '../steady/accuracy.ts';
import { solveState } from '../steady/closed.ts';
import type { State } from '../steady/state.ts';
import { type FailureModel, failureModel } from './domains.ts';
import { occurrences, type SwitchShare } from './evaluate.ts';
import { expectedLoss } from './expectation.ts';
import { contributionsOf, singlePointsOf } from './failures.ts';
import { switchSeconds } from './routers.ts';
import { switchedState } from './standbys.ts';
import { type Needs, needsOf } from './structure.ts';

/** What availability is computed from. */
export interface Reliance {
  readonly state: State;
  readonly model: FailureModel;
  readonly streams: readonly { readonly name: string; readonly share: number; readonly needs: Needs }[];
  /** Groups that any request needs, in the order in which they are met. */
  readonly used: readonly number[];
}

/** The availability of an architecture at its peak load. */
export function availabilityOf(architecture: Architecture): AvailabilityResult {
  return availabilityOfNetwork(prepare(architecture));
}

/** The same for a network that is there already. */
export function availabilityOfNetwork(network: Network): AvailabilityResult {
  return availabilityFrom(solveState(network, { scale: 1, load: 'peak' }).state);
}

/** The same for a solved load. */
export function availabilityFrom(state: State): AvailabilityResult {
  const reliance = relianceOf(state);
  const { streams, model } = reliance;
  const switching = switchShares(state);
  const losses = streams.map(({ needs }) => expectedLoss(needs, model, switching));
  const total = Math.min(
    1,
    losses.reduce((sum, { loss }, i) => sum + streams[i]!.share * loss, 0),
  );
  const omitted = Math.max(0, ...losses.map((one) => one.omitted));
  return {
    value: 1 - total,
    downtime: total * SECONDS_PER_YEAR,
    requests: byClass(
      reliance,
      losses.map((one) => one.loss),
    ),
    contributions: contributionsOf(reliance),
    singlePoints: singlePointsOf(reliance),
    accuracy: weakest([
      omitted > 0
        ? approximate('rare combinations of failures count as lost', omitted / Math.max(total, omitted))
        : exact,
      ...unknownParts(reliance, model),
      approximate('failures of different parts are taken as independent'),
    ]),
  };
}

/** The streams with what they need; without any load, each counts the same. */
function relianceOf(state: State): Reliance {
  const { network, streamRates } = state;
  const total = streamRates.reduce((sum, rate) => sum + rate, 0);
  const streams = network.streams.map((stream, i) => ({
    name: network.classes[stream.class]!.name,
    share: total > 0 ? streamRates[i]! / total : 1 / network.streams.length,
    needs: needsOf(state, stream),
  }));
  return { state, model: failureModel(state, switchedState(state)), streams, used: usedGroups(streams) };
}

function usedGroups(streams: Reliance['streams']): readonly number[] {
  const used = new Map<number, number>();
  for (const { needs } of streams) occurrences(needs, used);
  return [...used.keys()];
}

function byClass({ state, streams }: Reliance, losses: readonly number[]): AvailabilityResult['requests'] {
  return state.network.classes.flatMap(({ name }) => {
    const own = streams.flatMap((stream, i) =>
      stream.name === name ? [{ share: stream.share, loss: losses[i]! }] : [],
    );
    if (own.length === 0) return [];
    const total = own.reduce((sum, one) => sum + one.share, 0);
    const loss = own.reduce((sum, one) => sum + (total > 0 ? one.share / total : 1 / own.length) * one.loss, 0);
    return [{ name, value: 1 - Math.min(1, loss) }];
  });
}

/** Detection and switching time of routers over the usual time to repair what they leave out. */
function switchShares(state: State): SwitchShare {
  const shares = new Map<number, number>();
  return (router) => {
    let share = shares.get(router);
    if (share === undefined) {
      share = switchShare(state, router);
      shares.set(router, share);
    }
    return share;
  };
}

function switchShare({ network }: State, router: number): number {
  return Math.min(1, switchSeconds(network.stations[router]!.component) / REPAIR);
}

/** Seconds that a target stays dead; the catalogue's mean time to repair a server. */
const REPAIR = serverFailures.mttr.value;

function unknownParts({ state, used }: Reliance, model: FailureModel) {
  return used
    .filter((index) => !model.groups[index]!.reliability.known)
    .map((index) =>
      approximate(`no availability known for '${state.network.stations[index]!.path}', so it never fails`),
    );
}
