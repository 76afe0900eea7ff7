/** What `bin/loadpath.mjs` loads: the command line, with its compiled code kept between runs. */
import { join } from 'node:path';
import { exitCodes } from './exit-code.ts';
import { loadBundle } from './kept-code.ts';

/** Runs the command line without Node and script name; the result is the exit code. */
export async function start(args: readonly string[]): Promise<number> {
  const { exports, keep } = loadBundle(join(__dirname, 'main.cjs'), useOf(args));
  const { main } = exports as typeof import('./main.ts');
  const exitCode = await main(args);
  // What was wrong use has called little of what the command calls.
  if (exitCode <= exitCodes.findings) keep();
  return exitCode;
}

/** The command, if there is one that will do its work. */
function useOf([command = '', ...options]: readonly string[]): string {
  const isWork =
    /^[a-z]+$/.test(command) && command !== 'help' && !options.some((option) => /^(-h|--help)$/.test(option));
  return isWork ? command : 'main';
}
