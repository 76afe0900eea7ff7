/** The network with the machines that are left, and its state. */
import type { FailureModel } from '../availability/domains.ts';
import type { CacheSpec, Network, Station } from '../network/network.ts';
import { solveState } from '../steady/closed.ts';
import { demandOf } from '../steady/demand.ts';
import { type PoolState, solvePool } from '../steady/pool-load.ts';
import { poolsOf } from '../steady/pools.ts';
import type { State } from '../steady/state.ts';
import type { Standing } from './standing.ts';

/** The network in which autoscalers have no time to react: as many replicas as run in a state. */
export function heldAt(state: State): Network {
  const { network } = state;
  if (network.stations.every(({ target }) => target === undefined)) return network;
  return { ...network, stations: network.stations.map((station) => hold(station, state.replicas[station.index]!)) };
}

/** The network without the machines that are missing. What a cache has lost it has to find again: its hit ratio falls in proportion. */
export function survivorsIn(
  network: Network,
  before: State,
  model: FailureModel,
  standings: ReadonlyMap<number, Standing>,
): Network {
  const stations = [...network.stations];
  const hits = network.hits.slice();
  for (const [index, standing] of standings) {
    const { alive, total } = standing;
    const station = stations[index]!;
    const left = alive / total;
    if (station.cache) {
      hits[index] = before.thinning.hit[index]! * left;
      stations[index] = { ...station, cache: withHits(station.cache, hits[index]!) };
    }
    stations[index] = survivorOf(stations[index]!, model, standing);
  }
  return { ...network, stations, hits };
}

function survivorOf(station: Station, model: FailureModel, { alive, primary }: Standing): Station {
  const { reliability, store } = model.groups[station.index]!;
  if (alive === 0 || reliability.whole) return station;
  return reduced(station, alive, store !== undefined && !primary && !store.promotes);
}

/** The pools of one station that loses machines in a state in which nothing else changes by that. */
export function poolsLeft(state: State, model: FailureModel, index: number, standing: Standing): readonly PoolState[] {
  const { network, rates } = state;
  const station = survivorOf(network.stations[index]!, model, standing);
  return poolsOf(station, station.replicas.from).map((pool) =>
    solvePool(pool, demandOf(network, rates, station, pool)),
  );
}

/** The state of the survivors; where nobody asks for more or less than before, only what has changed is solved again. */
export function stateOf(survivors: Network, before: State, standings: ReadonlyMap<number, Standing>): State {
  const sameFlow = survivors.streams === before.network.streams && !survivors.loadDependent && !survivors.impatient;
  const sameHits = survivors.hits.every((hit, index) => hit === before.network.hits[index]);
  if (!sameFlow || !sameHits || before.network.sources.some(({ closed }) => closed))
    return solveState(survivors, before.options).state;
  const replicas = before.replicas.slice();
  const pools = [...before.pools];
  for (const index of standings.keys()) {
    const station = survivors.stations[index]!;
    replicas[index] = station.replicas.from;
    if (station.host !== undefined) continue;
    pools[index] = poolsOf(station, replicas[index]!).map((pool) =>
      solvePool(pool, demandOf(survivors, before.rates, station, pool)),
    );
  }
  return { ...before, network: survivors, replicas, pools };
}

function hold(station: Station, replicas: number): Station {
  if (station.target === undefined) return station;
  const { target: _, ...rest } = station;
  return { ...rest, replicas: { from: replicas, to: replicas } };
}

/** An autoscaled station keeps its range, because what is lost is started again. A store without its primary has only read replicas. */
function reduced(station: Station, alive: number, headless: boolean): Station {
  if (station.target !== undefined) return station;
  const replicas = Math.max(1, Math.min(station.replicas.from, alive));
  const store = station.store && { ...station.store, readReplicas: headless ? alive : Math.max(0, alive - replicas) };
  return { ...station, replicas: { from: replicas, to: replicas }, ...(store ? { store } : {}) };
}

function withHits(cache: CacheSpec, declared: number): CacheSpec {
  return { ...cache, declared };
}
