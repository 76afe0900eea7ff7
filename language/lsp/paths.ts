/** Which component a written name means, of all the copies that a declaration may have. */
import type { Path } from '../../model/index.ts';
import type * as ast from '../generated/ast.ts';
import type { Insight } from './insight.ts';

/** Of a dotted name into a copy (`eu.app`) the copy; otherwise what is declared itself; undefined for a template. */
export function pathOfUse(
  target: ast.Declaration,
  use: ast.Segment | undefined,
  { architecture, compilation }: Insight,
): Path | undefined {
  if (target.template) return undefined;
  const paths = compilation.paths.get(target) ?? [];
  const isMeant = (path: Path) =>
    use !== undefined && endsAs(path, use) && architecture.components.some((each) => each.path === path);
  return paths.find(isMeant) ?? paths[0];
}

/** The written name up to this segment ends the path, and what is before it in the path is around it. */
function endsAs(path: Path, use: ast.Segment): boolean {
  const segments = use.$container.segments.slice(0, (use.$containerIndex ?? 0) + 1);
  const written = segments.map(({ target }) => target?.$refText).join('.');
  return path === written || path.endsWith(`.${written}`);
}
