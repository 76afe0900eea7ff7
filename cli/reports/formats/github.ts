/**
 * Workflow commands, of which GitHub makes annotations beside the code. The log drops their properties, so the text repeats the place.
 * GitHub shows 10 of each severity a step (docs/problem-matchers.md of actions/toolkit); the table in the summary of the step has all.
 */
import type { Finding } from '../../../model/index.ts';
import { placeOf, type Sources } from '../sources.ts';
import type { FormatReport } from './format.ts';
import { severityNames } from './severities.ts';

export const formatGithub: FormatReport = ({ findings, sources }, { root }) => {
  const seen = sources.seenFrom(root);
  return findings.map((finding) => `${command(finding, seen)}\n`).join('');
};

function command({ rule, severity, message, span }: Finding, sources: Sources): string {
  const { start, end } = span;
  const position = { file: sources.path(span.file), line: start.line + 1, endLine: end.line + 1 };
  // Columns say something only where both are in one line.
  const columns = start.line === end.line ? { col: start.character + 1, endColumn: end.character + 1 } : {};
  const properties = Object.entries({ ...position, ...columns, title: rule })
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
    .join(',');
  return `::${severityNames[severity].github} ${properties}::${escapeData(`${placeOf(span, sources)}: ${message}`)}`;
}

/** A text behind the second `::`. */
export function escapeData(text: string): string {
  return text
    .replaceAll('\t', '  ')
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A')
    .replaceAll(/\p{Cc}|[\u2028\u2029]/gu, '\ufffd');
}

/** The value of a property, which ends at a comma or a colon. */
export function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
