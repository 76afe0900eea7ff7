/** From loaded files to architectures, with the params that the command line overrides. */
import { type Compilation, compile } from '../language/compile.ts';
import { nearest } from '../model/index.ts';
import { parseOverrides } from './overrides.ts';
import { UsageError } from './usage-error.ts';
import type { Workspace } from './workspace.ts';

/**
 * One compilation for each root. Throws `UsageError` if an override is malformed, if no root has a param of its name, or if its value
 * does not fit.
 */
export function compileRoots(
  { roots, services }: Pick<Workspace, 'roots' | 'services'>,
  set: readonly string[] = [],
): readonly Compilation[] {
  const overrides = parseOverrides(set);
  const compiled = roots.map((root) => compile(services, root, { overrides: Object.fromEntries(overrides) }));
  const params = new Set(compiled.flatMap(({ architecture }) => architecture.params.map(({ name }) => name)));
  for (const name of overrides.keys()) if (!params.has(name)) throw new UsageError(unknownParam(name, params));
  for (const { architecture, overrideErrors } of compiled) {
    const own = overrideErrors.find((error) =>
      architecture.params.some(({ name }) => error.includes(`param '${name}'`)),
    );
    if (own) throw new UsageError(own);
  }
  return compiled;
}

function unknownParam(name: string, params: ReadonlySet<string>): string {
  const near = nearest(name, params);
  if (near) return `There is no param '${name}'; did you mean '${near}'?`;
  return params.size === 0
    ? `There is no param '${name}', nor any other.`
    : `There is no param '${name}', only ${[...params].map((each) => `'${each}'`).join(', ')}.`;
}
