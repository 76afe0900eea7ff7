/**
 * `loadpath simulate`: rates, utilisation, latency, availability and cost at a load; with `--scenario`, over time; with `--engine events`, request
 * by request.
 */
import type { Command } from 'commander';
import { openArchitecture } from '../architecture.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { addFigureOptions, type FigureOptions, reportFigures } from '../figures.ts';
import { getNamed } from '../named.ts';
import { addLoadOptions, type LoadOptions } from '../options.ts';
import { outputTo } from '../output.ts';
import { addEventOptions, checkEventOptions, type EventOptions, reportEvents } from '../simulate-events.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import type { Run } from './index.ts';

interface SimulateOptions extends FigureOptions, LoadOptions, EventOptions {
  readonly scenario?: string;
}

/** Declares the command. */
export function define(command: Command, run: Run): void {
  addEventOptions(addLoadOptions(addFigureOptions(command)))
    .option(
      '--scenario <name>',
      "play this 'scenario' of the file over time; exit with 1 if one of its promises breaks",
    )
    .action((file: string | undefined, options: SimulateOptions) =>
      run(options, async (terminal) => {
        checkEventOptions(options);
        if (options.engine === 'events') return reportEvents(file, options, terminal);
        if (options.scenario !== undefined) {
          for (const load of ['users', 'load'])
            if (command.getOptionValueSource(load) === 'cli')
              throw new UsageError(`A scenario has its own load, so '--${load}' does not go with '--scenario'.`);
          return simulateScenario(file, options.scenario, options, terminal);
        }
        const { formatSimulation } = await import('../reports/simulation.ts');
        const { simulateJson } = await import('../reports/figures-json.ts');
        return reportFigures(file, options, terminal, { pretty: formatSimulation, json: simulateJson });
      }),
    );
}

async function simulateScenario(
  file: string | undefined,
  name: string,
  options: SimulateOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const opened = await openArchitecture(file, options, terminal);
  if (!opened) return exitCodes.findings;
  const { playScenario } = await import('../scenarios.ts');
  const playback = playScenario(opened.architecture, getNamed(opened.architecture.scenarios, 'scenario', name));
  const holds = playback.requirements.every((verdict) => verdict.holds !== false);
  const output = outputTo(options.output, terminal);
  const report = { ...opened, playback, paint: output.paint, columns: output.columns };
  if (options.format === 'json') {
    const { scenarioJson } = await import('../reports/scenario-json.ts');
    output.write(scenarioJson(report));
  } else if (!options.quiet || !holds) {
    const { formatScenario } = await import('../reports/scenario.ts');
    output.write(formatScenario(report));
  }
  return holds || options.failOn === 'never' ? exitCodes.clean : exitCodes.findings;
}
