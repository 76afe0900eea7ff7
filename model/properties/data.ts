/** Properties of what keeps data: databases, caches, storage, search engines, queues. */
import {
  blockOf,
  booleanOf,
  countOf,
  fractionOf,
  type PropertySpec,
  type PropertyTable,
  quantityOf,
  wordOf,
} from '../properties.ts';
import { backup, failover, replication } from './common.ts';

const engine = (example: string): PropertySpec => ({
  type: { type: 'catalogue', table: 'engines' },
  doc: 'Product from the catalogue.',
  example,
});

const readReplicas = countOf('Replicas that serve reads, besides the primary. With shards: of each shard.', {
  min: 0,
  default: 0,
});
const readTime = quantityOf('time', 'Mean CPU time of one read on one core. By default `serviceTime`.', {
  example: 'readTime: 1ms',
});
const writeTime = quantityOf('time', 'Mean CPU time of one write on one core. By default `serviceTime`.', {
  example: 'writeTime: 2ms',
});

export const database: PropertyTable = {
  engine: engine('engine: mysql'),
  model: wordOf(
    {
      relational: 'Tables and joins.',
      keyValue: 'Values by key.',
      document: 'Documents.',
      column: 'Wide columns.',
      graph: 'Nodes and edges.',
    },
    'Data model. By default that of the engine.',
  ),
  stores: wordOf(
    { structured: 'Rows with a schema.', unstructured: 'Blobs or schemaless documents.' },
    'What kind of data it holds.',
  ),
  readReplicas,
  readsFromPrimary: fractionOf('Share of the reads that the primary serves although there are read replicas.', {
    default: 0,
  }),
  joins: booleanOf('Queries join tables.'),
  readTime,
  writeTime,
  connections: countOf('The most open connections.'),
  replication,
  failover,
  sharding: blockOf(
    {
      shards: countOf('Number of shards.', { default: 1 }),
      key: { type: { type: 'name' }, doc: 'The column or columns that decide the shard.', example: 'key: user_id' },
      strategy: wordOf(
        {
          hash: 'By a hash of the key, with consistent hashing or fixed slots.',
          range: 'By ranges of the key.',
          directory: 'By a lookup table.',
          modulo: 'By the hash modulo the number of shards.',
        },
        'How the key decides the shard.',
        { default: 'hash' },
      ),
      hottest: fractionOf('Share of the traffic that the most popular key gets.', {
        default: 0,
        example: 'hottest: 0.1%',
      }),
      distinct: quantityOf('count', 'Number of distinct key values.', { example: 'distinct: 5M' }),
      monotonic: booleanOf('The key only grows, as time stamps and sequence numbers do.', { default: false }),
      joinsAcross: booleanOf('Queries join rows of different shards.', { default: false }),
    },
    'Splits the data over several databases of the same schema.',
  ),
  backup,
};

export const cache: PropertyTable = {
  engine: engine('engine: redis'),
  ttl: quantityOf('time', 'How long an entry is kept before it is loaded again.', { example: 'ttl: 10m' }),
  eviction: wordOf(
    {
      lru: 'The least recently used goes.',
      lfu: 'The least frequently used goes.',
      fifo: 'The oldest goes.',
      random: 'Any goes.',
      none: 'Nothing goes: writes fail when it is full.',
    },
    'What goes when the memory is full.',
  ),
  hitRatio: fractionOf(
    'Share of the reads answered from the cache. Without it, it is computed from `items`, `itemSize`, `zipf` and `memory`.',
    { example: 'hitRatio: 92%' },
  ),
  items: quantityOf('count', 'Distinct items that are asked for.', { example: 'items: 10M' }),
  itemSize: quantityOf('data', 'Mean size of an item.', { example: 'itemSize: 2KB' }),
  zipf: quantityOf('ratio', 'Exponent of the popularity: 0 all alike, 1 the usual few favourites.', {
    default: 1,
    max: 5,
  }),
  strategy: wordOf(
    {
      cacheAside: 'The application loads and stores.',
      readThrough: 'The cache loads.',
      writeThrough: 'The cache writes to the store before it answers.',
      writeBehind: 'The cache writes to the store later.',
    },
    'Who keeps cache and store in step.',
    { default: 'cacheAside' },
  ),
  overprovision: fractionOf('Memory kept free.', { default: 0 }),
  changeEvery: quantityOf('time', 'How often an item changes in the store.'),
  persistent: booleanOf('The contents survive a restart.', { default: false }),
  failover,
  replication,
};

export const queue: PropertyTable = {
  engine: engine('engine: sqs'),
  durable: booleanOf('Messages survive a restart.'),
  retention: quantityOf('time', 'How long a message waits before it is dropped.', { example: 'retention: 4d' }),
  maxLength: countOf('The most messages that may wait.'),
  delivery: wordOf(
    {
      atMostOnce: 'A message may be lost.',
      atLeastOnce: 'A message may come twice.',
      exactlyOnce: 'A message comes once.',
    },
    'What is promised about delivery.',
    { default: 'atLeastOnce' },
  ),
  ordered: booleanOf('Messages come in the order in which they were sent.', { default: false }),
  deadLetter: booleanOf('Messages that fail again and again are put aside.'),
  visibilityTimeout: quantityOf('time', 'A message that is not done by then is given to another worker.'),
};

export const storage: PropertyTable = {
  engine: engine('engine: s3'),
  readTime,
  writeTime,
  backup,
  failover,
  replication,
};

export const search: PropertyTable = {
  engine: engine('engine: elasticsearch'),
  shards: countOf('Parts of the index; a query asks each of them.', { default: 1 }),
  readReplicas,
  readTime,
  writeTime,
  failover,
  replication,
};
