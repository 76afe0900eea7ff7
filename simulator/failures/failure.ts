/** What can fail alone: every machine, managed service, host, zone and data center of an architecture. */
import type { Path } from '../../model/index.ts';
import type { FailureModel } from '../availability/domains.ts';
import type { Network } from '../network/network.ts';

export const failureKinds = [
  'machine',
  'primary',
  'replica',
  'allMachines',
  'service',
  'host',
  'zone',
  'dataCenter',
] as const;
/**
 * `machine` is one replica, `primary` and `replica` those of a store with several machines, `allMachines` all of either at once by
 * a common cause that is declared, `service` the whole of what a provider runs
 * or of what is one thing however it is built (DNS, CDN, function).
 */
export type FailureKind = (typeof failureKinds)[number];

/** One thing that is gone. */
export interface Failure {
  readonly kind: FailureKind;
  readonly path: Path;
  /** Number of one of the zones that a data center only counts, from 1. */
  readonly zone?: number;
}

/** A failure and where it hits: a group of machines or a failure domain. */
export interface Candidate {
  readonly failure: Failure;
  readonly group?: number;
  readonly domain?: number;
  /** True if the same can happen a second time: there are more machines like it. */
  readonly again: boolean;
}

/** Every single failure, stations before domains, each in the order of declaration. */
export function candidatesOf(network: Network, model: FailureModel): readonly Candidate[] {
  return [
    ...network.stations.flatMap((station) =>
      station.component.kind === 'users' ? [] : ofGroup(model, station.index, station.path),
    ),
    ...model.domains.map(({ path }, domain) => ({ failure: ofDomain(network, path), domain, again: false })),
  ];
}

function ofGroup(model: FailureModel, group: number, path: Path): readonly Candidate[] {
  const { reliability, machines, store, commonCause } = model.groups[group]!;
  if (reliability.whole) return [{ failure: { kind: 'service', path }, group, again: false }];
  const total = machines.reduce((sum, { count }) => sum + count, 0);
  const together: readonly Candidate[] =
    commonCause > 0 && total > 1 ? [{ failure: { kind: 'allMachines', path }, group, again: false }] : [];
  if (!store || total === 1) return [{ failure: { kind: 'machine', path }, group, again: total > 1 }, ...together];
  return [
    { failure: { kind: 'primary', path }, group, again: false },
    { failure: { kind: 'replica', path }, group, again: total > 2 },
    ...together,
  ];
}

function ofDomain(network: Network, path: Path): Failure {
  const [container = path, number] = path.split('#');
  if (number !== undefined) return { kind: 'zone', path: container, zone: Number(number) };
  const kind = network.architecture.components.find((component) => component.path === path)?.kind;
  return { kind: kind === 'host' || kind === 'zone' ? kind : 'dataCenter', path };
}
