/** What a flag names among the declarations of a file. */
import { nearest } from '../model/index.ts';
import { UsageError } from './usage-error.ts';

/**
 * The declaration of that name.
 * @param what the word for one of them, as in `scenario`
 * @throws UsageError with the nearest name, or with all there are
 */
export function getNamed<T extends { readonly name: string }>(all: readonly T[], what: string, name: string): T {
  const found = all.find((each) => each.name === name);
  if (found) return found;
  const names = all.map((each) => each.name);
  const near = nearest(name, names);
  const hint = near
    ? `did you mean '${near}'?`
    : names.length > 0
      ? `there are ${names.join(', ')}.`
      : 'the file declares none.';
  throw new UsageError(`There is no ${what} '${name}'; ${hint}`);
}
