/** Copies of what a store keeps: how old each is, and which survive the loss of a machine or of everything in a container. */
import {
  type Architecture,
  amount,
  ancestors,
  type Component,
  type Connection,
  declared,
  indexByPath,
  isInside,
  type Owner,
  type Path,
  reference,
  type SourceId,
  type Span,
  word,
} from '../../model/index.ts';
import { engineOf } from '../network/stations.ts';

/** A time that goes into a figure about recovery, and where it comes from. */
export interface RecoveryInput {
  /** Such as `the lag of its read replicas`. */
  readonly what: string;
  readonly seconds: number;
  readonly span?: Span;
  readonly source?: SourceId;
  /** What it defaults to, where nothing declares it. */
  readonly how?: string;
}

/** True for what keeps data that would be missed. */
export function isStore(component: Component): boolean {
  return component.kind === 'database' || component.kind === 'storage' || component.kind === 'search';
}

/**
 * The copies of a store that are left when its primary machine, or everything in the container `lost`, is gone, the youngest first.
 * Their age is what is lost of the latest writes.
 */
export function survivingCopies(
  architecture: Architecture,
  store: Component,
  lost: Path | undefined,
): readonly RecoveryInput[] {
  const copies = [
    ...(lost === undefined ? ownReplicas(store) : []),
    ...otherStores(architecture, store, lost),
    ...backups(architecture, store, lost),
    ...(lost === undefined ? providersCopies(store) : []),
  ];
  return copies.toSorted((a, b) => a.seconds - b.seconds);
}

function ownReplicas(store: Component): readonly RecoveryInput[] {
  if ((amount(store, 'readReplicas') ?? 0) === 0 || !declared(store, 'replication')) return [];
  return [copyBehind('its read replicas', store, 'replication.')];
}

function otherStores({ connections }: Architecture, store: Component, lost: Path | undefined) {
  return connections.flatMap((connection: Connection): readonly RecoveryInput[] => {
    if (connection.from !== store.path || (lost !== undefined && isInside(connection.to, lost))) return [];
    if (!connection.flows.some((flow) => flow.type === 'replicates')) return [];
    return [copyBehind(`'${connection.to}'`, connection, '')];
  });
}

function backups(architecture: Architecture, store: Component, lost: Path | undefined): readonly RecoveryInput[] {
  const every = declared(store, 'backup.every');
  const seconds = amount(store, 'backup.every');
  if (!every || seconds === undefined) return [];
  const kept = reference(store, 'backup.to');
  if (lost !== undefined && (kept === undefined || isWithin(architecture, kept, lost))) return [];
  return [{ what: kept === undefined ? 'the last backup' : `the last backup in '${kept}'`, seconds, span: every.span }];
}

/** A provider that promises durability keeps copies of its own. */
function providersCopies(store: Component): readonly RecoveryInput[] {
  const engine = engineOf(store);
  const span = declared(store, 'engine')?.span;
  if (!engine?.managed || !engine.durable) return [];
  return [{ what: `the copies that ${engine.title} keeps`, seconds: 0, ...(span ? { span } : {}) }];
}

/** `what`, as far behind as the replication of a store or of a connection says. */
function copyBehind(what: string, owner: Owner, prefix: '' | 'replication.'): RecoveryInput {
  const mode = declared(owner, `${prefix}mode`);
  if (isSynchronous(word(owner, `${prefix}mode`)))
    return { what: `${what}, in step with it`, seconds: 0, ...spanOf(mode) };
  const lag = declared(owner, `${prefix}lag`);
  if (lag) return { what: `the lag of ${what}`, seconds: amount(owner, `${prefix}lag`) ?? 0, span: lag.span };
  return { what: `${what}, whose lag is not declared`, seconds: amount(owner, `${prefix}lag`) ?? 0, how: 'default' };
}

/** True where a write waits for a second copy. */
function isSynchronous(mode: string | undefined): boolean {
  return mode === 'sync' || mode === 'semiSync';
}

function spanOf(property: { readonly span: Span } | undefined) {
  return property ? { span: property.span } : {};
}

function isWithin(architecture: Architecture, path: Path, container: Path): boolean {
  if (isInside(path, container)) return true;
  const component = indexByPath(architecture).get(path);
  return component !== undefined && ancestors(architecture, component).some((around) => around.path === container);
}
