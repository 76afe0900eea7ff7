/** `loadpath check`: what will break, and at how many users. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import type { Finding } from '../../model/index.ts';
import { assess, baselineFor, type Selection, settleBaseline } from '../assess.ts';
import { addBaselineOptions, type BaselineOptions } from '../baseline.ts';
import {
  addConfigurationOptions,
  type ConfigurationOptions,
  type Configurations,
  openConfigurations,
  uriOf,
} from '../configuration.ts';
import { type Examination, type ExamineOptions, examine, findInput, type Input } from '../examine.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { foldersBelow } from '../files.ts';
import { fix } from '../fix.ts';
import { changesSince } from '../git-changes.ts';
import {
  addColorOption,
  addInputOptions,
  addPathsArgument,
  addStdinOptions,
  addThresholdOptions,
  addWalkOptions,
  collect,
  orHere,
  type ThresholdOptions,
  type WalkingOptions,
} from '../options.ts';
import { addReportOptions, type ReportOptions, type ReportRequest, reportRequests } from '../report-requests.ts';
import type { CheckedRoot, CheckReport } from '../reports/check.ts';
import { configurationJson } from '../reports/configuration-json.ts';
import { sourcesOf } from '../reports/sources.ts';
import { formatStats } from '../reports/stats.ts';
import type { ColorMode, Terminal } from '../terminal.ts';
import { failing } from '../threshold.ts';
import { UsageError } from '../usage-error.ts';
import { watchFiles } from '../watch.ts';
import { fixDiff, noteFixes, writeFixes } from '../write-fixes.ts';
import { writeReports } from '../write-reports.ts';
import type { Run } from './index.ts';

interface CheckOptions extends ExamineOptions, ReportOptions, ConfigurationOptions, BaselineOptions, WalkingOptions {
  readonly color: ColorMode;
  readonly quiet?: boolean;
  readonly printConfig?: string;
  /** Absent where the configuration decides. */
  readonly failOn?: ThresholdOptions['failOn'];
  readonly maxWarnings?: number;
  readonly fix?: boolean;
  readonly fixDryRun?: boolean;
  /** A revision, or true for the last commit. */
  readonly changed?: string | true;
  readonly watch?: boolean;
}

/** Declares the command. */
export function define(command: Command, run: Run): void {
  addColorOption(addReportOptions(addStdinOptions(addInputOptions(addPathsArgument(command)))));
  addThresholdOptions(addWalkOptions(command))
    .option('-q, --quiet', 'report only what makes the command fail')
    .option('--only <rule>', 'run only this rule (repeatable)', collect)
    .option('--skip <rule>', 'do not run this rule (repeatable)', collect)
    .option('--fix', 'apply the preferred fix of each finding to the files')
    .option('--fix-dry-run', "print what '--fix' would change as a unified diff, instead of a report")
    .option('--changed [revision]', 'report only what is about changes since the last commit, or since a revision')
    .option('--watch', 'check again whenever a file changes')
    .option('--print-config <file>', 'print all that is configured for this file, and check nothing')
    .option('--stats', 'say how long each rule takes, and what it could not judge');
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
  if (options.printConfig !== undefined)
    return printConfiguration(options.printConfig, openConfigurations(options, cwd), terminal);
  if (!options.watch) return (await checkOnce(paths, options, requests, terminal)).answer;
  if (options.stdin) throw new UsageError("'--watch' needs files, not '--stdin'.");
  await watchFiles(
    async () => {
      const { files } = await checkOnce(paths, options, requests, terminal);
      terminal.note('Watching for changes; Ctrl-C ends it.');
      return { folders: orHere(paths).flatMap((path) => foldersBelow(resolve(cwd, path), options)), files };
    },
    ({ message }) => terminal.note(`loadpath: ${message}`),
  );
  return exitCodes.clean;
}

interface CheckedOnce {
  readonly answer: ExitCode;
  /** Absolute paths of everything that was read. */
  readonly files: readonly string[];
}

async function checkOnce(
  paths: readonly string[],
  options: CheckOptions,
  requests: readonly ReportRequest[],
  terminal: Terminal,
): Promise<CheckedOnce> {
  const { cwd } = terminal;
  const configurations = openConfigurations(options, cwd);
  const input = await findInput(paths, options, configurations, cwd);
  const revision = options.changed === true ? undefined : options.changed;
  const selection = {
    baseline: baselineFor(input, options, configurations, cwd),
    changes: options.changed === undefined ? undefined : changesSince(revision, cwd),
  };
  const { report, roots, answer } = await checkInput(input, options, configurations, selection, requests, terminal);
  if (options.stats) terminal.note(formatStats(roots, report, { paint: terminal.paintNotes, width: terminal.columns }));
  const read = [...report.files, ...report.files.flatMap((file) => configurations(file).files)];
  return { answer, files: read.filter((uri) => uri.startsWith('file:')).map((uri) => fileURLToPath(uri)) };
}

function printConfiguration(file: string, configurations: Configurations, terminal: Terminal): ExitCode {
  const uri = uriOf(resolve(terminal.cwd, file));
  terminal.write(configurationJson(configurations(uri), uri, sourcesOf(new Map(), terminal.cwd)));
  return exitCodes.clean;
}

interface CheckedInput {
  readonly report: CheckReport;
  readonly roots: readonly CheckedRoot[];
  readonly answer: ExitCode;
}

async function checkInput(
  input: Input,
  options: CheckOptions,
  configurations: Configurations,
  selection: Selection,
  requests: readonly ReportRequest[],
  terminal: Terminal,
): Promise<CheckedInput> {
  const examination =
    options.fix || options.fixDryRun
      ? await applyFixes(input, options, configurations, selection, terminal)
      : await examine(input, options, configurations, terminal.cwd);
  const report = settleBaseline(examination, selection, options, terminal);
  const failOn = options.failOn ?? ((file: string) => configurations(file).failOn ?? 'error');
  const failures = failing(report.findings, { ...options, failOn });
  const isStale = (report.baseline?.stale.length ?? 0) > 0 && !options.passOnStaleBaseline;
  const answer = failures.length > 0 || isStale ? exitCodes.findings : exitCodes.clean;
  const checked = { report, roots: examination.roots };
  if (options.fixDryRun) return { ...checked, answer };
  const shown = options.quiet ? { ...report, findings: failures } : report;
  const written = await writeReports(requests, { report: shown, failures, summary: !options.quiet }, terminal);
  return { ...checked, answer: written === exitCodes.clean ? answer : written };
}

/** What is left after the fixes, which are written or shown. */
async function applyFixes(
  input: Input,
  options: CheckOptions,
  configurations: Configurations,
  selection: Selection,
  terminal: Terminal,
): Promise<Examination> {
  if (input.given && !options.fixDryRun)
    throw new UsageError("'--fix' changes files; with '--stdin' use '--fix-dry-run'.");
  const reported = (examination: Examination): ReadonlySet<Finding> => new Set(assess(examination, selection).findings);
  const fixed = await fix(input, options, configurations, terminal.cwd, reported);
  const { sources } = fixed.examination.workspace;
  if (options.fixDryRun) terminal.write(fixDiff(fixed, sources));
  else writeFixes(fixed, sources);
  if (!options.quiet) noteFixes(fixed, sources, options.fixDryRun ?? false, terminal);
  return fixed.examination;
}
