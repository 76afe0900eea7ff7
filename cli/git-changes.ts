/** What has changed since a revision, asked of git. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { UsageError } from './usage-error.ts';

/** Lines of a file as it is now, from 0, the end exclusive; equal where something was only removed in front of a line. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** Changed lines by absolute path; a file that is not in the revision has changed as a whole. */
export type Changes = ReadonlyMap<string, readonly LineRange[]>;

const WHOLE_FILE: LineRange = { from: 0, to: Number.POSITIVE_INFINITY };

/**
 * What is different from `revision`, uncommitted and untracked files included; from where the current branch has left it, if it is
 * another branch. Throws `UsageError` without git, outside a repository, and for an unknown revision.
 */
export function changesSince(revision: string | undefined, cwd: string): Changes {
  const root = git(cwd, ['rev-parse', '--show-toplevel']);
  if (root === undefined) throw new UsageError("'--changed' needs a git repository, and this folder is in none.");
  const top = root.trim();
  const base = baseOf(revision, cwd);
  const diff = git(top, [
    'diff',
    '--unified=0',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--no-renames',
    '--no-prefix',
    base,
    '--',
  ]);
  const untracked = git(top, ['ls-files', '--others', '--exclude-standard', '-z']);
  if (diff === undefined || untracked === undefined)
    throw new UsageError(`git cannot compare the files with '${revision ?? 'HEAD'}'.`);
  const added = untracked.split('\0').filter((name) => name !== '');
  return new Map([
    ...parseDiff(diff, (name) => resolve(top, name)),
    ...added.map((name) => [resolve(top, name), [WHOLE_FILE]] as const),
  ]);
}

function baseOf(revision: string | undefined, cwd: string): string {
  if (revision === undefined) {
    // In a repository without a commit everything is new.
    return git(cwd, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])?.trim() ?? EMPTY_TREE;
  }
  const commit = revision.startsWith('-')
    ? undefined
    : git(cwd, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])?.trim();
  if (!commit)
    throw new UsageError(
      `git knows no revision '${revision}'; write '--changed=REVISION', or paths before '--changed'.`,
    );
  return git(cwd, ['merge-base', commit, 'HEAD'])?.trim() || commit;
}

/** The hash that git gives to a tree without files. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** Undefined if git says no. Throws `UsageError` if there is no git. */
function git(cwd: string, args: readonly string[]): string | undefined {
  // Names of files as they are, not with escapes.
  const { status, stdout, error } = spawnSync('git', ['-c', 'core.quotePath=false', ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1024 * 1024 * 1024,
  });
  if (error) throw new UsageError("'--changed' needs git, and there is none on this machine.");
  return status === 0 ? stdout : undefined;
}

/** Ranges of the lines that hunks have put in, from a diff without context. */
export function parseDiff(diff: string, pathOf: (name: string) => string): ReadonlyMap<string, readonly LineRange[]> {
  const changes = new Map<string, LineRange[]>();
  let ranges: LineRange[] | undefined;
  let left = 0;
  for (const line of diff.split('\n')) {
    // Lines of a hunk may look like the head of a file.
    if (left > 0 && /^[-+]/.test(line)) {
      left--;
      continue;
    }
    const file = /^\+\+\+ (.*?)\t?$/.exec(line)?.[1];
    if (file !== undefined) {
      ranges = [];
      // What is gone has no lines.
      if (file !== '/dev/null') changes.set(pathOf(unquoted(file)), ranges);
    }
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (!hunk) continue;
    const [, removed = '1', start = '0', count = '1'] = hunk;
    left = Number(removed) + Number(count);
    const from = count === '0' ? Number(start) : Number(start) - 1;
    ranges?.push({ from, to: from + Number(count) });
  }
  return changes;
}

function unquoted(name: string): string {
  if (!name.startsWith('"')) return name;
  try {
    return String(JSON.parse(name));
  } catch {
    return name;
  }
}

/** True if any of these lines is in one of the ranges; both ends inclusive, from 0. */
export function touchesLines(ranges: readonly LineRange[], first: number, last: number): boolean {
  return ranges.some(({ from, to }) => (from === to ? first < from && from <= last : from <= last && first < to));
}
