/** What a plan may change: how many copies there are, how large each is, how much a cache keeps, how much goes on at the same time. */
import {
  type Architecture,
  amount,
  type Component,
  type Connection,
  declared,
  type Edit,
  findInstance,
  instances,
  type Path,
  replicaRange,
  word,
} from '../../model/index.ts';
import { originOf, sharing, withEdits } from '../remedies/apply-edits.ts';

/** A number of copies, of gigabytes or of places that may be chosen. */
export interface Count {
  readonly path: Path;
  readonly property: 'replicas' | 'readReplicas' | 'sharding.shards' | Free;
  /** The connection whose property it is, where it is not the component's own. */
  readonly connection?: string;
  /** What is declared. */
  readonly now: number;
  /** The least that is considered: what is redundant stays redundant. */
  readonly least: number;
  /** The most that makes a difference. */
  readonly most?: number;
  /** Lower end of a range that scales by itself. */
  readonly from?: number;
}

/** Properties that nothing is known to cost for, so that they are only raised, and only as far as it takes. */
export type Free = keyof typeof frees;

/** Gigabytes of a cache with known items; what goes on at the same time, by the resource that it is the limit of. */
export const frees = {
  memory: undefined,
  threads: 'threads',
  concurrency: 'concurrency',
  pool: 'pool',
  connections: 'connections',
} as const;

/** True for what is not a number of copies. */
export function isFree<T extends Pick<Count, 'property'>>(count: T): count is T & { readonly property: Free } {
  return Object.hasOwn(frees, count.property);
}

/** An instance type that may be chosen from its family. */
export interface Size {
  readonly path: Path;
  readonly now: string;
  /** The same family, small to large. */
  readonly names: readonly string[];
}

/** Everything that may be chosen. */
export interface Space {
  readonly architecture: Architecture;
  readonly counts: readonly Count[];
  readonly sizes: readonly Size[];
}

/** A choice: a value for each count and each size, in their order. */
export interface Choice {
  readonly counts: readonly number[];
  readonly sizes: readonly string[];
}

/** The most copies that are considered. */
export const MOST_COPIES = 4096;

/** The choices that an architecture offers. What shares its text with something else is one choice for all. */
export function spaceOf(architecture: Architecture): Space {
  const own = architecture.components.filter(
    (component) => !component.inherited && sharing(architecture, component)[0] === component,
  );
  return {
    architecture,
    counts: [
      ...own.flatMap((component) => [...countsOf(architecture, component), ...freesOf(component)]),
      ...architecture.connections.filter(({ inherited }) => !inherited).flatMap(poolsOf),
    ],
    sizes: own.flatMap((component) => {
      const now = word(component, 'instance');
      const names = familyOf(component);
      return now === undefined || names.length < 2 || !names.includes(now)
        ? []
        : [{ path: component.path, now, names }];
    }),
  };
}

/** The declared choice. */
export function declaredChoice({ counts, sizes }: Space): Choice {
  return { counts: counts.map(({ now }) => now), sizes: sizes.map(({ now }) => now) };
}

/** The architecture with a choice made. */
export function chosen(space: Space, choice: Choice): Architecture {
  return withEdits(space.architecture, editsOf(space, choice));
}

/** The edits from what is declared to a choice. */
export function editsOf({ counts, sizes }: Space, choice: Choice): readonly Edit[] {
  return [
    ...sizes.flatMap(({ path, now }, i): Edit[] => {
      const name = choice.sizes[i]!;
      return name === now
        ? []
        : [{ type: 'setProperty', component: path, name: 'instance', value: JSON.stringify(name) }];
    }),
    ...counts.flatMap((count, i): Edit[] => {
      const value = choice.counts[i]!;
      if (value === count.now) return [];
      if (count.connection !== undefined) {
        const { connection, property: name } = count;
        return [{ type: 'setConnectionProperty', connection, name, value: written(count, value) }];
      }
      return [{ type: 'setProperty', component: count.path, name: count.property, value: written(count, value) }];
    }),
  ];
}

/** `12`, or `4..12` of what scales by itself, or `12GB` of memory. */
export function written({ from, property }: Count, value: number): string {
  if (property === 'memory') return `${value}GB`;
  return from === undefined ? String(value) : `${Math.min(from, value)}..${value}`;
}

/** The counts of the component that a path is made of. */
export function countsAt(space: Space, path: Path): readonly number[] {
  const origin = originOf(space.architecture, path)?.path;
  return space.counts.flatMap((count, i) => (count.path === origin ? [i] : []));
}

/** The size of the component that a path is made of, or of the host that is meant. */
export function sizeAt(space: Space, path: Path): number {
  const origin = originOf(space.architecture, path)?.path;
  return space.sizes.findIndex((size) => size.path === origin);
}

function countsOf(architecture: Architecture, component: Component): readonly Count[] {
  if (insideHost(architecture, component) || declared(component, 'replicas')?.value.type === 'reference') return [];
  const { path, kind } = component;
  switch (kind) {
    case 'server':
    case 'worker':
    case 'cache':
    case 'loadBalancer':
    case 'queue':
      return [replicas(component)];
    case 'database': {
      const copies = Math.floor(amount(component, 'readReplicas') ?? 0);
      const shards = Math.max(1, Math.floor(amount(component, 'sharding.shards') ?? 1));
      return [
        ...(replicaRange(component).to > 1 ? [replicas(component)] : []),
        { path, property: 'readReplicas', now: copies, least: Math.min(1, copies) },
        { path, property: 'sharding.shards', now: shards, least: 1 },
      ];
    }
    default:
      return [];
  }
}

/** What is declared, and has a part in what saturates. */
function freesOf(component: Component): readonly Count[] {
  const { path, kind } = component;
  const of = (property: Free): readonly Count[] => {
    const value = declared(component, property)?.value;
    const now = value?.type === 'quantity' ? Math.floor(value.amount) : 0;
    return now >= 1 ? [{ path, property, now, least: now }] : [];
  };
  switch (kind) {
    case 'server':
    case 'worker':
      return of('threads');
    case 'function':
      return of('concurrency');
    case 'database':
      return of('connections');
    case 'cache':
      return memoryOf(component);
    default:
      return [];
  }
}

/** Whole gigabytes, up to what holds all items; of a cache whose hit ratio follows from its memory. */
function memoryOf(component: Component): readonly Count[] {
  const [items, size] = [amount(component, 'items'), amount(component, 'itemSize')];
  const memory = declared(component, 'memory')?.value;
  if (declared(component, 'hitRatio') || memory?.type !== 'quantity' || items === undefined || size === undefined)
    return [];
  const kept = 1 - Math.min(0.99, amount(component, 'overprovision') ?? 0);
  const all = (items * size) / (Math.max(1, replicaRange(component).from) * kept);
  const now = Math.max(1, Math.ceil(memory.amount / GB));
  return [{ path: component.path, property: 'memory', now, least: now, most: Math.max(now, Math.ceil(all / GB)) }];
}

const GB = 1e9;

function poolsOf({ id, from, properties }: Connection): readonly Count[] {
  const value = properties.pool?.value;
  const now = value?.type === 'quantity' ? Math.floor(value.amount) : 0;
  return now >= 1 ? [{ path: from, property: 'pool', connection: id, now, least: now }] : [];
}

function replicas(component: Component): Count {
  const { from, to } = replicaRange(component);
  const now = Math.max(1, Math.floor(to));
  const count = { path: component.path, property: 'replicas', now, least: Math.min(2, now) } as const;
  // What scales by itself costs what it uses; its upper end is room, and only raised.
  return to > from ? { ...count, from, least: now } : count;
}

function insideHost(architecture: Architecture, { parent }: Component): boolean {
  const container = architecture.components.find(({ path }) => path === parent);
  return container !== undefined && (container.kind === 'host' || insideHost(architecture, container));
}

/** The instance types of a component's family, small to large; none where it has none or it is not in the catalogue. */
function familyOf(component: Component): readonly string[] {
  const now = findInstance(word(component, 'instance') ?? '');
  if (!now) return [];
  return instances
    .filter(({ family, purpose, price }) => family === now.family && purpose === now.purpose && price !== undefined)
    .toSorted((a, b) => a.cores - b.cores || a.memory - b.memory)
    .map(({ name }) => name);
}
