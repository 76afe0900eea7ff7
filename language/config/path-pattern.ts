/** Patterns for the paths of components: `us.posts`, `us.*`, `*.cache`, `**.posts`. */

/**
 * True if the pattern matches the whole path. `*` stands for any characters within one name, a name `**` for any number of names,
 * none included.
 */
export function matchesPath(pattern: string, path: string): boolean {
  return matchNames(pattern.split('.'), path.split('.'));
}

function matchNames(pattern: readonly string[], names: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return names.length === 0;
  if (first === '**') return names.some((_, i) => matchNames(rest, names.slice(i))) || matchNames(rest, []);
  const [name, ...others] = names;
  return name !== undefined && matchName(first, name) && matchNames(rest, others);
}

function matchName(pattern: string, name: string): boolean {
  const [start = '', ...parts] = pattern.split('*');
  if (parts.length === 0) return pattern === name;
  if (!name.startsWith(start)) return false;
  let at = start.length;
  const end = parts.pop() ?? '';
  for (const part of parts) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - end.length >= at && name.endsWith(end);
}
