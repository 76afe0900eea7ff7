/** Caches behind caches: which of them get nothing but the misses of another one. */
import { filters } from './hits.ts';
import type { Station, Stream } from './network.ts';
import { operation } from './operation.ts';

/** The stations, with every cache told of the one whose misses are all that it is read for. */
export function withHierarchies(stations: readonly Station[], streams: readonly Stream[]): readonly Station[] {
  if (stations.filter(({ cache }) => cache !== undefined).length < 2) return stations;
  const reader = readersOf(stations, streams);
  const done: (Station | undefined)[] = [];
  const link = (index: number, depth: number): Station => {
    const station = stations[index]!;
    const from = reader[index]!;
    if (done[index] || !station.cache || from < 0 || depth === 0) return done[index] ?? station;
    const front = link(from, depth - 1).cache;
    const linked =
      front && filters(front, station.cache) ? { ...station, cache: { ...station.cache, behind: front } } : station;
    done[index] = linked;
    return linked;
  };
  return stations.map((_, index) => link(index, MOST_LEVELS));
}

/** Caches in a row; more than these are taken for a circle. */
const MOST_LEVELS = 8;
const NOBODY = -1;
const SEVERAL = -2;

/** By station the only one that reads it, and only for what it has not found itself; negative where there is none. */
function readersOf(stations: readonly Station[], streams: readonly Stream[]): Int32Array {
  const reader = new Int32Array(stations.length).fill(NOBODY);
  for (const stream of streams) {
    for (let node = 0; node < stream.station.length; node++) {
      const from = stream.station[node]!;
      for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
        const target = stream.target[edge]!;
        const to = stream.station[target]!;
        if (stream.operation[target] === operation.write || !stations[to]!.cache) continue;
        const one = stream.miss[edge] === 1 && stations[from]!.cache && from !== to ? from : SEVERAL;
        reader[to] = reader[to] === NOBODY || reader[to] === one ? one : SEVERAL;
      }
    }
  }
  return reader;
}
