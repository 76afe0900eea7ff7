import type { Figure } from './figure.ts';
import { GB, HOURS_PER_MONTH } from './scale.ts';
import type { SourceId } from './sources.ts';

/** What a unit price is multiplied by. Storage is charged by the byte and hour that it is kept, memory of functions by the byte and second. */
export type PriceUnit = 'hour' | 'byte' | 'byteHour' | 'byteSecond' | 'request' | 'unitHour';

/** A price of a managed service in us-east-1 without discounts; for tiers the first one, unless the name says otherwise. */
export interface UnitPrice {
  readonly title: string;
  /** USD per `per`. */
  readonly amount: number;
  readonly per: PriceUnit;
  readonly source: SourceId;
  readonly note?: string;
}

/** Hours in a month of a price list. */
export const hoursPerMonth: Figure = { value: HOURS_PER_MONTH, source: 'aws-month' };

/** What a database instance with a standby in a second zone costs, over one without (db.t3.large: $198.56 over $99.28 a month). */
export const multiZoneDatabaseFactor: Figure = { value: 2, source: 'rds-prices' };

const GB_MONTH = GB * HOURS_PER_MONTH;
const MILLION = 1e6;
const source = 'infracost';

/** Unit prices by name. */
export const prices = {
  albHour: { title: 'Application Load Balancer', amount: 0.0225, per: 'hour', source },
  albCapacityUnit: { title: 'Load balancer capacity unit (LCU)', amount: 0.008, per: 'unitHour', source },
  nlbHour: { title: 'Network Load Balancer', amount: 0.0225, per: 'hour', source },
  nlbCapacityUnit: { title: 'Network load balancer capacity unit', amount: 0.006, per: 'unitHour', source },
  classicElbHour: { title: 'Classic Load Balancer', amount: 0.025, per: 'hour', source },
  natGatewayHour: { title: 'NAT gateway', amount: 0.045, per: 'hour', source },
  natGatewayData: { title: 'NAT gateway, data processed', amount: 0.045 / GB, per: 'byte', source },
  apiGatewayRequest: { title: 'API Gateway REST request', amount: 3.5 / MILLION, per: 'request', source },

  lambdaRequest: { title: 'Lambda request', amount: 0.2 / MILLION, per: 'request', source },
  lambdaDuration: { title: 'Lambda duration, x86', amount: 0.0000166667 / GB, per: 'byteSecond', source },
  stepFunctionsTransition: { title: 'Step Functions state transition', amount: 0.025 / 1000, per: 'request', source },

  s3Storage: { title: 'S3 Standard', amount: 0.023 / GB_MONTH, per: 'byteHour', source },
  s3Write: { title: 'S3 PUT, COPY, POST, LIST', amount: 0.005 / 1000, per: 'request', source },
  s3Read: { title: 'S3 GET', amount: 0.0004 / 1000, per: 'request', source },
  ebsGp2Storage: { title: 'EBS gp2', amount: 0.1 / GB_MONTH, per: 'byteHour', source },
  ebsGp3Storage: { title: 'EBS gp3', amount: 0.08 / GB_MONTH, per: 'byteHour', source },
  ebsIo1Storage: { title: 'EBS io1', amount: 0.125 / GB_MONTH, per: 'byteHour', source },
  ebsIo1Operations: { title: 'EBS io1 provisioned IOPS', amount: 0.065 / HOURS_PER_MONTH, per: 'unitHour', source },
  efsStorage: { title: 'EFS Standard', amount: 0.3 / GB_MONTH, per: 'byteHour', source },

  rdsStorage: { title: 'RDS gp2, one zone', amount: 0.115 / GB_MONTH, per: 'byteHour', source },
  rdsBackup: { title: 'RDS additional backup', amount: 0.095 / GB_MONTH, per: 'byteHour', source },
  auroraStorage: { title: 'Aurora storage', amount: 0.1 / GB_MONTH, per: 'byteHour', source },
  auroraOperation: { title: 'Aurora I/O request', amount: 0.2 / MILLION, per: 'request', source },
  dynamodbStorage: { title: 'DynamoDB storage', amount: 0.25 / GB_MONTH, per: 'byteHour', source },
  dynamodbRead: {
    title: 'DynamoDB on-demand read unit',
    amount: 0.25 / MILLION,
    per: 'request',
    source,
    note: 'Up to 4 KB, strongly consistent. The price before the reduction of November 2024.',
  },
  dynamodbWrite: {
    title: 'DynamoDB on-demand write unit',
    amount: 1.25 / MILLION,
    per: 'request',
    source,
    note: 'Up to 1 KB. The price before the reduction of November 2024.',
  },
  elasticacheBackup: { title: 'ElastiCache backup', amount: 0.085 / GB_MONTH, per: 'byteHour', source },

  sqsRequest: { title: 'SQS standard request', amount: 0.4 / MILLION, per: 'request', source },
  sqsFifoRequest: { title: 'SQS FIFO request', amount: 0.5 / MILLION, per: 'request', source },
  mskStorage: { title: 'Managed Kafka storage', amount: 0.1 / GB_MONTH, per: 'byteHour', source },

  route53Zone: { title: 'Route 53 hosted zone', amount: 0.5 / HOURS_PER_MONTH, per: 'hour', source },
  route53Query: { title: 'Route 53 query', amount: 0.4 / MILLION, per: 'request', source },
  route53LatencyQuery: { title: 'Route 53 latency query', amount: 0.6 / MILLION, per: 'request', source },
  route53GeoQuery: { title: 'Route 53 geo query', amount: 0.7 / MILLION, per: 'request', source },
  cloudfrontData: { title: 'CloudFront to users, US and Europe', amount: 0.085 / GB, per: 'byte', source },
  cloudfrontRequest: { title: 'CloudFront HTTPS request, US', amount: 0.01 / 10_000, per: 'request', source },

  dataBetweenZones: { title: 'Data between zones, each direction', amount: 0.01 / GB, per: 'byte', source },
  dataBetweenRegions: { title: 'Data to another region', amount: 0.02 / GB, per: 'byte', source },
} as const satisfies Record<string, UnitPrice>;

/** Name of a unit price. */
export type PriceName = keyof typeof prices;

/** One step of a price that falls with the amount. */
export interface PriceTier {
  /** Bytes in the month up to which this price holds; absent for the last tier. */
  readonly upTo?: number;
  /** USD per byte. */
  readonly amount: number;
  readonly source: SourceId;
}

/** Data out to the internet, per month and account: 10 TB, the next 40 TB, the next 100 TB, more. */
export const dataOutTiers: readonly PriceTier[] = [
  { upTo: 10_240 * GB, amount: 0.09 / GB, source },
  { upTo: 51_200 * GB, amount: 0.085 / GB, source },
  { upTo: 153_600 * GB, amount: 0.07 / GB, source },
  { amount: 0.05 / GB, source },
];
