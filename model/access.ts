/** Reading a component's properties: what is declared, and the default of the table where nothing is. */
import type { Architecture, Component, Connection, Path, Property, Value } from './architecture.ts';
import { propertySpec, specIn } from './kinds.ts';
import { connection as connectionProperties } from './properties/connections.ts';

/** Anything with properties. */
export type Owner = Component | Connection;

/** The declared property, or undefined. Dotted names reach into blocks. */
export function declared(owner: Owner, name: string): Property | undefined {
  return Object.hasOwn(owner.properties, name) ? owner.properties[name] : undefined;
}

export function isDeclared(owner: Owner, name: string): boolean {
  return declared(owner, name) !== undefined;
}

/** The declared amount in canonical units, else the table's default, else undefined. Of a range, the lower end. */
export function amount(owner: Owner, name: string): number | undefined {
  const value = declared(owner, name)?.value;
  if (value?.type === 'quantity') return value.amount;
  if (value?.type === 'range') return value.from;
  const fallback = defaultOf(owner, name);
  return typeof fallback === 'number' ? fallback : undefined;
}

/** The declared word (of an enum, a catalogue name, a plain name or a string), else the default, else undefined. */
export function word(owner: Owner, name: string): string | undefined {
  const value = declared(owner, name)?.value;
  if (value?.type === 'word') return value.word;
  if (value?.type === 'string') return value.text;
  const fallback = defaultOf(owner, name);
  return typeof fallback === 'string' ? fallback : undefined;
}

/** The declared boolean, else the default, else undefined. */
export function flag(owner: Owner, name: string): boolean | undefined {
  const value = declared(owner, name)?.value;
  if (value?.type === 'boolean') return value.value;
  const fallback = defaultOf(owner, name);
  return typeof fallback === 'boolean' ? fallback : undefined;
}

/** The path that a property refers to, if it is declared and a reference. */
export function reference(owner: Owner, name: string): Path | undefined {
  const value = declared(owner, name)?.value;
  return value?.type === 'reference' ? value.path : undefined;
}

/** The items of a declared list. */
export function items(owner: Owner, name: string): readonly Value[] {
  const value = declared(owner, name)?.value;
  return value?.type === 'list' ? value.items : [];
}

/** The words of a declared list such as `metrics: [host, aggregate]`. */
export function words(owner: Owner, name: string): readonly string[] {
  return items(owner, name).flatMap((value) =>
    value.type === 'word' ? [value.word] : value.type === 'string' ? [value.text] : [],
  );
}

/** The paths of a declared list of references such as `watches: [us, eu]`. */
export function references(owner: Owner, name: string): readonly Path[] {
  return items(owner, name).flatMap((value) => (value.type === 'reference' ? [value.path] : []));
}

/** Least and most replicas; equal unless `replicas` is a range. */
export function replicaRange(component: Component): { readonly from: number; readonly to: number } {
  const value = declared(component, 'replicas')?.value;
  if (value?.type === 'range') return { from: value.from, to: value.to };
  const count = amount(component, 'replicas') ?? 1;
  return { from: count, to: count };
}

/** Containers of a component, the innermost first. */
export function ancestors(architecture: Architecture, component: Component): readonly Component[] {
  const byPath = indexByPath(architecture);
  const found: Component[] = [];
  for (let path = component.parent; path !== undefined; ) {
    const container = byPath.get(path);
    if (!container) break;
    found.push(container);
    path = container.parent;
  }
  return found;
}

/** True if `path` is `container` or lies inside it. */
export function isInside(path: Path, container: Path): boolean {
  return path === container || path.startsWith(`${container}.`);
}

/** Components by path. The index is made once for each architecture. */
export function indexByPath(architecture: Architecture): ReadonlyMap<Path, Component> {
  let index = indexes.get(architecture);
  if (!index) {
    index = new Map(architecture.components.map((component) => [component.path, component]));
    indexes.set(architecture, index);
  }
  return index;
}

const indexes = new WeakMap<Architecture, ReadonlyMap<Path, Component>>();

function defaultOf(owner: Owner, name: string): number | string | boolean | undefined {
  const dot = name.indexOf('.');
  if (dot >= 0 && !Object.hasOwn(owner.properties, name.slice(0, dot))) return undefined;
  const spec = 'kind' in owner ? propertySpec(owner.kind, name) : specIn(connectionProperties, name);
  return spec?.default;
}
