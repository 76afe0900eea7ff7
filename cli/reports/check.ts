/** The report of `loadpath check` for people: the findings, a summary, and the figures of every architecture. */
import type { CheckResult } from '../../language/check.ts';
import type { Analysis, Architecture, Finding, Severity } from '../../model/index.ts';
import type { Paint } from '../terminal.ts';
import { formatFindings, severityStyles } from './findings.ts';
import { headline } from './headline.ts';
import type { Sources } from './sources.ts';
import { printable } from './text-width.ts';

export interface CheckReport {
  /** URIs of all files that were checked, sorted. */
  readonly files: readonly string[];
  /** Sorted by place. */
  readonly findings: readonly Finding[];
  readonly suppressed: CheckResult['suppressed'];
  readonly notEvaluated: CheckResult['notEvaluated'];
  /** One for each root file that declares any load. */
  readonly architectures: readonly CheckedArchitecture[];
  readonly sources: Sources;
}

export interface CheckedArchitecture {
  /** Relative path of the root file. */
  readonly file: string;
  readonly architecture: Architecture;
  readonly analysis: Analysis;
}

/** Findings, then the summary. */
export function formatCheck(report: CheckReport, paint: Paint, columns: number): string {
  const { findings, sources } = report;
  return `${formatFindings(findings, { sources, paint, columns })}${summary(report, paint)}`;
}

function summary({ findings, files, suppressed, architectures }: CheckReport, paint: Paint): string {
  const counts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [paint(severityStyles[severity], countOf(count, NOUNS[severity]))];
  });
  const found = counts.length === 0 ? paint(['bold', 'green'], 'No findings') : counts.join(', ');
  const silenced = suppressed.length > 0 ? `, ${suppressed.length} suppressed` : '';
  const first = `${found} in ${countOf(files.length, 'file')}${silenced}`;
  const [only] = architectures;
  if (only && architectures.length === 1) return `${first} · ${headline(only.analysis)}\n`;
  const lines = architectures.map(
    ({ file, architecture, analysis }) =>
      `  ${paint('bold', printable(architecture.title ?? file))}: ${headline(analysis)}`,
  );
  return [first, ...lines].map((line) => `${line}\n`).join('');
}

function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

const NOUNS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };
