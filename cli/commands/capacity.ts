/** `loadpath capacity`: how many users it carries, and what breaks in which order. */
import type { Command } from 'commander';
import { addFigureOptions, type FigureOptions, reportFigures } from '../figures.ts';
import type { Run } from './index.ts';

/** Declares the command. */
export function define(command: Command, run: Run): void {
  addFigureOptions(command).action((file: string | undefined, options: FigureOptions) =>
    run(options, async (terminal) => {
      const { formatCapacity } = await import('../reports/simulation.ts');
      const { capacityJsonOf } = await import('../reports/figures-json.ts');
      return reportFigures(file, options, terminal, { pretty: formatCapacity, json: capacityJsonOf });
    }),
  );
}
