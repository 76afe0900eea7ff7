/** Writes docs/cli.md: the template with the help of each command filled in. `--check` fails if the file is not current. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../cli/commands/index.ts';
import { createProgram } from '../cli/program.ts';
import { emit, ROOT } from './emit.ts';

const COLUMNS = 100;

const program = await createProgram(commands, async () => {});
const template = readFileSync(join(ROOT, 'docs/templates/cli.md'), 'utf8');

emit(
  'docs/cli.md',
  template.replaceAll(/<!-- help (\w+) -->/g, (_, name: string) => `\`\`\`text\n${help(name)}\n\`\`\``),
);

function help(name: string): string {
  const command = program.commands.find((each) => each.name() === name);
  if (!command) throw new Error(`docs/templates/cli.md asks for the help of '${name}', which is no command.`);
  return command.configureHelp({ helpWidth: COLUMNS }).helpInformation().trimEnd();
}
