/** Findings for people: the sentence, the line with carets, what else is involved, and how to put it right. */
import type { Finding, Severity, Span } from '../../model/index.ts';
import type { Paint, Style } from '../terminal.ts';
import { placeOf, type Sources } from './sources.ts';
import { printable, textWidth, truncate } from './text-width.ts';

export interface FindingsReport {
  readonly sources: Sources;
  readonly paint: Paint;
  readonly columns: number;
}

export const severityStyles: Readonly<Record<Severity, Style>> = {
  error: ['bold', 'red'],
  warning: ['bold', 'yellow'],
  info: ['bold', 'blue'],
};

/** One block of lines for each finding, with an empty line after each. */
export function formatFindings(findings: readonly Finding[], report: FindingsReport): string {
  return findings.map((finding) => `${formatFinding(finding, report).join('\n')}\n\n`).join('');
}

function formatFinding(finding: Finding, report: FindingsReport): string[] {
  const { paint } = report;
  const style = severityStyles[finding.severity];
  const related = finding.related ?? [];
  const gutter = Math.max(...[finding, ...related].map(({ span }) => String(span.start.line + 1).length));
  // Who asks "did you mean" has said it.
  const isSaid = finding.message.includes('; did you mean ');
  const fix = isSaid ? undefined : (finding.fixes?.find(({ preferred }) => preferred) ?? finding.fixes?.[0]);
  return [
    `${paint(style, `${finding.severity}[${finding.rule}]`)}${paint('bold', `: ${printable(finding.message)}`)}`,
    ...excerpt(finding.span, { ...report, gutter, arrow: '-->', mark: '^', style }),
    ...related.flatMap(({ span, message }) =>
      excerpt(span, { ...report, gutter, arrow: ':::', mark: '-', style: 'cyan', label: printable(message) }),
    ),
    ...(fix ? [`${' '.repeat(gutter)} ${paint('green', '=')} ${paint(['bold', 'green'], 'fix:')} ${fix.title}`] : []),
  ];
}

interface Excerpt extends FindingsReport {
  readonly gutter: number;
  readonly arrow: string;
  readonly mark: string;
  readonly style: Style;
  readonly label?: string;
}

/** The place, and the first line of the span with marks below it. */
function excerpt(span: Span, options: Excerpt): string[] {
  const { sources, paint, gutter, arrow, mark, style, label } = options;
  const margin = ' '.repeat(gutter);
  const place = `${margin}${paint('blue', arrow)} ${placeOf(span, sources)}`;
  const line = sources.lines(span.file)[span.start.line];
  if (line === undefined) return [label ? `${place} ${label}` : place];
  const until = span.end.line === span.start.line ? span.end.character : line.length;
  const before = printable(line.slice(0, span.start.character));
  const marked = printable(line.slice(span.start.character, until));
  const shown = crop(before, marked + printable(line.slice(until)), options.columns - gutter - 3);
  const marks = mark.repeat(Math.max(1, Math.min(textWidth(marked), shown.columns - shown.start)));
  const bar = paint('blue', '|');
  const number = paint('blue', String(span.start.line + 1).padStart(gutter));
  return [
    place,
    `${margin} ${bar}`,
    `${number} ${bar} ${shown.text}`.trimEnd(),
    `${margin} ${bar} ${' '.repeat(shown.start)}${paint(style, label ? `${marks} ${label}` : marks)}`,
  ];
}

interface Cropped {
  readonly text: string;
  /** Column at which the marks start. */
  readonly start: number;
  readonly columns: number;
}

/** Shows a long line from shortly before what is marked. */
function crop(before: string, rest: string, columns: number): Cropped {
  const LEAD = 20;
  const whole = before + rest;
  if (textWidth(whole) <= columns) return { text: whole, start: textWidth(before), columns };
  const cutting = textWidth(before) > columns / 2;
  const lead = cutting ? `…${[...before].slice(-LEAD).join('')}` : before;
  return { text: truncate(lead + rest, columns), start: textWidth(lead), columns };
}
