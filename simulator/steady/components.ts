/** Components at a load. */
import { type Accuracy, amount, type ComponentResult, type ResourceUse } from '../../model/index.ts';
import type { Host, Station } from '../network/network.ts';
import { operation, operationCount } from '../network/operation.ts';
import { optional } from '../network/stations.ts';
import { isSameTime, type ResponseTime } from '../statistics/index.ts';
import { arrivalRateOf, demandOf, rateOf } from './demand.ts';
import { linkRates } from './edges.ts';
import { latencyFrom } from './latency.ts';
import { poolsOf } from './pools.ts';
import { rateAccuracy, utilizationAccuracy } from './rate-trust.ts';
import { hostResources, type Resource, resourcesOf } from './resources.ts';
import { stationMean } from './responses.ts';
import type { SolvedLoad } from './solve.ts';
import { leastReplicas } from './state.ts';
import { stationPart, stationParts, stationTree } from './station-trees.ts';
import { mixtureOf } from './tree-algebra.ts';
import { hostAccuracy } from './trust.ts';

/** One result for every station, in the order of declaration, then one for every host; quantiles for those wanted. */
export function componentResults(solved: SolvedLoad, wanted?: ReadonlySet<string>): readonly ComponentResult[] {
  const rates = linkRates(solved.actual);
  const trust = rateAccuracy(solved);
  return [
    ...solved.network.stations.map((station) =>
      stationResult(solved, station, { rates, trust, withQuantiles: !wanted || wanted.has(station.path) }),
    ),
    ...solved.network.hosts.map((host, index) => hostResult(solved, host, index, trust)),
  ];
}

interface OfAll {
  /** Operations per second along each connection, and how far rates can be trusted. */
  readonly rates: Float64Array;
  readonly trust: Accuracy;
  readonly withQuantiles: boolean;
}

function stationResult(solved: SolvedLoad, station: Station, { rates, trust, withQuantiles }: OfAll): ComponentResult {
  const { actual, accuracies } = solved;
  const { index } = station;
  const arrivalRate = arrivalRateOf(actual.network, actual.rates, index);
  const accepted = actual.thinning.accepted[index]!;
  const measured = withQuantiles && isMeasurable(solved, station);
  const backlog = station.component.kind === 'queue' ? backlogOf(solved, station, rates) : undefined;
  const response = measured ? latencyFrom(responseTree(solved, station), solved.latencies) : undefined;
  const resources = resourcesOf(solved, station);
  return {
    path: station.path,
    arrivalRate,
    throughput: finiteProduct(arrivalRate, actual.done[index]!),
    rates: ratesOf(solved, index),
    resources: resources.map(publicUse),
    refused: Math.max(1 - accepted, backlog?.dropped ?? 0),
    ...optional({
      utilization: highest(resources),
      waiting: response === undefined || arrivalRate === 0 ? undefined : waitingOf(solved, station),
      response,
      inSystem:
        backlog?.inside ??
        (response === undefined ? undefined : finiteProduct(finiteProduct(arrivalRate, accepted), response.mean)),
      hitRatio: station.cache === undefined ? undefined : actual.thinning.hit[index],
      backlogGrowth: backlog?.growth,
      saturatesAt: firstToSaturate(resources),
      replicasNeeded: withQuantiles ? replicasNeeded(solved, station) : undefined,
    }),
    accuracy: accuracies[index]!,
    loadAccuracy: utilizationAccuracy(solved, station, trust),
  };
}

function hostResult(solved: SolvedLoad, host: Host, index: number, trust: Accuracy): ComponentResult {
  const { actual } = solved;
  const parts = host.parts.map((part) => ratesOf(solved, part));
  const sum = (pick: (rates: ComponentResult['rates']) => number) =>
    parts.reduce((total, rates) => total + pick(rates), 0);
  const resources = hostResources(solved, index);
  const throughput = host.parts.reduce(
    (total, part) => total + finiteProduct(arrivalRateOf(actual.network, actual.rates, part), actual.done[part]!),
    0,
  );
  return {
    path: host.path,
    arrivalRate: host.parts.reduce((total, part) => total + arrivalRateOf(actual.network, actual.rates, part), 0),
    throughput,
    rates: {
      calls: sum((rates) => rates.calls),
      reads: sum((rates) => rates.reads),
      writes: sum((rates) => rates.writes),
      static: sum((rates) => rates.static),
      messages: sum((rates) => rates.messages),
    },
    resources: resources.map(publicUse),
    refused: 0,
    ...optional({ utilization: highest(resources), saturatesAt: firstToSaturate(resources) }),
    accuracy: hostAccuracy(host),
    loadAccuracy: trust,
  };
}

function ratesOf({ actual }: SolvedLoad, index: number): ComponentResult['rates'] {
  const rate = (kind: number) => rateOf(actual.network, actual.rates, index, kind);
  return {
    calls: rate(operation.call),
    reads: rate(operation.read),
    writes: rate(operation.write),
    static: rate(operation.static),
    messages: rate(operation.message),
  };
}

/** True where at least one of the operations that arrive has a known time. */
export function isMeasurable({ actual }: SolvedLoad, station: Station): boolean {
  if (station.component.kind === 'users') return false;
  for (let kind = 0; kind < operation.apply; kind++) {
    const arrives = rateOf(actual.network, actual.rates, station.index, kind) > 0;
    if (arrives && !station.unknown.includes(String(kind))) return true;
  }
  return false;
}

/** The mix of all operations that arrive, applied writes left out. */
export function responseTree({ actual }: SolvedLoad, station: Station): ResponseTime {
  const branches: { probability: number; of: ResponseTime }[] = [];
  forEachOperation(actual, station, (rate, requestClass, kind) => {
    branches.push({ probability: rate, of: stationTree(actual, station, requestClass, kind) });
  });
  const distinct = mergeEqual(branches);
  const infinite = distinct.some((branch) => !Number.isFinite(branch.probability));
  return infinite ? { kind: 'shift', seconds: Number.POSITIVE_INFINITY } : mixtureOf(distinct);
}

/** Mean of `responseTree` in seconds, for less. */
export function meanResponse({ actual }: SolvedLoad, station: Station): number {
  const parts = stationParts(actual);
  let total = 0;
  let sum = 0;
  forEachOperation(actual, station, (rate, requestClass, kind) => {
    const { mass, mean } = stationPart(parts, actual, station, requestClass, kind).extent;
    total += rate;
    sum += mass > 1 - 1e-12 ? rate * mean : Number.POSITIVE_INFINITY;
  });
  return Number.isFinite(sum) && Number.isFinite(total) ? sum / total : Number.POSITIVE_INFINITY;
}

/** Operations with the same distribution are one branch. */
function mergeEqual(branches: readonly { probability: number; of: ResponseTime }[]) {
  const distinct: { probability: number; of: ResponseTime }[] = [];
  for (const { probability, of } of branches) {
    const known = distinct.find((branch) => isSameTime(branch.of, of));
    if (known) known.probability += probability;
    else distinct.push({ probability, of });
  }
  return distinct;
}

function waitingOf(solved: SolvedLoad, station: Station): number {
  const { actual } = solved;
  let total = 0;
  let waited = 0;
  forEachOperation(actual, station, (rate, requestClass, kind) => {
    const busy = stationMean(actual, station, requestClass, kind, false);
    const idle = stationMean(actual, station, requestClass, kind, true);
    total += rate;
    waited += rate * (busy - idle);
  });
  const wait = Number.isFinite(total) && total > 0 ? waited / total : Number.POSITIVE_INFINITY;
  // What has no threads needs no mean times of what is held.
  const forThread = station.threads === undefined ? 0 : solved.responses.threadWait[station.index]!.mean;
  return (Number.isNaN(wait) ? Number.POSITIVE_INFINITY : Math.max(0, wait)) + forThread;
}

function forEachOperation(
  state: SolvedLoad['actual'],
  station: Station,
  visit: (rate: number, requestClass: number, kind: number) => void,
): void {
  const classes = state.network.classes.length;
  for (let kind = 0; kind < operation.apply; kind++) {
    for (let requestClass = 0; requestClass < classes; requestClass++) {
      const rate = state.rates[(station.index * operationCount + kind) * classes + requestClass]!;
      if (rate > 0) visit(rate, requestClass, kind);
    }
  }
}

/** What becomes of the messages that the workers behind a queue do not manage: with `maxLength` they are dropped, once it is full. */
function backlogOf(
  solved: SolvedLoad,
  { index, component }: Station,
  links: Float64Array,
): { readonly growth: number; readonly dropped?: number; readonly inside?: number } {
  const growth = backlogGrowth(solved, index, links);
  const most = amount(component, 'maxLength');
  if (most === undefined) return { growth };
  const ways = solved.network.linksFrom[index]!;
  if (!(growth > 0)) {
    const inFront = ways.map((number) => messagesBefore(solved, solved.network.connections[number]!.to));
    return {
      growth,
      inside: Math.min(
        most,
        inFront.reduce((sum, count) => sum + count, 0),
      ),
    };
  }
  const arriving = ways.reduce((sum, number) => sum + links[number]!, 0);
  return { growth: 0, dropped: growth / arriving, inside: most };
}

/** Messages that wait for a worker, by Little's law. */
function messagesBefore(solved: SolvedLoad, index: number): number {
  const { network, actual } = solved;
  return finiteProduct(
    rateOf(network, actual.rates, index, operation.message),
    waitingOf(solved, network.stations[index]!),
  );
}

/** Messages per second that the workers behind a queue do not manage. */
function backlogGrowth({ network, actual }: SolvedLoad, index: number, links: Float64Array): number {
  let growth = 0;
  for (const number of network.linksFrom[index]!) {
    const link = network.connections[number]!;
    const lost = 1 - actual.done[link.to]!;
    if (lost > 0) growth += links[number]! * lost;
  }
  return growth;
}

/** The least number of replicas that keeps every core below full, by what is asked of them. */
function replicasNeeded({ offered }: SolvedLoad, station: Station): number | undefined {
  if (station.host !== undefined || station.store !== undefined) return undefined;
  const perReplica = station.rateLimit?.perReplica;
  const byCores = Number.isFinite(station.cores) && station.service.some((time) => time > 0);
  if (!byCores && perReplica === undefined) return undefined;
  const arrivals = arrivalRateOf(offered.network, offered.rates, station.index);
  const enough = (count: number) => {
    if (perReplica !== undefined && arrivals > perReplica * count) return false;
    return poolsOf(station, count).every((pool) => {
      const { work } = demandOf(offered.network, offered.rates, station, pool);
      return work < pool.servers;
    });
  };
  const least = leastReplicas(enough, 1, MOST_REPLICAS);
  return least >= MOST_REPLICAS ? undefined : least;
}

const MOST_REPLICAS = 1_000_000;

/** Memory is meant to be full, and never delays anybody. */
function highest(resources: readonly Resource[]): number | undefined {
  const used = resources.filter((one) => one.resource !== 'memory').map((one) => one.utilization);
  return used.length === 0 ? undefined : Math.max(...used);
}

function firstToSaturate(resources: readonly Resource[]): number | undefined {
  const scales = resources.map((one) => one.saturatesAt).filter(Number.isFinite);
  return scales.length === 0 ? undefined : Math.min(...scales);
}

function publicUse({ resource, utilization, available, part }: Resource): ResourceUse {
  return { resource, utilization, available, ...(part === undefined ? {} : { part }) };
}

/** 0 where either is 0, however large the other. */
function finiteProduct(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}
