/** Explains a figure of a file. */
import { type ExplainedFigure, explain } from '../simulator/index.ts';
import { openArchitecture } from './architecture.ts';
import { getComponent } from './component-names.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import type { InputOptions, OutputOptions } from './options.ts';
import { outputTo } from './output.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Writes the explanation. The file comes last; what stands before it is the subject. */
export async function explainFigure(
  figure: ExplainedFigure,
  first: string | undefined,
  second: string | undefined,
  options: InputOptions & OutputOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const [subject, file] = second === undefined ? [undefined, first] : [first, second];
  if (file === undefined) throw new UsageError(`Name the file: loadpath explain ${figure} [component] file.arch`);
  const opened = await openArchitecture(file, { ...options, failOn: 'error' }, terminal);
  if (!opened) return exitCodes.findings;
  const { architecture } = opened;
  const isClass = subject === 'default' || architecture.requests.some(({ name }) => name === subject);
  const path = subject === undefined || isClass ? subject : getComponent(architecture, subject).path;
  const explanation = explain(architecture, figure, path);
  if ('why' in explanation) throw new UsageError(explanation.why);
  const output = outputTo(options.output, terminal);
  const { explanationJson, formatExplanation } = await import('./reports/questions/explanation.ts');
  const report = { ...opened, explanation, paint: output.paint, columns: output.columns };
  output.write(options.format === 'json' ? explanationJson(report) : formatExplanation(report));
  return exitCodes.clean;
}
