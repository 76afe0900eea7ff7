/**
 * Availability as a reliability block diagram over the paths of the requests, with shared failure domains. Domains and components that
 * occur at several places are conditioned on: all their states are gone through where they are few; where they are many, all
 * states with up to so many failures at once, and the rest counts as lost (its probability is the stated error). Given
 * those, everything else is independent and the expression can be evaluated with probabilities.
 *
 * A group of replicas works while as many are left as the load needs. Replicas spread evenly over the zones of their data center; a
 * single machine is in the first. A read replica is promoted when `failover` is automatic; until then writes are lost.
 */
import type { Architecture, AvailabilityResult, Component, Path } from '../../model/index.ts';
import { amount, declared, serverFailures } from '../../model/index.ts';
import type { Network } from '../network/network.ts';
import { prepare } from '../network/prepare.ts';
import { engineOf } from '../network/stations.ts';
import { approximate, exact, weakest } from '../steady/accuracy.ts';
import { solveState } from '../steady/closed.ts';
import type { State } from '../steady/state.ts';
import { type FailureModel, failureModel, type Group } from './domains.ts';
import { lossOf, occurrences, type SwitchShare, type Working, works } from './evaluate.ts';
import { contributionsOf, singlePointsOf } from './failures.ts';
import { workingOf } from './groups.ts';
import { type Needs, needsOf } from './structure.ts';

/** What availability is computed from. */
export interface Reliance {
  readonly state: State;
  readonly model: FailureModel;
  readonly streams: readonly { readonly name: string; readonly share: number; readonly needs: Needs }[];
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
  const losses = streams.map(({ needs }) => expectedLoss(needs, reliance));
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

const SECONDS_PER_YEAR = 31_536_000;
/** States that are gone through for each stream. */
const MOST_STATES = 3000;

/** The streams with what they need; without any load, each counts the same. */
function relianceOf(state: State): Reliance {
  const { network, streamRates } = state;
  const total = streamRates.reduce((sum, rate) => sum + rate, 0);
  const streams = network.streams.map((stream, i) => ({
    name: network.classes[stream.class]!.name,
    share: total > 0 ? streamRates[i]! / total : 1 / network.streams.length,
    needs: needsOf(state, stream),
  }));
  return { state, model: failureModel(state), streams };
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

/** A shared thing that is up or down: a failure domain, or a group that occurs more than once. */
type Variable = { readonly domain: number } | { readonly group: number };

/** Mean share of the requests that is lost, and the probability of the states that were left out. */
function expectedLoss(needs: Needs, reliance: Reliance): { readonly loss: number; readonly omitted: number } {
  const { model, state } = reliance;
  const counts = occurrences(needs);
  const groups = [...counts.keys()];
  const domains = relevantDomains(model, groups);
  const shared = groups.filter((index) => counts.get(index)! > 1 && model.groups[index]!.reliability.availability < 1);
  const variables: readonly Variable[] = [
    ...domains.map((domain) => ({ domain })),
    ...shared.map((group) => ({ group })),
  ];
  const most = mostFailures(variables.length);
  const up = new Uint8Array(model.domains.length).fill(1);
  const pinned = new Map<number, Working>();
  const switching = switchShares(state);
  let loss = 0;
  let covered = 0;
  const visit = (position: number, probability: number, failures: number): void => {
    if (!(probability > 0) || failures > most) return;
    const variable = variables[position];
    if (!variable) {
      covered += probability;
      const working = (index: number) => pinned.get(index) ?? workingOf(model.groups[index]!, up);
      loss += probability * lossOf(needs, working, switching);
      return;
    }
    if ('domain' in variable) visitDomain(variable.domain, position, probability, failures);
    else visitGroup(variable.group, position, probability, failures);
  };
  const visitDomain = (domain: number, position: number, probability: number, failures: number): void => {
    const { reliability, within } = model.domains[domain]!;
    // What is in a domain that is down is down with it.
    const availability = within.every((around) => up[around] === 1) ? reliability.availability : 0;
    const failing = availability === 0 && reliability.availability > 0 ? 0 : 1;
    up[domain] = 1;
    visit(position + 1, probability * availability, failures);
    up[domain] = 0;
    visit(position + 1, probability * (1 - availability), failures + failing);
    up[domain] = 1;
  };
  const visitGroup = (group: number, position: number, probability: number, failures: number): void => {
    const { full, readOnly, lost } = workingOf(model.groups[group]!, up);
    const forced = full === 0 && readOnly === 0 ? 0 : 1;
    const states: readonly [number, Working, number][] = [
      [full, works, 0],
      [readOnly, { full: 0, readOnly: 1, lost }, 1],
      [Math.max(0, 1 - full - readOnly), { full: 0, readOnly: 0, lost }, forced],
    ];
    for (const [chance, working, more] of states) {
      pinned.set(group, working);
      visit(position + 1, probability * chance, failures + more);
    }
    pinned.delete(group);
  };
  visit(0, 1, 0);
  const omitted = most >= variables.length ? 0 : Math.max(0, 1 - covered);
  return { loss: Math.min(1, loss + omitted), omitted };
}

/** Domains of any machine of the groups, those around before those inside. */
function relevantDomains(model: FailureModel, groups: readonly number[]): readonly number[] {
  const found = new Set<number>();
  for (const index of groups)
    for (const { domains } of model.groups[index]!.machines) for (const domain of domains) found.add(domain);
  return [...found].sort((a, b) => a - b);
}

/** The number of simultaneous failures up to which all states are few enough; that of all variables if everything is. */
function mostFailures(variables: number): number {
  let states = 1;
  let combinations = 1;
  for (let failures = 1; failures <= variables; failures++) {
    combinations = (combinations * (variables - failures + 1)) / failures;
    states += combinations;
    if (states > MOST_STATES) return Math.max(1, failures - 1);
  }
  return variables;
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

/** Seconds until a router leaves out a dead target. */
export function switchSeconds(component: Component): number {
  const own = component.kind === 'dns' ? amount(component, 'failoverTime') : undefined;
  const ttl = component.kind === 'dns' && declared(component, 'ttl') ? amount(component, 'ttl') : undefined;
  return own ?? engineOf(component)?.failoverTime?.to ?? ttl ?? 0;
}

/** Seconds that a target stays dead; the catalogue's mean time to repair a server. */
const REPAIR = serverFailures.mttr.value;

function unknownParts({ state, streams }: Reliance, model: FailureModel) {
  const paths = new Set<Path>();
  for (const { needs } of streams)
    for (const index of occurrences(needs).keys())
      if (!isKnown(model.groups[index]!)) paths.add(state.network.stations[index]!.path);
  return [...paths].map((path) => approximate(`no availability known for '${path}', so it never fails`));
}

function isKnown(group: Group): boolean {
  return group.reliability.known;
}
