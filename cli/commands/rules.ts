/** `loadpath rules`: all rules by section, and those of the configuration. */
import type { Command } from 'commander';
import { rules } from '../../language/rules/index.ts';
import { type RuleMeta, type Section, sections } from '../../language/rules/rule.ts';
import { addConfigurationOptions, type ConfigurationOptions, customRulesIn } from '../configuration.ts';
import { exitCodes } from '../exit-code.ts';
import { addOutputOptions, type OutputOptions } from '../options.ts';
import { outputTo } from '../output.ts';
import { severityStyles } from '../reports/findings.ts';
import { JSON_VERSION, toJson } from '../reports/json.ts';
import { cell, formatTable } from '../reports/table.ts';
import type { Paint } from '../terminal.ts';
import type { Run } from './index.ts';
import { define as defineTest } from './rules-test.ts';

/** Declares the command. */
export function define(command: Command, run: Run): void {
  defineTest(command.command('test').description('Try the examples of the custom rules.'), run);
  addConfigurationOptions(addOutputOptions(command)).action((options: OutputOptions & ConfigurationOptions) =>
    run(options, async (terminal) => {
      const output = outputTo(options.output, terminal);
      const custom = customRulesIn(options, terminal.cwd).map(({ meta }) => meta);
      const metas = rules.map(({ meta }) => meta);
      output.write(
        options.format === 'json'
          ? toJson({
              version: JSON_VERSION,
              command: 'rules',
              rules: metas,
              customRules: custom.map(({ id, severity, summary, why }) => ({ id, severity, summary, why })),
            })
          : formatRules(metas, custom, output.paint, output.columns),
      );
      return exitCodes.clean;
    }),
  );
}

function formatRules(metas: readonly RuleMeta[], custom: readonly RuleMeta[], paint: Paint, width: number): string {
  const titles = Object.entries(sections) as readonly (readonly [Section, string])[];
  const blocks = titles.flatMap(([section, title]) => {
    const inSection = metas.filter((meta) => meta.section === section);
    if (inSection.length === 0) return [];
    const rows = inSection.map(({ id, severity, title }) => [
      cell(id, 'bold'),
      cell(severity, severityStyles[severity]),
      cell(title),
    ]);
    return [[paint('dim', `${section}  ${title}`), ...formatTable(COLUMNS, rows, { paint, width })]];
  });
  if (custom.length > 0) {
    const rows = custom.map(({ id, severity, summary }) => [
      cell(id, 'bold'),
      cell(severity, severityStyles[severity]),
      cell(summary),
    ]);
    blocks.push([paint('dim', 'Rules of this configuration'), ...formatTable(COLUMNS, rows, { paint, width })]);
  }
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n\n'loadpath explain <rule>' says why, with examples.\n`;
}

const COLUMNS = [{ heading: '' }, { heading: '' }, { heading: '' }] as const;
