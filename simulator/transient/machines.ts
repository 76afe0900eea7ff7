/** Which machines an event hits, and who takes over: what of a network is down at a moment. */
import { amount, ancestors, type Component, declared, isInside, type Path, word } from '../../model/index.ts';
import { stationReliability } from '../availability/reliability.ts';
import type { Network, Station } from '../network/network.ts';
import { placeOf } from '../network/placement.ts';

/** Machines of one station that are down for a time. */
export interface Outage {
  readonly station: number;
  /** Infinity for all of them. */
  readonly machines: number;
  /** The one that takes the writes is among them. */
  readonly primary: boolean;
  /** Share of the operations that it concerns: less than 1 where it is one shard of several. */
  readonly share: number;
  readonly from: number;
  readonly until: number;
  /** When another machine has taken over the writes; Infinity where none does by itself. */
  readonly promoted: number;
  /** Nobody is sent to a machine that is taken out on purpose. */
  readonly planned: boolean;
}

/** What is left of a station. */
export interface Standing {
  readonly total: number;
  readonly alive: number;
  /** Share of the writes that nobody takes. */
  readonly unwritable: number;
}

/** Everything works. */
export function standingOf(
  network: Network,
  outages: readonly Outage[],
  index: number,
  replicas: number,
  now: number,
): Standing {
  const total = machinesOf(network.stations[index]!, replicas);
  let down = 0;
  let unwritable = 0;
  for (const outage of outages) {
    if (outage.station !== index) continue;
    down += outage.machines;
    if (outage.primary && now < outage.promoted) unwritable = Math.max(unwritable, outage.share);
  }
  const alive = Math.max(0, total - down);
  return { total, alive, unwritable: alive === 0 ? 1 : unwritable };
}

/** Machines of a station that runs with so many replicas: those, and its read replicas. */
export function machinesOf(station: Station, replicas: number): number {
  return replicas + (station.store?.readReplicas ?? 0);
}

/** Stations in a component or container; users cannot fail. */
export function stationsIn(network: Network, path: Path): readonly Station[] {
  return network.stations.filter((station) => isInside(station.path, path) && station.component.kind !== 'users');
}

/** True for what a provider runs as one thing, or what is one thing however it is built. */
export function isWhole(network: Network, station: Station): boolean {
  const place = placeOf(network.architecture, station.component);
  return stationReliability(station, place).whole && machinesOf(station, station.replicas.from) === 1;
}

/**
 * Seconds until another machine takes the writes: the declared failover, else what is known of the engine; 0 where all machines take
 * writes. Infinity where nothing takes over by itself.
 */
export function failoverOf(network: Network, station: Station, total: number): number {
  const { component, engine, store } = station;
  if (total < 2 && !(engine?.managed && isWhole(network, station))) return Number.POSITIVE_INFINITY;
  if (store?.multiPrimary) return 0;
  const usual = engine?.failoverTime?.to;
  if (!declared(component, 'failover')) return usual ?? (station.replicas.from > 1 ? 0 : Number.POSITIVE_INFINITY);
  const mode = word(component, 'failover.mode');
  const time = amount(component, 'failover.time');
  if (mode === 'automatic') return time ?? usual ?? 0;
  return mode === 'manual' && declared(component, 'failover.time') ? (time ?? 0) : Number.POSITIVE_INFINITY;
}

/** Share of the traffic of a store that its hottest shard carries. */
export function shardShare({ store }: Station): number {
  return store && store.shards > 1 ? store.hottest + (1 - store.hottest) / store.shards : 1;
}

/** How many machines of a station are in the first zone of a container (or of its own data center), and whether the primary is. */
export function machinesInZone(
  network: Network,
  station: Station,
  container: Path,
  total: number,
): { readonly machines: number; readonly primary: boolean } {
  const { architecture } = network;
  const place = placeOf(architecture, station.component);
  if (place.zone !== undefined) {
    const hit = place.zone === firstZone(network, container, station.component);
    return { machines: hit ? Number.POSITIVE_INFINITY : 0, primary: hit };
  }
  if (isWhole(network, station) && station.engine?.managed) return { machines: 0, primary: false };
  if (place.zones <= 1) return { machines: Number.POSITIVE_INFINITY, primary: true };
  return { machines: Math.ceil(total / place.zones), primary: true };
}

/** The zone that fails: the first one declared in the container, else the one around it. */
function firstZone({ architecture }: Network, container: Path, component: Component): Path | undefined {
  const inside = architecture.components.find(({ kind, path }) => kind === 'zone' && isInside(path, container));
  return inside?.path ?? ancestors(architecture, component).find(({ kind }) => kind === 'zone')?.path;
}
