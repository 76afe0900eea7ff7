/** GitLab's code quality report: a list of findings, shown in merge requests; those with one fingerprint would be shown once. */
import { printable } from '../text-width.ts';
import { fingerprintsOf } from './fingerprint.ts';
import type { FormatReport } from './format.ts';
import { severityNames } from './severities.ts';

export const formatGitlab: FormatReport = ({ findings, sources }, { root }) => {
  const seen = sources.seenFrom(root);
  const fingerprints = fingerprintsOf(findings, seen);
  const issues = findings.map(({ rule, severity, message, span }, at) => ({
    description: printable(message),
    check_name: rule,
    fingerprint: fingerprints[at],
    severity: severityNames[severity].gitlab,
    location: { path: seen.path(span.file), lines: { begin: span.start.line + 1, end: span.end.line + 1 } },
  }));
  return `${JSON.stringify(issues, undefined, 2)}\n`;
};
