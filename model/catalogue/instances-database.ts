import type { InstanceType } from './instances.ts';
import { GiB } from './scale.ts';

const rds = { provider: 'aws', purpose: 'database', source: 'rds-hardware' } as const;
const listed = { ...rds, priceSource: 'rds-prices' } as const;
const scaled = { ...rds, priceSource: 'rds-size-pattern' } as const;

/**
 * Database instance classes of RDS, one instance in one zone, on demand, MySQL, us-east-1. A standby in a second zone doubles the
 * price (`multiZoneDatabaseFactor`). The last rows are the largest.
 */
export const databaseInstances: readonly InstanceType[] = [
  { name: 'db.t3.micro', family: 'db.t3', cores: 2, memory: 1 * GiB, price: 0.017, ...listed },
  { name: 'db.t3.small', family: 'db.t3', cores: 2, memory: 2 * GiB, price: 0.034, ...scaled },
  { name: 'db.t3.medium', family: 'db.t3', cores: 2, memory: 4 * GiB, price: 0.068, ...scaled },
  { name: 'db.t3.large', family: 'db.t3', cores: 2, memory: 8 * GiB, price: 0.136, ...listed },
  { name: 'db.t4g.small', family: 'db.t4g', cores: 2, memory: 2 * GiB, price: 0.032, ...listed },
  { name: 'db.m5.large', family: 'db.m5', cores: 2, memory: 8 * GiB, price: 0.171, ...listed },
  { name: 'db.m5.xlarge', family: 'db.m5', cores: 4, memory: 16 * GiB, price: 0.342, ...scaled },
  { name: 'db.m5.2xlarge', family: 'db.m5', cores: 8, memory: 32 * GiB, price: 0.684, ...scaled },
  { name: 'db.m5.4xlarge', family: 'db.m5', cores: 16, memory: 64 * GiB, price: 1.368, ...scaled },
  { name: 'db.m5.8xlarge', family: 'db.m5', cores: 32, memory: 128 * GiB, price: 2.736, ...scaled },
  { name: 'db.m5.12xlarge', family: 'db.m5', cores: 48, memory: 192 * GiB, price: 4.104, ...scaled },
  { name: 'db.m5.16xlarge', family: 'db.m5', cores: 64, memory: 256 * GiB, price: 5.472, ...scaled },
  { name: 'db.m5.24xlarge', family: 'db.m5', cores: 96, memory: 384 * GiB, price: 8.208, ...scaled },
  { name: 'db.m6g.xlarge', family: 'db.m6g', cores: 4, memory: 16 * GiB, ...rds },
  { name: 'db.r5.large', family: 'db.r5', cores: 2, memory: 16 * GiB, price: 0.24, ...scaled },
  {
    name: 'db.r5.xlarge',
    family: 'db.r5',
    cores: 4,
    memory: 32 * GiB,
    price: 0.48,
    ...rds,
    priceSource: 'rds-r5-price',
  },
  { name: 'db.r5.2xlarge', family: 'db.r5', cores: 8, memory: 64 * GiB, price: 0.96, ...scaled },
  { name: 'db.r5.4xlarge', family: 'db.r5', cores: 16, memory: 128 * GiB, price: 1.92, ...scaled },
  { name: 'db.r5.8xlarge', family: 'db.r5', cores: 32, memory: 256 * GiB, price: 3.84, ...scaled },
  { name: 'db.r5.12xlarge', family: 'db.r5', cores: 48, memory: 384 * GiB, price: 5.76, ...scaled },
  { name: 'db.r5.16xlarge', family: 'db.r5', cores: 64, memory: 512 * GiB, price: 7.68, ...scaled },
  { name: 'db.r5.24xlarge', family: 'db.r5', cores: 96, memory: 768 * GiB, price: 11.52, ...scaled },
  { name: 'db.r6i.32xlarge', family: 'db.r6i', cores: 128, memory: 1024 * GiB, ...rds },
  { name: 'db.x1e.32xlarge', family: 'db.x1e', cores: 128, memory: 3904 * GiB, ...rds, source: 'rds-x1e' },
  { name: 'db.x2iedn.32xlarge', family: 'db.x2iedn', cores: 128, memory: 4096 * GiB, ...rds },
];
