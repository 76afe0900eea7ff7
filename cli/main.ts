/** The `loadpath` command: finds the subcommand, loads it alone, and turns whatever goes wrong into one sentence and an exit code. */
import { Command, CommanderError } from 'commander';
import { type CommandEntry, commands } from './commands/index.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { leaveQuietlyOnClosedPipe, openTerminal, type Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const version = process.env.LOADPATH_VERSION ?? 'development';

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
  const program = rootCommand();
  const wanted = wantedCommand(args);
  for (const entry of commands) {
    const command = quiet(new Command(entry.name).summary(entry.summary).description(entry.summary));
    if (entry === wanted) {
      const { define } = await entry.load();
      define(command, async (options, action) => {
        exitCode = await action(openTerminal(options.color));
      });
      command.helpOption('-h, --help', 'show this help').option('--debug', 'show the stack of an internal error');
    }
    program.addCommand(command);
  }
  if (args.length === 0) program.help({ error: true });
  await program.parseAsync(args, { from: 'user' });
  return exitCode;
}

function rootCommand(): Command {
  return quiet(new Command('loadpath'))
    .description('Architecture as code that knows where the load goes.')
    .usage('<command> [options]')
    .version(version, '-v, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', "\nExit codes: 0 clean, 1 findings, 2 usage, 3 internal error. More: 'loadpath help check'.");
}

/** Errors are thrown, and said in one sentence by `explain`. */
function quiet(command: Command): Command {
  return command.exitOverride().configureOutput({ outputError: () => {} });
}

function wantedCommand(args: readonly string[]): CommandEntry | undefined {
  const names = args.filter((arg) => !arg.startsWith('-'));
  const name = names[0] === 'help' ? names[1] : names[0];
  return commands.find((entry) => entry.name === name);
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
  note(`loadpath: Internal error: ${cause.message} This is a bug: please report it with the file and the command.`);
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
