/** `loadpath lsp`: the language server that the editor runs, for any editor that speaks the protocol. */
import { createRequire } from 'node:module';
import type { Command } from 'commander';
import { exitCodes } from '../exit-code.ts';
import { addColorOption } from '../options.ts';
import type { Run } from './index.ts';

/** Declares the command. Clients pass `--stdio`, and some more that only the server's library knows, such as `--clientProcessId`. */
export function define(command: Command, run: Run): void {
  addColorOption(command)
    .allowUnknownOption()
    .option('--stdio', 'speak over standard input and output (the default)')
    .action((options) =>
      run(options, async () => {
        // The server's own library reads from the command line how to speak.
        if (!process.argv.includes('--stdio')) process.argv.push('--stdio');
        createRequire(import.meta.url)('../server.cjs');
        return exitCodes.clean;
      }),
    );
}
