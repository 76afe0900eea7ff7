/** What `simulate` and `capacity` share: one file in, its analysis out. */
import type { Command } from 'commander';
import type { Analysis, Architecture } from '../model/index.ts';
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
import { UsageError } from './usage-error.ts';

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
  const { load = 'peak' } = options;
  const { analysis, scale } = solveFor(opened.architecture, load, options.users);
  const output = outputTo(options.output, terminal);
  const figures: FigureReport = { ...opened, analysis, load, scale, paint: output.paint, columns: output.columns };
  const holds = analysis.requirements.every((requirement) => requirement.holds !== false);
  if (!options.quiet || !holds || options.format === 'json')
    output.write(options.format === 'json' ? report.json(figures) : report.pretty(figures));
  return holds || options.failOn === 'never' ? exitCodes.clean : exitCodes.findings;
}

/** The load of another population is the declared one times a factor, so there has to be one. */
function solveFor(
  architecture: Architecture,
  load: 'peak' | 'mean',
  users: number | undefined,
): { readonly analysis: Analysis; readonly scale: number } {
  const declared = analyze(architecture, { load });
  if (users === undefined) return { analysis: declared, scale: 1 };
  if (declared.solution.users === 0)
    throw new UsageError("'--users' scales a declared population, and no 'users' of this file has one.");
  const scale = users / declared.solution.users;
  return { analysis: analyze(architecture, { load, scale }), scale };
}
