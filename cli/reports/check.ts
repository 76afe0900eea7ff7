/** The report of `loadpath check` for people: the findings, a summary, and the figures of every architecture. */
import type { FixableRoot } from '../../language/agreed-fixes.ts';
import type { CheckResult } from '../../language/check.ts';
import type { TextEdit } from '../../language/edits/index.ts';
import { findingKey, shareFindings } from '../../language/roots.ts';
import {
  type Analysis,
  type Architecture,
  type Edit,
  type Finding,
  formatCount,
  type Severity,
} from '../../model/index.ts';
import type { BaselineEntry } from '../baseline.ts';
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
  /** Where a baseline is used: how many findings it knows, and what in it is not found any more. */
  readonly baseline?: { readonly known: number; readonly stale: readonly BaselineEntry[] };
  /** The changes of the texts that make the edits of a finding's fix true. */
  readonly textEdits: (finding: Finding, edits: readonly Edit[]) => readonly TextEdit[];
}

/** What is known of one root. */
export interface CheckedRoot {
  readonly architecture: Architecture;
  readonly result: CheckResult;
  readonly textEdits: (edits: readonly Edit[]) => readonly TextEdit[];
}

export interface CheckedArchitecture {
  /** Relative path of the root file. */
  readonly file: string;
  readonly architecture: Architecture;
  readonly analysis: Analysis;
}

export interface CheckFormat {
  readonly paint: Paint;
  readonly columns: number;
  /** Whether the counts and the figures follow the findings. */
  readonly summary: boolean;
}

/** Findings, then the summary. */
export function formatCheck(report: CheckReport, { paint, columns, summary }: CheckFormat): string {
  const findings = formatFindings(report.findings, { sources: report.sources, paint, columns });
  return summary ? findings + summarize(report, paint) : findings;
}

/** One report of all roots: a file that several of them import is reported on once. */
export function mergeResults(results: readonly CheckedRoot[], sources: Sources): CheckReport {
  const each = results.map(({ result }) => result);
  const shared = shareFindings(results.map(fixable));
  const roots = new Map(shared.map(({ finding, by }) => [finding, by[0]!.root]));
  return {
    files: [...new Set(results.flatMap(({ architecture }) => architecture.files))].sort(),
    findings: sortFindings(shared.map(({ finding }) => finding)),
    suppressed: uniqueBy(
      each.flatMap(({ suppressed }) => suppressed),
      ({ finding }) => findingKey(finding),
    ),
    notEvaluated: uniqueBy(
      each.flatMap(({ notEvaluated }) => notEvaluated),
      (it) => JSON.stringify(it),
    ),
    architectures: results.flatMap(({ architecture, result }) => {
      const [root = ''] = architecture.files;
      const loaded = result.analysis.solution.rate > 0;
      return loaded ? [{ file: sources.path(root), architecture, analysis: result.analysis }] : [];
    }),
    sources,
    textEdits: (finding, edits) => roots.get(finding)?.textEdits(edits) ?? [],
  };
}

/** A root as what is shared between roots is computed from it. */
export function fixable({ architecture, result, textEdits }: CheckedRoot): FixableRoot {
  return { files: architecture.files, findings: result.findings, textEdits };
}

/** By place, then rule; code units, so that the order is the same on every machine. */
function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) =>
      compare(a.span.file, b.span.file) ||
      a.span.start.offset - b.span.start.offset ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function uniqueBy<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}

function summarize(report: CheckReport, paint: Paint): string {
  const { findings, files, architectures } = report;
  const counts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [paint(severityStyles[severity], countOf(count, NOUNS[severity]))];
  });
  const found = counts.length === 0 ? paint(['bold', 'green'], 'No findings') : counts.join(', ');
  const first = `${found} in ${countOf(files.length, 'file')}${leftOut(report)}`;
  const [only] = architectures;
  if (only && architectures.length === 1) return `${first} · ${headline(only.analysis)}\n`;
  const lines = architectures.map(
    ({ file, architecture, analysis }) =>
      `  ${paint('bold', printable(architecture.title ?? file))}: ${headline(analysis)}`,
  );
  return [first, ...lines].map((line) => `${line}\n`).join('');
}

/** How many findings are not in the report, as the end of its line of counts; empty if that is none of them. */
export function leftOut({ suppressed, baseline }: CheckReport): string {
  if (baseline)
    return `, ${suppressed.length} suppressed, ${baseline.known} in baseline, ${countOfStale(baseline.stale)} stale`;
  return suppressed.length > 0 ? `, ${suppressed.length} suppressed` : '';
}

/** How many findings are in a baseline that are not found any more. */
export function countOfStale(stale: readonly BaselineEntry[]): number {
  return stale.reduce((sum, { count }) => sum + count, 0);
}

function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

const NOUNS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };
