/** Components named on the command line. */
import { type Architecture, type Component, nearest } from '../model/index.ts';
import { UsageError } from './usage-error.ts';

/** The component of that path, or the only one whose name it is. Throws `UsageError` with the nearest if there is none, or several. */
export function getComponent({ components }: Architecture, name: string): Component {
  const exact = components.find(({ path }) => path === name);
  if (exact) return exact;
  const named = components.filter((component) => component.name === name);
  const [only] = named;
  if (only && named.length === 1) return only;
  if (only) throw new UsageError(`There are several '${name}': ${named.map(({ path }) => `'${path}'`).join(', ')}.`);
  const near = nearest(
    name,
    components.flatMap((component) => [component.path, component.name]),
  );
  throw new UsageError(near ? `There is no '${name}'; did you mean '${near}'?` : `There is no '${name}' in this file.`);
}
