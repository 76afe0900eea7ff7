/** `--set name=value`. */
import { UsageError } from './usage-error.ts';

/** Names and values as written. Throws `UsageError` where there is no `=`. */
export function parseOverrides(pairs: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      const name = pair.slice(0, at).trim();
      const value = pair.slice(at + 1).trim();
      if (at < 0 || !name || !value) throw new UsageError(`'--set ${pair}' is not of the form name=value.`);
      return [name, value] as const;
    }),
  );
}
