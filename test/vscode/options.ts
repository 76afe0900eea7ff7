import { parseArgs } from 'node:util';
import { SetupError } from './setup.ts';

/** The suite inside the extension host, the packed extension through the workbench's window, or the suite inside a browser's extension host. */
export type LevelName = 'api' | 'ui' | 'web';

/** What the command line asks for. */
export interface Options {
  readonly levels: readonly LevelName[];
  /** Use a desktop VS Code in place of code-server. */
  readonly desktop: boolean;
  readonly grep?: string;
  /** Folder of the extension to load from its sources; this checkout where absent. */
  readonly extension?: string;
  /** The packed extension; packed from this checkout where absent. */
  readonly vsix?: string;
  /** Limit of each level. */
  readonly limitMs: number;
  readonly verbose: boolean;
  readonly help: boolean;
}

/** The text of `--help`. */
export const USAGE = `Usage: npm run test:vscode -- [options]

  --level api|ui|web  only this level: the suite inside the extension host, the packed extension through the window, or the
                      extension host of VS Code for the Web
  --desktop           api level in a desktop VS Code, downloaded by @vscode/test-electron; VSCODE_EXECUTABLE names another
  --grep REGEXP       only tests whose full title matches
  --extension FOLDER  the extension to load from its sources (default: this checkout, built first)
  --vsix FILE         the packed extension for the ui level (default: packed from this checkout)
  --timeout SECONDS   limit of each level (default: 300)
  --verbose           show what VS Code logs
  --help              show this

Exit codes: 0 passed, 1 a test failed, 2 the tests could not run or gave no proof, 3 time up.`;

const DEFAULT_LIMIT_S = '300';

/** Reads the command line. @throws SetupError with the usage where it is wrong */
export function parseOptions(args: readonly string[]): Options {
  try {
    const { level, timeout, ...values } = parseFlags(args);
    const limitMs = Number(timeout) * 1000;
    if (!(limitMs > 0)) throw new Error(`--timeout takes a number of seconds, not '${timeout}'.`);
    return { ...values, limitMs, levels: chooseLevels(level, values.desktop) };
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}

function parseFlags(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      level: { type: 'string' },
      desktop: { type: 'boolean', default: Boolean(process.env.VSCODE_EXECUTABLE) },
      grep: { type: 'string' },
      extension: { type: 'string' },
      vsix: { type: 'string' },
      timeout: { type: 'string', default: DEFAULT_LIMIT_S },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

function chooseLevels(level: string | undefined, desktop: boolean): readonly LevelName[] {
  if (level === undefined) return desktop ? ['api'] : ['api', 'ui', 'web'];
  if (level !== 'api' && level !== 'ui' && level !== 'web')
    throw new Error(`--level is 'api', 'ui' or 'web', not '${level}'.`);
  if (level !== 'api' && desktop) throw new Error(`The ${level} level drives code-server and has no desktop run.`);
  return [level];
}
