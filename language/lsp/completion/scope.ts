/** Which components a name at the cursor may mean, and how each is written there. */
import type { Architecture, Component, Path } from '../../../model/index.ts';
import type { Frame } from './context.ts';

export interface Candidate {
  readonly component: Component;
  /** As it is written at the cursor: its name, or the path to it from here. */
  readonly label: string;
  /** Containers between it and the cursor: 0 for a neighbour. */
  readonly distance: number;
}

/** The path of the innermost declaration around the cursor; the empty path at the top level. */
export function pathOf(frames: readonly Frame[]): Path {
  return frames.flatMap((frame) => (frame.type === 'declaration' ? [frame.name] : [])).join('.');
}

/**
 * Everything that may be referred to from inside a container: neighbours and what is further out by their names, what is inside of
 * others by the path to it. Behind a dot, the members of what is before it.
 */
export function candidatesAt(
  architecture: Architecture,
  container: Path,
  segments: readonly string[],
): readonly Candidate[] {
  if (segments.length > 0) return membersOf(architecture, container, segments);
  const around = [...containersAround(container), ''];
  return architecture.components.map((component) => {
    const base = around.find((path) => path === '' || component.path.startsWith(`${path}.`)) ?? '';
    return {
      component,
      label: base === '' ? component.path : component.path.slice(base.length + 1),
      distance: around.indexOf(base) + depthBelow(component.path, base),
    };
  });
}

/** The component that a qualified name means at a place: the nearest one whose path ends with it. */
export function findAt(
  architecture: Architecture,
  container: Path,
  segments: readonly string[],
): Component | undefined {
  const name = segments.join('.');
  for (const base of [...containersAround(container), '']) {
    const exact = architecture.components.find(({ path }) => path === (base === '' ? name : `${base}.${name}`));
    if (exact) return exact;
    const deeper = architecture.components.filter(
      ({ path }) => path.endsWith(`.${name}`) && (base === '' || path.startsWith(`${base}.`)),
    );
    if (deeper.length > 0) return deeper[0];
  }
  return undefined;
}

function membersOf(architecture: Architecture, container: Path, segments: readonly string[]): readonly Candidate[] {
  const owner = findAt(architecture, container, segments);
  if (!owner) return [];
  const inside = architecture.components.filter(({ path }) => path.startsWith(`${owner.path}.`));
  return inside.map((component) => ({
    component,
    label: component.path.slice(owner.path.length + 1),
    distance: depthBelow(component.path, owner.path),
  }));
}

/** `us.web` gives `us.web`, `us`. */
function containersAround(path: Path): readonly Path[] {
  const found: Path[] = [];
  for (let rest = path; rest !== ''; rest = rest.slice(0, Math.max(0, rest.lastIndexOf('.')))) found.push(rest);
  return found;
}

function depthBelow(path: Path, base: Path): number {
  const rest = base === '' ? path : path.slice(base.length + 1);
  return rest.split('.').length - 1;
}
