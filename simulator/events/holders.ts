/** Threads and pools of connections: what a request holds while it waits for others, in units of one replica each. */
import type { State } from '../steady/state.ts';
import type { Servers } from './servers.ts';

/** Limits, each with one or several units of places. */
export interface Holders {
  /** Index of the limit of a station's threads; -1 without. */
  readonly ofStation: Int32Array;
  /** Index of the limit of a link's connections; -1 without. */
  readonly ofLink: Int32Array;
  readonly all: readonly Holder[];
  /** By unit. */
  readonly places: readonly number[];
  /** The limit that a unit belongs to. */
  readonly owner: readonly number[];
}

/** Threads of a station, or connections along a link. */
export interface Holder {
  readonly path: string;
  readonly resource: 'threads' | 'pool';
  /** First of its units. */
  readonly first: number;
  /** How many units; one where its replicas share what they have. */
  readonly units: number;
  /** Group of the station whose replica has the first unit. */
  readonly firstGroup: number;
  /** Places of all units. */
  readonly places: number;
}

/** The limits of a network. Replicas with a queue of their own have threads and connections of their own. */
export function holdersOf(state: State, servers: Servers): Holders {
  const { stations, connections } = state.network;
  const all: Holder[] = [];
  const places: number[] = [];
  const owner: number[] = [];
  const add = (index: number, resource: Holder['resource'], perReplica: number): number => {
    const station = stations[index]!;
    const own = servers.stations[index]!;
    const replicas = state.replicas[index]!;
    const apart = station.host === undefined && own.pools.length === 1 && own.count === replicas;
    const units = apart ? own.count : 1;
    const each = Math.max(1, Math.floor((perReplica * replicas) / units));
    const first = places.length;
    for (let unit = 0; unit < units; unit++) {
      places.push(each);
      owner.push(all.length);
    }
    all.push({ path: station.path, resource, first, units, firstGroup: own.first, places: each * units });
    return all.length - 1;
  };
  const ofStation = Int32Array.from(stations, ({ threads }, index) =>
    threads === undefined ? -1 : add(index, 'threads', threads),
  );
  const ofLink = Int32Array.from(connections, ({ pool, from }) => (pool === undefined ? -1 : add(from, 'pool', pool)));
  return { ofStation, ofLink, all, places, owner };
}
