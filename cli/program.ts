/** The command line as commander knows it: names, arguments, options, help. */
import { Command } from 'commander';
import { type CommandEntry, commands, type Run } from './commands/index.ts';
import { version } from './version.ts';

/** `loadpath` with all its subcommands, of which only `wanted` are loaded; `run` is what they call to do their work. */
export async function createProgram(wanted: readonly CommandEntry[], run: Run): Promise<Command> {
  const program = rootCommand();
  for (const entry of commands) {
    const command = quiet(new Command(entry.name).summary(entry.summary).description(entry.summary));
    if (wanted.includes(entry)) {
      const { define } = await entry.load();
      define(command, run);
      command.helpOption('-h, --help', 'show this help').option('--debug', 'show the stack of an internal error');
    }
    program.addCommand(command);
  }
  return program;
}

function rootCommand(): Command {
  return quiet(new Command('loadpath'))
    .description('Architecture as code that knows where the load goes.')
    .usage('<command> [options]')
    .version(version, '-v, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', '\nExit codes: 0 clean, 1 findings, 2 wrong use, 3 internal error.');
}

/** Errors are thrown, and put in one sentence by `main`. */
function quiet(command: Command): Command {
  return command.exitOverride().configureOutput({ outputError: () => {} });
}
