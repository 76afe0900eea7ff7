/** `loadpath fmt`: formats files in place, or says which are not formatted. */
import { relative, sep } from 'node:path';
import type { Command } from 'commander';
import { formatText } from '../../language/index.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { findArchFiles, readStandardInput, readText, writeWhole } from '../files.ts';
import { addColorOption } from '../options.ts';
import type { ColorMode, Terminal } from '../terminal.ts';
import type { Run } from './index.ts';

interface FmtOptions {
  readonly color: ColorMode;
  readonly check?: boolean;
  readonly stdin?: boolean;
  readonly quiet?: boolean;
}

/** Declares the command. */
export function define(command: Command, run: Run): void {
  addColorOption(command.argument('[paths...]', 'files, and folders with files below them', ['.']))
    .option('--check', 'change nothing; exit with 1 if a file is not formatted')
    .option('--stdin', 'format standard input to standard output')
    .option('-q, --quiet', 'do not list the files')
    .action((paths: string[], options: FmtOptions) =>
      run(options, (terminal) =>
        options.stdin ? formatInput(options, terminal) : formatFiles(paths, options, terminal),
      ),
    );
}

async function formatInput({ check }: FmtOptions, terminal: Terminal): Promise<ExitCode> {
  const text = await readStandardInput();
  const formatted = await formatText(text);
  if (!check) terminal.write(formatted);
  return check && formatted !== text ? exitCodes.findings : exitCodes.clean;
}

async function formatFiles(paths: readonly string[], options: FmtOptions, terminal: Terminal): Promise<ExitCode> {
  const files = findArchFiles(paths, terminal.cwd).map((absolute) => {
    const shown = relative(terminal.cwd, absolute).replaceAll(sep, '/');
    return { absolute, shown, text: readText(absolute, shown) };
  });
  let changed = 0;
  for (const { absolute, shown, text } of files) {
    const formatted = await formatText(text);
    if (formatted === text) continue;
    changed += 1;
    if (!options.check) writeWhole(absolute, shown, formatted);
    if (!options.quiet) terminal.write(`${shown}\n`);
  }
  if (!options.quiet) terminal.note(summary(changed, files.length, options.check ?? false));
  return options.check && changed > 0 ? exitCodes.findings : exitCodes.clean;
}

function summary(changed: number, files: number, check: boolean): string {
  const all = `${files} file${files === 1 ? '' : 's'}`;
  if (changed === 0) return `${all} formatted already.`;
  return check ? `${changed} of ${all} not formatted.` : `Formatted ${changed} of ${all}.`;
}
