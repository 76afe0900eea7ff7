/** Options that several commands share, and how their arguments are read. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { nearest, parseQuantity, type Severity, severities } from '../model/index.ts';
import type { ColorMode } from './terminal.ts';

export interface OutputOptions {
  readonly color: ColorMode;
  readonly format: 'pretty' | 'json';
  readonly output?: string;
  readonly quiet?: boolean;
}

export interface InputOptions {
  /** `name=value` pairs, the last of a name wins. */
  readonly set: readonly string[];
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

/** `--set`. */
export function addInputOptions(command: Command): Command {
  return command.option('--set <name=value>', "override a 'param' of the file (repeatable)", collect, []);
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
    .option('--max-warnings <count>', 'exit with 1 if there are more warnings', wholeNumber);
}

/** `--load`, `--users`. */
export function addLoadOptions(command: Command): Command {
  return command
    .addOption(choice('--load <load>', 'which load to solve for', ['peak', 'mean'], 'peak'))
    .option('--users <count>', 'scale the load to so many users, such as 5M', count);
}

/** An option with a few values; a wrong one is answered with the nearest. */
export function choice(flags: string, what: string, values: readonly string[], fallback?: string): Option {
  return new Option(flags, `${what}: ${values.join(', ')}`).default(fallback).argParser((value: string) => {
    if (values.includes(value)) return value;
    const near = nearest(value, values);
    throw new InvalidArgumentError(near ? `Did you mean '${near}'?` : `It is one of ${values.join(', ')}.`);
  });
}

/** Collects a repeatable option. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It is a whole number.');
  return Number(text);
}

export function positiveNumber(text: string): number {
  const number = Number(text);
  if (!(number > 0 && Number.isFinite(number))) throw new InvalidArgumentError('It is a number above 0.');
  return number;
}

/** A count as the language writes it: `5M`, `20k`, `1_000`. */
export function count(text: string): number {
  const quantity = parseQuantity(text);
  if ('error' in quantity || quantity.dimension !== 'count' || quantity.amount <= 0)
    throw new InvalidArgumentError('It is a number such as 5M.');
  return quantity.amount;
}
