/** `loadpath diff`: what differs between two models, and what that does to their figures. */
import type { Command } from 'commander';
import { check } from '../../language/check.ts';
import type { Finding } from '../../model/index.ts';
import { type Difference, differenceOf, isRegression } from '../../simulator/index.ts';
import { type OpenedArchitecture, openArchitecture } from '../architecture.ts';
import { exitCodes } from '../exit-code.ts';
import { addColorOption, addInputOptions, choice, type InputOptions } from '../options.ts';
import { outputTo } from '../output.ts';
import { isRevision, readRevision } from '../revision.ts';
import type { ColorMode, Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import type { Run } from './index.ts';

interface DiffOptions extends InputOptions {
  readonly color: ColorMode;
  readonly format: 'pretty' | 'json' | 'markdown';
  readonly output?: string;
  readonly quiet?: boolean;
  readonly failOnRegression?: boolean;
}

/** Declares the command. */
export function define(command: Command, run: Run): void {
  command
    .argument('<before>', 'an .arch file, or git:REVISION:PATH')
    .argument('<after>', 'the same')
    .addOption(choice('--format <format>', 'how to report', ['pretty', 'json', 'markdown'], 'pretty'))
    .option('-o, --output <file>', 'write to this file instead of standard output')
    .option('-q, --quiet', 'report only what makes the command fail')
    .option(
      '--fail-on-regression',
      'also exit with 1 if a figure other than the cost is worse, or something new is found',
    );
  addInputOptions(addColorOption(command)).action((before: string, after: string, options: DiffOptions) =>
    run(options, (terminal) => diff(before, after, options, terminal)),
  );
}

async function diff(first: string, second: string, options: DiffOptions, terminal: Terminal) {
  const before = await open(first, options, terminal);
  const after = await open(second, options, terminal);
  if (!before || !after) return exitCodes.findings;
  const difference = differenceOf(before.architecture, after.architecture);
  const findings = findingsOf(difference, before, after);
  const failures = failuresOf(difference, findings.added, options.failOnRegression ?? false);
  const output = outputTo(options.output, terminal);
  const report = { difference, findings, before, after, failures, paint: output.paint, columns: output.columns };
  if (options.format === 'json') {
    const { diffJson } = await import('../reports/questions/difference-json.ts');
    output.write(diffJson(report));
  } else if (!options.quiet || failures.length > 0) {
    const { formatDifference, differenceMarkdown } = await import('../reports/questions/difference.ts');
    output.write(options.format === 'markdown' ? differenceMarkdown(report) : formatDifference(report));
  }
  return failures.length > 0 ? exitCodes.findings : exitCodes.clean;
}

async function open(name: string, { set }: DiffOptions, terminal: Terminal): Promise<OpenedArchitecture | undefined> {
  const options = { failOn: 'error' as const, ...(set ? { set } : {}) };
  if (!isRevision(name)) return openArchitecture(name, options, terminal);
  const given = readRevision(name, terminal.cwd);
  const opened = await openArchitecture(undefined, { ...options, given }, terminal);
  if (opened && opened.architecture.files.length > 1)
    throw new UsageError(`'${name}' imports other files, and of a revision only single files can be read.`);
  return opened && { ...opened, file: name };
}

/** Findings are the same if the same rule says them about the same thing, whatever their figures. */
function findingsOf({ before, after }: Difference, first: OpenedArchitecture, second: OpenedArchitecture) {
  const old = check(first, { analysis: before }).findings;
  const now = check(second, { analysis: after }).findings;
  return { added: without(now, old), fixed: without(old, now) };
}

function without(findings: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  const known = new Set(others.map(keyOf));
  return findings.filter((finding) => !known.has(keyOf(finding)));
}

function keyOf({ rule, subject, message }: Finding): string {
  return `${rule} ${subject ?? message}`;
}

function failuresOf({ promises, figures }: Difference, added: readonly Finding[], onRegression: boolean): string[] {
  const broken = promises.filter(({ trend }) => trend === 'broken').length;
  const worse = figures
    .filter(isRegression)
    .map(({ figure, request }) => (request ? `${figure} of ${request}` : figure));
  const serious = added.filter(({ severity }) => severity !== 'info').length;
  return [
    ...(broken > 0 ? [broken === 1 ? 'A promise is broken.' : `${broken} promises are broken.`] : []),
    ...(onRegression && worse.length > 0 ? [`Worse: ${worse.join(', ')}.`] : []),
    ...(onRegression && serious > 0
      ? [serious === 1 ? 'There is a new finding.' : `There are ${serious} new findings.`]
      : []),
  ];
}
