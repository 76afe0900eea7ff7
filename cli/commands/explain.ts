/** `loadpath explain`: of a rule why, how to put it right, and an example of each; of a figure the formula and its inputs. */
import type { Command } from 'commander';
import { rules } from '../../language/rules/index.ts';
import { type Rule, sections } from '../../language/rules/rule.ts';
import { nearest } from '../../model/index.ts';
import { explainedFigures } from '../../simulator/index.ts';
import { addConfigurationOptions, type ConfigurationOptions, customRulesIn } from '../configuration.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { explainFigure } from '../explain-figure.ts';
import { addInputOptions, addOutputOptions, type InputOptions, type OutputOptions } from '../options.ts';
import { outputTo } from '../output.ts';
import { severityStyles } from '../reports/findings.ts';
import { JSON_VERSION, toJson } from '../reports/json.ts';
import { wrap } from '../reports/text-width.ts';
import { getRule } from '../rule-names.ts';
import type { Paint, Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import type { Run } from './index.ts';

interface ExplainOptions extends OutputOptions, InputOptions, ConfigurationOptions {}

/** Declares the command. */
export function define(command: Command, run: Run): void {
  command
    .argument('<what>', `id of a rule ('loadpath rules' lists all), or a figure: ${explainedFigures.join(', ')}`)
    .argument('[subject]', 'of a figure: a component or a request class; everything if none is named')
    .argument('[file]', 'of a figure: an .arch file');
  addConfigurationOptions(addOutputOptions(addInputOptions(command))).action(
    (what: string, first: string | undefined, second: string | undefined, options: ExplainOptions) =>
      run(options, async (terminal) => {
        const figure = explainedFigures.find((name) => name === what);
        if (figure) return explainFigure(figure, first, second, options, terminal);
        // Rules are explained without a file, so whoever names one means a figure.
        if (first !== undefined || isFile(what)) throw new UsageError(unknownFigure(what));
        return explainRule(what, options, terminal);
      }),
  );
}

function explainRule(id: string, options: ExplainOptions, terminal: Terminal): ExitCode {
  const custom = customRulesIn(options, terminal.cwd);
  const rule = getRule([...rules, ...custom], id);
  const output = outputTo(options.output, terminal);
  const columns = Math.min(output.columns, READABLE);
  const format = custom.includes(rule) ? formatCustomRule : formatRule;
  output.write(
    options.format === 'json'
      ? toJson({ version: JSON_VERSION, command: 'explain', rule: { ...rule.meta, examples: rule.examples } })
      : format(rule, output.paint, columns),
  );
  return exitCodes.clean;
}

function unknownFigure(name: string): string {
  if (isFile(name))
    return `The figure stands before the file, as in 'loadpath explain p99 ${name}'; the figures are ${explainedFigures.join(', ')}.`;
  const near = nearest(name, explainedFigures);
  const hint = near ? `did you mean '${near}'?` : `the figures are ${explainedFigures.join(', ')}.`;
  return `There is no figure '${name}'; ${hint}`;
}

function isFile(name: string): boolean {
  return name.endsWith('.arch');
}

const READABLE = 100;

function formatCustomRule({ meta, examples }: Rule, paint: Paint, columns: number): string {
  const [violates] = examples.violates;
  const [passes] = examples.passes;
  const blocks = [
    [
      `${paint('bold', meta.id)}  ${paint(severityStyles[meta.severity], meta.severity)}`,
      paint('dim', 'A rule of this configuration'),
    ],
    wrap(meta.summary, columns),
    [paint('bold', 'Why'), ...wrap(meta.why, columns)],
    ...(violates ? [[paint('bold', 'Found here'), ...exampleLines(violates)]] : []),
    ...(passes ? [[paint('bold', 'Not found here'), ...exampleLines(passes)]] : []),
    [paint('dim', `To silence it on a declaration, write above it: // arch-ignore ${meta.id}: <reason>`)],
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function formatRule({ meta, examples }: Rule, paint: Paint, columns: number): string {
  const [violates] = examples.violates;
  const [passes] = examples.passes;
  const blocks = [
    [
      `${paint('bold', meta.id)}  ${paint(severityStyles[meta.severity], meta.severity)}  ${meta.title}`,
      paint('dim', `${meta.section} ${sections[meta.section]}, since ${meta.since}`),
    ],
    wrap(meta.summary, columns),
    [paint('bold', 'Why'), ...wrap(meta.why, columns)],
    [paint('bold', 'How to fix'), ...wrap(meta.howToFix, columns)],
    ...(meta.options ? [[paint('bold', 'Options'), ...optionLines(meta.options, columns)]] : []),
    ...(violates ? [[paint('bold', 'Found here'), ...exampleLines(violates)]] : []),
    ...(passes ? [[paint('bold', 'Not found here'), ...exampleLines(passes)]] : []),
    ...(meta.sources ? [[paint('bold', 'Sources'), ...meta.sources.flatMap((source) => wrap(source, columns))]] : []),
    [paint('dim', `To silence it on a declaration, write above it: // arch-ignore ${meta.id}: <reason>`)],
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function optionLines(options: NonNullable<Rule['meta']['options']>, columns: number): string[] {
  return Object.entries(options).flatMap(([name, option]) =>
    wrap(`${name} (${option.default}): ${option.description}`, columns),
  );
}

function exampleLines(text: string): string[] {
  return text
    .trim()
    .split('\n')
    .map((line) => `  ${line}`.trimEnd());
}
