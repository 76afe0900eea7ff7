import type { Figure, FigureRange } from './figure.ts';

/** What providers promise: fraction of the time (or of the requests) that the service works. A promise with credits, not a measurement. */
export const serviceLevels = {
  route53: { value: 1, source: 'cloudonaut-sla' },
  loadBalancer: { value: 0.9999, source: 'cloudonaut-sla', note: 'ALB, NLB and Classic.' },
  ec2MultiZone: { value: 0.9999, source: 'cloudonaut-sla', note: 'Instances in two zones or more.' },
  ec2Instance: { value: 0.995, source: 'cloud-sla', note: 'One instance: 3.6 h a month.' },
  ebs: { value: 0.9999, source: 'cloudonaut-sla' },
  ecs: { value: 0.9999, source: 'cloudonaut-sla', note: 'Also Fargate.' },
  eks: { value: 0.9995, source: 'cloud-sla', note: 'The control plane; 99.9 % in 2019.' },
  efs: { value: 0.9999, source: 'cloud-sla', note: '99.9 % in 2019.' },
  s3: { value: 0.999, source: 'cloudonaut-sla' },
  cloudfront: { value: 0.999, source: 'cloudonaut-sla' },
  apiGateway: { value: 0.9995, source: 'cloudonaut-sla' },
  lambda: { value: 0.9995, source: 'cloudonaut-sla' },
  stepFunctions: { value: 0.999, source: 'cloudonaut-sla' },
  cognito: { value: 0.999, source: 'cloudonaut-sla' },
  rdsMultiZone: { value: 0.9995, source: 'rds-sla' },
  rdsInstance: { value: 0.995, source: 'rds-sla', note: 'One instance in one zone.' },
  aurora: { value: 0.9999, source: 'cloud-sla', note: 'In several zones.' },
  dynamodb: { value: 0.9999, source: 'cloudonaut-sla' },
  dynamodbGlobal: { value: 0.99999, source: 'cloud-sla' },
  keyspaces: { value: 0.9999, source: 'cloud-sla', note: 'Managed Cassandra.' },
  neptune: { value: 0.999, source: 'cloud-sla', note: 'Managed graph database, in several zones.' },
  elasticacheMultiZone: { value: 0.9999, source: 'elasticache-sla' },
  opensearch: { value: 0.999, source: 'cloud-sla' },
  sqs: { value: 0.999, source: 'cloud-sla' },
  kinesis: { value: 0.999, source: 'cloudonaut-sla' },
  mq: { value: 0.999, source: 'cloudonaut-sla', note: 'Managed ActiveMQ and RabbitMQ.' },
  msk: { value: 0.999, source: 'cloud-sla', note: 'Managed Kafka.' },
} as const satisfies Record<string, Figure>;

/** How often one self-managed server fails and how long its repair takes; seconds. */
export const serverFailures = {
  /** Mean time between failures: 1 800 machines, 1 000 failures a year, so 1.8 years. */
  mtbf: { value: 1.8 * 31_536_000, source: 'google-failures' },
  /** Mean time to repair the hardware. */
  mttr: { value: 3600, source: 'hennessy-patterson' },
  /** Mean time to restart the software. */
  restart: { value: 300, source: 'hennessy-patterson' },
} as const satisfies Record<string, Figure>;

/** Availability of what has neither a promise nor a declared `availability`: fractions. */
export const defaultAvailability = {
  /** 1.8 years between failures, one hour to repair. */
  server: { value: (1.8 * 8760) / (1.8 * 8760 + 1), source: 'server-availability' },
  zone: { value: 0.999, source: 'google-archetypes' },
  dataCenter: { value: 0.9999, source: 'google-archetypes' },
} as const satisfies Record<string, Figure>;

/** Time from a failure until something else serves, with default settings; seconds. */
export const failoverTimes = {
  rdsMultiZone: { from: 60, to: 120, source: 'rds-failover' },
  rdsMultiZoneCluster: { from: 35, to: 35, source: 'rds-cluster-failover', note: 'Typically less.' },
  aurora: {
    from: 30,
    to: 60,
    source: 'aurora-failover',
    note: 'Often less than the first, typically less than the second.',
  },
  mongodb: { from: 12, to: 12, source: 'mongodb-elections' },
  redisSentinel: { from: 30, to: 33, source: 'redis-sentinel-code', note: 'Detection after 30 s, then up to 3 s.' },
  loadBalancerTarget: { from: 60, to: 60, source: 'elb-health-check', note: 'Two failed checks, 30 s apart.' },
  haproxyTarget: { from: 6, to: 6, source: 'haproxy-check' },
  route53: {
    from: 150,
    to: 150,
    source: 'route53-failover',
    note: 'Three failed checks, 30 s apart, then a TTL of 60 s.',
  },
  route53Fast: {
    from: 90,
    to: 90,
    source: 'route53-failover',
    note: 'Three failed checks, 10 s apart, then a TTL of 60 s.',
  },
  kubernetesPod: { from: 340, to: 350, source: 'kubernetes-toleration' },
} as const satisfies Record<string, FigureRange>;

/** Default settings of failure detection; seconds. */
export const detectionTimes = {
  redisSentinel: { value: 30, source: 'redis-sentinel' },
  kubernetesNode: { value: 50, source: 'kubernetes-grace' },
  mattermostNode: {
    value: 15,
    source: 'mattermost-ha',
    note: 'A send is tried again after this long, then the node counts as down.',
  },
} as const satisfies Record<string, Figure>;

/** Time until a new or restarted machine serves; seconds. */
export const bootTimes = {
  ec2: { from: 60, to: 120, source: 'ec2-startup' },
  mattermostNode: { from: 5, to: 5, source: 'mattermost-ha', note: 'Restart of the process.' },
} as const satisfies Record<string, FigureRange>;

/** Name of a promise in `serviceLevels`. */
export type ServiceLevelName = keyof typeof serviceLevels;
/** Name of a row of `failoverTimes`. */
export type FailoverName = keyof typeof failoverTimes;
