import { expect, test } from 'vitest';
import type { Finding, Severity } from '../model/index.ts';
import { failing } from './threshold.ts';

const found = (['error', 'warning', 'warning', 'info'] as const).map(finding);

test.each([
  ['error', 1],
  ['warning', 3],
  ['info', 4],
  ['never', 0],
] as const)('--fail-on %s counts %i', (failOn, count) => {
  expect(failing(found, { failOn })).toHaveLength(count);
});

test('warnings fail when there are more than allowed, whatever the threshold', () => {
  expect(failing(found, { failOn: 'never', maxWarnings: 1 })).toHaveLength(2);
  expect(failing(found, { failOn: 'never', maxWarnings: 2 })).toEqual([]);
});

function finding(severity: Severity): Finding {
  const start = { line: 0, character: 0, offset: 0 };
  return { rule: 'any', severity, message: 'Any.', span: { file: 'file:///a.arch', start, end: start } };
}
