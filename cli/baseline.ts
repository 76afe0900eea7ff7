/**
 * The findings that are known: `.loadpath-baseline.json` lists them by file, component and rule with their number, sorted and without
 * line numbers, so that it survives edits elsewhere and changes as little as possible.
 */
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import type { Finding } from '../model/index.ts';
import type { Configurations } from './configuration.ts';
import { readText, writeWhole } from './files.ts';
import { repositoryRoot } from './repository.ts';
import { UsageError } from './usage-error.ts';

const BASELINE_NAME = '.loadpath-baseline.json';
const BASELINE_VERSION = 1;

export interface BaselineOptions {
  /** The file; false for none. */
  readonly baseline?: string | boolean;
  readonly updateBaseline?: boolean;
  readonly pruneBaseline?: boolean;
  readonly passOnStaleBaseline?: boolean;
}

/** So many findings of a rule about a component. */
export interface BaselineEntry {
  /** Relative to the folder of the baseline, with forward slashes. */
  readonly file: string;
  /** Path of the component or id of the connection; empty for what is about neither. */
  readonly path: string;
  readonly rule: string;
  readonly count: number;
}

export interface Baseline {
  /** Absolute path of its file. */
  readonly path: string;
  readonly entries: readonly BaselineEntry[];
}

export interface Compared {
  /** Not in the baseline. */
  readonly fresh: readonly Finding[];
  readonly known: readonly Finding[];
  /** What is in the baseline, and by how much too often. */
  readonly stale: readonly BaselineEntry[];
}

/** `--baseline`, `--no-baseline`, `--update-baseline`, `--prune-baseline`, `--pass-on-stale-baseline`. */
export function addBaselineOptions(command: Command): Command {
  return command
    .option('--baseline <file>', `report only what is not in this file; '${BASELINE_NAME}' if there is one`)
    .option('--no-baseline', 'report everything')
    .option('--update-baseline', 'write all that is found into the baseline')
    .option('--prune-baseline', 'take out of the baseline what is not found any more')
    .option('--pass-on-stale-baseline', 'do not exit with 1 because of what is not found any more');
}

/**
 * The baseline that was named, else that of the configuration, else the one in the repository's root, if there is one. Undefined
 * where there is none. Throws `UsageError` if it is missing or broken.
 */
export function openBaseline(
  options: BaselineOptions,
  configurations: Configurations,
  files: readonly string[],
  cwd: string,
): Baseline | undefined {
  if (options.baseline === false) return undefined;
  const configured = [...new Set(files.flatMap((uri) => configurations(uri).baseline ?? []))];
  if (configured.length > 1 && typeof options.baseline !== 'string')
    throw new UsageError("These files have several baselines; check them apart, or name one with '--baseline'.");
  const [first] = configured;
  const named = typeof options.baseline === 'string' ? resolve(cwd, options.baseline) : first && fileURLToPath(first);
  const path = named ?? join(repositoryRoot(cwd), BASELINE_NAME);
  const shown = relative(cwd, path).replaceAll(sep, '/');
  if (existsSync(path)) return { path, entries: options.updateBaseline ? [] : readEntries(path, shown) };
  if (options.updateBaseline) return { path, entries: [] };
  if (named === undefined && !options.pruneBaseline) return undefined;
  throw new UsageError(`There is no baseline '${shown}'; '--update-baseline' writes one.`);
}

/**
 * Splits findings into those that are known and the others. An entry is stale when its file was checked by its rule, or is gone, and
 * has fewer of the findings.
 * @param checked whether a rule has looked at a file, by its absolute path
 */
export function compareWith(
  { path, entries }: Baseline,
  findings: readonly Finding[],
  checked: (file: string, rule: string) => boolean,
): Compared {
  const left = new Map(entries.map((entry) => [keyOf(entry), entry.count]));
  const fresh: Finding[] = [];
  const known: Finding[] = [];
  for (const finding of findings) {
    const key = keyOf(placeOf(finding, path));
    const count = left.get(key) ?? 0;
    left.set(key, Math.max(0, count - 1));
    (count > 0 ? known : fresh).push(finding);
  }
  const stale = entries.flatMap((entry) => {
    const count = left.get(keyOf(entry)) ?? 0;
    const file = resolve(dirname(path), entry.file);
    return count > 0 && (checked(file, entry.rule) || !existsSync(file)) ? [{ ...entry, count }] : [];
  });
  return { fresh, known, stale };
}

/** Makes these findings the known ones. What was not checked in this run stays as it was. */
export function updateBaseline(
  baseline: Baseline,
  findings: readonly Finding[],
  checked: (file: string, rule: string) => boolean,
  cwd: string,
): void {
  const counts = new Map<string, BaselineEntry>();
  for (const finding of findings) {
    const place = placeOf(finding, baseline.path);
    const key = keyOf(place);
    counts.set(key, { ...place, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const before = existsSync(baseline.path) ? readEntries(baseline.path, baseline.path) : [];
  const others = before.filter(({ file, rule }) => {
    const path = resolve(dirname(baseline.path), file);
    return existsSync(path) && !checked(path, rule);
  });
  writeEntries(baseline.path, [...others, ...counts.values()], cwd);
}

/** Takes stale entries out. */
export function pruneBaseline({ path, entries }: Baseline, stale: readonly BaselineEntry[], cwd: string): void {
  if (stale.length === 0) return;
  const excess = new Map(stale.map((entry) => [keyOf(entry), entry.count]));
  const left = entries.flatMap((entry) => {
    const count = entry.count - (excess.get(keyOf(entry)) ?? 0);
    return count > 0 ? [{ ...entry, count }] : [];
  });
  writeEntries(path, left, cwd);
}

function writeEntries(path: string, entries: readonly BaselineEntry[], cwd: string): void {
  const sorted = entries.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const lines = sorted.map(({ file, path, rule, count }) => `    ${JSON.stringify({ file, path, rule, count })}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  const text = `{\n  "version": ${BASELINE_VERSION},\n  "findings": ${list}\n}\n`;
  writeWhole(path, relative(cwd, path).replaceAll(sep, '/'), text);
}

function readEntries(path: string, shown: string): readonly BaselineEntry[] {
  const broken = new UsageError(`'${shown}' is no baseline of this version; '--update-baseline' writes it anew.`);
  let content: unknown;
  try {
    content = JSON.parse(readText(path, shown));
  } catch (error) {
    throw error instanceof UsageError ? error : broken;
  }
  if (!isBaseline(content)) throw broken;
  return content.findings;
}

function isBaseline(content: unknown): content is { readonly findings: readonly BaselineEntry[] } {
  if (typeof content !== 'object' || content === null || !('version' in content) || !('findings' in content))
    return false;
  const { version, findings } = content;
  return version === BASELINE_VERSION && Array.isArray(findings) && findings.every(isEntry);
}

function isEntry(entry: unknown): boolean {
  if (typeof entry !== 'object' || entry === null) return false;
  const { file, path, rule, count } = entry as Record<string, unknown>;
  return [file, path, rule].every((it) => typeof it === 'string') && Number.isInteger(count);
}

function placeOf({ span, subject = '', rule }: Finding, baseline: string): Omit<BaselineEntry, 'count'> {
  const file = relative(dirname(baseline), fileURLToPath(span.file)).replaceAll(sep, '/');
  return { file, path: subject, rule };
}

function keyOf({ file, path, rule }: Omit<BaselineEntry, 'count'>): string {
  return [file, path, rule].join('\n');
}
