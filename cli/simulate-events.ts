/** `loadpath simulate --engine events`: its options, and one file simulated request by request. */
import type { Command } from 'commander';
import { solve } from '../simulator/index.ts';
import { openArchitecture } from './architecture.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import type { FigureOptions } from './figures.ts';
import { choice, count, type LoadOptions, quantity, wholeNumber } from './options.ts';
import { outputTo } from './output.ts';
import type { EventReport } from './reports/events.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface EventOptions {
  readonly engine: 'steady' | 'events';
  readonly seed?: number;
  readonly requests?: number;
  readonly precision?: number;
  readonly threads?: number;
}

/** Options that only the engine of events has. */
const OWN = ['seed', 'requests', 'precision', 'threads'] as const;

/** `--engine`, `--seed`, `--requests`, `--precision`, `--threads`. */
export function addEventOptions(command: Command): Command {
  return command
    .addOption(choice('--engine <engine>', 'formulas, or request by request', ['steady', 'events'], 'steady'))
    .addOption(wholeNumber('--seed <number>', 'of events: which random numbers, 1 unless told otherwise'))
    .addOption(count('--requests <count>', 'of events: stop after so many requests, 1M unless told otherwise'))
    .addOption(quantity('--precision <share>', 'of events: stop when mean responses are known to so much', 'ratio'))
    .addOption(wholeNumber('--threads <count>', 'of events: how many at most; the figures are the same'));
}

/** Throws `UsageError` where options do not go together. */
export function checkEventOptions(options: EventOptions & { readonly scenario?: string }): void {
  if (options.engine === 'events') {
    if (options.scenario !== undefined)
      throw new UsageError("A scenario is played as a flow, so '--engine events' does not go with '--scenario'.");
    if (options.threads === 0) throw new UsageError("'--threads' is 1 or more.");
    const { precision, requests } = options;
    if (precision !== undefined && !(precision > 0 && precision < 1))
      throw new UsageError("'--precision' is between 0% and 100%, such as 1%.");
    if (requests !== undefined && requests < LEAST_REQUESTS)
      throw new UsageError(`'--requests' is ${LEAST_REQUESTS} or more: fewer say nothing.`);
    return;
  }
  for (const name of OWN)
    if (options[name] !== undefined) throw new UsageError(`'--${name}' goes with '--engine events' only.`);
}

const LEAST_REQUESTS = 1000;

/** Simulates the file and writes the report. */
export async function reportEvents(
  file: string | undefined,
  options: FigureOptions & LoadOptions & EventOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const opened = await openArchitecture(file, options, terminal);
  if (!opened) return exitCodes.findings;
  const { load, seed, requests, precision } = options;
  const scale = scaleOf(options.users, solve(opened.architecture, { load }).users);
  const steady = solve(opened.architecture, { load, scale });
  const { simulateInThreads, usualThreads } = await import('./event-threads.ts');
  const wanted = {
    load,
    scale,
    ...(seed === undefined ? {} : { seed }),
    ...(requests === undefined ? {} : { requests }),
    ...(precision === undefined ? {} : { precision }),
  };
  const simulation = await simulateInThreads(opened.architecture, wanted, options.threads ?? usualThreads());
  const output = outputTo(options.output, terminal);
  const report: EventReport = { ...opened, simulation, steady, load, paint: output.paint, columns: output.columns };
  if (options.format === 'json') {
    const { eventsJson } = await import('./reports/events-json.ts');
    output.write(eventsJson(report));
  } else if (!options.quiet) {
    const { formatEvents } = await import('./reports/events.ts');
    output.write(formatEvents(report));
  }
  return exitCodes.clean;
}

function scaleOf(users: number | undefined, declared: number): number {
  if (users === undefined) return 1;
  if (declared === 0)
    throw new UsageError("'--users' scales a declared population, and no 'users' of this file has one.");
  return users / declared;
}
