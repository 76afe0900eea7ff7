/**
 * Groups of equal servers with one queue each: the cores of a station as its replicas, shards and read replicas divide them.
 *
 * A database sends writes and plain calls to the primary of their shard and reads to its read replicas; every replica also applies
 * the writes, so it saturates on writes however many there are. An ordinary shard gets (1 - h) / n of the traffic, the hottest
 * one h more. A search engine asks every shard. Parts of a host share its cores and are one pool.
 */

import type { ResourceUse } from '../../model/index.ts';
import type { Balance, Discipline, Host, Station, StoreLayout } from '../network/network.ts';
import { operation, operationCount } from '../network/operation.ts';

/** Equal groups of servers of a station. */
export interface Pool {
  readonly part?: ResourceUse['part'];
  /** How many such groups there are. */
  readonly groups: number;
  /** Servers of one group. */
  readonly servers: number;
  /** Machines of one group whose queues the balancer watches; 1 where all servers take from one queue. */
  readonly machines: number;
  /** Fraction of the station's operations that one group gets, by operation. */
  readonly weight: Float64Array;
  /** Writes applied from elsewhere in one group, per write that a client sends to the station. */
  readonly applied: number;
  /** How the groups get their arrivals; `roundRobin` makes them more regular. */
  readonly balance: Balance;
  /** How the requests in one group share its servers. */
  readonly discipline: Discipline;
  /** All groups do every operation, and the slowest decides. */
  readonly scatter: boolean;
}

/** The pools of a station that runs with `replicas` replicas: those of the number that was asked for last, and of its least number, are kept. */
export function poolsOf(station: Station, replicas: number): readonly Pool[] {
  const kept = replicas === station.replicas.from ? poolsAtLeast : poolsByStation;
  let known = kept.get(station);
  if (known?.replicas !== replicas) {
    known = { replicas, pools: makePools(station, replicas) };
    kept.set(station, known);
  }
  return known.pools;
}

interface Kept {
  readonly replicas: number;
  readonly pools: readonly Pool[];
}

const poolsAtLeast = new WeakMap<Station, Kept>();
const poolsByStation = new WeakMap<Station, Kept>();

function makePools(station: Station, replicas: number): readonly Pool[] {
  const { cores, store } = station;
  const { discipline } = station;
  if (!Number.isFinite(cores)) return [pool(1, cores, 1, discipline)];
  if (station.host !== undefined) return [{ ...pool(1, cores, 1, discipline), applied: store?.readReplicas ?? 0 }];
  if (store && (store.shards > 1 || store.readReplicas > 0 || store.multiPrimary))
    return storePools(station, store, replicas);
  const watched = station.balance === 'leastConnections' || station.balance === 'powerOfTwo';
  if (watched || station.balance === 'pooled')
    return [{ ...pool(1, cores * replicas, 1, discipline, station.balance), machines: watched ? replicas : 1 }];
  return [pool(replicas, cores, 1 / replicas, discipline, station.balance)];
}

/** The cores of a host, which all of its parts share. */
export function hostPool({ cores, discipline }: Host): Pool {
  return { ...pool(1, cores, 1, discipline), balance: 'pooled' };
}

function pool(
  groups: number,
  servers: number,
  share: number,
  discipline: Discipline,
  balance: Balance = 'pooled',
): Pool {
  return {
    discipline,
    groups,
    servers,
    machines: 1,
    weight: new Float64Array(operationCount).fill(share),
    applied: 0,
    balance,
    scatter: false,
  };
}

function storePools(station: Station, store: StoreLayout, replicas: number): readonly Pool[] {
  const { shards, hottest } = store;
  if (store.scatter) return scatterPools(station, store, replicas);
  const ordinary = (1 - hottest) / shards;
  const cool = shards - (hottest > 0 ? 1 : 0);
  const pools = cool > 0 ? shardPools(station, store, replicas, cool, ordinary) : [];
  if (hottest === 0) return pools;
  const hot = shardPools(station, store, replicas, 1, hottest + ordinary);
  return [...pools, ...hot.map((one) => ({ ...one, part: 'hottestShard' as const }))];
}

/** Primary and read replicas of `count` shards that get `share` of the traffic each. */
function shardPools(
  station: Station,
  store: StoreLayout,
  replicas: number,
  count: number,
  share: number,
): readonly Pool[] {
  const fromPrimary = store.readReplicas > 0 ? store.readsFromPrimary : 1;
  const divided = share / replicas;
  const weight = new Float64Array(operationCount).fill(divided);
  weight[operation.read] = divided * fromPrimary;
  if (store.multiPrimary) weight[operation.apply] = share;
  const applied = store.multiPrimary ? share - divided : 0;
  const { cores: servers, discipline } = station;
  const base = { servers, machines: 1, discipline, balance: 'random', scatter: false } as const;
  const primary: Pool = { ...base, part: 'primary', groups: count * replicas, weight, applied };
  if (store.readReplicas === 0) return [primary];
  const readWeight = new Float64Array(operationCount);
  readWeight[operation.read] = (share * (1 - fromPrimary)) / store.readReplicas;
  readWeight[operation.apply] = share;
  return [
    primary,
    { ...base, part: 'replica', groups: count * store.readReplicas, weight: readWeight, applied: share },
  ];
}

/** Each query goes to one copy of every part of an index; a write goes to all copies of one part. */
function scatterPools(station: Station, store: StoreLayout, replicas: number): readonly Pool[] {
  const copies = replicas * (store.readReplicas + 1);
  const weight = new Float64Array(operationCount).fill(1 / copies);
  weight[operation.write] = 1 / (store.shards * replicas);
  const groups = store.shards * copies;
  const { cores: servers, discipline } = station;
  return [
    { groups, servers, machines: 1, weight, applied: 0, balance: 'random', discipline, scatter: store.shards > 1 },
  ];
}
