/** Options that several commands share, and how their arguments are read. */
import { type Command, Option } from 'commander';
import { type Dimension, dimensionNames, nearest, parseQuantity, type Severity, severities } from '../model/index.ts';
import type { ColorMode } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface OutputOptions {
  readonly color: ColorMode;
  readonly format: 'pretty' | 'json';
  readonly output?: string;
  readonly quiet?: boolean;
}

export interface InputOptions {
  /** `name=value` pairs, the last of a name wins. */
  readonly set?: readonly string[];
}

export interface StdinOptions {
  readonly stdin?: boolean;
  /** The name under which standard input is reported, and from whose folder it imports. */
  readonly stdinFilename?: string;
}

export interface LoadOptions {
  readonly load: 'peak' | 'mean';
  readonly users?: number;
}

/** The name of a text from standard input without a name. */
export const STDIN = 'stdin.arch';

export type Threshold = Severity | 'never';

export interface ThresholdOptions {
  readonly failOn: Threshold;
  readonly maxWarnings?: number;
}

export function addColorOption(command: Command): Command {
  return command.addOption(choice('--color <when>', 'use colour', ['auto', 'always', 'never'], 'auto'));
}

/** `--format`, `-o`, `--quiet`, `--color`. */
export function addOutputOptions(command: Command): Command {
  return addColorOption(command)
    .addOption(choice('--format <format>', 'how to report', ['pretty', 'json'], 'pretty'))
    .option('-o, --output <file>', 'write to this file instead of standard output')
    .option('-q, --quiet', 'report only what makes the command fail');
}

/** Any number of files and folders; see `orHere`. */
export function addPathsArgument(command: Command): Command {
  return command.argument(
    '[paths...]',
    'files, and folders with files below them; the current folder if none is named',
  );
}

/** Of commands that walk folders. */
export interface WalkingOptions {
  readonly gitignore: boolean;
}

/** `--no-gitignore`. */
export function addWalkOptions(command: Command): Command {
  return command.option('--no-gitignore', "in folders also take what '.gitignore' leaves out");
}

/** The paths, or the current folder where none is named. */
export function orHere(paths: readonly string[]): readonly string[] {
  return paths.length === 0 ? ['.'] : paths;
}

/** `--set`. */
export function addInputOptions(command: Command): Command {
  return command.option('--set <name=value>', "override a 'param' of the file (repeatable)", collect);
}

/** `--stdin`, `--stdin-filename`. */
export function addStdinOptions(command: Command): Command {
  return command
    .option('--stdin', 'read the text from standard input')
    .option('--stdin-filename <file>', 'the name of that text in the report; imports are looked for beside it');
}

/** `--fail-on`, `--max-warnings`. */
export function addThresholdOptions(command: Command): Command {
  return command
    .addOption(choice('--fail-on <severity>', 'exit with 1 from this severity on', [...severities, 'never'], 'error'))
    .addOption(wholeNumber('--max-warnings <count>', 'exit with 1 if there are more warnings'));
}

/** `--load`, `--users`. */
export function addLoadOptions(command: Command): Command {
  return command
    .addOption(choice('--load <load>', 'which load to solve for', ['peak', 'mean'], 'peak'))
    .addOption(count('--users <count>', 'scale the load to so many users, such as 5M'));
}

/** An option with a few values; a wrong one is answered with the nearest. */
export function choice(flags: string, what: string, values: readonly string[], fallback?: string): Option {
  return new Option(flags, `${what}: ${values.join(', ')}`).default(fallback).argParser((value: string) => {
    if (values.includes(value)) return value;
    const near = nearest(value, values);
    throw refusal(flags, value, near ? `did you mean '${near}'?` : `it is one of ${values.join(', ')}.`);
  });
}

/** Collects a repeatable option. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** An option that takes a whole number, 0 included. */
export function wholeNumber(flags: string, what: string): Option {
  return numeric(flags, what, 'a whole number', (text) => (/^\d+$/.test(text) ? Number(text) : undefined));
}

/** An option that takes a number above 0. */
export function positiveNumber(flags: string, what: string, fallback: number): Option {
  const read = (text: string) => (Number(text) > 0 && Number.isFinite(Number(text)) ? Number(text) : undefined);
  return numeric(flags, what, 'a number above 0', read).default(fallback);
}

/** An option that takes a count as the language writes it: `5M`, `20k`, `1_000`. */
export function count(flags: string, what: string): Option {
  return numeric(flags, what, 'a number such as 5M', (text) => {
    const quantity = parseQuantity(text);
    return 'error' in quantity || quantity.dimension !== 'count' || quantity.amount <= 0 ? undefined : quantity.amount;
  });
}

/** An option that takes a quantity of a dimension as the language writes it: `10%`, `100MB/s`. Of a ratio also a plain number. */
export function quantity(flags: string, what: string, dimension: Dimension): Option {
  const { name, example } = dimensionNames[dimension];
  return numeric(flags, what, `${name} such as ${example}`, (text) => {
    const read = parseQuantity(text);
    if ('error' in read) return undefined;
    const fits = read.dimension === dimension || (dimension === 'ratio' && read.dimension === 'count');
    return fits ? read.amount : undefined;
  });
}

function numeric(flags: string, what: string, kind: string, read: (text: string) => number | undefined): Option {
  return new Option(flags, what).argParser((text: string) => {
    const number = read(text);
    if (number === undefined) throw refusal(flags, text, `it takes ${kind}.`);
    return number;
  });
}

function refusal(flags: string, value: string, hint: string): UsageError {
  const name = /--[\w-]+/.exec(flags)?.[0] ?? flags;
  return new UsageError(`'${value}' is no value of '${name}'; ${hint}`);
}
