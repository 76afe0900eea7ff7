/** What a plan may change: how many copies there are, and how large each is. */
import {
  type Architecture,
  amount,
  type Component,
  declared,
  type Edit,
  findInstance,
  instances,
  type Path,
  replicaRange,
  word,
} from '../../model/index.ts';
import { originOf, sharing, withEdits } from '../remedies/apply-edits.ts';

/** A number of copies that may be chosen. */
export interface Count {
  readonly path: Path;
  readonly property: 'replicas' | 'readReplicas' | 'sharding.shards';
  /** What is declared. */
  readonly now: number;
  /** The least that is considered: what is redundant stays redundant. */
  readonly least: number;
  /** Lower end of a range that scales by itself. */
  readonly from?: number;
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
    counts: own.flatMap((component) => countsOf(architecture, component)),
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
      return [{ type: 'setProperty', component: count.path, name: count.property, value: written(count, value) }];
    }),
  ];
}

/** `12`, or `4..12` of what scales by itself. */
export function written({ from }: Count, value: number): string {
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
