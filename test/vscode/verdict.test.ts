import { describe, expect, test } from 'vitest';
import type { RecordedTest, Recording } from './recorder.ts';
import { judge } from './verdict.ts';

const passed: RecordedTest = { title: 'a', state: 'passed', durationMs: 1 };
const failed: RecordedTest = { title: 'b', state: 'failed', durationMs: 1, error: 'Error' };
const skipped: RecordedTest = { title: 'c', state: 'skipped', durationMs: 0 };
const finished = (...tests: RecordedTest[]): Recording => ({ finished: true, tests });
const success = { kind: 'exit', code: 0 } as const;

describe('judge', () => {
  test('passes a finished run with all the expected tests', () => {
    expect(judge(finished(passed, passed), success, 2)).toEqual({ exitCode: 0, passed: 2, failed: 0 });
  });

  test('fails a run with a failed test', () => {
    expect(judge(finished(passed, failed), { kind: 'exit', code: 1 }, 2)).toEqual({
      exitCode: 1,
      passed: 1,
      failed: 1,
    });
  });

  test('does not believe exit code 0 without a recording', () => {
    expect(judge(undefined, success, 3)).toMatchObject({ exitCode: 2, passed: 0, failed: 3 });
  });

  test('does not believe exit code 0 when the recording stops in the middle, and names the test', () => {
    const verdict = judge({ finished: false, running: 'the second', tests: [passed] }, success, 3);
    expect(verdict).toMatchObject({ exitCode: 2, passed: 1, failed: 2 });
    expect(verdict.reason).toContain("'the second'");
  });

  test('counts skipped and missing tests as not passed', () => {
    expect(judge(finished(passed, skipped), success, 3)).toMatchObject({ exitCode: 2, passed: 1, failed: 2 });
  });

  test('does not pass a run whose process fails after its tests', () => {
    expect(judge(finished(passed), { kind: 'exit', code: null }, 1).exitCode).toBe(2);
  });

  test('reports a time-out as one, whatever was recorded', () => {
    expect(judge(finished(passed), { kind: 'timeout' }, 1).exitCode).toBe(3);
    expect(judge(undefined, { kind: 'timeout' }, 1)).toMatchObject({ exitCode: 3, passed: 0, failed: 1 });
  });
});
