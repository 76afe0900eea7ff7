import type { Recording } from './recorder.ts';

/** Exit codes of the harness. */
export const EXIT = { passed: 0, failed: 1, infrastructure: 2, timeout: 3 } as const;
/** One of the harness's exit codes. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** How the test process of a level ended: by itself with a code, or stopped because its time was up. */
export type ProcessEnd = { readonly kind: 'exit'; readonly code: number | null } | { readonly kind: 'timeout' };

/** The outcome of a level. */
export interface Verdict {
  readonly exitCode: ExitCode;
  readonly passed: number;
  /** Includes the expected tests that have no result: a test that did not run has not passed. */
  readonly failed: number;
  /** One sentence for an outcome that the failed tests do not explain. */
  readonly reason?: string;
}

/**
 * Judges a run by its proof, not by its exit code alone: VS Code reports success when its extension host dies in the
 * middle of a run. A pass needs a finished recording with at least `expected` passed tests, none failed, and exit code 0.
 */
export function judge(recording: Recording | undefined, end: ProcessEnd, expected: number): Verdict {
  const tests = recording?.tests ?? [];
  const passed = tests.filter((test) => test.state === 'passed').length;
  const failures = tests.filter((test) => test.state === 'failed').length;
  const failed = Math.max(failures, expected - passed);
  if (end.kind === 'timeout') {
    const where = recording?.running ? ` in '${recording.running}'` : '';
    return { exitCode: EXIT.timeout, passed, failed, reason: `The time was up${where}.` };
  }
  if (!recording?.finished) {
    const where = recording?.running ? `in '${recording.running}'` : 'before its first test';
    const reason = `The test process ended ${where} without finishing the suite (exit code ${end.code}).`;
    return { exitCode: EXIT.infrastructure, passed, failed, reason };
  }
  if (failures > 0) return { exitCode: EXIT.failed, passed, failed };
  if (failed > 0) {
    const reason = `Only ${passed} of at least ${expected} tests passed, and none failed: the others did not run.`;
    return { exitCode: EXIT.infrastructure, passed, failed, reason };
  }
  if (end.code !== 0) {
    const reason = `All tests passed, but their process ended with ${end.code}.`;
    return { exitCode: EXIT.infrastructure, passed, failed, reason };
  }
  return { exitCode: EXIT.passed, passed, failed };
}
