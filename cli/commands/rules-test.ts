/** `loadpath rules test`: tries the examples of custom rules, so that a rule says what its author means. */
import type { Command } from 'commander';
import { check } from '../../language/check.ts';
import { settingsOf } from '../../language/config/settings.ts';
import { parse } from '../../language/index.ts';
import type { Rule } from '../../language/rules/rule.ts';
import { addConfigurationOptions, type ConfigurationOptions, customRulesIn } from '../configuration.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { addColorOption } from '../options.ts';
import type { ColorMode, Terminal } from '../terminal.ts';
import type { Run } from './index.ts';

interface RulesTestOptions extends ConfigurationOptions {
  readonly color: ColorMode;
}

/** Declares the command. */
export function define(command: Command, run: Run): void {
  addConfigurationOptions(addColorOption(command)).action((options: RulesTestOptions) =>
    run(options, (terminal) => testRules(options, terminal)),
  );
}

async function testRules(options: RulesTestOptions, terminal: Terminal): Promise<ExitCode> {
  const { cwd, paint } = terminal;
  const customRules = customRulesIn(options, cwd);
  let failed = 0;
  let tried = 0;
  for (const rule of customRules) {
    const problems = await problemsOf(rule);
    const { violates, passes } = rule.examples;
    tried += violates.length + passes.length;
    failed += problems.length;
    const mark = problems.length > 0 ? paint('red', '✗') : paint('green', '✓');
    const note = violates.length + passes.length === 0 ? paint('dim', '  no examples') : '';
    terminal.write(`${mark} ${rule.meta.id}${note}\n`);
    for (const problem of problems) terminal.write(`    ${problem}\n`);
  }
  const rules = count(customRules.length, 'custom rule');
  terminal.write(
    `${rules}, ${count(tried, 'example')}, ${failed === 0 ? 'all as expected' : `${failed} not as expected`}\n`,
  );
  return failed > 0 ? exitCodes.findings : exitCodes.clean;
}

async function problemsOf(rule: Rule): Promise<readonly string[]> {
  const problems: string[] = [];
  const settings = settingsOf([], [], [rule]);
  for (const [name, isViolated] of [
    ['violates', true],
    ['passes', false],
  ] as const) {
    for (const [i, text] of rule.examples[name].entries()) {
      const example = `Example ${i + 1} of '${name}'`;
      const compilation = await parse(text);
      const error = compilation.findings.find(({ severity }) => severity === 'error');
      if (error) {
        problems.push(`${example} has an error in line ${error.span.start.line + 1}: ${error.message}`);
        continue;
      }
      const { findings } = check(compilation, { settings, only: [rule.meta.id] });
      const found = findings.filter((finding) => [rule.meta.id, 'internal-error'].includes(finding.rule));
      const [first] = found;
      if (isViolated && !first) problems.push(`${example} has no finding.`);
      if (!isViolated && first)
        problems.push(`${example} has a finding in line ${first.span.start.line + 1}: ${first.message}`);
    }
  }
  return problems;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
