/** `loadpath plan`: the cheapest sizes that carry a population, as an edit of the file. */
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { type Plan, planFor } from '../../simulator/index.ts';
import { type OpenedArchitecture, openArchitecture } from '../architecture.ts';
import { editedTexts } from '../edited-texts.ts';
import { exitCodes } from '../exit-code.ts';
import { writeWhole } from '../files.ts';
import {
  addInputOptions,
  addOutputOptions,
  addStdinOptions,
  count,
  type InputOptions,
  type OutputOptions,
  quantity,
  type StdinOptions,
} from '../options.ts';
import { outputTo } from '../output.ts';
import { openProgress } from '../progress.ts';
import { unifiedDiff } from '../reports/unified-diff.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import type { Run } from './index.ts';

interface PlanOptions extends InputOptions, StdinOptions, OutputOptions {
  readonly users: number;
  readonly maxUtilization: number;
  readonly write?: boolean;
}

/** Declares the command. */
export function define(command: Command, run: Run): void {
  command.argument('[file]', 'an .arch file');
  addOutputOptions(addStdinOptions(addInputOptions(command)))
    .addOption(count('--users <count>', 'the population to plan for, such as 10M').makeOptionMandatory())
    .addOption(quantity('--max-utilization <share>', 'how much of a resource may be used', 'ratio').default(0.7, '70%'))
    .option('--write', 'change the file instead of showing the change')
    .action((file: string | undefined, options: PlanOptions) =>
      run(options, (terminal) => plan(file, options, terminal)),
    );
}

async function plan(file: string | undefined, options: PlanOptions, terminal: Terminal) {
  const { users, maxUtilization: utilization, write = false } = options;
  if (!(utilization > 0 && utilization <= 1)) throw new UsageError("'--max-utilization' is between 0% and 100%.");
  if (write && options.stdin) throw new UsageError("'--write' needs a file to write to.");
  const opened = await openArchitecture(file, { ...options, failOn: 'error' }, terminal);
  if (!opened) return exitCodes.findings;
  const progress = openProgress();
  const answer = planFor(opened.architecture, {
    users,
    utilization,
    onProgress: (tried) => progress.show('choices tried:', tried),
  });
  progress.clear();
  if (!answer) throw new UsageError("There is no population to plan for: no 'users' of this file declares one.");
  const diff = applied(answer, opened, write);
  const written = write && diff !== '';
  const output = outputTo(options.output, terminal);
  const report = { ...opened, plan: answer, diff, written, paint: output.paint, columns: output.columns };
  if (options.format === 'json') {
    const { planJson } = await import('../reports/questions/plan-json.ts');
    output.write(planJson(report));
  } else if (!options.quiet || !answer.feasible) {
    const { formatPlan } = await import('../reports/questions/plan.ts');
    output.write(formatPlan(report));
  }
  return answer.feasible ? exitCodes.clean : exitCodes.findings;
}

/** The change of the texts as a diff; each file is replaced in one step if it is to be written. */
function applied(answer: Plan, { compilation, sources }: OpenedArchitecture, write: boolean): string {
  const texts = editedTexts(compilation, answer.edits);
  if (write) for (const { uri, after } of texts) writeWhole(fileURLToPath(uri), sources.path(uri), after);
  return texts.map(({ uri, before, after }) => unifiedDiff(sources.path(uri), before, after)).join('');
}
