/** Files of another revision: `git:REVISION:PATH`. */
import { spawnSync } from 'node:child_process';
import { EXTENSION } from './files.ts';
import { UsageError } from './usage-error.ts';
import type { GivenText } from './workspace.ts';

const PREFIX = 'git:';

/** True if a name stands for a file of another revision. */
export function isRevision(name: string): boolean {
  return name.startsWith(PREFIX);
}

/** The text of the file in that revision, as git has it. Throws `UsageError` with what git says if there is none. */
export function readRevision(name: string, cwd: string): GivenText {
  const [revision, path] = name.slice(PREFIX.length).split(/:(.*)/s);
  if (!revision || !path) throw new UsageError(`'${name}' is not of the form git:REVISION:PATH.`);
  if (revision.startsWith('-')) throw new UsageError(`'${revision}' is no revision.`);
  if (!path.endsWith(EXTENSION)) throw new UsageError(`'${path}' is not an ${EXTENSION} file.`);
  const { status, stdout, stderr, error } = spawnSync('git', ['show', `${revision}:./${path}`], {
    cwd,
    encoding: 'utf8',
  });
  if (error) throw new UsageError(`Cannot run git: ${error.message}.`);
  if (status !== 0) throw new UsageError(`git has no '${path}' in '${revision}': ${firstLine(stderr)}`);
  return { path, text: stdout };
}

function firstLine(text: string): string {
  return text.split('\n')[0]!.replace(/^fatal: /, '');
}
