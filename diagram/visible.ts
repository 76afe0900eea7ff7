/** Which components a view shows, and what stands for those that it hides. */
import { type Architecture, type Component, isContainer, isInside, type Path, type View } from '../model/index.ts';

export interface Visible {
  /** In the order of the architecture, parents before children. */
  readonly components: readonly Component[];
  /** Containers that are drawn as one card, with the number of components inside. */
  readonly collapsed: ReadonlyMap<Path, number>;
  /** The shown component that stands for a path: itself, or the collapsed container around it; undefined when it is not shown. */
  readonly standIn: (path: Path) => Path | undefined;
}

/** Applies `include`, `exclude` and `collapse`. A container without shown contents is a card of its own. */
export function toVisible(architecture: Architecture, view: View | undefined): Visible {
  const { components } = architecture;
  const included = components.filter((component) => isIncluded(component.path, view));
  const kept = new Set(included.map(({ path }) => path));
  for (const { path } of included) for (const outer of prefixes(path)) kept.add(outer);
  const folded = (view?.collapse ?? []).filter((path) => kept.has(path));
  const outermost = (path: Path) => folded.find((outer) => path !== outer && isInside(path, outer) && !isFolded(outer));
  const isFolded = (path: Path): boolean => folded.some((outer) => path !== outer && isInside(path, outer));
  const shown = components.filter(({ path }) => kept.has(path) && !outermost(path));
  const paths = new Set(shown.map(({ path }) => path));
  const hidden = (path: Path) =>
    components.filter((inner) => inner.path !== path && isInside(inner.path, path) && !isContainer(inner.kind)).length;
  return {
    components: shown,
    collapsed: new Map(folded.filter((path) => paths.has(path)).map((path) => [path, hidden(path)])),
    standIn: (path) => {
      const outer = kept.has(path) ? (outermost(path) ?? path) : undefined;
      return outer !== undefined && paths.has(outer) ? outer : undefined;
    },
  };
}

function isIncluded(path: Path, view: View | undefined): boolean {
  const inAny = (paths: readonly Path[]) => paths.some((outer) => isInside(path, outer));
  if (view?.include && view.include.length > 0 && !inAny(view.include)) return false;
  return !(view?.exclude && inAny(view.exclude));
}

function prefixes(path: Path): readonly Path[] {
  const names = path.split('.');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('.'));
}
