/** `loadpath check`: what will break, and at how many users. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { addConfigurationOptions, type ConfigurationOptions, openConfigurations, uriOf } from '../configuration.ts';
import { type ExamineOptions, examine, findInput } from '../examine.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import {
  addColorOption,
  addInputOptions,
  addPathsArgument,
  addStdinOptions,
  addThresholdOptions,
  collect,
  type ThresholdOptions,
} from '../options.ts';
import { addReportOptions, type ReportOptions, reportRequests } from '../report-requests.ts';
import { mergeResults } from '../reports/check.ts';
import { configurationJson } from '../reports/configuration-json.ts';
import { sourcesOf } from '../reports/sources.ts';
import type { ColorMode, Terminal } from '../terminal.ts';
import { failing } from '../threshold.ts';
import { writeReports } from '../write-reports.ts';
import type { Run } from './index.ts';

interface CheckOptions extends ExamineOptions, ReportOptions, ConfigurationOptions {
  readonly color: ColorMode;
  readonly quiet?: boolean;
  readonly printConfig?: string;
  /** Absent where the configuration decides. */
  readonly failOn?: ThresholdOptions['failOn'];
  readonly maxWarnings?: number;
}

/** Declares the command. */
export function define(command: Command, run: Run): void {
  addColorOption(addReportOptions(addStdinOptions(addInputOptions(addPathsArgument(command)))));
  addConfigurationOptions(addThresholdOptions(command))
    .option('-q, --quiet', 'report only what makes the command fail')
    .option('--only <rule>', 'run only this rule (repeatable)', collect)
    .option('--skip <rule>', 'do not run this rule (repeatable)', collect)
    .option('--print-config <file>', 'print all that is configured for this file, and check nothing')
    .action((paths: string[], { failOn, ...others }: CheckOptions & Required<Pick<CheckOptions, 'failOn'>>) => {
      const options = command.getOptionValueSource('failOn') === 'default' ? others : { ...others, failOn };
      return run(options, (terminal) => check(paths, options, terminal));
    });
}

async function check(paths: readonly string[], options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  const { cwd } = terminal;
  const requests = reportRequests(options, cwd);
  const configurations = openConfigurations(options, cwd);
  if (options.printConfig !== undefined) {
    const uri = uriOf(resolve(cwd, options.printConfig));
    terminal.write(configurationJson(configurations(uri), uri, sourcesOf(new Map(), cwd)));
    return exitCodes.clean;
  }
  const input = await findInput(paths, options, configurations, cwd);
  const { workspace, roots } = await examine(input, options, configurations, cwd);
  const report = mergeResults(roots, workspace.sources);
  const failOn = options.failOn ?? ((file: string) => configurations(file).failOn ?? 'error');
  const failures = failing(report.findings, { ...options, failOn });
  const shown = options.quiet ? { ...report, findings: failures } : report;
  const written = await writeReports(requests, { report: shown, failures, summary: !options.quiet }, terminal);
  if (written !== exitCodes.clean) return written;
  return failures.length > 0 ? exitCodes.findings : exitCodes.clean;
}
