/** How a component is referred to from a place. */
import type { Architecture, Path, PropertySpec } from '../../model/index.ts';

/**
 * The shortest path to a component that means it when read inside `scope` (at the top level when undefined): names are looked for
 * in the innermost container first, so a path that leaves out the containers around both is right also in copies, unless
 * something nearer has the same name.
 */
export function nameFrom(architecture: Architecture, path: Path, scope: Path | undefined): string {
  const target = path.split('.');
  const around = scope === undefined ? [] : scope.split('.');
  let shared = 0;
  while (shared < around.length && shared < target.length - 1 && around[shared] === target[shared]) shared++;
  while (shared > 0 && isTakenInside(architecture, target[shared]!, around, shared)) shared--;
  return target.slice(shared).join('.');
}

/** The container that is innermost around both paths, undefined for the top level. */
export function commonContainer(one: Path, other: Path): Path | undefined {
  const first = one.split('.').slice(0, -1);
  const second = other.split('.').slice(0, -1);
  let shared = 0;
  while (shared < first.length && first[shared] === second[shared]) shared++;
  return shared === 0 ? undefined : first.slice(0, shared).join('.');
}

/** A value as written, with the paths of components in it as they are read inside `scope`. */
export function valueFrom(
  architecture: Architecture,
  value: string,
  spec: PropertySpec | undefined,
  scope: Path | undefined,
): string {
  const type = spec?.type.type === 'list' ? spec.type.of.type : spec?.type.type;
  if (type !== 'reference') return value;
  const words = spec?.type.type === 'reference' ? spec.type.words : undefined;
  return value.replace(/[A-Za-z_][\w.]*/g, (path) =>
    words && Object.hasOwn(words, path) ? path : nameFrom(architecture, path, scope),
  );
}

/** True if a container between the place and the shared one has something of this name, which would be found first. */
function isTakenInside({ components }: Architecture, name: string, around: readonly string[], shared: number): boolean {
  if (shared === around.length) return false;
  const nearest = around.slice(0, shared + 1).join('.');
  return components.some((component) => component.name === name && component.path.startsWith(`${nearest}.`));
}
