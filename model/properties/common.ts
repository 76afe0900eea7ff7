/** Properties that many kinds have. */
import {
  blockOf,
  booleanOf,
  countOf,
  fractionOf,
  listOf,
  type PropertyTable,
  quantityOf,
  textOf,
  wordOf,
} from '../properties.ts';

/** Every declaration has these. */
export const described: PropertyTable = {
  owner: textOf('The team or person who answers for it.'),
  tags: listOf({ type: 'name' }, 'Words by which rules and views select it.', { example: 'tags: [critical, pci]' }),
  link: textOf('A page about it; shown in the hover and the diagram.'),
  description: textOf('A sentence about it; shown in the hover and the diagram.'),
  icon: textOf('Name of the icon in the diagram, when the one of its kind does not fit.'),
};

/** How much load one copy carries; everything that serves load has these. */
export const serving: PropertyTable = {
  replicas: countOf('Equal copies that share the load. A range needs `autoscale`.', {
    range: true,
    default: 1,
    example: 'replicas: 2..20',
  }),
  zones: countOf('Availability zones that the replicas are spread over. By default those of the data center.'),
  autoscale: blockOf(
    {
      target: fractionOf('Utilisation that the autoscaler aims at.', {
        default: 0.6,
        source: 'An assumption: room for the load to grow by half while new servers boot (1 / 0.6 = 1.67).',
      }),
      on: wordOf(
        { cpu: 'CPU utilisation.', backlog: 'Messages waiting in the queue.', requests: 'Requests per second.' },
        'The measure that it follows.',
        { default: 'cpu' },
      ),
      boot: quantityOf('time', 'Time from the decision until a new server takes load.', {
        default: 90,
        source: 'Middle of the one to two minutes until an EC2 instance is first available (ADMIN 65/2021).',
      }),
      cooldown: quantityOf('time', 'Least time between two decisions.', {
        default: 300,
        source: 'Default of Amazon EC2 Auto Scaling.',
      }),
    },
    'Adds and removes replicas within the range of `replicas`.',
  ),
  instance: {
    type: { type: 'catalogue', table: 'instances' },
    doc: 'Instance type from the catalogue; gives cores, memory, network and price.',
    example: 'instance: "m5.large"',
  },
  cores: countOf('CPU cores of one replica.', { default: 1 }),
  memory: quantityOf('data', 'Memory of one replica.'),
  network: quantityOf('throughput', 'Network bandwidth of one replica.', { example: 'network: 10Gbps' }),
  serviceTime: quantityOf('time', 'Mean CPU time of one request on one core.', { example: 'serviceTime: 20ms' }),
  variability: quantityOf(
    'ratio',
    'Coefficient of variation of the service time: 0 constant, 1 exponential, more is burstier.',
    {
      default: 1,
      max: 100,
    },
  ),
  contention: fractionOf('Share of the work that cannot run in parallel (α of the Universal Scalability Law).', {
    default: 0,
  }),
  coherency: fractionOf('Cost of keeping the replicas consistent (β of the Universal Scalability Law).', {
    default: 0,
  }),
  maxRate: quantityOf('rate', 'The most requests per second that one replica or the provider accepts.', {
    example: 'maxRate: 3500/s',
  }),
  availability: fractionOf('Availability of one replica, when it is known as a whole.', {
    example: 'availability: 99.9%',
  }),
  mtbf: quantityOf('time', 'Mean time between failures of one replica.', { example: 'mtbf: 90d' }),
  mttr: quantityOf('time', 'Mean time to repair one replica.', { example: 'mttr: 1h' }),
  repairCrews: countOf('Replicas that can be repaired at the same time. By default all of them.', {
    example: 'repairCrews: 1',
  }),
  commonCause: fractionOf(
    'Share of the failures of one replica that take all replicas down at the same time: the same bug, the same configuration (β-factor).',
    { default: 0, example: 'commonCause: 5%' },
  ),
  price: quantityOf('moneyRate', 'Price of one replica.', { example: 'price: $0.10/h' }),
  exposure: wordOf(
    { public: 'Reachable from the internet.', private: 'Reachable only from inside.' },
    'Who can reach it.',
  ),
};

/** In which order a core takes requests; whatever has cores of its own has it. */
export const queueing: PropertyTable = {
  discipline: wordOf(
    {
      fifo: 'First come, first served: each core finishes a request before it takes the next.',
      priority:
        'The waiting request with the highest `priority` is next, first come, first served among equals; what has begun is finished.',
      preemptivePriority:
        'A request with a higher `priority` interrupts one with a lower, which goes on where it was when the others are done.',
      processorSharing:
        'All requests inside share the cores evenly, as under an operating system that runs a thread or process for each: a long request no longer holds up the short ones.',
    },
    'How requests share the cores. The mean response of exponential service times is the same; with other service times that of processor sharing stays, and every request waits in proportion to its own service time. Parts of a `host` have the discipline of the host.',
    {
      default: 'fifo',
      source:
        'An assumption. Event loops and database queries on a core of their own come close to it; a server with more threads than cores is better described by processor sharing.',
      example: 'discipline: processorSharing',
    },
  ),
};

/** Properties of things with contents. */
export const storing: PropertyTable = {
  size: quantityOf('data', 'Data stored now.', { example: 'size: 2TB' }),
  growth: quantityOf('throughput', 'Data added over time.', { example: 'growth: 40GB/day' }),
};

export const backup = blockOf(
  {
    every: quantityOf('time', 'Time between two backups; what is written in between is lost with the store.', {
      example: 'every: 1h',
    }),
    retention: quantityOf('time', 'How long a backup is kept.', { example: 'retention: 30d' }),
    to: { type: { type: 'reference', kinds: ['storage', 'dataCenter', 'zone'] }, doc: 'Where the backups are kept.' },
  },
  'Copies kept for the case that the store is lost.',
);

export const failover = blockOf(
  {
    mode: wordOf(
      {
        automatic: 'A replica is promoted by itself.',
        manual: 'Someone has to promote a replica.',
        none: 'Nothing takes over.',
      },
      'Who promotes a replica.',
      { default: 'automatic' },
    ),
    time: quantityOf('time', 'From the failure until the new primary serves, detection included.', {
      default: 60,
      source: 'Lower end of the 60–120 s of an Amazon RDS Multi-AZ failover (Amazon RDS user guide).',
    }),
  },
  'What happens when the primary dies.',
);

export const replication = blockOf(
  {
    mode: wordOf(
      {
        async: 'The primary does not wait.',
        semiSync: 'The primary waits until one replica has the write.',
        sync: 'The primary waits for all.',
      },
      'Whether a write waits for the replicas.',
      { default: 'async' },
    ),
    lag: quantityOf('time', 'How far a replica is behind.', { default: 0 }),
    applyCost: fractionOf('Cost of applying a write on a replica, relative to the write on the primary.', {
      default: 1,
    }),
    topology: wordOf(
      {
        primaryReplica: 'One primary takes the writes.',
        multiPrimary: 'Several primaries take writes.',
        circular: 'Primaries in a ring pass the writes on.',
      },
      'Who takes writes.',
      { default: 'primaryReplica' },
    ),
    conflicts: wordOf(
      { lastWriterWins: 'The later write wins.', merge: 'The writes are merged.', none: 'Nobody resolves them.' },
      'How two writes to the same row on two primaries are resolved.',
    ),
  },
  'How writes reach the replicas.',
);

export const encrypted = booleanOf('The traffic is encrypted.');
