/** How much memory the data takes that is asked for often: the working set of each cache. */
import { amount, type MemoryNeed, workingSetShare } from '../../model/index.ts';
import { hitRatioAt } from '../network/hits.ts';
import type { Network, Station } from '../network/network.ts';
import { operation } from '../network/operation.ts';
import type { Exchange } from './exchanges.ts';

const DAY = 86_400;

/** Reads that a cache answers, with the size of what it keeps. */
export interface WorkingSet {
  readonly need: MemoryNeed;
  readonly reads: readonly Exchange[];
}

/**
 * The memory of every cache whose items have a known size: a fifth of a day's reads (the 80-20 rule), but no more than
 * everything that is ever asked for. By the exchanges of the mean load.
 */
export function workingSetsOf(network: Network, exchanges: readonly Exchange[]): readonly WorkingSet[] {
  return network.stations.flatMap((station) => {
    if (station.component.kind !== 'cache') return [];
    const reads = exchanges.filter((one) => one.to === station.component && isRead(one));
    const need = needOf(station, reads);
    return need ? [{ need, reads }] : [];
  });
}

function isRead({ operation: kind }: Exchange): boolean {
  return kind === operation.read || kind === operation.call || kind === operation.static;
}

function needOf({ cache, component, path }: Station, reads: readonly Exchange[]): MemoryNeed | undefined {
  const sized = reads.filter(({ size }) => size !== undefined);
  const rate = reads.reduce((sum, one) => sum + one.rate, 0);
  const itemSize = amount(component, 'itemSize') ?? meanSize(sized);
  if (!cache || itemSize === undefined || sized.length < reads.length || !(rate > 0)) return undefined;
  const contents = cache.items === undefined ? undefined : cache.items * itemSize;
  const daily = workingSetShare.value * rate * DAY * itemSize;
  const needed = contents === undefined ? daily : Math.min(daily, contents);
  // The declared ratio says nothing about a memory of another size.
  const { declared: _, ...computed } = cache;
  const hits = hitRatioAt({ ...computed, itemSize, room: needed }, rate);
  return {
    path,
    readsPerDay: rate * DAY,
    itemSize,
    needed,
    ...(contents === undefined ? {} : { contents }),
    ...(cache.room === undefined ? {} : { available: cache.room }),
    ...(hits === undefined ? {} : { hitRatio: hits }),
  };
}

function meanSize(reads: readonly Exchange[]): number | undefined {
  const rate = reads.reduce((sum, one) => sum + one.rate, 0);
  return rate > 0 ? reads.reduce((sum, one) => sum + one.rate * (one.size ?? 0), 0) / rate : undefined;
}
