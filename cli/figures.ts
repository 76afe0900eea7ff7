/** What `simulate` and `capacity` share: one file in, its analysis out. */
import type { Command } from 'commander';
import { analyze } from '../simulator/index.ts';
import { openArchitecture } from './architecture.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import {
  addInputOptions,
  addOutputOptions,
  addStdinOptions,
  addThresholdOptions,
  type InputOptions,
  type LoadOptions,
  type OutputOptions,
  type StdinOptions,
  type ThresholdOptions,
} from './options.ts';
import { outputTo } from './output.ts';
import type { FigureReport } from './reports/simulation.ts';
import type { Terminal } from './terminal.ts';

export interface FigureOptions extends InputOptions, StdinOptions, OutputOptions, ThresholdOptions {}

/** One optional file and all options of `FigureOptions`. */
export function addFigureOptions(command: Command): Command {
  command.argument('[file]', 'an .arch file');
  return addThresholdOptions(addOutputOptions(addStdinOptions(addInputOptions(command))));
}

/** Solves the file and writes the report; a requirement that does not hold is a finding. */
export async function reportFigures(
  file: string | undefined,
  options: FigureOptions & Partial<LoadOptions>,
  terminal: Terminal,
  report: { pretty(figures: FigureReport): string; json(figures: FigureReport): string },
): Promise<ExitCode> {
  const opened = await openArchitecture(file, options, terminal);
  if (!opened) return exitCodes.findings;
  const { load = 'peak', users } = options;
  const analysis = analyze(opened.architecture, { load, ...(users === undefined ? {} : { users }) });
  const output = outputTo(options.output, terminal);
  const figures: FigureReport = { ...opened, analysis, load, paint: output.paint, columns: output.columns };
  const holds = analysis.requirements.every((requirement) => requirement.holds !== false);
  if (!options.quiet || !holds || options.format === 'json')
    output.write(options.format === 'json' ? report.json(figures) : report.pretty(figures));
  return holds || options.failOn === 'never' ? exitCodes.clean : exitCodes.findings;
}
