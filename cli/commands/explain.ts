/** `loadpath explain <rule>`: why, how to put it right, and an example of each. */
import type { Command } from 'commander';
import { type Rule, sections } from '../../language/rules/rule.ts';
import { exitCodes } from '../exit-code.ts';
import { addOutputOptions, type OutputOptions } from '../options.ts';
import { outputTo } from '../output.ts';
import { severityStyles } from '../reports/findings.ts';
import { JSON_VERSION, toJson } from '../reports/json.ts';
import { wrap } from '../reports/text-width.ts';
import { getRule } from '../rule-names.ts';
import type { Paint } from '../terminal.ts';
import type { Run } from './index.ts';

/** Declares the command. */
export function define(command: Command, run: Run): void {
  addOutputOptions(command.argument('<rule>', "id of a rule; 'loadpath rules' lists all")).action(
    (id: string, options: OutputOptions) =>
      run(options, async (terminal) => {
        const rule = getRule(id);
        const output = outputTo(options.output, terminal);
        output.write(
          options.format === 'json'
            ? toJson({ version: JSON_VERSION, command: 'explain', rule: { ...rule.meta, examples: rule.examples } })
            : formatRule(rule, output.paint, Math.min(output.columns, READABLE)),
        );
        return exitCodes.clean;
      }),
  );
}

const READABLE = 100;

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
