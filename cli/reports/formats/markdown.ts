/** A table of the findings, the worst first, and the figures of each architecture, for comments on pull requests and summaries of workflow steps. */
import { type Finding, severities } from '../../../model/index.ts';
import { type CheckReport, leftOut } from '../check.ts';
import { headline } from '../headline.ts';
import { placeOf, type Sources } from '../sources.ts';
import { printable } from '../text-width.ts';
import type { FormatReport } from './format.ts';
import { ruleUrl } from './rule-url.ts';

/** GitHub takes a summary of up to 1 MiB from a step, and 65,536 characters as a comment; so many rows are readable in either. */
const MOST_ROWS = 200;

export const formatMarkdown: FormatReport = (report, { root, summary }) => {
  const sources = report.sources.seenFrom(root);
  const blocks = [
    `## Loadpath: ${countsOf(report)}`,
    ...(report.findings.length > 0 ? [table(report.findings, sources)] : []),
    ...(summary ? figures(report, sources) : []),
  ];
  return `${blocks.join('\n\n')}\n`;
};

function countsOf(report: CheckReport): string {
  const { findings, files } = report;
  const counts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [countOf(count, severity === 'info' ? 'note' : severity)];
  });
  return `${counts.join(', ') || 'no findings'} in ${countOf(files.length, 'file')}${leftOut(report)}`;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function table(findings: readonly Finding[], sources: Sources): string {
  const bySeverity = severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
  const rows = bySeverity.slice(0, MOST_ROWS).map((finding) => row(finding, sources));
  const more = findings.length - rows.length;
  return [
    '| | where | what | rule |\n| --- | --- | --- | --- |',
    ...rows,
    ...(more > 0 ? [`| | | and ${more} more | |`] : []),
  ].join('\n');
}

function row({ severity, span, message, rule }: Finding, sources: Sources): string {
  const url = ruleUrl(rule);
  const name = url ? `[${escapeMarkdown(rule)}](${url})` : escapeMarkdown(rule);
  return `| ${severity} | ${escapeMarkdown(placeOf(span, sources))} | ${escapeMarkdown(message)} | ${name} |`;
}

function figures({ architectures }: CheckReport, sources: Sources): string[] {
  const lines = architectures.map(({ architecture, analysis }) => {
    const name = architecture.title ?? sources.path(architecture.files[0] ?? '');
    return `- **${escapeMarkdown(name)}**: ${escapeMarkdown(headline(analysis))}`;
  });
  return lines.length > 0 ? [lines.join('\n')] : [];
}

/**
 * A text that stands in a table cell as it is: one line, no markup, no HTML, no mention of a user. `$` begins a formula on GitHub, and
 * a backslash takes the meaning from every punctuation mark of ASCII (CommonMark 2.4) but the mention, which takes a reference.
 */
export function escapeMarkdown(text: string): string {
  return printable(text)
    .replaceAll(/[\\`*_[\]<>|~$&]/g, String.raw`\$&`)
    .replaceAll('@', '&#64;');
}
