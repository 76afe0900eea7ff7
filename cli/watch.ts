/** Runs something again whenever one of the files that it has read changes, until the user interrupts it. */
import { type FSWatcher, statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { EXTENSION } from './files.ts';
import { UsageError } from './usage-error.ts';

/** Milliseconds: an editor writes a file in several steps, and a branch changes many files at once. */
const DEBOUNCE = 150;

/** Returns when the user interrupts it. What is thrown as `UsageError` is reported, and the next change tried. */
export async function watchFiles(
  /** Absolute paths of the folders to look for new files in, and of all files that were read. */
  run: () => Promise<{ readonly folders: readonly string[]; readonly files: readonly string[] }>,
  onError: (error: UsageError) => void,
): Promise<void> {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let changed: (() => void) | undefined;
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(() => changed?.(), DEBOUNCE);
  };
  const interrupted = new Promise<'interrupted'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve('interrupted'));
  });
  for (;;) {
    const change = new Promise<'changed'>((resolve) => {
      changed = () => resolve('changed');
    });
    const started = Date.now();
    try {
      const { folders, files } = await run();
      const isNew = follow(watchers, new Set([...folders, ...files.map((file) => dirname(file))]), schedule);
      if (isNew && [...watchers.keys(), ...files].some((path) => changedSince(path, started))) schedule();
    } catch (error) {
      if (!(error instanceof UsageError) || watchers.size === 0) throw error;
      onError(error);
    }
    if ((await Promise.race([interrupted, change])) === 'interrupted') break;
  }
  clearTimeout(timer);
  for (const watcher of watchers.values()) watcher.close();
}

/** Milliseconds by which the time of a file may lag behind the clock. */
const CLOCK_TICK = 10;

/** What changed between the reading and the watching reaches no watcher, but has left its time on the file or, if it is new, its folder. */
function changedSince(path: string, time: number): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= time - CLOCK_TICK;
}

/** True if a folder is new. Folders are watched, not files: a file that is replaced in one step would be lost. */
function follow(watchers: Map<string, FSWatcher>, folders: ReadonlySet<string>, schedule: () => void): boolean {
  let isNew = false;
  for (const [folder, watcher] of watchers) {
    if (folders.has(folder)) continue;
    watcher.close();
    watchers.delete(folder);
  }
  for (const folder of folders) {
    if (watchers.has(folder)) continue;
    const watcher = watch(folder, (_event, name) => {
      const file = basename(name ?? '');
      if (name === null || (file.endsWith(EXTENSION) && !file.startsWith('.')) || file.endsWith('.jsonc')) schedule();
    });
    // A folder that goes away is followed no more; its files are missed in the next run.
    watcher.on('error', () => watchers.delete(folder));
    watchers.set(folder, watcher);
    isNew = true;
  }
  return isNew;
}
