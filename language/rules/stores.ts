/** Questions about what keeps data. */
import { type Architecture, amount, type Component, type Connection, word } from '../../model/index.ts';
import { calleesOf, callersOf, carries, engineOf, incoming, outgoing, servingComponents, wiringOf } from './query.ts';

export function isSharded(database: Component): boolean {
  return (amount(database, 'sharding.shards') ?? 1) > 1;
}

/** Connections over which a store's writes reach other stores, or the other way round. */
export function replications(architecture: Architecture, store: Component): readonly Connection[] {
  if (!wiringOf(architecture).flows.has('replicates')) return [];
  const found = outgoing(architecture, store).filter((it) => carries(it, 'replicates'));
  for (const it of incoming(architecture, store)) if (carries(it, 'replicates')) found.push(it);
  return found;
}

export function isReplicated(architecture: Architecture, store: Component): boolean {
  return replications(architecture, store).length > 0;
}

/** Data model: the declared one, else that of the engine. */
export function dataModel(database: Component): string | undefined {
  return word(database, 'model') ?? engineOf(database)?.model;
}

/** Stores that a cache loads from. */
export function storesBehind(architecture: Architecture, cache: Component): readonly Component[] {
  return calleesOf(architecture, cache).filter(({ kind }) => kind === 'database' || kind === 'storage');
}

/** True if the only thing that a store is there for is the servers' sessions. */
export function isSessionStore(architecture: Architecture, store: Component): boolean {
  return sessionKeepers(architecture, store).length > 0;
}

/** Servers whose sessions a store keeps. */
export function sessionKeepers(architecture: Architecture, store: Component): readonly Component[] {
  return callersOf(architecture, store).filter(({ properties }) => {
    const value = properties.sessions?.value;
    return value?.type === 'reference' && value.path === store.path;
  });
}

/** True if reads of a store can be answered by a cache: one in front of it, or one that its callers ask first. */
export function isCached(architecture: Architecture, store: Component): boolean {
  const callers = callersOf(architecture, store);
  return callers.some(
    (caller) =>
      caller.kind === 'cache' ||
      calleesOf(architecture, caller).some((it) => it.kind === 'cache' && !isSessionStore(architecture, it)),
  );
}

/** Caches that serve users. */
export function caches(architecture: Architecture): readonly Component[] {
  return servingComponents(architecture, 'cache');
}
