/**
 * How much data comes to be stored: writes × size × copies, over a year. A declared `growth` comes first. A queue keeps what
 * is sent within its `retention`.
 */
import { amount, declared, replicaRange, SECONDS_PER_YEAR, type Span, type StorageNeed } from '../../model/index.ts';
import type { Network, Station } from '../network/network.ts';
import { operation } from '../network/operation.ts';
import type { Exchange } from './exchanges.ts';

/** What a store gets, and what of it is known. */
export interface Inflow {
  readonly need: StorageNeed;
  /** The writes that it consists of, those of the stores that replicate to it among them; none where `growth` is declared. */
  readonly writes: readonly Exchange[];
  readonly growth?: { readonly perSecond: number; readonly span: Span };
  /** Seconds that count: a year, or the retention of a queue. */
  readonly period: number;
}

/** Storage of every store and of every queue with a retention, by the exchanges of the mean load. */
export function inflowsOf(network: Network, exchanges: readonly Exchange[], scale: number): readonly Inflow[] {
  const written = Map.groupBy(exchanges.filter(isWrite), ({ to }) => to.path);
  return network.stations.flatMap((station): readonly Inflow[] => {
    const { kind } = station.component;
    if (kind === 'queue') return queueInflow(station, written.get(station.path) ?? []);
    if (kind !== 'database' && kind !== 'storage' && kind !== 'search') return [];
    return [storeInflow(station, written.get(station.path) ?? [], scale)];
  });
}

function isWrite({ operation: kind }: Exchange): boolean {
  return kind === operation.write || kind === operation.message || kind === operation.apply;
}

function storeInflow({ component, path }: Station, writes: readonly Exchange[], scale: number): Inflow {
  const copies = replicaCopies(component);
  const now = amount(component, 'size');
  const growth = declared(component, 'growth');
  const perSecond = growth && (amount(component, 'growth') ?? 0) * scale;
  const bytes = perSecond ?? bytesOf(writes);
  const need: StorageNeed = {
    path,
    writes: writes.reduce((sum, { rate }) => sum + rate, 0),
    copies,
    ...(bytes === undefined
      ? {}
      : { perYear: bytes * SECONDS_PER_YEAR, perYearInAll: bytes * SECONDS_PER_YEAR * copies }),
    ...(now === undefined ? {} : { now }),
    ...(now === undefined || bytes === undefined ? {} : { inAYear: (now + bytes * SECONDS_PER_YEAR) * copies }),
  };
  if (growth && perSecond !== undefined)
    return { need, writes: [], growth: { perSecond, span: growth.span }, period: SECONDS_PER_YEAR };
  return { need, writes, period: SECONDS_PER_YEAR };
}

function queueInflow({ component, path }: Station, writes: readonly Exchange[]): readonly Inflow[] {
  const retention = amount(component, 'retention');
  const bytes = bytesOf(writes);
  if (retention === undefined || writes.length === 0) return [];
  const copies = replicaCopies(component);
  const need: StorageNeed = {
    path,
    writes: writes.reduce((sum, { rate }) => sum + rate, 0),
    copies,
    ...(bytes === undefined ? {} : { retained: bytes * retention * copies }),
  };
  return [{ need, writes, period: retention }];
}

/** The primary, or as many machines as share one set of data, and the read replicas; of shards each keeps its part. */
function replicaCopies(component: Station['component']): number {
  const { from } = replicaRange(component);
  return Math.max(1, from) + Math.max(0, Math.floor(amount(component, 'readReplicas') ?? 0));
}

/** Bytes per second; undefined if the size of any of it is not known. */
function bytesOf(writes: readonly Exchange[]): number | undefined {
  let bytes = 0;
  for (const { rate, size } of writes) {
    if (size === undefined) return undefined;
    bytes += rate * size;
  }
  return bytes;
}
