/** Loads files and checks them, with the configuration that holds for each. */
import { check } from '../language/check.ts';
import { knownRules } from '../language/config/load-configuration.ts';
import { toTextEdits } from '../language/edits/index.ts';
import { rules } from '../language/rules/index.ts';
import type { Edit } from '../model/index.ts';
import { compileRoots } from './compile.ts';
import { type Configurations, uriOf } from './configuration.ts';
import { findArchFiles, readStandardInput } from './files.ts';
import { type InputOptions, orHere, STDIN, type StdinOptions, type WalkingOptions } from './options.ts';
import type { CheckedRoot } from './reports/check.ts';
import { getRule } from './rule-names.ts';
import { type GivenText, openWorkspace, type Workspace } from './workspace.ts';

export interface ExamineOptions extends InputOptions, StdinOptions {
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** Measure how long each rule takes. */
  readonly stats?: boolean;
}

/** What is checked: files that were named or found, or a text from standard input. */
export interface Input {
  /** Absolute paths. */
  readonly files: readonly string[];
  readonly given?: GivenText;
}

/** Reads standard input, or finds the files; those that their configuration ignores are left out. */
export async function findInput(
  paths: readonly string[],
  { stdin, stdinFilename, gitignore }: StdinOptions & Partial<WalkingOptions>,
  configurations: Configurations,
  cwd: string,
): Promise<Input> {
  if (stdin) return { files: [], given: { path: stdinFilename ?? STDIN, text: await readStandardInput() } };
  const files = findArchFiles(orHere(paths), cwd, gitignore === undefined ? {} : { gitignore });
  return {
    files: files
      .map((path) => ({ path, uri: uriOf(path) }))
      .filter(isChecked)
      .map(({ path }) => path),
  };

  function isChecked({ uri }: { readonly uri: string }): boolean {
    return !configurations(uri).settings.ignores(uri);
  }
}

export interface Examination {
  readonly workspace: Workspace;
  readonly roots: readonly CheckedRoot[];
}

/** @param texts texts that count instead of those on the disk, by URI */
export async function examine(
  { files, given }: Input,
  { only, skip, set, stats }: ExamineOptions,
  configurations: Configurations,
  cwd: string,
  texts: ReadonlyMap<string, string> = new Map(),
): Promise<Examination> {
  const workspace = await openWorkspace(files, cwd, given, texts);
  const all = workspace.roots.flatMap(({ uri }) => knownRules(configurations(uri.toString()).settings));
  for (const id of [...(only ?? []), ...(skip ?? [])]) getRule(all.length === 0 ? rules : all, id);
  const clock = stats ? { clock: () => performance.now() } : {};
  const roots = compileRoots(workspace, set).map((compilation) => {
    const { settings } = configurations(compilation.architecture.files[0] ?? '');
    return {
      architecture: compilation.architecture,
      result: check(compilation, { settings, ...(only ? { only } : {}), ...(skip ? { skip } : {}), ...clock }),
      textEdits: (edits: readonly Edit[]) => toTextEdits(compilation, edits),
    };
  });
  return { workspace, roots };
}
