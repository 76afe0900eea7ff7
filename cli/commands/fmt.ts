/** `loadpath fmt`: formats files in place, or says which are not formatted. */
import { relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { findArchFiles, readStandardInput, readText, writeWhole } from '../files.ts';
import { createFormatter } from '../formatter.ts';
import { addColorOption, addPathsArgument, addWalkOptions, orHere, STDIN, type WalkingOptions } from '../options.ts';
import type { ColorMode, Terminal } from '../terminal.ts';
import type { Run } from './index.ts';

interface FmtOptions extends WalkingOptions {
  readonly color: ColorMode;
  readonly check?: boolean;
  readonly stdin?: boolean;
  readonly stdinFilename?: string;
  readonly quiet?: boolean;
}

/** Declares the command. */
export function define(command: Command, run: Run): void {
  addColorOption(addWalkOptions(addPathsArgument(command)))
    .option('--check', 'change nothing; exit with 1 if a file is not formatted')
    .option('--stdin', 'format standard input to standard output')
    .option('--stdin-filename <file>', 'the name of that text in error messages')
    .option('-q, --quiet', 'do not list the files')
    .action((paths: string[], options: FmtOptions) =>
      run(options, (terminal) =>
        options.stdin ? formatInput(options, terminal) : formatFiles(paths, options, terminal),
      ),
    );
}

async function formatInput({ check, stdinFilename = STDIN }: FmtOptions, terminal: Terminal): Promise<ExitCode> {
  const format = createFormatter(terminal);
  const text = await readStandardInput();
  const formatted = format({ path: resolve(terminal.cwd, stdinFilename), text });
  if (formatted === undefined) return exitCodes.findings;
  if (!check) terminal.write(formatted);
  return check && formatted !== text ? exitCodes.findings : exitCodes.clean;
}

async function formatFiles(paths: readonly string[], options: FmtOptions, terminal: Terminal): Promise<ExitCode> {
  const format = createFormatter(terminal);
  const files = findArchFiles(orHere(paths), terminal.cwd, options).map((path) => {
    const shown = relative(terminal.cwd, path).replaceAll(sep, '/');
    return { path, shown, text: readText(path, shown) };
  });
  const results = files.map((file) => ({ ...file, formatted: format(file) }));
  const changed = results.filter(({ formatted, text }) => formatted !== undefined && formatted !== text);
  const broken = results.filter(({ formatted }) => formatted === undefined);
  for (const { path, shown, formatted } of changed) {
    if (!options.check && formatted !== undefined) writeWhole(path, shown, formatted);
    if (!options.quiet) terminal.write(`${shown}\n`);
  }
  if (!options.quiet) terminal.note(summary(changed.length, broken.length, files.length, options.check ?? false));
  return broken.length > 0 || (options.check && changed.length > 0) ? exitCodes.findings : exitCodes.clean;
}

function summary(changed: number, broken: number, files: number, check: boolean): string {
  const all = `${files} file${files === 1 ? '' : 's'}`;
  if (broken > 0) return `${broken} of ${all} not formatted because of errors.`;
  if (changed === 0) return `${all} formatted already.`;
  return check ? `${changed} of ${all} not formatted.` : `Formatted ${changed} of ${all}.`;
}
