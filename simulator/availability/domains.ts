/** Failure domains: hosts, zones and data centers that take everything in them down, and which replicas are where. */
import type { Component, Path } from '../../model/index.ts';
import { amount, indexByPath } from '../../model/index.ts';
import type { Network, Station } from '../network/network.ts';
import { type Place, placeOf } from '../network/placement.ts';
import { arrivalRateOf } from '../steady/demand.ts';
import type { State } from '../steady/state.ts';
import { containerReliability, countedZoneReliability, type Reliability, stationReliability } from './reliability.ts';
import { detectionTimes } from './routers.ts';

/** One thing whose failure is shared. */
export interface Domain {
  /** Path of the container; a counted zone is `us#2`. */
  readonly path: Path;
  readonly reliability: Reliability;
  /** Domains around it. */
  readonly within: readonly number[];
}

/** Replicas of a station as failures see them. */
export interface Group {
  readonly station: number;
  readonly reliability: Reliability;
  /** Machines by where they are: all domains of `domains` must be up. One entry of one machine where a provider runs it. */
  readonly machines: readonly { readonly count: number; readonly domains: readonly number[] }[];
  /** Machines that the load needs. */
  readonly needed: number;
  /** Load over what one machine can take; what is left of it when machines are missing. */
  readonly load: number;
  /** Share of the failures of one machine that hit all of them at the same time (β-factor). */
  readonly commonCause: number;
  /** Machines that are repaired at the same time; Infinity for no limit. */
  readonly crews: number;
  /** Seconds for which a dead machine still gets requests: until the balancer notices; Infinity if it does not look. */
  readonly detection: number;
  /** Of a store: machines of one shard share its traffic; the first one is the primary. */
  readonly store?: {
    readonly shards: number;
    readonly hottest: number;
    readonly promotes: boolean;
    readonly failover: number;
  };
}

/** Everything that can fail. */
export interface FailureModel {
  readonly domains: readonly Domain[];
  readonly groups: readonly Group[];
}

/**
 * The failure domains and the groups of replicas of a network at a load.
 * @param switched the load after all routers have turned to their standbys: what a standby needs is what it needs then
 */
export function failureModel(state: State, switched?: State): FailureModel {
  const { network } = state;
  const { architecture } = network;
  const domains: Domain[] = [];
  const indexOf = new Map<Path, number>();
  const index = indexByPath(architecture);
  const addDomain = (path: Path, reliability: Reliability, within: readonly number[]) => {
    const known = indexOf.get(path);
    if (known !== undefined) return known;
    indexOf.set(path, domains.length);
    domains.push({ path, reliability, within });
    return domains.length - 1;
  };
  const container = (path: Path | undefined, within: readonly number[]): readonly number[] => {
    const component = path === undefined ? undefined : index.get(path);
    return component ? [...within, addDomain(component.path, containerReliability(component), within)] : within;
  };
  const detection = detectionTimes(architecture);
  const isIdle = (one: State, station: number) => arrivalRateOf(network, one.rates, station) === 0;
  const groups = network.stations.map((station) => {
    const place = placeOf(architecture, station.component);
    const around = container(place.host, container(place.zone, container(place.dataCenter, [])));
    const reliability = reliabilityOf(station, place);
    const zones = reliability.whole ? [] : countedZones(place, index, around, addDomain);
    const standsBy = switched && isIdle(state, station.index) && !isIdle(switched, station.index);
    const group = groupOf(standsBy ? switched : state, station.index, reliability, around, zones);
    return { ...group, detection: group.store ? 0 : (detection.get(station.path) ?? 0) };
  });
  return { domains, groups };
}

/** Of the same station in a place of the same sort always the same. */
function reliabilityOf(station: Station, place: Place): Reliability {
  const hosted = place.host !== undefined;
  const before = reliabilities.get(station);
  if (before?.zones === place.zones && before.hosted === hosted) return before.reliability;
  const reliability = stationReliability(station, place);
  reliabilities.set(station, { zones: place.zones, hosted, reliability });
  return reliability;
}

const reliabilities = new WeakMap<
  Station,
  { readonly zones: number; readonly hosted: boolean; readonly reliability: Reliability }
>();

/** A data center with several zones, for what is not placed in one of them by hand. */
function countedZones(
  place: Place,
  index: ReadonlyMap<Path, Component>,
  around: readonly number[],
  add: (path: Path, reliability: Reliability, within: readonly number[]) => number,
): readonly number[] {
  const dataCenter = place.dataCenter === undefined ? undefined : index.get(place.dataCenter);
  if (!dataCenter || place.zone !== undefined || place.host !== undefined) return [];
  const count = Math.floor(amount(dataCenter, 'zones') ?? 1);
  if (!(count > 1) || count > MOST_ZONES) return [];
  const used = Math.min(place.zones, count);
  return Array.from({ length: used }, (_, i) => add(`${dataCenter.path}#${i + 1}`, countedZoneReliability(), around));
}

const MOST_ZONES = 16;

function groupOf(
  state: State,
  index: number,
  reliability: Reliability,
  around: readonly number[],
  zones: readonly number[],
): Omit<Group, 'detection'> {
  const station = state.network.stations[index]!;
  const copies = station.store ? station.store.readReplicas : 0;
  const count = reliability.whole ? 1 : state.replicas[index]! + copies;
  const machines =
    zones.length === 0
      ? [{ count, domains: around }]
      : zones.map((zone, i) => ({
          count: Math.floor(count / zones.length) + (i < count % zones.length ? 1 : 0),
          domains: [...around, zone],
        }));
  const { needed, load } = reliability.whole || station.store ? { needed: 1, load: 1 } : loadOf(state, index, count);
  return {
    station: index,
    reliability,
    machines: machines.filter((some) => some.count > 0),
    needed,
    load,
    commonCause: reliability.whole ? 0 : (amount(station.component, 'commonCause') ?? 0),
    crews: Math.floor(amount(station.component, 'repairCrews') ?? Number.POSITIVE_INFINITY),
    ...(station.store ? { store: storeFailover(state.network, index, reliability) } : {}),
  };
}

/** How many of the machines that run the load needs at the least. */
function loadOf(state: State, index: number, count: number): { readonly needed: number; readonly load: number } {
  const used = Math.max(0, ...state.pools[index]!.map((pool) => pool.utilization));
  const load = Number.isFinite(used) ? used * count : count;
  return { needed: Math.min(count, Math.max(1, Math.floor(load * (1 - 1e-9)) + 1)), load };
}

function storeFailover(network: Network, index: number, reliability: Reliability): NonNullable<Group['store']> {
  const { store, component, engine, replicas } = network.stations[index]!;
  const mode = component.properties['failover.mode']?.value;
  const declared = component.properties.failover !== undefined;
  const automatic = declared && !(mode?.type === 'word' && mode.word !== 'automatic');
  const spare = store!.readReplicas > 0 || replicas.from > 1;
  const known = component.properties['failover.time'] ? undefined : engine?.failoverTime?.to;
  const failover = known ?? (declared ? (amount(component, 'failover.time') ?? 0) : 0);
  const promotes = spare && (automatic || (!declared && replicas.from > 1) || store!.multiPrimary);
  return {
    shards: store!.shards,
    hottest: store!.hottest,
    promotes,
    failover: promotes && !reliability.whole && !store!.multiPrimary ? failover : 0,
  };
}
