/** `loadpath check`: what will break, and at how many users. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Finding } from '../../model/index.ts';
import { assess, baselineFor, settleBaseline } from '../assess.ts';
import { addBaselineOptions, type Baseline, type BaselineOptions } from '../baseline.ts';
import {
  addConfigurationOptions,
  type ConfigurationOptions,
  type Configurations,
  openConfigurations,
  uriOf,
} from '../configuration.ts';
import { type Examination, type ExamineOptions, examine, findInput, type Input } from '../examine.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { fix } from '../fix.ts';
import {
  addColorOption,
  addInputOptions,
  addPathsArgument,
  addStdinOptions,
  addThresholdOptions,
  collect,
  type ThresholdOptions,
} from '../options.ts';
import { addReportOptions, type ReportOptions, type ReportRequest, reportRequests } from '../report-requests.ts';
import { configurationJson } from '../reports/configuration-json.ts';
import { sourcesOf } from '../reports/sources.ts';
import type { ColorMode, Terminal } from '../terminal.ts';
import { failing } from '../threshold.ts';
import { UsageError } from '../usage-error.ts';
import { fixDiff, noteFixes, writeFixes } from '../write-fixes.ts';
import { writeReports } from '../write-reports.ts';
import type { Run } from './index.ts';

interface CheckOptions extends ExamineOptions, ReportOptions, ConfigurationOptions, BaselineOptions {
  readonly color: ColorMode;
  readonly quiet?: boolean;
  readonly printConfig?: string;
  /** Absent where the configuration decides. */
  readonly failOn?: ThresholdOptions['failOn'];
  readonly maxWarnings?: number;
  readonly fix?: boolean;
  readonly fixDryRun?: boolean;
}

/** Declares the command. */
export function define(command: Command, run: Run): void {
  addColorOption(addReportOptions(addStdinOptions(addInputOptions(addPathsArgument(command)))));
  addThresholdOptions(command)
    .option('-q, --quiet', 'report only what makes the command fail')
    .option('--only <rule>', 'run only this rule (repeatable)', collect)
    .option('--skip <rule>', 'do not run this rule (repeatable)', collect)
    .option('--fix', 'apply the preferred fix of each finding to the files')
    .option('--fix-dry-run', "print what '--fix' would change as a unified diff, instead of a report");
  addBaselineOptions(addConfigurationOptions(command)).action(
    (paths: string[], { failOn, ...others }: CheckOptions & ThresholdOptions) => {
      const options = command.getOptionValueSource('failOn') === 'default' ? others : { ...others, failOn };
      return run(options, (terminal) => check(paths, options, terminal));
    },
  );
}

async function check(paths: readonly string[], options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  const { cwd } = terminal;
  const requests = reportRequests(options, cwd);
  const configurations = openConfigurations(options, cwd);
  if (options.printConfig !== undefined) return printConfiguration(options.printConfig, configurations, terminal);
  const input = await findInput(paths, options, configurations, cwd);
  return checkInput(input, options, configurations, requests, terminal);
}

function printConfiguration(file: string, configurations: Configurations, terminal: Terminal): ExitCode {
  const uri = uriOf(resolve(terminal.cwd, file));
  terminal.write(configurationJson(configurations(uri), uri, sourcesOf(new Map(), terminal.cwd)));
  return exitCodes.clean;
}

async function checkInput(
  input: Input,
  options: CheckOptions,
  configurations: Configurations,
  requests: readonly ReportRequest[],
  terminal: Terminal,
): Promise<ExitCode> {
  const baseline = baselineFor(input, options, configurations, terminal.cwd);
  const examination =
    options.fix || options.fixDryRun
      ? await applyFixes(input, options, configurations, baseline, terminal)
      : await examine(input, options, configurations, terminal.cwd);
  const report = settleBaseline(examination, baseline, options, terminal);
  const failOn = options.failOn ?? ((file: string) => configurations(file).failOn ?? 'error');
  const failures = failing(report.findings, { ...options, failOn });
  const isStale = (report.baseline?.stale.length ?? 0) > 0 && !options.passOnStaleBaseline;
  const answer = failures.length > 0 || isStale ? exitCodes.findings : exitCodes.clean;
  if (options.fixDryRun) return answer;
  const shown = options.quiet ? { ...report, findings: failures } : report;
  const written = await writeReports(requests, { report: shown, failures, summary: !options.quiet }, terminal);
  return written === exitCodes.clean ? answer : written;
}

/** What is left after the fixes, which are written or shown. */
async function applyFixes(
  input: Input,
  options: CheckOptions,
  configurations: Configurations,
  baseline: Baseline | undefined,
  terminal: Terminal,
): Promise<Examination> {
  if (input.given && !options.fixDryRun)
    throw new UsageError("'--fix' changes files; with '--stdin' use '--fix-dry-run'.");
  const reported = (examination: Examination): ReadonlySet<Finding> => new Set(assess(examination, baseline).findings);
  const fixed = await fix(input, options, configurations, terminal.cwd, reported);
  const { sources } = fixed.examination.workspace;
  if (options.fixDryRun) terminal.write(fixDiff(fixed, sources));
  else writeFixes(fixed, sources);
  if (!options.quiet) noteFixes(fixed, sources, options.fixDryRun ?? false, terminal);
  return fixed.examination;
}
