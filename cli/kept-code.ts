/**
 * Runs a bundle with the code that V8 compiled in an earlier run. Node's own compile cache keeps what is compiled while a file is loaded;
 * most functions are compiled when they are first called, so a small check with that cache compiled for 60 of its 190 ms of processor
 * time. What is kept here is made when the work is done, and has all that the work has called.
 */
import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire, enableCompileCache, getCompileCacheDir } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';

/** A bundle that has been run. */
export interface LoadedBundle {
  /** What the bundle exports. */
  readonly exports: unknown;
  /** Keeps what has been compiled so far, where nothing new enough is kept. Never throws: where nothing can be kept, nothing is. */
  keep(): void;
}

/** After a day the code is kept anew, as other functions may be used by then. */
const MILLISECONDS_KEPT = 24 * 60 * 60 * 1000;

/**
 * Runs a bundle that `scripts/kept-code.ts` has made.
 * @param file absolute path
 * @param use what the bundle is used for; each use has code of its own, so that it is no more than that use needs
 */
export function loadBundle(file: string, use: string): LoadedBundle {
  const source = readFileSync(file, 'latin1');
  const path = keptPath(`${use}-${fingerprintOf(source)}`);
  const kept = path === undefined ? undefined : readKept(path);
  // V8 drops the code of functions that have not been called for some time, which would then be missing in what is kept.
  if (path !== undefined && !kept?.isFresh) setFlag('--no-flush-bytecode');
  const script = new Script(source, { filename: file, ...(kept ? { cachedData: kept.code } : {}) });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file), pathToFileURL(file).href);
  let isKept = kept?.isFresh === true && script.cachedDataRejected !== true;
  return {
    exports: module.exports,
    keep: () => {
      if (path !== undefined && !isKept) writeKept(path, script);
      isKept = true;
    },
  };
}

/** What the bundle ends with: V8 itself compares no more of a source than its length. */
function fingerprintOf(source: string): string {
  return /\w+$/.exec(source.slice(-64))?.[0] ?? '';
}

/** The module is loaded when it is needed: it loads Node's streams, and takes 4 ms. */
function setFlag(flag: string): void {
  process.getBuiltinModule('node:v8').setFlagsFromString(flag);
}

/** In the folder where Node keeps its own, which is one of this Node and this user; undefined where the user wants none. */
function keptPath(name: string): string | undefined {
  enableCompileCache();
  const folder = getCompileCacheDir();
  return folder === undefined ? undefined : join(folder, `${PREFIX}${name}`);
}

const PREFIX = 'loadpath-';

interface KeptCode {
  readonly code: Buffer;
  readonly isFresh: boolean;
}

/** Undefined where there is none, or where somebody else could have written it: it is run as it is. */
function readKept(path: string): KeptCode | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const { uid, mode, mtimeMs } = fstatSync(file);
    if (process.getuid && (uid !== process.getuid() || (mode & WRITABLE_BY_OTHERS) !== 0)) return undefined;
    return { code: readFileSync(file), isFresh: Date.now() - mtimeMs < MILLISECONDS_KEPT };
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

const WRITABLE_BY_OTHERS = 0o022;

/** In one step and on the disk before it has its name, so that whoever reads it has all of it: V8 does not compare its contents. */
function writeKept(path: string, script: Script): void {
  // The flags of V8 are a part of what it compares when it is asked to take the code.
  setFlag('--flush-bytecode');
  const fresh = `${path}-${process.pid}`;
  try {
    writeFileSync(fresh, script.createCachedData(), { flag: 'wx', mode: 0o600, flush: true });
    renameSync(fresh, path);
    removeUnused(dirname(path));
  } catch {
    // A full disk, a folder that is read-only: then the next run compiles again.
    rmSync(fresh, { force: true });
  }
}

/** What was kept of other versions: what is used is made anew each day. */
function removeUnused(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(PREFIX)) continue;
    const path = join(folder, name);
    const { mtimeMs = 0 } = statSync(path, { throwIfNoEntry: false }) ?? {};
    if (Date.now() - mtimeMs > DAYS_UNUSED * MILLISECONDS_KEPT) rmSync(path, { force: true });
  }
}

const DAYS_UNUSED = 7;
