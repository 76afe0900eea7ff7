/** The queues of a network: one in front of every group of servers that can be asked for more than it can do. */
import type { Network, Station } from '../network/network.ts';
import { type Pool, poolsOf } from '../steady/pools.ts';
import { SLOTS } from './world.ts';

/** Servers with one queue in front of all of them. */
export interface Unit {
  /** Its station; of a host the stations of all its parts. */
  readonly parts: readonly { readonly station: number; readonly pool: Pool; readonly slot: number }[];
  readonly host?: number;
  /** Server-seconds a second. */
  readonly servers: number;
  /** A queue with few places is in its steady state at once, and needs no backlog. */
  readonly bounded: boolean;
}

/** The units of a network as it is. `dead` stations have no servers. */
export function unitsOf(network: Network, dead: Uint8Array): readonly Unit[] {
  const own = network.stations.flatMap((station) => {
    if (station.component.kind === 'users' || (station.host !== undefined && Number.isFinite(station.cores))) return [];
    const pools = poolsOnce(station);
    return pools.map((pool, i): Unit => {
      const servers = dead[station.index] === 1 ? 0 : pool.groups * pool.servers;
      const parts = [{ station: station.index, pool, slot: slotOf(station, pool, pools, i) }];
      return { parts, servers, bounded: station.places !== undefined };
    });
  });
  const shared = network.hosts.flatMap((host, index): Unit[] => {
    const parts = host.parts
      .map((part) => network.stations[part]!)
      .filter((station) => Number.isFinite(station.cores))
      .map((station) => ({ station: station.index, pool: poolsOnce(station)[0]!, slot: station.index * SLOTS }));
    if (parts.length === 0) return [];
    const down = parts.every(({ station }) => dead[station] === 1);
    return [{ parts, host: index, servers: down ? 0 : host.cores, bounded: false }];
  });
  return [...own, ...shared];
}

/** The pools of a station as it is; stations that nothing has happened to stay the same. */
function poolsOnce(station: Station): readonly Pool[] {
  let pools = known.get(station);
  if (!pools) {
    pools = poolsOf(station, station.host === undefined ? station.replicas.from : 1);
    known.set(station, pools);
  }
  return pools;
}

const known = new WeakMap<Station, readonly Pool[]>();

/** The same group keeps its slot when machines come and go: primary 1, replicas 2, of the hottest shard 3 and 4. */
function slotOf(station: Station, pool: Pool, pools: readonly Pool[], i: number): number {
  const base = station.index * SLOTS;
  if (!station.store || pool.scatter) return base;
  if (pool.part === 'replica') return base + 2;
  if (pool.part === 'hottestShard') return base + (pools[i - 1]?.part === 'hottestShard' ? 4 : 3);
  return base + 1;
}

/** What waits for a group that is gone waits for its neighbour: reads for the primary, the hottest shard for the others. */
export function adoptOrphans(units: readonly Unit[], waiting: Float64Array): void {
  const used = new Set(units.flatMap(({ parts }) => parts.map(({ slot }) => slot)));
  for (let slot = 0; slot < waiting.length; slot++) {
    if (waiting[slot] === 0 || used.has(slot)) continue;
    const base = slot - (slot % SLOTS);
    const next = [base + 1, base + 2, base + 3, base].find((other) => used.has(other));
    if (next === undefined) continue;
    waiting[next] = waiting[next]! + waiting[slot]!;
    waiting[slot] = 0;
  }
}
