import { cacheInstances } from './instances-cache.ts';
import { computeInstances } from './instances-compute.ts';
import { databaseInstances } from './instances-database.ts';
import type { SourceId } from './sources.ts';

/** What an instance type can run: anything, a managed database, or a managed cache. */
export type InstancePurpose = 'compute' | 'database' | 'cache';

/** A size of machine that a provider sells. */
export interface InstanceType {
  /** As the provider writes it; in `.arch` a string: `instance: "m5.large"`. */
  readonly name: string;
  readonly provider: 'aws';
  /** Types of one family differ in size only. */
  readonly family: string;
  readonly purpose: InstancePurpose;
  /** vCPUs: hardware threads on x86, cores on Arm. */
  readonly cores: number;
  /** Bytes. */
  readonly memory: number;
  /** Sustained bytes per second. */
  readonly network?: number;
  /** USD per hour. */
  readonly price?: number;
  /** Fraction of each vCPU that a burstable type sustains once its credits are spent; absent where all of it is sustained. */
  readonly baseline?: number;
  /** Source of `cores` and `memory`. */
  readonly source: SourceId;
  readonly networkSource?: SourceId;
  readonly priceSource?: SourceId;
  readonly baselineSource?: SourceId;
}

/** Every instance type, grouped by purpose and family, small to large. */
export const instances: readonly InstanceType[] = [...computeInstances, ...databaseInstances, ...cacheInstances];

const byName: ReadonlyMap<string, InstanceType> = new Map(instances.map((instance) => [instance.name, instance]));

/** Names of all instance types, for completion and for the nearest name to a misspelt one. */
export const instanceNames: readonly string[] = instances.map((instance) => instance.name);

/** The instance type with exactly this name. */
export function findInstance(name: string): InstanceType | undefined {
  return byName.get(name);
}

/** The largest instance type for a purpose, by vCPUs or by memory: the end of scaling up. */
export function largestInstance(purpose: InstancePurpose, by: 'cores' | 'memory'): InstanceType | undefined {
  let largest: InstanceType | undefined;
  for (const instance of instances) {
    if (instance.purpose === purpose && instance[by] > (largest?.[by] ?? 0)) largest = instance;
  }
  return largest;
}
