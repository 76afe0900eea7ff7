/** Writes the reports of one run of `check`, each where it belongs. */
import { resolve } from 'node:path';
import type { Finding } from '../model/index.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { appendText } from './files.ts';
import { outputTo } from './output.ts';
import type { ReportRequest } from './report-requests.ts';
import type { CheckReport } from './reports/check.ts';
import type { FormatContext } from './reports/formats/format.ts';
import { checkFormats } from './reports/formats/index.ts';
import { folderWithin, repositoryRoot } from './repository.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

/** A report and what a run says about it. */
export interface CheckedRun {
  readonly report: CheckReport;
  readonly failures: readonly Finding[];
  /** Whether the counts and the figures follow the findings. */
  readonly summary: boolean;
}

/**
 * Writes all reports, also where one of them cannot be written: that is said on standard error, and the exit code is that of wrong use.
 * In a GitHub workflow the format `github` also adds a table to the summary of the step.
 */
export async function writeReports(
  requests: readonly ReportRequest[],
  run: CheckedRun,
  terminal: Terminal,
): Promise<ExitCode> {
  const writers = [
    ...requests.map((request) => () => writeReport(request, run, terminal)),
    ...(requests.some(({ format }) => format === 'github') ? [() => writeStepSummary(run, terminal)] : []),
  ];
  let worst: ExitCode = exitCodes.clean;
  for (const write of writers) {
    try {
      await write();
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      terminal.note(`loadpath: ${error.message}`);
      worst = exitCodes.usage;
    }
  }
  return worst;
}

async function writeReport({ format, output }: ReportRequest, run: CheckedRun, terminal: Terminal): Promise<void> {
  const destination = outputTo(output, terminal);
  const { paint, columns } = destination;
  const formatReport = await checkFormats[format]();
  const text = formatReport(run.report, { ...contextOf(run, terminal), paint, columns });
  if (text !== '' || destination !== terminal) destination.write(text);
}

/** GitHub names the file in the environment; other steps may have written to it. */
async function writeStepSummary(run: CheckedRun, terminal: Terminal): Promise<void> {
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (!file) return;
  const formatReport = await checkFormats.markdown();
  appendText(resolve(terminal.cwd, file), file, formatReport(run.report, contextOf(run, terminal)));
}

function contextOf({ failures, summary }: CheckedRun, { cwd, paint, columns }: Terminal): FormatContext {
  const root = repositoryRoot(cwd);
  return { paint, columns, summary, failures: new Set(failures), root, project: folderWithin(root, cwd), version };
}
