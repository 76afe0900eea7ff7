/** What removes a bottleneck: the steps of the chapter, in the order in which it takes them, as edits whose size is a number. */
import {
  type Architecture,
  amount,
  type Bottleneck,
  type Component,
  type Connection,
  type Edit,
  findInstance,
  instances,
  type Path,
  replicaRange,
  word,
} from '../../model/index.ts';
import { isMissing } from '../network/passing.ts';
import { originOf, sharing } from './apply-edits.ts';
import { anotherDataCenter } from './data-centers.ts';
import { pathIn } from './moves.ts';
import { freeName, hostSplit, serviceSplit } from './splits.ts';

/** A way to remove a bottleneck. */
export interface Remedy {
  /** Section of the chapter, such as `1-5`. */
  readonly section: string;
  /** The sizes to choose from, the smallest first. */
  readonly sizes: readonly number[];
  /** True if it helps even where it is not enough. */
  readonly partial?: boolean;
  /** True if it comes first even where another one is enough and it is not. */
  readonly preferred?: boolean;
  make(size: number): RemedyStep;
}

/** A remedy of a certain size. */
export interface RemedyStep {
  /** What it does, as a command. */
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** The part of a bottleneck that says what to do about it. */
export type Trouble = Pick<Bottleneck, 'path' | 'resource' | 'part'>;

/** Ways to remove a bottleneck, the first to be tried first; none where the model has no edit for it. */
export function remediesFor(architecture: Architecture, trouble: Trouble): readonly Remedy[] {
  const component = originOf(architecture, trouble.path);
  if (!component) return [];
  const own = ownRemedies(architecture, component, trouble);
  // What nothing else helps is shared with another data center, if it stands in one.
  return serving.has(component.kind) ? [...own, ...anotherDataCenter(architecture)] : own;
}

/** Kinds that a copy of the data center takes load from. */
const serving = new Set<string>([
  'host',
  'database',
  'search',
  'server',
  'function',
  'worker',
  'cache',
  'loadBalancer',
  'queue',
  'storage',
]);

function ownRemedies(architecture: Architecture, component: Component, trouble: Trouble): readonly Remedy[] {
  switch (component.kind) {
    case 'host':
      return [...hostSplit(architecture, component), ...larger(component)];
    case 'database':
      return databaseRemedies(architecture, component, trouble);
    case 'search':
      return [counted(component, 'readReplicas', 'read replicas', '1-5')];
    case 'server':
      return [
        ...(trouble.resource === 'network' ? cdnRemedies(architecture, component) : []),
        ...balancerRemedies(architecture, component),
        replicas(component),
        ...serviceSplit(architecture, component),
      ];
    case 'function':
      return trouble.resource === 'concurrency'
        ? [counted(component, 'concurrency', 'concurrent executions', '1-3')]
        : [];
    case 'worker':
    case 'cache':
    case 'loadBalancer':
    case 'queue':
    case 'storage':
      return [replicas(component)];
    default:
      return [];
  }
}

/** The most copies of anything that is proposed. */
const MOST = 4096;

function upTo(least: number, most: number): readonly number[] {
  return Array.from({ length: Math.max(0, most - least + 1) }, (_, i) => least + i);
}

/** More replicas; of an autoscaled range the upper end. */
function replicas(component: Component): Remedy {
  const { from, to } = replicaRange(component);
  const written = (count: number) => (to > from ? `${from}..${count}` : String(count));
  return {
    section: '1-3',
    sizes: upTo(to + 1, MOST),
    make: (count) => ({
      title: `Run ${to > from ? `up to ${count}` : count} replicas of '${component.path}'`,
      edits: [set(component, 'replicas', written(count))],
    }),
  };
}

function counted(component: Component, property: string, what: string, section: string): Remedy {
  const now = amount(component, property) ?? 0;
  return {
    section,
    sizes: upTo(now + 1, property === 'concurrency' ? now * 64 : MOST),
    make: (count) => ({
      title: `Give '${component.path}' ${count} ${what}`,
      edits: [set(component, property, String(count))],
    }),
  };
}

/** The next instance types of the same family, small to large: scaling up. */
export function largerInstances(component: Component): readonly string[] {
  const name = word(component, 'instance');
  const now = name === undefined ? undefined : findInstance(name);
  if (!now) return [];
  return instances
    .filter(({ family, purpose, cores }) => family === now.family && purpose === now.purpose && cores > now.cores)
    .toSorted((a, b) => a.cores - b.cores)
    .map((instance) => instance.name);
}

function larger(component: Component): readonly Remedy[] {
  const names = largerInstances(component);
  if (names.length === 0) return [];
  return [
    {
      section: '1-3',
      sizes: upTo(1, names.length),
      partial: true,
      make: (size) => ({
        title: `Make '${component.path}' an ${names[size - 1]}`,
        edits: [set(component, 'instance', JSON.stringify(names[size - 1]))],
      }),
    },
  ];
}

/** Reads go to replicas and caches, writes to larger machines and then to shards. */
function databaseRemedies(architecture: Architecture, database: Component, { part }: Trouble): readonly Remedy[] {
  const copies = amount(database, 'readReplicas') ?? 0;
  const reading = part === 'replica' || (part !== 'hottestShard' && copies === 0);
  const isCached = architecture.connections.some((one) => one.to === database.path && isMissing(one));
  const reads: readonly Remedy[] = reading
    ? [
        { ...readReplicas(database), sizes: upTo(copies + 1, isCached ? MOST_WITH_CACHE : MOST_READ_REPLICAS) },
        ...cacheRemedies(architecture, database),
      ]
    : [];
  const shards = counted(database, 'sharding.shards', 'shards', '1-12');
  return [...reads, ...larger(database), { ...shards, sizes: upTo(Math.max(2, shards.sizes[0] ?? 2), MOST) }];
}

/** Beyond this many a cache comes first: an assumption. */
const MOST_READ_REPLICAS = 5;
/** What Amazon RDS allows one primary within a region (Amazon RDS user guide, working with read replicas). */
const MOST_WITH_CACHE = 15;

function readReplicas(database: Component): Remedy {
  const remedy = counted(database, 'readReplicas', 'read replicas', '1-5');
  return {
    ...remedy,
    make: (count) => {
      const step = remedy.make(count);
      return count === 1 ? { ...step, title: `Give '${database.path}' a read replica` } : step;
    },
  };
}

/** Share of reads that a new cache is taken to answer; of files, a new CDN. Assumptions, named in the title of the step. */
const CACHE_HITS = '90%';
const CDN_HITS = '95%';

/** Reads of servers go to a new cache, its misses to the database, the other flows stay. Not where connections say more than flows. */
function cacheRemedies(architecture: Architecture, database: Component): readonly Remedy[] {
  const leading = architecture.connections.filter(({ to }) => to === database.path);
  const reading = leading.filter((one) => one.flows.some(({ type }) => type === 'reads'));
  if (reading.length === 0 || isCopied(architecture, database) || leading.some(isMissing)) return [];
  if (reading.some(hasProperties) || inRequests(architecture, database.path)) return [];
  const name = freeName(architecture, database.parent, 'cache');
  const cache = pathIn(database.parent, name);
  return [
    {
      section: '1-6',
      sizes: [2],
      partial: true,
      make: (count) => ({
        title: `Put a cache in front of '${database.path}' (taken to answer ${CACHE_HITS} of the reads)`,
        edits: [
          {
            type: 'addComponent',
            ...(database.parent === undefined ? {} : { container: database.parent }),
            kind: 'cache',
            name,
            properties: [
              ['engine', 'redis'],
              ['replicas', String(count)],
              ['hitRatio', CACHE_HITS],
              ['eviction', 'lru'],
            ],
          },
          ...reading.flatMap((one) => divert(one, cache, (type) => type === 'reads')),
          { type: 'addConnection', from: cache, to: database.path, flow: 'misses' },
        ],
      }),
    },
  ];
}

/** What users ask of a server as files goes to a new CDN, its misses to the server. */
function cdnRemedies(architecture: Architecture, server: Component): readonly Remedy[] {
  const files = architecture.connections.filter(
    ({ to, flows }) => to === server.path && flows.some(({ type }) => type === 'static'),
  );
  if (files.length === 0 || isCopied(architecture, server)) return [];
  const name = freeName(architecture, undefined, 'cdn');
  return [
    {
      section: '1-7',
      sizes: [1],
      partial: true,
      make: () => ({
        title: `Serve the files of '${server.path}' from a CDN (taken to answer ${CDN_HITS})`,
        edits: [
          {
            type: 'addComponent',
            kind: 'cdn',
            name,
            properties: [
              ['provider', 'cloudfront'],
              ['hitRatio', CDN_HITS],
              ['fallback', 'origin'],
            ],
          },
          ...files.map(({ id }): Edit => ({ type: 'reconnect', connection: id, end: 'to', component: name })),
          { type: 'addConnection', from: name, to: server.path, flow: 'misses' },
        ],
      }),
    },
  ];
}

/** A server that users reach without a balancer gets one, and replicas behind it. */
function balancerRemedies(architecture: Architecture, server: Component): readonly Remedy[] {
  const kindOf = (path: Path) => architecture.components.find((component) => component.path === path)?.kind;
  const entries = architecture.connections.filter(
    ({ from, to }) => to === server.path && (kindOf(from) === 'users' || kindOf(from) === 'dns'),
  );
  const [first] = entries;
  if (!first || isCopied(architecture, server) || inRequests(architecture, server.path)) return [];
  if (replicaRange(server).to > 1 || insideHost(architecture, server)) return [];
  const name = freeName(architecture, server.parent, 'lb');
  const balancer = pathIn(server.parent, name);
  return [
    {
      section: '1-4',
      sizes: upTo(2, MOST),
      make: (count) => ({
        title: `Put load balancers in front of '${server.path}', and run ${count} replicas of it`,
        edits: [
          {
            type: 'addComponent',
            ...(server.parent === undefined ? {} : { container: server.parent }),
            kind: 'loadBalancer',
            name,
            properties: [
              ['engine', 'haproxy'],
              ['replicas', '2'],
              ['exposure', 'public'],
            ],
          },
          ...entries.map(({ id }): Edit => ({ type: 'reconnect', connection: id, end: 'to', component: balancer })),
          { type: 'addConnection', from: balancer, to: server.path },
          set(server, 'replicas', String(count)),
        ],
      }),
    },
  ];
}

/** What is added beside a component that is copied would be missing in the copies. */
function isCopied(architecture: Architecture, component: Component): boolean {
  return sharing(architecture, component).length > 1;
}

function insideHost(architecture: Architecture, { parent }: Component): boolean {
  const container = architecture.components.find(({ path }) => path === parent);
  return container !== undefined && (container.kind === 'host' || insideHost(architecture, container));
}

/** Some flows of a connection go to another component, the rest stay. */
function divert({ id, from, to, flows }: Connection, target: Path, goes: (type: string) => boolean): readonly Edit[] {
  const moved = flows.filter(({ type }) => goes(type));
  const kept = flows.filter(({ type }) => !goes(type));
  const written = (some: typeof flows) =>
    some.map(({ type, amount: count }) => (count === undefined ? type : `${type} ${count}`)).join(', ');
  return [
    { type: 'removeConnection', connection: id },
    { type: 'addConnection', from, to: target, flow: written(moved) },
    ...(kept.length > 0 ? [{ type: 'addConnection' as const, from, to, flow: written(kept) }] : []),
  ];
}

/** Request classes have connections of their own, which the edit would have to change as well. */
function inRequests(architecture: Architecture, path: Path): boolean {
  return architecture.requests.some((request) => request.connections.some(({ to }) => to === path));
}

function hasProperties({ properties }: Connection): boolean {
  return Object.keys(properties).length > 0;
}

function set({ path }: Component, name: string, value: string): Edit {
  return { type: 'setProperty', component: path, name, value };
}
