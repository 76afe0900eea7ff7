/** The subcommands by name. Each is in a file of its own, loaded only when it is called. */
import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import type { ColorMode, Terminal } from '../terminal.ts';

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<CommandModule>;
}

export interface CommandModule {
  /** Declares arguments and options, and calls `run` from commander's action. */
  define(command: Command, run: Run): void;
}

export type Run = (
  options: { readonly color: ColorMode },
  action: (terminal: Terminal) => Promise<ExitCode>,
) => Promise<void>;

export const commands: readonly CommandEntry[] = [
  { name: 'check', summary: 'Find what will break, and say at how many users.', load: () => import('./check.ts') },
  {
    name: 'simulate',
    summary: 'Show rates, utilisation, latency, availability and cost.',
    load: () => import('./simulate.ts'),
  },
  {
    name: 'capacity',
    summary: 'Show how many users it carries, and what breaks in which order.',
    load: () => import('./capacity.ts'),
  },
  {
    name: 'fail',
    summary: 'Fail everything, one or two at a time, and say what is lost.',
    load: () => import('./fail.ts'),
  },
  {
    name: 'grow',
    summary: 'Grow the population, and say what gives way and what lets it grow on.',
    load: () => import('./grow.ts'),
  },
  {
    name: 'diff',
    summary: 'Compare two models, and what they carry, take, promise and cost.',
    load: () => import('./diff.ts'),
  },
  {
    name: 'plan',
    summary: 'Find the cheapest sizes that carry so many users, and write them.',
    load: () => import('./plan.ts'),
  },
  {
    name: 'reshard',
    summary: 'Say what another number of shards moves, and how long that takes.',
    load: () => import('./reshard.ts'),
  },
  { name: 'render', summary: 'Draw the architecture as SVG, PNG or JSON.', load: () => import('./render.ts') },
  { name: 'fmt', summary: 'Format files in place.', load: () => import('./fmt.ts') },
  {
    name: 'explain',
    summary: 'Explain a rule, or a figure: its formula, inputs and lines.',
    load: () => import('./explain.ts'),
  },
  { name: 'rules', summary: 'List all rules.', load: () => import('./rules.ts') },
  { name: 'lsp', summary: 'Speak the Language Server Protocol over standard input.', load: () => import('./lsp.ts') },
];
