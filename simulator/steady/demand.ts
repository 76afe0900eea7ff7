/** From the rates of operations to what each pool of servers has to do. */
import type { Discipline, Network, Station } from '../network/network.ts';
import { operation, operationCount } from '../network/operation.ts';
import { relativeCapacity } from '../queueing/index.ts';
import type { LevelLoad, PoolDemand } from './pool-load.ts';
import { type Pool, poolsOf } from './pools.ts';

/** Operations per second by station, operation and class: `[(station * operationCount + operation) * classes + class]`. */
export type Rates = Float64Array;

/** Operations per second of a station and operation over all classes. */
export function rateOf(network: Network, rates: Rates, station: number, kind: number): number {
  const classes = network.classes.length;
  const start = (station * operationCount + kind) * classes;
  let sum = 0;
  for (let index = start; index < start + classes; index++) sum += rates[index]!;
  return sum;
}

/** What clients ask of a station per second; applied writes are nobody's request. */
export function arrivalRateOf(network: Network, rates: Rates, station: number): number {
  let sum = 0;
  for (let kind = 0; kind < operation.apply; kind++) sum += rateOf(network, rates, station, kind);
  return sum;
}

/** By how much contention and coherency lengthen the service when `servers` servers work together (USL, Gunther 2007). */
export function slowdownOf(station: Station, servers: number): number {
  if ((station.contention === 0 && station.coherency === 0) || !Number.isFinite(servers)) return 1;
  return servers / relativeCapacity(servers, station);
}

/** The moments of the work that one group of a pool gets; `admitted` is the fraction of the arrivals that gets that far. */
export function demandOf(network: Network, rates: Rates, station: Station, pool: Pool, admitted = 1): PoolDemand {
  const sums = emptySums(levelsAt(network, pool.discipline));
  addDemand(sums, network, rates, station, pool, admitted);
  return demandFrom(sums, placesOf(station, pool));
}

/** The moments of the work that all parts of a host get together. */
export function hostDemand(
  network: Network,
  rates: Rates,
  admitted: Float64Array,
  parts: readonly number[],
): PoolDemand {
  const [first] = parts;
  const sums = emptySums(first === undefined ? 0 : levelsAt(network, network.stations[first]!.discipline));
  for (const part of parts) {
    const station = network.stations[part]!;
    if (!Number.isFinite(station.cores)) continue;
    addDemand(sums, network, rates, station, poolsOf(station, 1)[0]!, admitted[part]!);
  }
  return demandFrom(sums, undefined);
}

interface Sums {
  rate: number;
  work: number;
  square: number;
  /** Service time and variability seen first, to notice others. */
  time: number;
  variability: number;
  uniform: boolean;
  /** By level of priority; empty where it does not matter. */
  readonly levels: Mutable<LevelLoad>[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** How many levels of priority requests are told apart by. */
function levelsAt({ levels }: Network, discipline: Discipline): number {
  return levels > 1 && (discipline === 'priority' || discipline === 'preemptivePriority') ? levels : 0;
}

function emptySums(levels: number): Sums {
  return {
    rate: 0,
    work: 0,
    square: 0,
    time: -1,
    variability: 1,
    uniform: true,
    levels: levels === 0 ? [] : Array.from({ length: levels }, () => ({ rate: 0, work: 0, square: 0, cube: 0 })),
  };
}

function addDemand(sums: Sums, network: Network, rates: Rates, station: Station, pool: Pool, admitted: number): void {
  const classes = network.classes.length;
  const slowdown = slowdownOf(station, pool.servers * pool.groups);
  for (let kind = 0; kind < operationCount; kind++) {
    for (let index = 0; index < classes; index++) {
      const rate = times(rates[(station.index * operationCount + kind) * classes + index]!, admitted);
      if (rate === 0) continue;
      const time = station.service[index * operationCount + kind]! * slowdown;
      const variability = station.variability[index]!;
      const level = network.classes[index]!.level;
      addOne(sums, times(rate, pool.weight[kind]!), time, variability, level);
      if (kind !== operation.write || pool.applied === 0) continue;
      const applyTime = station.service[index * operationCount + operation.apply]! * slowdown;
      addOne(sums, rate * pool.applied, applyTime, variability, level);
    }
  }
}

function addOne(sums: Sums, rate: number, time: number, variability: number, level: number): void {
  if (rate === 0) return;
  sums.rate += rate;
  sums.work += times(rate, time);
  sums.square += times(rate, time * time * (1 + variability));
  const own = sums.levels[level];
  if (own) addMoments(own, rate, time, variability);
  if (sums.time < 0) {
    sums.time = time;
    sums.variability = variability;
  } else if (Math.abs(time - sums.time) > 1e-12 * sums.time || variability !== sums.variability) sums.uniform = false;
}

/** The third moment is that of a gamma time. */
function addMoments(load: Mutable<LevelLoad>, rate: number, time: number, variability: number): void {
  load.rate += rate;
  load.work += times(rate, time);
  load.square += times(rate, time * time * (1 + variability));
  load.cube += times(rate, time ** 3 * (1 + variability) * (1 + 2 * variability));
}

function demandFrom(sums: Sums, places: number | undefined): PoolDemand {
  const { rate, work, square, uniform, levels } = sums;
  const exponential = uniform && sums.variability === 1;
  return {
    rate,
    work,
    square,
    uniform,
    exponential,
    ...(places === undefined ? {} : { places }),
    ...(levels.length === 0 ? {} : { levels }),
  };
}

/** `maxQueue` is per replica; a pooled group has that of all its replicas. */
function placesOf(station: Station, pool: Pool): number | undefined {
  if (station.places === undefined) return undefined;
  return Math.floor(station.places * Math.max(1, Math.round(pool.servers / station.cores)));
}

/** A product in which nothing outweighs infinity: no work is no work however often. */
function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}
