/** From what was found to what is reported: without what the baseline knows, and without what is not about a change. */
import { relative, resolve, sep } from 'node:path';
import { affectedBy } from './affected.ts';
import {
  type Baseline,
  type BaselineOptions,
  compareWith,
  openBaseline,
  pruneBaseline,
  updateBaseline,
} from './baseline.ts';
import { type Configurations, uriOf } from './configuration.ts';
import type { Examination, Input } from './examine.ts';
import type { Changes } from './git-changes.ts';
import { type CheckReport, mergeResults } from './reports/check.ts';
import type { Terminal } from './terminal.ts';

/** The baseline of what is to be checked, if there is one. */
export function baselineFor(
  { files, given }: Input,
  options: BaselineOptions,
  configurations: Configurations,
  cwd: string,
): Baseline | undefined {
  const uris = [...files, ...(given ? [resolve(cwd, given.path)] : [])].map(uriOf);
  return openBaseline(options, configurations, uris, cwd);
}

/** What is left out of a report. */
export interface Selection {
  /** What it knows. */
  readonly baseline: Baseline | undefined;
  /** What is not about these. */
  readonly changes: Changes | undefined;
}

/** Only findings of rules can be in a baseline; what is wrong with the text itself is always reported. */
export function assess(examination: Examination, { baseline, changes }: Selection): CheckReport {
  const report = withoutKnown(examination, baseline);
  if (!changes) return report;
  const isAffected = affectedBy(
    changes,
    examination.roots.map(({ architecture }) => architecture),
  );
  return { ...report, findings: report.findings.filter(isAffected) };
}

function withoutKnown({ roots, workspace }: Examination, baseline: Baseline | undefined): CheckReport {
  const report = mergeResults(roots, workspace.sources);
  if (!baseline) return report;
  const { ofRules, checked } = scopeOf({ roots }, report);
  const { known, stale } = compareWith(baseline, ofRules, checked);
  const isKnown = new Set(known);
  return {
    ...report,
    findings: report.findings.filter((finding) => !isKnown.has(finding)),
    baseline: { known: known.length, stale },
  };
}

/** The report, after the baseline was written where that is asked for; what is stale is noted on standard error. */
export function settleBaseline(
  examination: Examination,
  selection: Selection,
  { updateBaseline: update, pruneBaseline: prune }: BaselineOptions,
  terminal: Terminal,
): CheckReport {
  const report = assess(examination, selection);
  const { baseline } = selection;
  if (!baseline) return report;
  const shown = relative(terminal.cwd, baseline.path).replaceAll(sep, '/');
  const { ofRules, checked } = scopeOf(examination, report);
  if (update) {
    updateBaseline(baseline, ofRules, checked, terminal.cwd);
    terminal.note(`Wrote ${findings(ofRules.length)} to '${shown}'.`);
    const isKnown = new Set(ofRules);
    const others = report.findings.filter((finding) => !isKnown.has(finding));
    return { ...report, findings: others, baseline: { known: ofRules.length, stale: [] } };
  }
  const { known, stale } = report.baseline ?? { known: 0, stale: [] };
  if (!prune) {
    for (const { file, path, rule, count } of stale)
      terminal.note(
        `${shown}: ${findings(count)} of ${rule}${path && ` about '${path}'`} in '${file}' not there any more.`,
      );
    return report;
  }
  pruneBaseline(baseline, stale, terminal.cwd);
  if (stale.length > 0)
    terminal.note(`Took ${findings(stale.reduce((sum, it) => sum + it.count, 0))} out of '${shown}'.`);
  return { ...report, baseline: { known, stale: [] } };
}

function scopeOf({ roots }: Pick<Examination, 'roots'>, report: CheckReport) {
  const rules = new Set(roots.flatMap(({ result }) => result.rulesRun));
  const files = new Set(report.files);
  return {
    ofRules: mergedFindings(roots, report).filter(({ rule }) => rules.has(rule)),
    checked: (file: string, rule: string) => rules.has(rule) && files.has(uriOf(file)),
  };
}

/** All findings, those that the baseline knows included. */
function mergedFindings(roots: Examination['roots'], { sources }: CheckReport): CheckReport['findings'] {
  return mergeResults(roots, sources).findings;
}

function findings(count: number): string {
  return `${count} ${count === 1 ? 'finding' : 'findings'}`;
}
