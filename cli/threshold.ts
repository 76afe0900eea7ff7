/** Which findings make a run fail. */
import { type Finding, type Severity, severities } from '../model/index.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import type { Threshold, ThresholdOptions } from './options.ts';

export interface Limits extends Pick<ThresholdOptions, 'maxWarnings'> {
  /** One for all findings, or that of the file that a finding is in. */
  readonly failOn: Threshold | ((file: string) => Threshold);
}

/** Those that make the run fail: at or above the threshold, and all warnings where there are more than allowed. */
export function failing(findings: readonly Finding[], options: Limits): readonly Finding[] {
  const { failOn, maxWarnings = Number.POSITIVE_INFINITY } = options;
  const thresholdOf = typeof failOn === 'function' ? failOn : () => failOn;
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  return findings.filter(
    ({ severity, span }) =>
      reaches(severity, thresholdOf(span.file)) || (severity === 'warning' && warnings > maxWarnings),
  );
}

export function exitCodeOf(findings: readonly Finding[], options: ThresholdOptions): ExitCode {
  return failing(findings, options).length > 0 ? exitCodes.findings : exitCodes.clean;
}

function reaches(severity: Severity, threshold: Threshold): boolean {
  return threshold !== 'never' && severities.indexOf(severity) <= severities.indexOf(threshold);
}
