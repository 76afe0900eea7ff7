/** The `loadpath` command: finds the subcommand, loads it alone, and turns whatever goes wrong into one sentence and an exit code. */
import { CommanderError } from 'commander';
import { type CommandEntry, commands } from './commands/index.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { createProgram } from './program.ts';
import { leaveQuietlyOnClosedPipe, openTerminal, type Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Runs the command line without Node and script name; the result is the exit code. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  leaveQuietlyOnClosedPipe();
  try {
    return await run(args);
  } catch (error) {
    return explain(error, args.includes('--debug'));
  }
}

async function run(args: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.clean;
  const program = await createProgram(wantedCommands(args), async (options, action) => {
    exitCode = await action(openTerminal(options.color));
  });
  if (args.length === 0) program.help({ error: true });
  await program.parseAsync(args, { from: 'user' });
  return exitCode;
}

function wantedCommands(args: readonly string[]): readonly CommandEntry[] {
  const names = args.filter((arg) => !arg.startsWith('-'));
  const name = names[0] === 'help' ? names[1] : names[0];
  return commands.filter((entry) => entry.name === name);
}

function explain(error: unknown, debug: boolean): ExitCode {
  const { note }: Terminal = openTerminal('auto');
  if (error instanceof UsageError) {
    note(`loadpath: ${error.message}`);
    return exitCodes.usage;
  }
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.clean;
    if (error.code !== 'commander.help') note(`loadpath: ${sentence(error.message)}`);
    return exitCodes.usage;
  }
  const cause = error instanceof Error ? error : new Error(String(error));
  note(`loadpath: Internal error (${cause.message}): this is a bug, please report it with the file and the command.`);
  note(debug && cause.stack ? cause.stack : "Run it again with '--debug' to see where.");
  return exitCodes.internal;
}

/** commander's `error: unknown option '--fromat'\n(Did you mean --format?)` as one sentence. */
function sentence(message: string): string {
  const [what = '', hint] = message.replace(/^error: /, '').split('\n');
  const suggestion = hint && /^\(Did you mean (?:one of )?(.+)\?\)$/.exec(hint)?.[1];
  const said = what.replace(/[.]$/, '');
  const capitalized = said.charAt(0).toUpperCase() + said.slice(1);
  return suggestion ? `${capitalized}; did you mean ${quoted(suggestion)}?` : `${capitalized}.`;
}

function quoted(names: string): string {
  return names
    .split(', ')
    .map((name) => `'${name}'`)
    .join(' or ');
}
