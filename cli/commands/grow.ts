/** `loadpath grow`: what gives way as the population grows, and what lets it grow further. */
import type { Command } from 'commander';
import { growthOf } from '../../simulator/index.ts';
import { openArchitecture } from '../architecture.ts';
import { exitCodes } from '../exit-code.ts';
import {
  addInputOptions,
  addOutputOptions,
  addStdinOptions,
  count,
  type InputOptions,
  type OutputOptions,
  type StdinOptions,
} from '../options.ts';
import { outputTo } from '../output.ts';
import { openProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import type { Run } from './index.ts';

interface GrowOptions extends InputOptions, StdinOptions, OutputOptions {
  readonly to: number;
}

const MOST = 1e12;

/** Declares the command. */
export function define(command: Command, run: Run): void {
  command.argument('[file]', 'an .arch file');
  addOutputOptions(addStdinOptions(addInputOptions(command)))
    .addOption(count('--to <users>', 'the largest population').default(100e6, '100M'))
    .action((file: string | undefined, options: GrowOptions) =>
      run(options, (terminal) => grow(file, options, terminal)),
    );
}

async function grow(file: string | undefined, options: GrowOptions, terminal: Terminal) {
  if (options.to < 1 || options.to > MOST) throw new UsageError("'--to' is a population between 1 and 1000bn.");
  const opened = await openArchitecture(file, { ...options, failOn: 'error' }, terminal);
  if (!opened) return exitCodes.findings;
  const progress = openProgress();
  const growth = growthOf(opened.architecture, {
    to: options.to,
    onProgress: (done, total) => progress.show('populations', done, total),
  });
  progress.clear();
  if (growth.declaredUsers === 0)
    throw new UsageError("There is no population to grow: no 'users' of this file declares one.");
  const output = outputTo(options.output, terminal);
  const report = { ...opened, growth, paint: output.paint, columns: output.columns };
  if (options.format === 'json') {
    const { growJson } = await import('../reports/questions/growth-json.ts');
    output.write(growJson(report));
  } else if (!options.quiet) {
    const { formatGrowth } = await import('../reports/questions/growth.ts');
    output.write(formatGrowth(report));
  }
  return exitCodes.clean;
}
