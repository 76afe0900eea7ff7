/** The document of `loadpath check --format json`. */
import type { Severity } from '../../model/index.ts';
import { type CheckReport, countOfStale } from './check.ts';
import { headline } from './headline.ts';
import { capacityJson, findingJson, JSON_VERSION, requirementsJson, toJson } from './json.ts';

export function checkJson({
  files,
  findings,
  suppressed,
  notEvaluated,
  architectures,
  baseline,
  sources,
}: CheckReport): string {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return toJson({
    version: JSON_VERSION,
    command: 'check',
    files: files.map((uri) => sources.path(uri)),
    findings: findings.map((finding) => findingJson(finding, sources)),
    suppressed: suppressed.map(({ finding, suppression }) => ({
      ...findingJson(finding, sources),
      reason: suppression.reason,
    })),
    notEvaluated,
    architectures: architectures.map(({ file, architecture, analysis }) => ({
      file,
      title: architecture.title,
      headline: headline(analysis),
      users: analysis.solution.users,
      rate: analysis.solution.rate,
      response: analysis.solution.response,
      errors: analysis.solution.errors,
      capacity: capacityJson(analysis.capacity, sources),
      availability: analysis.availability.value,
      costPerHour: analysis.cost.perHour,
      requirements: requirementsJson(analysis, sources),
    })),
    summary: {
      files: files.length,
      errors: count('error'),
      warnings: count('warning'),
      infos: count('info'),
      suppressed: suppressed.length,
      ...(baseline ? { inBaseline: baseline.known, stale: countOfStale(baseline.stale) } : {}),
    },
  });
}
