/** `loadpath check`: what will break, and at how many users. */
import type { Command } from 'commander';
import { check as checkCompilation } from '../../language/check.ts';
import { compileRoots } from '../compile.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { findArchFiles, readStandardInput } from '../files.ts';
import {
  addInputOptions,
  addOutputOptions,
  addPathsArgument,
  addStdinOptions,
  addThresholdOptions,
  collect,
  type InputOptions,
  type OutputOptions,
  orHere,
  STDIN,
  type StdinOptions,
  type ThresholdOptions,
} from '../options.ts';
import { type Output, outputTo } from '../output.ts';
import { type CheckReport, formatCheck, mergeResults } from '../reports/check.ts';
import { getRule } from '../rule-names.ts';
import type { Terminal } from '../terminal.ts';
import { failing } from '../threshold.ts';
import { openWorkspace } from '../workspace.ts';
import type { Run } from './index.ts';

interface CheckOptions extends InputOptions, StdinOptions, OutputOptions, ThresholdOptions {
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
}

/** Declares the command. */
export function define(command: Command, run: Run): void {
  addThresholdOptions(addOutputOptions(addStdinOptions(addInputOptions(addPathsArgument(command)))))
    .option('--only <rule>', 'run only this rule (repeatable)', collect)
    .option('--skip <rule>', 'do not run this rule (repeatable)', collect)
    .action((paths: string[], options: CheckOptions) => run(options, (terminal) => check(paths, options, terminal)));
}

async function check(paths: readonly string[], options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  for (const id of [...(options.only ?? []), ...(options.skip ?? [])]) getRule(id);
  const report = await examine(paths, options, terminal.cwd);
  const failures = failing(report.findings, options);
  const output = outputTo(options.output, terminal);
  const text = await format({ ...report, findings: options.quiet ? failures : report.findings }, options, output);
  if (text !== '') output.write(text);
  return failures.length > 0 ? exitCodes.findings : exitCodes.clean;
}

async function examine(paths: readonly string[], options: CheckOptions, cwd: string): Promise<CheckReport> {
  const workspace = options.stdin
    ? await openWorkspace([], cwd, { path: options.stdinFilename ?? STDIN, text: await readStandardInput() })
    : await openWorkspace(findArchFiles(orHere(paths), cwd), cwd);
  const { only, skip } = options;
  const results = compileRoots(workspace, options.set).map((compilation) => ({
    architecture: compilation.architecture,
    result: checkCompilation(compilation, { ...(only ? { only } : {}), ...(skip ? { skip } : {}) }),
  }));
  return mergeResults(results, workspace.sources);
}

async function format(report: CheckReport, options: CheckOptions, { paint, columns }: Output): Promise<string> {
  if (options.format === 'json') {
    const { checkJson } = await import('../reports/check-json.ts');
    return checkJson(report);
  }
  return formatCheck(report, { paint, columns, summary: !options.quiet });
}
