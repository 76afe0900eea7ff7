import type { Figure } from './figure.ts';
import type { SourceId } from './sources.ts';

/** Latency of hardware and of one network exchange; seconds. */
export const latencies = {
  l1Cache: { value: 0.5e-9, source: 'dean-numbers' },
  mutex: { value: 25e-9, source: 'dean-numbers' },
  memory: { value: 100e-9, source: 'craver-2019' },
  compressKilobyte: { value: 3e-6, source: 'dean-numbers' },
  sendTwoKilobytesAtGigabit: { value: 20e-6, source: 'dean-numbers' },
  nvme: { value: 120e-6, source: 'craver-2019' },
  sataSsd: { value: 400e-6, source: 'craver-2019' },
  ssdRandomRead: { value: 150e-6, source: 'dean-numbers' },
  diskSeek: { value: 10e-3, source: 'dean-numbers' },
  diskFast: { value: 2e-3, source: 'craver-2019', note: 'Lower end of 2 to 6 ms.' },
  diskSlow: { value: 6e-3, source: 'craver-2019', note: 'Upper end of 2 to 6 ms.' },
  readMegabyteFromMemory: { value: 250e-6, source: 'dean-numbers' },
  readMegabyteFromSsd: { value: 1e-3, source: 'dean-numbers' },
  readMegabyteFromDisk: { value: 20e-3, source: 'dean-numbers' },
  localNetworkRoundTrip: { value: 0.17e-3, source: 'craver-2019', note: 'A Redis command over the local network.' },
  dataCenterRoundTrip: { value: 0.5e-3, source: 'dean-numbers' },
  californiaNetherlands: { value: 150e-3, source: 'dean-numbers' },
  kafkaEndToEnd: { value: 2e-3, source: 'kafka-2014-latency' },
} as const satisfies Record<string, Figure>;

/** Mean time to read or write an object of some size in one stream. */
export interface StorageTiming {
  /** As in `engines`: `ebs`, `efs`, `s3`. */
  readonly engine: 'ebs' | 'efs' | 's3';
  /** Bytes. */
  readonly size: number;
  /** Seconds. */
  readonly read: number;
  /** Seconds. */
  readonly write: number;
  readonly source: SourceId;
}

const source = 'storage-benchmarks';

/** Block, file and object storage compared. EBS reads come from the page cache. */
export const storageTimings: readonly StorageTiming[] = [
  { engine: 'ebs', size: 1e5, read: 0.05e-3, write: 0.57e-3, source },
  { engine: 'ebs', size: 1e6, read: 0.18e-3, write: 2.08e-3, source },
  { engine: 'ebs', size: 1e7, read: 1.27e-3, write: 18.15e-3, source },
  { engine: 'ebs', size: 1e8, read: 16.5e-3, write: 0.585, source },
  { engine: 'ebs', size: 1e9, read: 0.168, write: 7.42, source },
  { engine: 'efs', size: 1e5, read: 0.66e-3, write: 34.47e-3, source },
  { engine: 'efs', size: 1e6, read: 0.82e-3, write: 57.43e-3, source },
  { engine: 'efs', size: 1e7, read: 7.83e-3, write: 180.58e-3, source },
  { engine: 'efs', size: 1e8, read: 73.5e-3, write: 0.391, source },
  { engine: 'efs', size: 1e9, read: 0.773, write: 3.05, source },
  { engine: 's3', size: 1e5, read: 28.55e-3, write: 181.59e-3, source },
  { engine: 's3', size: 1e6, read: 27.03e-3, write: 277.13e-3, source },
  { engine: 's3', size: 1e7, read: 108.24e-3, write: 469.29e-3, source },
  { engine: 's3', size: 1e8, read: 1.05, write: 1.09, source },
  { engine: 's3', size: 1e9, read: 10.49, write: 10.65, source },
];
