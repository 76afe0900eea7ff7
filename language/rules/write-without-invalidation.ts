import { type Architecture, amount, type Component, formatTime, type Requirement } from '../../model/index.ts';
import { callersOf, carries, incoming, nameOf, quoted } from './query.ts';
import { defineRule } from './rule.ts';
import { caches, storesBehind } from './stores.ts';

export const writeWithoutInvalidation = defineRule({
  meta: {
    id: 'write-without-invalidation',
    title: 'Nobody tells the cache about a write',
    section: '1-6',
    category: 'caching',
    severity: 'warning',
    summary:
      'What is cached is written by somebody who has no way to the cache, and the entries live too long for that.',
    why: 'Cache and store are not changed in one transaction, so they must be kept in step by whoever writes. A writer without a connection to the cache cannot remove or replace the entry; only expiry does. The rule is silent where expiry is enough: a `ttl` is declared and no `require staleness` asks for less.',
    howToFix: 'Let the writer remove or replace the cached entry (connect it to the cache), or shorten `ttl`.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const cache of caches(architecture)) {
      const reason = tooOld(architecture, cache);
      if (!reason) continue;
      for (const store of storesBehind(architecture, cache)) {
        const writers = blindWriters(architecture, cache, store);
        if (writers.length === 0) continue;
        report({
          at: cache,
          property: 'ttl',
          message: `${quoted(writers.map((it) => nameOf(architecture, it)))} ${writers.length === 1 ? 'writes' : 'write'} to '${nameOf(architecture, store)}' without a way to tell '${nameOf(architecture, cache)}', where ${reason}.`,
          related: writers.map((at) => ({ message: 'Its writes leave the cached entries as they are.', at })),
        });
      }
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
users editors { rate: 1/s }
server app { serviceTime: 10ms }
server admin { serviceTime: 10ms }
cache pages { engine: memcached, replicas: 2, hitRatio: 90%, eviction: lru }
//    ^^^^^ warning: 'admin' writes to 'articles' without a way to tell 'pages', where entries never expire.
database articles { engine: dynamodb }
visitors -> app
editors -> admin
app -> pages : reads 3
pages -> articles : misses
admin -> articles : writes 1
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
server importer { serviceTime: 10ms }
cache prices {
  replicas: 2
  hitRatio: 90%
  ttl: 1h
//^^^^^^^ warning: 'importer' writes to 'offers' without a way to tell 'prices', where entries live for 1 h although a staleness of 1 min is required.
  eviction: lru
}
database offers { engine: dynamodb }
visitors -> app
visitors -> importer
app -> prices : reads 3
prices -> offers : misses
importer -> offers : writes 1
require staleness of prices < 1min
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
users editors { rate: 1/s }
server app { serviceTime: 10ms }
server admin { serviceTime: 10ms }
cache pages { engine: memcached, replicas: 2, hitRatio: 90%, eviction: lru }
database articles { engine: dynamodb }
visitors -> app
editors -> admin
app -> pages : reads 3
pages -> articles : misses
admin -> articles : writes 1
admin -> pages : writes 1
`,
      `
// The editors wait five minutes, and nobody has asked for less.
users visitors { rate: 20/s }
users editors { rate: 1/s }
server app { serviceTime: 10ms }
server admin { serviceTime: 10ms }
cache pages { engine: memcached, replicas: 2, hitRatio: 90%, eviction: lru, ttl: 5m }
database articles { engine: dynamodb }
visitors -> app
editors -> admin
app -> pages : reads 3
pages -> articles : misses
admin -> articles : writes 1
`,
    ],
  },
});

/** Why expiry does not keep the entries fresh enough; undefined if it does. */
function tooOld(architecture: Architecture, cache: Component): string | undefined {
  const ttl = amount(cache, 'ttl');
  if (ttl === undefined) return 'entries never expire';
  const promise = architecture.requirements.find((it) => isStaleness(it, cache) && it.limit < ttl);
  return promise
    ? `entries live for ${formatTime(ttl)} although a staleness of ${formatTime(promise.limit)} is required`
    : undefined;
}

function isStaleness({ metric, of, operator }: Requirement, { path }: Component): boolean {
  return metric === 'staleness' && operator[0] === '<' && (!of || of.name === path);
}

function blindWriters(architecture: Architecture, cache: Component, store: Component): readonly Component[] {
  const writing = new Set(incoming(architecture, store).flatMap((it) => (carries(it, 'writes') ? [it.from] : [])));
  const informed = new Set(callersOf(architecture, cache).map(({ path }) => path));
  return callersOf(architecture, store).filter(
    ({ path }) => writing.has(path) && path !== cache.path && !informed.has(path),
  );
}
