import { serviceLevels } from './availability.ts';
import type { Engine } from './engines.ts';

/** Object, block and file storage. */
export const storageEngines: readonly Engine[] = [
  {
    name: 's3',
    title: 'Amazon S3',
    kinds: ['storage'],
    managed: true,
    durable: true,
    latency: {
      read: { value: 27e-3, source: 's3-stream' },
      write: { value: 181.59e-3, source: 'storage-benchmarks', note: 'Of an object of 100 KB, in all.' },
    },
    throughput: { value: 100e6, source: 's3-stream' },
    availability: serviceLevels.s3,
    limits: [
      {
        name: 'prefixWrites',
        title: 'PUT, COPY, POST and DELETE of a prefix',
        amount: 3500,
        unit: 'perSecond',
        scope: 'prefix',
        source: 's3-rates',
      },
      {
        name: 'prefixReads',
        title: 'GET and HEAD of a prefix',
        amount: 5500,
        unit: 'perSecond',
        scope: 'prefix',
        source: 's3-rates',
      },
    ],
    prices: ['s3Storage', 's3Write', 's3Read'],
  },
  {
    name: 'ebs',
    title: 'Amazon EBS',
    kinds: ['storage'],
    managed: true,
    durable: true,
    latency: { write: { value: 0.57e-3, source: 'storage-benchmarks', note: 'Of a file of 100 KB, in all.' } },
    availability: serviceLevels.ebs,
    prices: ['ebsGp3Storage', 'ebsGp2Storage', 'ebsIo1Storage', 'ebsIo1Operations'],
  },
  {
    name: 'efs',
    title: 'Amazon EFS',
    kinds: ['storage'],
    managed: true,
    durable: true,
    latency: {
      read: { value: 0.66e-3, source: 'storage-benchmarks', note: 'Of a file of 100 KB, in all.' },
      write: { value: 34.47e-3, source: 'storage-benchmarks', note: 'Of a file of 100 KB, in all.' },
    },
    availability: serviceLevels.efs,
    prices: ['efsStorage'],
  },
  { name: 'gcs', title: 'Google Cloud Storage', kinds: ['storage'], managed: true, durable: true },
  { name: 'azureBlob', title: 'Azure Blob Storage', kinds: ['storage'], managed: true, durable: true },
  { name: 'minio', title: 'MinIO', kinds: ['storage'], managed: false, durable: true },
  { name: 'ceph', title: 'Ceph', kinds: ['storage'], managed: false, durable: true },
  { name: 'nfs', title: 'NFS file server', kinds: ['storage'], managed: false, durable: true },
];
