/**
 * What a component can run out of, how much of it is used, and at which multiple of the load it is used up. Rates grow in proportion to
 * the load, so the multiple follows from one solution in which nothing is refused. Threads, pools and concurrency are held
 * while a request waits for others; threads and pools are used up where what is behind them lets through no more (see `holders.ts`); for
 * concurrency the multiple is the upper bound with holding times of a lone request (asymptotic bound, Lazowska et al. 1984, §5.2).
 */
import type { ResourceName, ResourceUse } from '../../model/index.ts';
import type { Station } from '../network/network.ts';
import { arrivalRateOf, demandOf, hostDemand } from './demand.ts';
import { linkRates } from './edges.ts';
import { heldUntil } from './holders.ts';
import { rateLimitOf } from './limits.ts';
import { poolsOf } from './pools.ts';
import type { Responses } from './responses.ts';
import type { State } from './state.ts';
import { bandwidthUse, bytesThrough } from './transfers.ts';

/** A resource of a station or a host. */
export interface Resource extends ResourceUse {
  /** Multiple of the declared load at which it saturates; Infinity where it never does. */
  readonly saturatesAt: number;
}

/** Two views of one load: as it is, and if nothing were refused. */
export interface Loads {
  readonly actual: State;
  readonly offered: State;
  readonly responses: Responses;
  /** Times of a lone request, at the offered load. */
  readonly idle: Responses;
}

/** Resources of a station that is not part of a host, or of a part without the host's own. */
export function resourcesOf(loads: Loads, station: Station): readonly Resource[] {
  const found: Resource[] = [];
  for (const kind of kinds) for (const resource of kind(loads, station)) found.push(resource);
  return found;
}

type Resources = (loads: Loads, station: Station) => readonly Resource[];

const kinds: readonly Resources[] = [
  coreResources,
  rateResource,
  heldResources,
  networkResource,
  memoryResource,
  connectionResource,
];
const none: readonly Resource[] = [];

/** The cores of a host. */
export function hostResources({ actual, offered }: Loads, index: number): readonly Resource[] {
  const host = actual.network.hosts[index]!;
  const { work } = hostDemand(offered.network, offered.rates, offered.thinning.admitted, host.parts);
  const utilization = actual.hosts[index]!.utilization;
  return [entry('cpu', utilization, host.cores, scaleAt(offered, work, host.cores))];
}

function coreResources({ actual, offered }: Loads, station: Station): readonly Resource[] {
  if (!Number.isFinite(station.cores)) return none;
  if (station.host !== undefined) {
    const state = actual.hosts[station.host]!;
    const { parts, cores } = actual.network.hosts[station.host]!;
    const { work } = hostDemand(offered.network, offered.rates, offered.thinning.admitted, parts);
    return state.demand.work > 0 || work > 0
      ? [entry('cpu', state.utilization, cores, scaleAt(offered, work, cores))]
      : [];
  }
  const largest = poolsOf(station, station.replicas.to);
  return actual.pools[station.index]!.flatMap(({ pool, utilization }, i) => {
    const { work } = demandOf(offered.network, offered.rates, station, largest[i]!);
    if (work === 0 && utilization === 0 && isWorkless(station)) return [];
    const resource = entry('cpu', utilization, pool.groups * pool.servers, scaleAt(offered, work, largest[i]!.servers));
    return [pool.part ? { ...resource, part: pool.part } : resource];
  });
}

/** True if no service time is known, so that no utilisation can be. */
function isWorkless(station: Station): boolean {
  return station.service.every((time) => time === 0);
}

function rateResource({ actual, offered }: Loads, station: Station): readonly Resource[] {
  const limit = rateLimitOf(actual, station.index);
  const links = limitedLinks(actual, offered, station);
  if (limit === undefined) return links;
  const most = station.rateLimit?.inAll ?? station.rateLimit!.perReplica! * station.replicas.to;
  const demand = arrivalRateOf(offered.network, offered.rates, station.index);
  const arrivals = arrivalRateOf(actual.network, actual.rates, station.index);
  return [entry('rate', ratio(arrivals, limit), limit, scaleAt(offered, demand, most)), ...links];
}

/** Rate limits on connections count for the component behind them. */
function limitedLinks(actual: State, offered: State, station: Station): readonly Resource[] {
  const { connections, linksTo, loadDependent } = actual.network;
  // A limit on a connection is one of the things that make visits depend on the load.
  if (!loadDependent) return none;
  const limited = linksTo[station.index]!.filter((number) => connections[number]!.rateLimit !== undefined);
  if (limited.length === 0) return none;
  const rates = linkRates(offered);
  return limited.map((index) => {
    const limit = connections[index]!.rateLimit!;
    return entry('rate', ratio(rates[index]!, limit), limit, scaleAt(offered, rates[index]!, limit));
  });
}

function heldResources(loads: Loads, station: Station): readonly Resource[] {
  const { index, threads, concurrency, replicas } = station;
  const { connections, linksFrom } = loads.actual.network;
  const holds = threads !== undefined || concurrency !== undefined;
  // What nobody holds needs no times of holding, which cost a solution of their own.
  if (!holds && !linksFrom[index]!.some((number) => connections[number]!.pool !== undefined)) return none;
  const { actual, offered, responses, idle } = loads;
  const held = responses.holding[index]!;
  const alone = idle.holding[index]!;
  const found: Resource[] = [];
  if (threads !== undefined) {
    const available = threads * actual.replicas[index]!;
    const until = heldUntil(offered, idle.whole, { station: index }, replicas.to);
    found.push(entry('threads', ratio(held, available), available, offered.options.scale * until));
  }
  if (concurrency !== undefined)
    found.push(entry('concurrency', ratio(held, concurrency), concurrency, scaleAt(offered, alone, concurrency)));
  for (const number of actual.network.linksFrom[index]!) {
    const link = actual.network.connections[number]!;
    if (link.pool === undefined) continue;
    const available = link.pool * actual.replicas[index]!;
    const until = heldUntil(offered, idle.whole, { link: number }, replicas.to);
    found.push(entry('pool', ratio(responses.pooled[number]!, available), available, offered.options.scale * until));
  }
  return found;
}

function networkResource({ actual, offered }: Loads, station: Station): readonly Resource[] {
  const use = bandwidthUse(actual, station);
  if (use === undefined) return none;
  const { index, replicas } = station;
  const demand = bytesThrough(offered, index);
  if (demand === 0) return none;
  const most = (use.available / actual.replicas[index]!) * replicas.to;
  return [entry('network', ratio(use.bytes, use.available), use.available, scaleAt(offered, demand, most))];
}

/** A cache that is smaller than its contents evicts; that does not depend on the load. */
function memoryResource(_: Loads, { cache }: Station): readonly Resource[] {
  if (cache?.items === undefined || cache.itemSize === undefined || cache.room === undefined) return none;
  return [entry('memory', ratio(cache.items * cache.itemSize, cache.room), cache.room, Number.POSITIVE_INFINITY)];
}

/** Connections that the pools of all clients may open. */
function connectionResource({ actual }: Loads, station: Station): readonly Resource[] {
  const available = station.store?.connections;
  if (available === undefined) return none;
  const pools = actual.network.linksTo[station.index]!.map((number) => actual.network.connections[number]!).filter(
    (link) => link.pool !== undefined,
  );
  if (pools.length === 0) return none;
  const open = pools.reduce((sum, link) => sum + link.pool! * actual.replicas[link.from]!, 0);
  return [entry('connections', ratio(open, available), available, Number.POSITIVE_INFINITY)];
}

function entry(resource: ResourceName, utilization: number, available: number, saturatesAt: number): Resource {
  return { resource, utilization, available, saturatesAt };
}

/** The multiple of the declared load at which `demand`, at the solved load, uses up `most`. */
function scaleAt(state: State, demand: number, most: number): number {
  if (!(demand > 0)) return Number.POSITIVE_INFINITY;
  if (!Number.isFinite(demand)) return 0;
  return state.options.scale * (most / demand);
}

function ratio(used: number, available: number): number {
  if (used === 0) return 0;
  return available > 0 ? used / available : Number.POSITIVE_INFINITY;
}
