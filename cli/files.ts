/** Reading and writing files, with one sentence for each thing that can go wrong. */
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Ignored, ignoredIn, isIgnored, within } from './gitignore.ts';
import { UsageError } from './usage-error.ts';

/** 128 and the number of SIGINT, as shells count. */
const INTERRUPTED = 130;

export const EXTENSION = '.arch';

/** How folders are walked. */
export interface WalkOptions {
  /** Whether what `.gitignore` files leave out is left out; it is unless told otherwise. */
  readonly gitignore?: boolean;
}

/**
 * The absolute paths of the named files and of all `.arch` files below the named folders (not in `node_modules`, not in folders
 * whose names start with a dot, not what `.gitignore` leaves out), sorted, each once. Throws `UsageError` where there is none.
 */
export function findArchFiles(paths: readonly string[], cwd: string, options: WalkOptions = {}): readonly string[] {
  const found = new Set<string>();
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const files = isFolder(absolute, path)
      ? archFilesBelow(absolute, path, ignoredFor(absolute, options))
      : [requireArchFile(absolute, path)];
    if (files.length === 0) throw new UsageError(nothingIn(absolute, path, options));
    for (const file of files) found.add(file);
  }
  return [...found].sort();
}

/** A folder and those below it in which `findArchFiles` looks; nothing if it is no folder. */
export function foldersBelow(absolute: string, options: WalkOptions = {}): readonly string[] {
  if (!statSync(absolute, { throwIfNoEntry: false })?.isDirectory()) return [];
  return walkedFolders(absolute, ignoredFor(absolute, options));
}

function walkedFolders(folder: string, ignored: Walk): readonly string[] {
  const inner = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !isSkipped(entry.name) && !ignored.skips(join(folder, entry.name), true),
  );
  return [folder, ...inner.flatMap(({ name }) => walkedFolders(join(folder, name), ignored.into(join(folder, name))))];
}

/** What a walk leaves out where it is. */
interface Walk {
  skips(path: string, isFolder: boolean): boolean;
  into(folder: string): Walk;
}

const everything: Walk = { skips: () => false, into: () => everything };

function ignoredFor(folder: string, { gitignore = true }: WalkOptions): Walk {
  return gitignore ? walkIn(ignoredIn(folder)) : everything;
}

function walkIn(ignored: Ignored | undefined): Walk {
  return {
    skips: (path, isBelow) => isIgnored(ignored, path, isBelow),
    into: (folder) => walkIn(within(folder, ignored)),
  };
}

function nothingIn(absolute: string, shown: string, { gitignore = true }: WalkOptions): string {
  const hidden = gitignore && archFilesBelow(absolute, shown, everything).length > 0;
  return hidden
    ? `'.gitignore' leaves out every ${EXTENSION} file in '${shown}'; '--no-gitignore' takes them in.`
    : `There is no ${EXTENSION} file in '${shown}'.`;
}

/** The absolute path of one file. Throws `UsageError` if it is missing, a folder, or not an `.arch` file. */
export function findArchFile(path: string, cwd: string): string {
  const absolute = resolve(cwd, path);
  if (isFolder(absolute, path)) throw new UsageError(`'${path}' is a folder, and this command takes one file.`);
  return requireArchFile(absolute, path);
}

/** The text of a file. Throws `UsageError` if it cannot be read or is not UTF-8. */
export function readText(absolute: string, shown: string): string {
  const bytes = attempt(shown, 'read', () => readFileSync(absolute));
  return decode(bytes, `'${shown}'`);
}

/** All of standard input. Throws `UsageError` if it is not UTF-8. */
export async function readStandardInput(): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return decode(Buffer.concat(chunks), 'Standard input');
}

/**
 * Replaces a file in one step: it is either as it was or complete, whenever the program is stopped. Links are followed and the
 * file's mode is kept. Throws `UsageError` if it cannot be written.
 */
export function writeWhole(absolute: string, shown: string, data: string | Uint8Array): void {
  attempt(shown, 'write', () => {
    const target = linkTarget(absolute);
    const mode = statSync(target, { throwIfNoEntry: false })?.mode;
    const fresh = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}`);
    finishBeforeInterrupt();
    try {
      writeFileSync(fresh, data, { flag: 'wx' });
      if (mode !== undefined) chmodSync(fresh, mode);
      renameSync(fresh, target);
    } catch (error) {
      rmSync(fresh, { force: true });
      throw error;
    }
  });
}

/** Adds to the end of a file, which need not exist yet. Throws `UsageError` if it cannot be written. */
export function appendText(absolute: string, shown: string, text: string): void {
  attempt(shown, 'write', () => appendFileSync(absolute, text));
}

/** With a handler an interrupt waits for the next turn of the event loop, so no file is left between its temporary and its name. */
function finishBeforeInterrupt(): void {
  if (process.listenerCount('SIGINT') === 0) process.on('SIGINT', () => process.exit(INTERRUPTED));
}

function isFolder(absolute: string, shown: string): boolean {
  return attempt(shown, 'read', () => statSync(absolute)).isDirectory();
}

function requireArchFile(absolute: string, shown: string): string {
  if (!absolute.endsWith(EXTENSION)) throw new UsageError(`'${shown}' is not an ${EXTENSION} file.`);
  return absolute;
}

function archFilesBelow(folder: string, shown: string, ignored: Walk): string[] {
  const entries = attempt(shown, 'read', () => readdirSync(folder, { withFileTypes: true }));
  return entries.flatMap((entry) => {
    if (isSkipped(entry.name)) return [];
    const path = join(folder, entry.name);
    if (ignored.skips(path, entry.isDirectory())) return [];
    if (entry.isDirectory()) return archFilesBelow(path, join(shown, entry.name), ignored.into(path));
    return entry.name.endsWith(EXTENSION) ? [path] : [];
  });
}

function isSkipped(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

function linkTarget(absolute: string): string {
  return statSync(absolute, { throwIfNoEntry: false }) ? realpathSync(absolute) : absolute;
}

function decode(bytes: Uint8Array, what: string): string {
  if (bytes.includes(0)) throw new UsageError(`${what} is a binary file, not UTF-8 text.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${what} is not UTF-8 text.`);
  }
}

function attempt<T>(shown: string, verb: 'read' | 'write', action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    throw new UsageError(`Cannot ${verb} '${shown}': ${REASONS[code] ?? `the system says ${code}`}.`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ELOOP: 'its links go in a circle',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
};
