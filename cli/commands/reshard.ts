/** `loadpath reshard`: what moves, how long it takes, and what it costs meanwhile. */
import type { Command } from 'commander';
import { reshardingOf } from '../../simulator/index.ts';
import { openArchitecture } from '../architecture.ts';
import { getComponent } from '../component-names.ts';
import { exitCodes } from '../exit-code.ts';
import {
  addInputOptions,
  addOutputOptions,
  type InputOptions,
  type OutputOptions,
  quantity,
  wholeNumber,
} from '../options.ts';
import { outputTo } from '../output.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import type { Run } from './index.ts';

interface ReshardOptions extends InputOptions, OutputOptions {
  readonly to: number;
  readonly rate: number;
}

const DEFAULT_RATE = 100e6;
const MOST_SHARDS = 1e6;

/** Declares the command. */
export function define(command: Command, run: Run): void {
  command.argument('<file>', 'an .arch file').argument('<database>', 'path or name of a database in it');
  addOutputOptions(addInputOptions(command))
    .addOption(wholeNumber('--to <count>', 'shards afterwards').makeOptionMandatory())
    .addOption(
      quantity('--rate <throughput>', 'how fast data is copied, all shards together', 'throughput').default(
        DEFAULT_RATE,
        '100MB/s',
      ),
    )
    .action((file: string, database: string, options: ReshardOptions) =>
      run(options, (terminal) => reshard(file, database, options, terminal)),
    );
}

async function reshard(file: string, name: string, options: ReshardOptions, terminal: Terminal) {
  const { to, rate } = options;
  if (to < 1 || to > MOST_SHARDS) throw new UsageError("'--to' is a number of shards between 1 and 1M.");
  if (!(rate > 0)) throw new UsageError("'--rate' is above 0.");
  const opened = await openArchitecture(file, { ...options, failOn: 'error' }, terminal);
  if (!opened) return exitCodes.findings;
  const { path, kind } = getComponent(opened.architecture, name);
  const resharding = reshardingOf(opened.architecture, path, { to, rate });
  if (!resharding) throw new UsageError(`'${path}' is a ${kind}; only a database has shards that move.`);
  const output = outputTo(options.output, terminal);
  const { formatResharding, reshardJson } = await import('../reports/questions/resharding.ts');
  const report = { ...opened, resharding, paint: output.paint, columns: output.columns };
  if (options.format === 'json') output.write(reshardJson(report));
  else if (!options.quiet) output.write(formatResharding(report));
  return exitCodes.clean;
}
