/**
 * SARIF 2.1.0 as GitHub code scanning reads it ("SARIF support for code scanning" in GitHub's documentation): every rule with its help,
 * one location on one line, fingerprints that survive moved lines. Suppressed findings are left out, because GitHub would show them.
 */
import { type Finding, severities } from '../../../model/index.ts';
import type { CheckReport } from '../check.ts';
import { fingerprintsOf } from './fingerprint.ts';
import type { FormatReport } from './format.ts';
import { lineHashes } from './line-hash.ts';
import { sarifResult } from './sarif-results.ts';
import { type SarifRule, sarifRules } from './sarif-rules.ts';

/** GitHub takes 25,000 results of a run and shows the 5,000 most severe. */
const MOST_RESULTS = 5000;
const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const HOMEPAGE = 'https://github.com/loadpath/loadpath';

export const formatSarif: FormatReport = (report, { root, project, version }) => {
  const findings = mostSevere(report.findings);
  const rules = sarifRules(findings);
  const run = {
    tool: { driver: { name: 'Loadpath', semanticVersion: version, informationUri: HOMEPAGE, rules } },
    // Runs for several projects of a repository stand side by side; a new one of a project replaces its last.
    automationDetails: { id: project === '' ? 'loadpath/' : `loadpath/${project}/` },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
    invocations: [invocation(report.findings.length - findings.length)],
    results: results(findings, rules, { ...report, sources: report.sources.seenFrom(root) }),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, undefined, 2)}\n`;
};

function results(findings: readonly Finding[], rules: readonly SarifRule[], report: CheckReport): readonly object[] {
  const { sources } = report;
  const fingerprints = fingerprintsOf(findings, sources);
  const ruleIndexes = new Map(rules.map(({ id }, index) => [id, index]));
  const files = new Set(findings.map(({ span }) => span.file));
  const hashes = new Map([...files].map((file) => [file, lineHashes(sources.lines(file).join('\n'))]));
  return findings.map((finding, at) => {
    const { file, start } = finding.span;
    return sarifResult(finding, report, {
      ruleIndex: ruleIndexes.get(finding.rule)!,
      fingerprint: fingerprints[at]!,
      // A place behind the last line has the hash of the end.
      lineHash: (hashes.get(file)?.[start.line] ?? hashes.get(file)?.at(-1))!,
    });
  });
}

/** All, or where they are too many the most severe ones, in their order. */
function mostSevere(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= MOST_RESULTS) return findings;
  const bySeverity = severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
  const kept = new Set(bySeverity.slice(0, MOST_RESULTS));
  return findings.filter((finding) => kept.has(finding));
}

function invocation(leftOut: number): object {
  if (leftOut === 0) return { executionSuccessful: true };
  const subject = leftOut === 1 ? 'One finding of lower severity is' : `${leftOut} findings of lower severity are`;
  const text = `${subject} left out of this report.`;
  return { executionSuccessful: true, toolExecutionNotifications: [{ level: 'warning', message: { text } }] };
}
