/** Which findings make a run fail. */
import { type Finding, type Severity, severities } from '../model/index.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import type { Threshold, ThresholdOptions } from './options.ts';

/** Those that make the run fail: at or above the threshold, and all warnings where there are more than allowed. */
export function failing(findings: readonly Finding[], options: ThresholdOptions): readonly Finding[] {
  const { failOn, maxWarnings = Number.POSITIVE_INFINITY } = options;
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  return findings.filter(
    ({ severity }) => reaches(severity, failOn) || (severity === 'warning' && warnings > maxWarnings),
  );
}

export function exitCodeOf(findings: readonly Finding[], options: ThresholdOptions): ExitCode {
  return failing(findings, options).length > 0 ? exitCodes.findings : exitCodes.clean;
}

function reaches(severity: Severity, threshold: Threshold): boolean {
  return threshold !== 'never' && severities.indexOf(severity) <= severities.indexOf(threshold);
}
