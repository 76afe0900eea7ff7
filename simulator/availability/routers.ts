/** How routers learn that a target is dead, and how long that takes. */
import {
  type Architecture,
  amount,
  type Component,
  declared,
  flag,
  indexByPath,
  type Path,
  word,
} from '../../model/index.ts';
import type { Station } from '../network/network.ts';
import { isForwarding } from '../network/passing.ts';
import { engineOf } from '../network/stations.ts';

/** True if a router leaves out dead targets. */
export function checksHealth({ component }: Pick<Station, 'component'>): boolean {
  if (component.kind === 'dns')
    return flag(component, 'healthCheck') === true || word(component, 'routing') === 'failover';
  return component.kind === 'loadBalancer' && flag(component, 'healthCheck') === true;
}

/** Seconds until a router leaves out a dead target: what is declared, else what is known of its engine, else the `ttl` of a DNS. */
export function switchSeconds(component: Component): number {
  const ttl = component.kind === 'dns' && declared(component, 'ttl') ? amount(component, 'ttl') : undefined;
  return amount(component, 'failoverTime') ?? engineOf(component)?.failoverTime?.to ?? ttl ?? 0;
}

/**
 * Seconds for which a load balancer goes on sending requests to a dead machine, by what it sends them to; the longest where there
 * are several balancers, Infinity for one that does not check health.
 */
export function detectionTimes(architecture: Architecture): ReadonlyMap<Path, number> {
  const index = indexByPath(architecture);
  const times = new Map<Path, number>();
  for (const connection of [...architecture.connections, ...architecture.requests.flatMap((one) => one.connections)]) {
    const component = index.get(connection.from);
    if (component?.kind !== 'loadBalancer' || !isForwarding(connection)) continue;
    const seconds = checksHealth({ component }) ? switchSeconds(component) : Number.POSITIVE_INFINITY;
    times.set(connection.to, Math.max(seconds, times.get(connection.to) ?? 0));
  }
  return times;
}
