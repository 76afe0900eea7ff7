/**
 * How much is lost and how long it takes, by what is declared (recovery point and recovery time objectives), and how old answers may be.
 * Of a store: the loss of its primary machine. Of a data center: the loss of all of it. Of everything: the worst store.
 */
import {
  type Architecture,
  amount,
  type Component,
  declared,
  flag,
  indexByPath,
  isInside,
  type Path,
  type RecoveryFigure,
  type RecoveryResult,
  word,
} from '../../model/index.ts';
import { engineOf } from '../network/stations.ts';
import { isStore, type RecoveryInput, survivingCopies } from './copies.ts';

/** A figure in seconds with what it follows from, or why there is none. */
export interface Recovery {
  readonly value?: number;
  readonly why?: string;
  /** The store that decides it. */
  readonly store?: Path;
  /** What decides the figure first, then what else there would be. */
  readonly inputs: readonly RecoveryInput[];
}

/** Recovery point and recovery time of every data store and every data center that holds one, in the order of declaration. */
export function recoveryOf(architecture: Architecture): readonly RecoveryResult[] {
  const stores = architecture.components.filter(isStore);
  const centers = architecture.components.filter(
    ({ kind, path }) => kind === 'dataCenter' && stores.some((store) => isInside(store.path, path)),
  );
  const resultOf = ({ path }: Component, kind: RecoveryResult['kind']): RecoveryResult => ({
    path,
    kind,
    rpo: figureOf(recoveryPoint(architecture, path)),
    rto: figureOf(recoveryTime(architecture, path)),
  });
  return [
    ...stores.map((store) => resultOf(store, 'store')),
    ...centers.map((center) => resultOf(center, 'dataCenter')),
  ];
}

function figureOf({ value, why, store, inputs }: Recovery): RecoveryFigure {
  if (value === undefined) return { why: why ?? 'nothing is known' };
  const [first] = inputs;
  return { seconds: value, why: first?.what ?? '', ...(store === undefined ? {} : { store }) };
}

/** Age of the newest copy that survives: seconds of writes that are lost. */
export function recoveryPoint(architecture: Architecture, path: Path | undefined): Recovery {
  const stores = storesIn(architecture, path);
  if (stores.length === 0) return noStore(path);
  const whole = path !== undefined && !stores.some((store) => store.path === path);
  return worst(stores.map((store) => lossOf(architecture, store, whole ? path : undefined)));
}

/** Seconds until another machine, or another data center, serves. */
export function recoveryTime(architecture: Architecture, path: Path | undefined): Recovery {
  const target = path === undefined ? undefined : indexByPath(architecture).get(path);
  if (target?.kind === 'dataCenter') return switchTime(architecture, target);
  const stores = storesIn(architecture, path);
  return stores.length === 0 ? noStore(path) : worst(stores.map(failoverTime));
}

/** What is lost of one store when its primary, or everything in `lost`, is gone. */
export function lossOf(architecture: Architecture, store: Component, lost: Path | undefined): Recovery {
  const inputs = survivingCopies(architecture, store, lost);
  const [youngest] = inputs;
  if (youngest) return { value: youngest.seconds, store: store.path, inputs };
  const where = lost === undefined ? '' : ` outside of '${lost}'`;
  return { why: `no copy of '${store.path}' is declared${where}`, store: store.path, inputs };
}

/** The age that answers may have: replication lag of what serves reads, time to live of caches. */
export function staleness(architecture: Architecture, path: Path | undefined): Omit<Recovery, 'inputs'> {
  const ages = architecture.components
    .filter((one) => path === undefined || isInside(one.path, path))
    .flatMap((one) => {
      if (one.kind === 'cache') return [amount(one, 'ttl') ?? Number.POSITIVE_INFINITY];
      if (!isStore(one)) return [];
      if ((amount(one, 'readReplicas') ?? 0) === 0 || isAlwaysInStep(one)) return [0];
      return declared(one, 'replication') ? [amount(one, 'replication.lag') ?? 0] : [];
    });
  if (ages.length === 0) return { why: 'no replication lag or time to live is known' };
  return { value: Math.max(...ages) };
}

function isAlwaysInStep(store: Component): boolean {
  return word(store, 'replication.mode') === 'sync';
}

function storesIn({ components }: Architecture, path: Path | undefined): readonly Component[] {
  return components.filter((one) => isStore(one) && (path === undefined || isInside(one.path, path)));
}

function noStore(path: Path | undefined): Recovery {
  return { why: path === undefined ? 'there is no data store' : `'${path}' holds no data store`, inputs: [] };
}

/** Until the store takes writes again after the loss of its primary. */
function failoverTime(store: Component): Recovery {
  const { path } = store;
  const one = (input: RecoveryInput): Recovery => ({ value: input.seconds, store: path, inputs: [input] });
  const engine = engineOf(store);
  const known = engine?.failoverTime && { seconds: engine.failoverTime.to, source: engine.failoverTime.source };
  const failover = declared(store, 'failover');
  const mode = failover ? word(store, 'failover.mode') : undefined;
  const time = declared(store, 'failover.time');
  const seconds = amount(store, 'failover.time') ?? 0;
  const promotes = mode === 'automatic' && (engine?.managed === true || hasSpare(store));
  if (promotes && time) return one({ what: 'a replica is promoted', seconds, span: time.span });
  if (promotes && known) return one({ what: `${engine.title} fails over`, ...known });
  if (promotes) return one({ what: 'a replica is promoted', seconds, how: 'default of failover.time' });
  if (mode === 'manual' && time) return one({ what: 'somebody promotes a replica', seconds, span: time.span });
  const repair = declared(store, 'mttr');
  if (repair) return one({ what: 'the machine is repaired', seconds: amount(store, 'mttr') ?? 0, span: repair.span });
  if (known && !failover) return one({ what: `${engine.title} fails over`, ...known });
  if (engine?.managed && engine.durable && !failover)
    return {
      why: `${engine.title} replaces its machines by itself, how fast is not promised`,
      store: path,
      inputs: [],
    };
  const nothing = mode === 'automatic' ? `'${path}' has no replica to promote` : undefined;
  return { why: nothing ?? `neither failover nor 'mttr' is declared for '${path}'`, store: path, inputs: [] };
}

function hasSpare(store: Component): boolean {
  return (amount(store, 'readReplicas') ?? 0) > 0 || (amount(store, 'replicas') ?? 1) > 1;
}

/** Until DNS sends everybody elsewhere: its `failoverTime`, else what is known of its provider. */
function switchTime(architecture: Architecture, dataCenter: Component): Recovery {
  const unknown = (why: string): Recovery => ({ why, inputs: [] });
  const leading = architecture.connections.filter((connection) => isInside(connection.to, dataCenter.path));
  const index = indexByPath(architecture);
  const dns = leading.map((connection) => index.get(connection.from)).find((component) => component?.kind === 'dns');
  if (!dns) return unknown(`no DNS leads to '${dataCenter.path}'`);
  const elsewhere = architecture.connections.some(
    (connection) => connection.from === dns.path && !isInside(connection.to, dataCenter.path),
  );
  if (!elsewhere) return unknown(`'${dns.path}' leads nowhere but to '${dataCenter.path}'`);
  const what = `'${dns.path}' sends everybody elsewhere`;
  const own = declared(dns, 'failoverTime');
  if (own) {
    const seconds = amount(dns, 'failoverTime') ?? 0;
    return { value: seconds, inputs: [{ what, seconds, span: own.span }] };
  }
  if (flag(dns, 'healthCheck') !== true) return unknown(`'${dns.path}' does not check the health of its targets`);
  const known = engineOf(dns)?.failoverTime;
  if (!known) return unknown(`the failover time of '${dns.path}' is not known`);
  return { value: known.to, inputs: [{ what, seconds: known.to, source: known.source }] };
}

/** The longest; unknown if one is. */
function worst(all: readonly Recovery[]): Recovery {
  return (
    all.find((one) => one.value === undefined) ??
    all.reduce((longest, one) => (one.value! > longest.value! ? one : longest))
  );
}
