/** Response times of the operations at a station alone, as expressions. */
import { amount } from '../../model/index.ts';
import type { Station } from '../network/network.ts';
import { operationCount } from '../network/operation.ts';
import type { ResponseTime } from '../statistics/index.ts';
import type { Term } from '../statistics/term.ts';
import { slowdownOf } from './demand.ts';
import { poolResponse } from './pool-load.ts';
import type { State } from './state.ts';
import { lastOf, mixtureOf, sumOf } from './tree-algebra.ts';
import { type Extent, extentOf } from './tree-extents.ts';

/** An operation at a station, as part of the expressions of all the requests that cause it. */
export interface StationPart {
  /** The pools that it was made for. */
  readonly pools: State['pools'][number];
  readonly tree: ResponseTime;
  readonly extent: Extent;
  /** What it is a sum of, each ready for inversion; made when they are first needed (see `request-plans.ts`). */
  pieces?: readonly Piece[];
}

/** One of the times that a part is a sum of. */
export interface Piece {
  readonly time: ResponseTime;
  readonly terms: readonly Term[];
}

/** Response time of an operation at a station alone. */
export function stationTree(state: State, station: Station, requestClass: number, kind: number): ResponseTime {
  return stationPart(stationParts(state), state, station, requestClass, kind).tree;
}

/** As `stationTree`, of a lone request. */
export function lonelyTree(state: State, station: Station, requestClass: number, kind: number): ResponseTime {
  return makeTree(state, station, requestClass, kind, true);
}

/** The parts that were made last for a state, or for another one with the same flows: after a failure most stations are as before. */
export function stationParts({ visits }: State): StationPart[] {
  let parts = partsByVisits.get(visits);
  if (!parts) {
    parts = [];
    partsByVisits.set(visits, parts);
  }
  return parts;
}

const partsByVisits = new WeakMap<State['visits'], StationPart[]>();

/** An operation at a station, made again only where its pools have changed. */
export function stationPart(
  parts: StationPart[],
  state: State,
  station: Station,
  requestClass: number,
  kind: number,
): StationPart {
  const key = (station.index * operationCount + kind) * state.network.classes.length + requestClass;
  const pools = state.pools[station.index]!;
  let part = parts[key];
  if (part?.pools !== pools) {
    const tree = makeTree(state, station, requestClass, kind, false);
    part = { pools, tree, extent: extentOf(tree) };
    parts[key] = part;
  }
  return part;
}

function makeTree(state: State, station: Station, requestClass: number, kind: number, idle: boolean): ResponseTime {
  const service = station.service[requestClass * operationCount + kind]!;
  const variability = station.variability[requestClass]!;
  const latency = station.latency[kind]!;
  const pools = state.pools[station.index]!;
  const first = pools[0]!.pool;
  const time = service * slowdownOf(station, first.servers * first.groups);
  const { level } = state.network.classes[requestClass]!;
  const isFunction = station.component.kind === 'function';
  const branches: { probability: number; of: ResponseTime }[] = [];
  for (const one of pools) {
    const share = one.pool.weight[kind]!;
    if (!(share > 0)) continue;
    const own = idle ? ({ ...one, wait: 0, shape: 'general' } as const) : one;
    const of = isFunction ? coldTree(station, time, variability) : poolResponse(own, time, variability, level);
    branches.push({ probability: one.pool.groups * share, of });
  }
  const served = branches.length === 1 ? branches[0]!.of : mixtureOf(branches);
  const all = first.scatter ? lastOf(served, station.store?.shards ?? 1) : served;
  return latency > 0 ? sumOf([{ kind: 'gamma', mean: latency, scv: variability }, all]) : all;
}

/** Executions that need a new environment wait for it first. */
function coldTree(station: Station, mean: number, variability: number): ResponseTime {
  const coldStart = amount(station.component, 'coldStart') ?? 0;
  const coldRatio = Math.min(1, amount(station.component, 'coldRatio') ?? 0);
  const warm: ResponseTime = { kind: 'gamma', mean: Math.max(0, mean - coldStart * coldRatio), scv: variability };
  if (coldStart === 0 || coldRatio === 0) return warm;
  return mixtureOf([
    { probability: 1 - coldRatio, of: warm },
    { probability: coldRatio, of: sumOf([{ kind: 'shift', seconds: coldStart }, warm]) },
  ]);
}
