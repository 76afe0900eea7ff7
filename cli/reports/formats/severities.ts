/** What other formats call our severities. */
import type { Severity } from '../../../model/index.ts';

interface Names {
  readonly sarif: 'error' | 'warning' | 'note';
  /** CodeQL's `problem.severity`, by which GitHub orders alerts. */
  readonly problem: 'error' | 'warning' | 'recommendation';
  readonly github: 'error' | 'warning' | 'notice';
  readonly gitlab: 'critical' | 'major' | 'minor';
  readonly checkstyle: 'error' | 'warning' | 'info';
}

export const severityNames: Readonly<Record<Severity, Names>> = {
  error: { sarif: 'error', problem: 'error', github: 'error', gitlab: 'critical', checkstyle: 'error' },
  warning: { sarif: 'warning', problem: 'warning', github: 'warning', gitlab: 'major', checkstyle: 'warning' },
  info: { sarif: 'note', problem: 'recommendation', github: 'notice', gitlab: 'minor', checkstyle: 'info' },
};
