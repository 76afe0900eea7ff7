/**
 * How much is lost and how long it takes, by what is declared (recovery point and recovery time objectives), and how old answers may be.
 * Of a store: the loss of its primary machine. Of a data center: the loss of all of it. Of everything: the worst store.
 */
import {
  type Architecture,
  amount,
  ancestors,
  type Component,
  declared,
  flag,
  indexByPath,
  isInside,
  type Path,
  reference,
  word,
} from '../../model/index.ts';
import { engineOf } from '../network/stations.ts';

/** A figure in seconds, or why there is none. */
export interface Seconds {
  readonly value?: number;
  readonly why?: string;
}

/** Age of the newest copy that survives: seconds of writes that are lost. */
export function recoveryPoint(architecture: Architecture, path: Path | undefined): Seconds {
  const stores = architecture.components.filter(
    (one) => isStore(one) && (path === undefined || isInside(one.path, path)),
  );
  if (stores.length === 0)
    return { why: path === undefined ? 'there is no data store' : `'${path}' holds no data store` };
  const whole = path !== undefined && !stores.some((store) => store.path === path);
  return worst(stores.map((store) => lossOf(architecture, store, whole ? path : undefined)));
}

/** Seconds until another machine, or another data center, serves. */
export function recoveryTime(architecture: Architecture, path: Path | undefined): Seconds {
  const target = path === undefined ? undefined : indexByPath(architecture).get(path);
  if (target?.kind === 'dataCenter') return switchTime(architecture, target);
  const stores = architecture.components.filter(
    (one) => isStore(one) && (path === undefined || isInside(one.path, path)),
  );
  if (stores.length === 0)
    return { why: path === undefined ? 'there is no data store' : `'${path}' holds no data store` };
  return worst(stores.map(failoverTime));
}

/** The age that answers may have: replication lag of what serves reads, time to live of caches. */
export function staleness(architecture: Architecture, path: Path | undefined): Seconds {
  const ages = architecture.components
    .filter((one) => path === undefined || isInside(one.path, path))
    .flatMap((one) => {
      if (one.kind === 'cache') return [amount(one, 'ttl') ?? Number.POSITIVE_INFINITY];
      if (!isStore(one)) return [];
      if ((amount(one, 'readReplicas') ?? 0) === 0 || word(one, 'replication.mode') === 'sync') return [0];
      return declared(one, 'replication') ? [amount(one, 'replication.lag') ?? 0] : [];
    });
  if (ages.length === 0) return { why: 'no replication lag or time to live is known' };
  return { value: Math.max(...ages) };
}

/** True for what keeps data that would be missed. */
export function isStore(component: Component): boolean {
  return component.kind === 'database' || component.kind === 'storage' || component.kind === 'search';
}

/** What is lost of one store when its primary, or everything in `lost`, is gone. */
export function lossOf(architecture: Architecture, store: Component, lost: Path | undefined): Seconds {
  const inside = (path: Path) => lost !== undefined && isInside(path, lost);
  const ages: number[] = [];
  if (lost === undefined && (amount(store, 'readReplicas') ?? 0) > 0 && declared(store, 'replication'))
    ages.push(lagOf(word(store, 'replication.mode'), amount(store, 'replication.lag')));
  for (const connection of architecture.connections) {
    if (connection.from !== store.path || inside(connection.to)) continue;
    if (!connection.flows.some((flow) => flow.type === 'replicates')) continue;
    ages.push(lagOf(word(connection, 'mode'), amount(connection, 'lag')));
  }
  const every = amount(store, 'backup.every');
  const kept = reference(store, 'backup.to');
  const survives = lost === undefined || (kept !== undefined && !inside(kept) && !isWithin(architecture, kept, lost));
  if (every !== undefined && survives) ages.push(every);
  const engine = engineOf(store);
  if (lost === undefined && engine?.managed && engine.durable) ages.push(0);
  if (ages.length === 0)
    return { why: `no copy of '${store.path}' is declared${lost === undefined ? '' : ` outside of '${lost}'`}` };
  return { value: Math.min(...ages) };
}

function isWithin(architecture: Architecture, path: Path, container: Path): boolean {
  const component = indexByPath(architecture).get(path);
  return component !== undefined && ancestors(architecture, component).some((around) => around.path === container);
}

function lagOf(mode: string | undefined, lag: number | undefined): number {
  return mode === 'sync' || mode === 'semiSync' ? 0 : (lag ?? 0);
}

function failoverTime(store: Component): Seconds {
  const engine = engineOf(store);
  const mode = declared(store, 'failover') ? word(store, 'failover.mode') : undefined;
  if (mode === 'automatic') return { value: amount(store, 'failover.time') ?? engine?.failoverTime?.to ?? 0 };
  const repair = amount(store, 'mttr');
  if (mode === 'manual' && declared(store, 'failover.time')) return { value: amount(store, 'failover.time') ?? 0 };
  if (repair !== undefined) return { value: repair };
  if (engine?.failoverTime !== undefined) return { value: engine.failoverTime.to };
  return { why: `neither failover nor 'mttr' is declared for '${store.path}'` };
}

/** Until DNS sends everybody elsewhere: its `failoverTime`, else what is known of its provider. */
function switchTime(architecture: Architecture, dataCenter: Component): Seconds {
  const leading = architecture.connections.filter((connection) => isInside(connection.to, dataCenter.path));
  const index = indexByPath(architecture);
  const dns = leading.map((connection) => index.get(connection.from)).find((component) => component?.kind === 'dns');
  if (!dns) return { why: `no DNS leads to '${dataCenter.path}'` };
  const elsewhere = architecture.connections.some(
    (connection) => connection.from === dns.path && !isInside(connection.to, dataCenter.path),
  );
  if (!elsewhere) return { why: `'${dns.path}' leads nowhere but to '${dataCenter.path}'` };
  const own = amount(dns, 'failoverTime');
  if (own !== undefined) return { value: own };
  if (flag(dns, 'healthCheck') !== true) return { why: `'${dns.path}' does not check the health of its targets` };
  const known = engineOf(dns)?.failoverTime?.to;
  return known === undefined ? { why: `the failover time of '${dns.path}' is not known` } : { value: known };
}

/** The longest; unknown if one is. */
function worst(all: readonly Seconds[]): Seconds {
  const unknown = all.find((one) => one.value === undefined);
  if (unknown) return unknown;
  return { value: Math.max(...all.map((one) => one.value ?? 0)) };
}
