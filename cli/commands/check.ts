/** `loadpath check`: what will break, and at how many users. */
import type { Command } from 'commander';
import { check as checkCompilation } from '../../language/check.ts';
import { toTextEdits } from '../../language/edits/index.ts';
import type { Edit } from '../../model/index.ts';
import { compileRoots } from '../compile.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { findArchFiles, readStandardInput } from '../files.ts';
import {
  addColorOption,
  addInputOptions,
  addPathsArgument,
  addStdinOptions,
  addThresholdOptions,
  collect,
  type InputOptions,
  orHere,
  STDIN,
  type StdinOptions,
  type ThresholdOptions,
} from '../options.ts';
import { addReportOptions, type ReportOptions, reportRequests } from '../report-requests.ts';
import { type CheckReport, mergeResults } from '../reports/check.ts';
import { getRule } from '../rule-names.ts';
import type { ColorMode, Terminal } from '../terminal.ts';
import { failing } from '../threshold.ts';
import { openWorkspace } from '../workspace.ts';
import { writeReports } from '../write-reports.ts';
import type { Run } from './index.ts';

interface CheckOptions extends InputOptions, StdinOptions, ReportOptions, ThresholdOptions {
  readonly color: ColorMode;
  readonly quiet?: boolean;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
}

/** Declares the command. */
export function define(command: Command, run: Run): void {
  addColorOption(addReportOptions(addStdinOptions(addInputOptions(addPathsArgument(command)))));
  addThresholdOptions(command)
    .option('-q, --quiet', 'report only what makes the command fail')
    .option('--only <rule>', 'run only this rule (repeatable)', collect)
    .option('--skip <rule>', 'do not run this rule (repeatable)', collect)
    .action((paths: string[], options: CheckOptions) => run(options, (terminal) => check(paths, options, terminal)));
}

async function check(paths: readonly string[], options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  for (const id of [...(options.only ?? []), ...(options.skip ?? [])]) getRule(id);
  const requests = reportRequests(options, terminal.cwd);
  const report = await examine(paths, options, terminal.cwd);
  const failures = failing(report.findings, options);
  const shown = options.quiet ? { ...report, findings: failures } : report;
  const written = await writeReports(requests, { report: shown, failures, summary: !options.quiet }, terminal);
  if (written !== exitCodes.clean) return written;
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
    textEdits: (edits: readonly Edit[]) => toTextEdits(compilation, edits),
  }));
  return mergeResults(results, workspace.sources);
}
