/** Where the repository is that a run checks a part of. */
import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/**
 * The innermost folder from `folder` upward that holds a `.git` (in a work tree or submodule that is a file); `folder` itself where
 * there is none. Services that show findings beside a repository's files count their paths from here, wherever the command ran.
 */
export function repositoryRoot(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return folder;
  }
}

/** The path of `folder` from `root`, with forward slashes; empty where they are the same. */
export function folderWithin(root: string, folder: string): string {
  return relative(root, folder).replaceAll(sep, '/');
}
