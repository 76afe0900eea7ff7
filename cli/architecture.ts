/** One file as an architecture, for the commands that compute or draw something from it. */
import type { Compilation } from '../language/compile.ts';
import type { Architecture, Finding } from '../model/index.ts';
import { compileRoots } from './compile.ts';
import { findArchFile, readStandardInput } from './files.ts';
import { type InputOptions, STDIN, type StdinOptions, type ThresholdOptions } from './options.ts';
import { formatFindings } from './reports/findings.ts';
import type { Sources } from './reports/sources.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { type GivenText, openWorkspace } from './workspace.ts';

export interface OpenedArchitecture {
  /** As the user would name the file. */
  readonly file: string;
  readonly architecture: Architecture;
  /** Problems of syntax and names; errors among them only with `--fail-on never`. */
  readonly findings: readonly Finding[];
  readonly sources: Sources;
  /** The way back to the text. */
  readonly compilation: Compilation;
}

export interface OpenOptions extends InputOptions, StdinOptions, Pick<ThresholdOptions, 'failOn'> {
  readonly quiet?: boolean;
  /** A text instead of the file. */
  readonly given?: GivenText;
}

/**
 * Opens the file, or standard input. A file with errors is not computed or drawn, because the figures would leave out what could not
 * be read: the errors go to standard error, and the answer is undefined. `--fail-on never` takes what there is.
 */
export async function openArchitecture(
  path: string | undefined,
  options: OpenOptions,
  terminal: Terminal,
): Promise<OpenedArchitecture | undefined> {
  const workspace = await open(path, options, terminal);
  const { sources } = workspace;
  const [document] = workspace.documents;
  const [compiled] = compileRoots({ ...workspace, roots: document ? [document] : [] }, options.set);
  if (!document || !compiled) throw new UsageError('There is no file.');
  const { architecture, findings } = compiled;
  const file = sources.path(document.uri.toString());
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0 && options.failOn !== 'never') {
    terminal.note(formatFindings(errors, { sources, paint: terminal.paintNotes, columns: terminal.columns }).trimEnd());
    return undefined;
  }
  if (errors.length > 0 && !options.quiet)
    terminal.note(`What the errors in '${file}' are about is left out; 'loadpath check' shows them.`);
  return { file, architecture, findings, sources, compilation: compiled };
}

async function open(file: string | undefined, { stdin, stdinFilename, given }: OpenOptions, { cwd }: Terminal) {
  if (given) return openWorkspace([], cwd, given);
  if (stdin) return openWorkspace([], cwd, { path: stdinFilename ?? STDIN, text: await readStandardInput() });
  if (file === undefined) throw new UsageError("Name a file, or pass its text with '--stdin'.");
  return openWorkspace([findArchFile(file, cwd)], cwd);
}
