/** Which reports a run of `check` writes, and where: `--format sarif -o out.sarif --format pretty`. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { choice } from './options.ts';
import { type CheckFormat, checkFormats } from './reports/formats/index.ts';
import { UsageError } from './usage-error.ts';

/** One report; without a file, or with `-`, it goes to standard output. */
export interface ReportRequest {
  readonly format: CheckFormat;
  readonly output?: string;
}

/** `--format` or `-o`, in the order in which they were written. */
export type ReportWord = { readonly format: CheckFormat } | { readonly output: string };

export interface ReportOptions {
  readonly reports?: readonly ReportWord[];
}

const FALLBACK: CheckFormat = 'pretty';

/** `--format` and `-o`, both repeatable. */
export function addReportOptions(command: Command): Command {
  const reports: ReportWord[] = [];
  const record = (word: ReportWord) => {
    reports.push(word);
    command.setOptionValue('reports', reports);
  };
  return command
    .addOption(choice('--format <format>', 'how to report (repeatable)', Object.keys(checkFormats), FALLBACK))
    .option('-o, --output <file>', "write the format before it to this file, not to standard output ('-')")
    .on('option:format', (format: CheckFormat) => record({ format }))
    .on('option:output', (output: string) => record({ output }));
}

/**
 * The reports in the order in which they were asked for. A file belongs to the format before it, or to the first one where there is
 * none before. Throws `UsageError` if a file has no format, or if two reports have one destination.
 */
export function reportRequests({ reports = [] }: ReportOptions, cwd: string): readonly ReportRequest[] {
  const requests = paired(reports);
  const taken = new Map<string, ReportRequest>();
  for (const request of requests) {
    const place = isStandardOutput(request) ? '-' : resolve(cwd, request.output ?? '');
    const other = taken.get(place);
    if (other) throw new UsageError(collision(other, request));
    taken.set(place, request);
  }
  return requests;
}

function isStandardOutput({ output = '-' }: ReportRequest): boolean {
  return output === '-';
}

function paired(words: readonly ReportWord[]): readonly ReportRequest[] {
  const requests: ReportRequest[] = [];
  let early: string | undefined;
  for (const word of words) {
    const last = requests.at(-1);
    if ('format' in word) {
      requests.push(early === undefined ? word : { ...word, output: early });
      early = undefined;
    } else if (last && last.output === undefined) requests.splice(-1, 1, { ...last, ...word });
    else if (!last && early === undefined) early = word.output;
    else
      throw new UsageError(`'-o ${word.output}' has no format of its own; write '--format' before each further file.`);
  }
  if (requests.length > 0) return requests;
  return [early === undefined ? { format: FALLBACK } : { format: FALLBACK, output: early }];
}

function collision(first: ReportRequest, second: ReportRequest): string {
  const formats = `The formats '${first.format}' and '${second.format}'`;
  return isStandardOutput(first)
    ? `${formats} cannot both go to standard output; name a file for one of them with '-o'.`
    : `${formats} cannot both go to '${second.output}'.`;
}
