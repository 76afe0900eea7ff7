/** A rule with a defect, in the editor: it is reported once for each file, and hides nothing of the others. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rules } from '../rules/index.ts';
import { defineRule, type Rule } from '../rules/rule.ts';
import { open } from './testing.ts';

const TEXT = `users visitors { population: 100k, dailyActive: 40%, requests: 50/day, peak: 3x }
server app { replicas: 4, cores: 4, serviceTime: 18ms, sessions: local }
cache pages { engine: redis, memory: 4GB }
visitors -> app
app -> pages : reads 2
`;
/** The table of all rules, which the test adds one to. */
const table = rules as Rule[];
const crashing = defineRule({
  ...rules[0]!,
  meta: { ...rules[0]!.meta, id: 'crashing' },
  check() {
    throw new Error('a defect');
  },
});

beforeEach(() => void table.unshift(crashing));
afterEach(() => void table.shift());

it('is reported once, and all other findings are as without it', async () => {
  const messages = async () => ((await open(TEXT)).document.diagnostics ?? []).map(({ message }) => message);
  const withIt = await messages();
  table.shift();
  const without = await messages();
  table.unshift(crashing);
  expect(without.length).toBeGreaterThan(2);
  expect(withIt.filter((message) => !without.includes(message))).toEqual([
    expect.stringMatching(/'crashing' could not be run .*a defect/),
  ]);
  expect(withIt.filter((message) => without.includes(message))).toEqual(without);
});
