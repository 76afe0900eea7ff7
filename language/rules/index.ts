/** All rules, in the order of the chapter; what they are is in their files. A rule sees the model and the analysis, never syntax. */
import { autoscaleBoundsInvalid } from './autoscale-bounds-invalid.ts';
import { autoscaleStateful } from './autoscale-stateful.ts';
import { availabilitySloUnreachable } from './availability-slo-unreachable.ts';
import { backupInSameDomain } from './backup-in-same-domain.ts';
import { cacheAsSourceOfTruth } from './cache-as-source-of-truth.ts';
import { cacheSpof } from './cache-spof.ts';
import { cacheTtlExtreme } from './cache-ttl-extreme.ts';
import { cacheUndersized } from './cache-undersized.ts';
import { cacheWithoutEviction } from './cache-without-eviction.ts';
import { cacheWithoutExpiry } from './cache-without-expiry.ts';
import { cachingWriteHeavyData } from './caching-write-heavy-data.ts';
import { cdnForDynamicOnly } from './cdn-for-dynamic-only.ts';
import { cdnRarelyUsed } from './cdn-rarely-used.ts';
import { cdnWithoutExpiry } from './cdn-without-expiry.ts';
import { cdnWithoutFallback } from './cdn-without-fallback.ts';
import { cdnWithoutInvalidation } from './cdn-without-invalidation.ts';
import { clientToDatastore } from './client-to-datastore.ts';
import { coldCacheOverload } from './cold-cache-overload.ts';
import { componentNotMonitored } from './component-not-monitored.ts';
import { connectionPoolExhaustion } from './connection-pool-exhaustion.ts';
import { consumerSlowerThanProducer } from './consumer-slower-than-producer.ts';
import { coupledProducerConsumer } from './coupled-producer-consumer.ts';
import { crossDcSyncCall } from './cross-dc-sync-call.ts';
import { dataCenterFailoverOverload } from './data-center-failover-overload.ts';
import { dataCenterTemperature } from './data-center-temperature.ts';
import { dataCentersWithoutGeodns } from './data-centers-without-geodns.ts';
import { dataNotReplicatedAcrossDataCenters } from './data-not-replicated-across-data-centers.ts';
import { databaseSpof } from './database-spof.ts';
import { deploysToSomeDataCenters } from './deploys-to-some-data-centers.ts';
import { deploysWithoutTests } from './deploys-without-tests.ts';
import { dualWrite } from './dual-write.ts';
import { durableStoreWithoutBackup } from './durable-store-without-backup.ts';
import { hotShard } from './hot-shard.ts';
import { insufficientHeadroom } from './insufficient-headroom.ts';
import { joinsAcrossShards } from './joins-across-shards.ts';
import { joinsOnNonRelational } from './joins-on-non-relational.ts';
import { loadBalancerSpof } from './load-balancer-spof.ts';
import { metricsLevelMissing } from './metrics-level-missing.ts';
import { missingDeadLetter } from './missing-dead-letter.ts';
import { missingTimeout } from './missing-timeout.ts';
import { moduloSharding } from './modulo-sharding.ts';
import { monolithAtScale } from './monolith-at-scale.ts';
import { multiPrimaryConflict } from './multi-primary-conflict.ts';
import { noAutomaticFailover } from './no-automatic-failover.ts';
import { noAutomation } from './no-automation.ts';
import { noFailover } from './no-failover.ts';
import { noFailoverHeadroom } from './no-failover-headroom.ts';
import { noLogging } from './no-logging.ts';
import { noMetrics } from './no-metrics.ts';
import { orderedQueueWithParallelConsumers } from './ordered-queue-with-parallel-consumers.ts';
import { orphanComponent } from './orphan-component.ts';
import { poorShardKey } from './poor-shard-key.ts';
import { primaryAndStandbySameZone } from './primary-and-standby-same-zone.ts';
import { priorityWithoutEffect } from './priority-without-effect.ts';
import { promotionLosesData } from './promotion-loses-data.ts';
import { publicServer } from './public-server.ts';
import { queueNotDurable } from './queue-not-durable.ts';
import { readHeavyWithoutCache } from './read-heavy-without-cache.ts';
import { readsOnPrimary } from './reads-on-primary.ts';
import { redeliveryWithoutIdempotentConsumer } from './redelivery-without-idempotent-consumer.ts';
import { replicasInOneZone } from './replicas-in-one-zone.ts';
import { replicasWithoutLoadBalancer } from './replicas-without-load-balancer.ts';
import { requirementViolated } from './requirement-violated.ts';
import { retryAmplification } from './retry-amplification.ts';
import { retryOfNonIdempotentCall } from './retry-of-non-idempotent-call.ts';
import { retryStorm } from './retry-storm.ts';
import { retryWithoutBackoff } from './retry-without-backoff.ts';
import type { Rule } from './rule.ts';
import { scaleOutOverrunsDownstream } from './scale-out-overruns-downstream.ts';
import { scenarioRequirementViolated } from './scenario-requirement-violated.ts';
import { secretInModel } from './secret-in-model.ts';
import { shardWithoutKey } from './shard-without-key.ts';
import { shardWithoutReplica } from './shard-without-replica.ts';
import { singleDataCenter } from './single-data-center.ts';
import { singleServer } from './single-server.ts';
import { sloInversion } from './slo-inversion.ts';
import { slowWorkOnRequestPath } from './slow-work-on-request-path.ts';
import { statefulWebTier } from './stateful-web-tier.ts';
import { staticContentWithoutCdn } from './static-content-without-cdn.ts';
import { stickySessions } from './sticky-sessions.ts';
import { syncChainTooDeep } from './sync-chain-too-deep.ts';
import { syncDependencyCycle } from './sync-dependency-cycle.ts';
import { targetWithoutHealthCheck } from './target-without-health-check.ts';
import { tierWithoutRedundancy } from './tier-without-redundancy.ts';
import { timeoutInversion } from './timeout-inversion.ts';
import { unboundedQueue } from './unbounded-queue.ts';
import { unboundedRetry } from './unbounded-retry.ts';
import { unshardedWriteBottleneck } from './unsharded-write-bottleneck.ts';
import { unstructuredInRelational } from './unstructured-in-relational.ts';
import { verticalLimit } from './vertical-limit.ts';
import { volatileSessions } from './volatile-sessions.ts';
import { webAndDataOnOneHost } from './web-and-data-on-one-host.ts';
import { writeToReplica } from './write-to-replica.ts';
import { writeWithoutInvalidation } from './write-without-invalidation.ts';

export const rules: readonly Rule[] = [
  singleServer,
  joinsOnNonRelational,
  unstructuredInRelational,
  webAndDataOnOneHost,
  noFailover,
  verticalLimit,
  loadBalancerSpof,
  publicServer,
  replicasWithoutLoadBalancer,
  targetWithoutHealthCheck,
  databaseSpof,
  multiPrimaryConflict,
  noAutomaticFailover,
  promotionLosesData,
  readsOnPrimary,
  writeToReplica,
  cacheAsSourceOfTruth,
  cacheSpof,
  cacheTtlExtreme,
  cacheUndersized,
  cacheWithoutEviction,
  cacheWithoutExpiry,
  cachingWriteHeavyData,
  coldCacheOverload,
  readHeavyWithoutCache,
  writeWithoutInvalidation,
  cdnForDynamicOnly,
  cdnRarelyUsed,
  cdnWithoutExpiry,
  cdnWithoutFallback,
  cdnWithoutInvalidation,
  staticContentWithoutCdn,
  autoscaleStateful,
  statefulWebTier,
  stickySessions,
  volatileSessions,
  dataCenterFailoverOverload,
  dataCenterTemperature,
  dataCentersWithoutGeodns,
  dataNotReplicatedAcrossDataCenters,
  deploysToSomeDataCenters,
  singleDataCenter,
  consumerSlowerThanProducer,
  coupledProducerConsumer,
  missingDeadLetter,
  queueNotDurable,
  slowWorkOnRequestPath,
  unboundedQueue,
  componentNotMonitored,
  deploysWithoutTests,
  metricsLevelMissing,
  noAutomation,
  noLogging,
  noMetrics,
  hotShard,
  joinsAcrossShards,
  moduloSharding,
  monolithAtScale,
  poorShardKey,
  shardWithoutKey,
  shardWithoutReplica,
  unshardedWriteBottleneck,
  autoscaleBoundsInvalid,
  availabilitySloUnreachable,
  backupInSameDomain,
  clientToDatastore,
  connectionPoolExhaustion,
  crossDcSyncCall,
  dualWrite,
  durableStoreWithoutBackup,
  insufficientHeadroom,
  missingTimeout,
  noFailoverHeadroom,
  orderedQueueWithParallelConsumers,
  orphanComponent,
  primaryAndStandbySameZone,
  redeliveryWithoutIdempotentConsumer,
  replicasInOneZone,
  requirementViolated,
  retryAmplification,
  retryOfNonIdempotentCall,
  retryStorm,
  retryWithoutBackoff,
  scaleOutOverrunsDownstream,
  scenarioRequirementViolated,
  secretInModel,
  sloInversion,
  syncChainTooDeep,
  syncDependencyCycle,
  tierWithoutRedundancy,
  timeoutInversion,
  unboundedRetry,
  priorityWithoutEffect,
];
