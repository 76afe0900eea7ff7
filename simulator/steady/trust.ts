/**
 * How far each figure can be trusted. A station is exact where its formula is and its arrivals are Poisson: in a network of M/M/c stations
 * and delays the means are exact (Jackson 1957, BCMP 1975). Behind a station of another kind arrivals are no longer
 * Poisson. Quantiles over several waits are approximate, because the waits are taken as independent.
 */
import { type Accuracy, digits } from '../../model/index.ts';
import { dependsOnRate, hitRatioAt, isExactHitRatio } from '../network/hits.ts';
import type { Host, Station } from '../network/network.ts';
import { operation } from '../network/operation.ts';
import { copyWait, isElastic } from '../network/service.ts';
import { approximate, exact, SIMULATE, unreliable, weakest } from './accuracy.ts';
import { arrivalRateOf, rateOf } from './demand.ts';
import type { Wait } from './holders.ts';
import { arrivalError, isRegular } from './pool-load.ts';
import type { Responses } from './responses.ts';
import type { SolvedLoad } from './solve.ts';
import type { State } from './state.ts';
import { isStormed } from './storms.ts';

/** Accuracy of every station of a state. */
export function stationAccuracies(state: State, responses: () => Responses): readonly Accuracy[] {
  const { network } = state;
  const disturbed = disturbedStations(state);
  return network.stations.map((station) =>
    weakest([
      ...unknownTimes(state, station),
      ...unknownHits(station),
      poolAccuracy(state, station),
      arrivalAccuracy(state, station, disturbed[station.index] === 1),
      ...heldAccuracy(state, station, responses),
      ...stormAccuracy(state, station),
      ...copyAccuracy(state, station),
    ]),
  );
}

/** How far the results of the stations and hosts at which anything arrives can be trusted. */
export function usedAccuracies(solved: SolvedLoad): readonly Accuracy[] {
  const { network, accuracies } = solved;
  return [
    ...network.stations.filter(({ index }) => isUsed(solved, index)).map(({ index }) => accuracies[index]!),
    ...network.hosts.filter((host) => host.parts.some((part) => isUsed(solved, part))).map(hostAccuracy),
  ];
}

/** True for a station at which anything arrives. */
export function isUsed({ network, actual }: SolvedLoad, index: number): boolean {
  return arrivalRateOf(network, actual.rates, index) > 0;
}

/** Of what waits for the cores of a host. */
export function hostAccuracy({ parts, discipline }: Host): Accuracy {
  return parts.length > 1 && discipline === 'fifo' ? approximate('parts of a host wait in one queue', 0.05) : exact;
}

function arrivalsBy({ path }: Station, variability: number): string {
  return `arrivals at '${path}' by their variability, ${digits(Math.sqrt(Math.max(0, variability)))} instead of 1`;
}

/** True where the coefficient of variation is 1 in all digits that are shown. */
function isNearlyRandom(variability: number): boolean {
  return Math.abs(Math.sqrt(Math.max(0, variability)) - 1) < 0.005;
}

/** Arrivals that are not random: by two moments where they are known, else taken as random. */
function arrivalAccuracy(state: State, station: Station, isDisturbed: boolean): Accuracy {
  if (!hasQueue(state, station)) return exact;
  const variability = state.arrivals?.[station.index] ?? 1;
  if (!isNearlyRandom(variability)) return approximate(arrivalsBy(station, variability), arrivalError(variability));
  return isDisturbed ? approximate(`arrivals at '${station.path}' are taken as random`, 0.05) : exact;
}

/** True if requests may wait for a core here. */
export function hasQueue(state: State, station: Station): boolean {
  return state.pools[station.index]!.some(({ demand, pool }) => demand.work > 0 && Number.isFinite(pool.servers));
}

/** Service times that nobody has said. */
export function unknownTimes(state: State, station: Station): readonly Accuracy[] {
  if (isElastic(station.component, station.engine)) return [];
  const used = station.unknown.some((kind) => rateOf(state.network, state.rates, station.index, Number(kind)) > 0);
  return used ? [approximate(`no service time known for '${station.path}'`)] : [];
}

/** Hit ratios that are not declared. */
export function unknownHits({ cache, path }: Station): readonly Accuracy[] {
  if (!cache || cache.declared !== undefined) return [];
  if (hitRatioAt(cache, 1) === undefined)
    return [approximate(`no hit ratio known for '${path}', so nothing counts as found there`)];
  if (isExactHitRatio(cache)) return [];
  if (cache.behind)
    return [
      approximate(`what '${path}' is asked for by what the cache before it misses, as if that came at random`, 0.05),
    ];
  return [
    approximate(`hit ratio of '${path}' by ${dependsOnRate(cache) ? 'expiry and ' : ''}characteristic time`, 0.01),
  ];
}

function poolAccuracy(state: State, station: Station): Accuracy {
  const pools = station.host === undefined ? state.pools[station.index]! : [state.hosts[station.host]!];
  if (!hasQueue(state, station)) return exact;
  const shared =
    station.host !== undefined && station.discipline === 'fifo' && state.network.hosts[station.host]!.parts.length > 1;
  return weakest([
    ...(shared ? [approximate(`parts of a host wait in one queue`, 0.05)] : []),
    ...pools.map(({ error, utilization, demand, pool, shape, wait }) => {
      if (pool.scatter) return approximate(`the shards of '${station.path}' are taken as independent`);
      if (shape === 'priority' && wait > 0)
        return approximate(
          error > 0
            ? `waits by priority at '${station.path}' in the proportions of one faster server`
            : `percentiles of waits by priority at '${station.path}' by two moments`,
          error > 0 ? error : 0.07,
        );
      if (error === 0 && shape === 'shared' && wait > 0)
        return approximate(
          demand.exponential
            ? `percentiles of '${station.path}' under processor sharing by a mixture of exponential times`
            : `percentiles of '${station.path}' under processor sharing by an independent slow-down`,
          demand.exponential ? 0.01 : 0.1,
        );
      if (error === 0) return exact;
      if (shape === 'shared')
        return approximate(`cores of '${station.path}' are shared behind a policy without an exact formula`, error);
      if (error >= 0.2 && utilization > 0.9 && utilization < 1)
        return unreliable(`'${station.path}' is nearly saturated and its service varies much: ${SIMULATE}`);
      if (demand.exponential && demand.arrivals !== undefined && !isRegular(pool))
        return isNearlyRandom(demand.arrivals) ? exact : approximate(arrivalsBy(station, demand.arrivals), error);
      return approximate(
        demand.exponential
          ? `'${station.path}' shares its load by a policy without an exact formula`
          : `two-moment formula for '${station.path}'`,
        error,
      );
    }),
  ]);
}

/** Threads and connections that nobody ever waits for leave everything exact. */
function heldAccuracy(state: State, station: Station, responses: () => Responses): readonly Accuracy[] {
  const { network, replicas } = state;
  const { path, threads, index } = station;
  const pooled = network.linksFrom[index]!.filter((number) => network.connections[number]!.pool !== undefined);
  if (threads === undefined && pooled.length === 0) return [];
  const { threadWait, poolWait, holding, pooled: connections } = responses();
  const found: Accuracy[] = [];
  const add = (what: string, wait: Wait, used: number) => {
    if (!(wait.probability > SELDOM)) return;
    // Users who wait for their answers cannot flood a limit: then the rates are as good as the network behind it.
    if (used > NEARLY_ALL && used < 1 && state.waitScale === undefined)
      found.push(unreliable(`${what} of '${path}' are nearly all in use: ${SIMULATE}`));
    else found.push(approximate(`waits for ${what} of '${path}' by a flow-equivalent server`, 0.03));
  };
  if (threads !== undefined) add('threads', threadWait[index]!, holding[index]! / (threads * replicas[index]!));
  for (const number of pooled)
    add(
      'connections',
      poolWait[number]!,
      connections[number]! / (network.connections[number]!.pool! * replicas[index]!),
    );
  return found;
}

/** Waits that so few requests have do not show in any figure. */
const SELDOM = 1e-6;
/** Above this, small errors of the rates become large ones of the wait. */
const NEARLY_ALL = 0.95;

/** A station that could do its work if every call were made once only. */
function stormAccuracy(state: State, station: Station): readonly Accuracy[] {
  if (!isStormed(state, station)) return [];
  return [
    unreliable(`retries to '${station.path}' make more work than it can do, and more of them fail: a retry storm`),
  ];
}

function copyAccuracy({ network, rates }: State, { component, engine, index, path }: Station): readonly Accuracy[] {
  if (!(copyWait(component, engine) > 0) || !(rateOf(network, rates, index, operation.write) > 0)) return [];
  return [approximate(`writes to '${path}' wait for its copies as if those had nothing else to do`)];
}

/** Stations behind one whose departures are not Poisson. */
function disturbedStations(state: State): Uint8Array {
  const { network } = state;
  const disturbed = new Uint8Array(network.stations.length);
  const reach = (index: number) => {
    for (const number of network.linksFrom[index]!) {
      const { to } = network.connections[number]!;
      if (disturbed[to] === 1) continue;
      disturbed[to] = 1;
      waiting.push(to);
    }
  };
  const waiting: number[] = [];
  for (const station of network.stations) if (disturbs(state, station)) reach(station.index);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) reach(next);
  return disturbed;
}

function disturbs(state: State, station: Station): boolean {
  if (state.thinning.accepted[station.index]! < 1) return true;
  return state.pools[station.index]!.some(
    ({ demand, pool }) =>
      demand.work > 0 &&
      Number.isFinite(pool.servers) &&
      (isRegular(pool) ||
        demand.levels !== undefined ||
        !(demand.exponential || pool.discipline === 'processorSharing')),
  );
}
