/** `loadpath simulate`: rates, utilisation, latency, availability and cost at a load. */
import type { Command } from 'commander';
import { addFigureOptions, type FigureOptions, reportFigures } from '../figures.ts';
import { addLoadOptions, type LoadOptions } from '../options.ts';
import type { Run } from './index.ts';

/** Declares the command. */
export function define(command: Command, run: Run): void {
  addLoadOptions(addFigureOptions(command)).action((file: string | undefined, options: FigureOptions & LoadOptions) =>
    run(options, async (terminal) => {
      const { formatSimulation } = await import('../reports/simulation.ts');
      const { simulateJson } = await import('../reports/figures-json.ts');
      return reportFigures(file, options, terminal, { pretty: formatSimulation, json: simulateJson });
    }),
  );
}
