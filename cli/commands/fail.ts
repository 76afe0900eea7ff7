/** `loadpath fail`: what every single failure, and every pair, does. */
import type { Command } from 'commander';
import { failuresOf } from '../../simulator/index.ts';
import { openArchitecture } from '../architecture.ts';
import { exitCodes } from '../exit-code.ts';
import {
  addInputOptions,
  addOutputOptions,
  addStdinOptions,
  choice,
  type InputOptions,
  type OutputOptions,
  quantity,
  type StdinOptions,
} from '../options.ts';
import { outputTo } from '../output.ts';
import { openProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import type { Run } from './index.ts';

interface FailOptions extends InputOptions, StdinOptions, OutputOptions {
  readonly pairs?: boolean;
  readonly load: 'peak' | 'mean';
  readonly maxLost?: number;
}

/** Declares the command. */
export function define(command: Command, run: Run): void {
  command.argument('[file]', 'an .arch file');
  addOutputOptions(addStdinOptions(addInputOptions(command)))
    .option('--pairs', 'also fail every two things at the same time')
    .addOption(choice('--load <load>', 'at which load things fail', ['peak', 'mean'], 'peak'))
    .addOption(quantity('--max-lost <share>', 'exit with 1 if a single failure loses more, such as 10%', 'ratio'))
    .action((file: string | undefined, options: FailOptions) =>
      run(options, (terminal) => fail(file, options, terminal)),
    );
}

async function fail(file: string | undefined, options: FailOptions, terminal: Terminal) {
  const opened = await openArchitecture(file, { ...options, failOn: 'error' }, terminal);
  if (!opened) return exitCodes.findings;
  const { load, pairs = false, maxLost = 1 } = options;
  const progress = openProgress();
  const sweep = failuresOf(opened.architecture, {
    load,
    pairs,
    onProgress: (done, total) => progress.show('failures', done, total),
  });
  progress.clear();
  const tooMuch = sweep.singles.some(({ lost }) => lost > maxLost);
  const output = outputTo(options.output, terminal);
  const report = { ...opened, sweep, load, paint: output.paint, columns: output.columns };
  if (options.format === 'json') {
    const { failJson } = await import('../reports/questions/failures-json.ts');
    output.write(failJson(report));
  } else if (!options.quiet || tooMuch) {
    const { formatFailures } = await import('../reports/questions/failures.ts');
    output.write(formatFailures(report));
  }
  return tooMuch ? exitCodes.findings : exitCodes.clean;
}
