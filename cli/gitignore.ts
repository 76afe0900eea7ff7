/** What Git leaves out, folders that are walked leave out too. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { repositoryRoot } from './repository.ts';

/** The patterns that hold in a folder, its own first, then those of the folders around it. */
export interface Ignored {
  readonly folder: string;
  readonly patterns: Ignore;
  readonly around: Ignored | undefined;
}

/**
 * The patterns of the `.gitignore` files from the root of the repository down to a folder (outside of a repository: of the folder itself). A
 * folder that is ignored and nevertheless named is meant: then only the patterns below it count.
 */
export function ignoredIn(folder: string): Ignored | undefined {
  const root = repositoryRoot(folder);
  const above = folder === root ? undefined : chain(dirname(folder), root);
  return within(folder, isIgnored(above, folder, true) || isBelowIgnored(above, folder, root) ? undefined : above);
}

/** The same for a folder inside of one whose patterns are known. */
export function within(folder: string, around: Ignored | undefined): Ignored | undefined {
  const file = join(folder, '.gitignore');
  if (!existsSync(file)) return around;
  try {
    // Git itself tells cases apart unless the file system does not; a report must not depend on the machine.
    return { folder, patterns: ignore({ ignorecase: false }).add(readFileSync(file, 'utf8')), around };
  } catch {
    // What cannot be read leaves nothing out.
    return around;
  }
}

/** True if the innermost pattern that says something about a file or folder leaves it out. */
export function isIgnored(ignored: Ignored | undefined, path: string, isFolder: boolean): boolean {
  for (let at = ignored; at; at = at.around) {
    const inside = `${relative(at.folder, path).replaceAll(sep, '/')}${isFolder ? '/' : ''}`;
    const found = at.patterns.test(inside);
    if (found.ignored) return true;
    if (found.unignored) return false;
  }
  return false;
}

function chain(folder: string, root: string): Ignored | undefined {
  return within(folder, folder === root || dirname(folder) === folder ? undefined : chain(dirname(folder), root));
}

/** What is in a folder that is left out is left out with it. */
function isBelowIgnored(ignored: Ignored | undefined, folder: string, root: string): boolean {
  for (let at = dirname(folder); at.length > root.length; at = dirname(at))
    if (isIgnored(ignored, at, true)) return true;
  return false;
}
