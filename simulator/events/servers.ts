/**
 * The machines of a network at a load: groups of equal servers with one queue each, and how the operations of a station find one. They are
 * the pools of the steady state, but that every replica behind a balancer has a queue of its own.
 */
import type { ResourceUse } from '../../model/index.ts';
import type { Discipline, Station } from '../network/network.ts';
import { operation } from '../network/operation.ts';
import { hostPool, type Pool, poolsOf } from '../steady/pools.ts';
import type { State } from '../steady/state.ts';

/** How a station's operations find one of its groups. */
export const policy = { random: 0, roundRobin: 1, leastConnections: 2, powerOfTwo: 3 } as const;

/** Servers by group; a group of index -1 means that nobody waits there. */
export interface Servers {
  readonly servers: readonly number[];
  /** Places to wait in; Infinity where there is no bound. */
  readonly places: readonly number[];
  /** How those at a group share its servers. */
  readonly discipline: readonly Discipline[];
  /** Index of the part whose utilisation the group counts for. */
  readonly part: readonly number[];
  readonly parts: readonly Part[];
  /** Of each station. */
  readonly stations: readonly StationServers[];
  /** Groups that apply what is written at a group. */
  readonly copies: readonly (readonly number[])[];
}

/** Servers that are reported together. */
export interface Part {
  readonly path: string;
  readonly label?: ResourceUse['part'];
  readonly servers: number;
}

/** The groups of a station. */
export interface StationServers {
  /** Index of its first group; -1 where nobody waits. */
  readonly first: number;
  readonly count: number;
  readonly policy: number;
  /** The pools, with the index of the first group of each. */
  readonly pools: readonly { readonly first: number; readonly pool: Pool }[];
  /** Every operation goes to one group of each of so many shards; 0 where it goes to one alone. */
  readonly shards: number;
}

/** The servers of a network in a steady state, which says how many replicas run. */
export function serversOf(state: State): Servers {
  const draft: Draft = { servers: [], places: [], discipline: [], part: [], parts: [], copies: [] };
  const hosts = state.network.hosts.map((host) => {
    draft.parts.push({ path: host.path, servers: host.cores });
    return addGroups(draft, hostPool(host), Number.POSITIVE_INFINITY);
  });
  const stations = state.network.stations.map((station) => {
    if (isDelay(station)) return none;
    return station.host === undefined ? ownServers(draft, state, station) : shared(station, hosts[station.host]!);
  });
  return { ...draft, stations };
}

interface Draft {
  readonly servers: number[];
  readonly places: number[];
  readonly discipline: Discipline[];
  readonly part: number[];
  readonly parts: Part[];
  readonly copies: (readonly number[])[];
}

const none: StationServers = { first: -1, count: 0, policy: policy.random, pools: [], shards: 0 };

/** True where nobody waits for a core: there are as many as needed, or the work takes no time. */
function isDelay({ cores, service }: Station): boolean {
  return !Number.isFinite(cores) || service.every((time) => time === 0);
}

/** Adds groups of the last part. */
function addGroups(draft: Draft, { groups, servers, discipline }: Pool, places: number): number {
  const first = draft.servers.length;
  for (let i = 0; i < groups; i++) {
    draft.servers.push(servers);
    draft.discipline.push(discipline);
    draft.places.push(places);
    draft.part.push(draft.parts.length - 1);
    draft.copies.push([]);
  }
  return first;
}

/** A part of a host waits for the host's cores; read replicas on it apply the writes there. */
function shared(station: Station, group: number): StationServers {
  const [pool] = poolsOf(station, 1);
  return { first: group, count: 1, policy: policy.random, pools: [{ first: group, pool: pool! }], shards: 0 };
}

function ownServers(draft: Draft, state: State, station: Station): StationServers {
  const replicas = state.replicas[station.index]!;
  const pools = replicaPools(station, replicas);
  const first = draft.servers.length;
  const placed = pools.map((pool) => {
    draft.parts.push({
      path: station.path,
      servers: pool.groups * pool.servers,
      ...(pool.part === undefined ? {} : { label: pool.part }),
    });
    return { first: addGroups(draft, pool, placesOf(station, pool)), pool };
  });
  addCopies(draft, station, placed);
  return {
    first,
    count: draft.servers.length - first,
    policy: pools.length === 1 ? policyOf(pools[0]!) : policy.random,
    pools: placed,
    shards: pools[0]!.scatter ? station.store!.shards : 0,
  };
}

/** The pools of the steady state, those that stand for a policy taken apart into replicas. */
function replicaPools(station: Station, replicas: number): readonly Pool[] {
  const pools = poolsOf(station, replicas);
  const [only] = pools;
  const { balance, cores } = station;
  if (pools.length > 1 || replicas === 1 || station.store || only!.groups > 1) return pools;
  if (balance !== 'leastConnections' && balance !== 'powerOfTwo') return pools;
  return [{ ...only!, groups: replicas, servers: cores, weight: only!.weight.map((w) => w / replicas), balance }];
}

function policyOf({ groups, balance }: Pool): number {
  if (groups < 2) return policy.random;
  if (balance === 'roundRobin') return policy.roundRobin;
  if (balance === 'leastConnections') return policy.leastConnections;
  return balance === 'powerOfTwo' ? policy.powerOfTwo : policy.random;
}

/** `maxQueue` is per replica; replicas that share one queue share its places. */
function placesOf(station: Station, pool: Pool): number {
  if (station.places === undefined) return Number.POSITIVE_INFINITY;
  return Math.floor(station.places * Math.max(1, Math.round(pool.servers / station.cores)));
}

/** Who applies what is written: the read replicas of the same shard, and of several primaries the others. */
function addCopies(draft: Draft, station: Station, placed: StationServers['pools']): void {
  const { store } = station;
  if (!store || store.scatter || placed.length === 0) return;
  for (let i = 0; i < placed.length; i += store.readReplicas > 0 ? 2 : 1) {
    const primary = placed[i]!;
    const replicas = store.readReplicas > 0 ? placed[i + 1] : undefined;
    const shards = replicas ? replicas.pool.groups / store.readReplicas : shardsOf(station, placed, i);
    for (let own = 0; own < primary.pool.groups; own++) {
      const sameShard = (pool: { readonly first: number; readonly pool: Pool } | undefined) =>
        Array.from({ length: pool?.pool.groups ?? 0 }, (_, n) => n)
          .filter((n) => n % shards === own % shards)
          .map((n) => pool!.first + n);
      const others = store.multiPrimary ? sameShard(primary).filter((group) => group !== primary.first + own) : [];
      draft.copies[primary.first + own] = [...others, ...sameShard(replicas)];
    }
  }
}

/** Shards of a set of primaries without read replicas: the hottest shard is a set of its own. */
function shardsOf(station: Station, placed: StationServers['pools'], index: number): number {
  const { shards, hottest } = station.store!;
  if (hottest === 0) return shards;
  return index === placed.length - 1 ? 1 : Math.max(1, shards - 1);
}

/** True where an operation makes the copies of its group work, too. */
export function isCopied(kind: number): boolean {
  return kind === operation.write || kind === operation.apply;
}
