import type { InstanceType } from './instances.ts';
import { GiB, Mbps } from './scale.ts';

const elasticache = { provider: 'aws', purpose: 'cache', source: 'elasticache-memory' } as const;
const listed = { ...elasticache, priceSource: 'elasticache-prices' } as const;
const scaled = { ...elasticache, priceSource: 'elasticache-size-pattern' } as const;

/** Node types of ElastiCache, on demand, us-east-1. Memory is what the vendor lists for data, less than that of the machine. */
export const cacheInstances: readonly InstanceType[] = [
  {
    name: 'cache.t3.micro',
    family: 'cache.t3',
    cores: 2,
    memory: 0.5 * GiB,
    price: 0.017,
    priceSource: 'elasticache-t3-price',
    ...elasticache,
    source: 'elasticache-micro',
  },
  {
    name: 'cache.t2.medium',
    family: 'cache.t2',
    cores: 2,
    memory: 3.22 * GiB,
    ...elasticache,
    source: 'elasticache-nodes',
  },
  {
    name: 'cache.m4.large',
    family: 'cache.m4',
    cores: 2,
    memory: 6.42 * GiB,
    price: 0.156,
    ...listed,
    source: 'elasticache-nodes',
  },
  {
    name: 'cache.m6g.12xlarge',
    family: 'cache.m6g',
    cores: 48,
    memory: 157.12 * GiB,
    network: 20_000 * Mbps,
    networkSource: 'elasticache-bandwidth',
    price: 3.557,
    ...listed,
  },
  {
    name: 'cache.r4.large',
    family: 'cache.r4',
    cores: 2,
    memory: 12.3 * GiB,
    ...elasticache,
    source: 'elasticache-nodes',
  },
  { name: 'cache.r5.large', family: 'cache.r5', cores: 2, memory: 13.07 * GiB, price: 0.2155, ...scaled },
  { name: 'cache.r5.xlarge', family: 'cache.r5', cores: 4, memory: 26.32 * GiB, price: 0.431, ...scaled },
  { name: 'cache.r5.2xlarge', family: 'cache.r5', cores: 8, memory: 52.82 * GiB, price: 0.862, ...scaled },
  { name: 'cache.r5.4xlarge', family: 'cache.r5', cores: 16, memory: 105.81 * GiB, price: 1.724, ...listed },
  { name: 'cache.r5.12xlarge', family: 'cache.r5', cores: 48, memory: 317.77 * GiB, price: 5.172, ...scaled },
  { name: 'cache.r5.24xlarge', family: 'cache.r5', cores: 96, memory: 635.61 * GiB, price: 10.344, ...scaled },
];
