import type { RequirementResult } from '../../model/index.ts';
import { metricLabel, printedApart, subjectText } from './requirement-text.ts';
import { defineRule } from './rule.ts';

export const requirementViolated = defineRule({
  meta: {
    id: 'requirement-violated',
    title: 'A promise does not hold',
    section: 'beyond',
    category: 'promises',
    severity: 'error',
    summary: 'A `require` does not hold for the design as it is declared.',
    why: 'The design contradicts itself: what it declares cannot do what it promises. The value is the simulator’s, at the declared load. A requirement that cannot be computed is not reported.',
    howToFix: 'Change the design until it keeps the promise (the message says by how much it fails), or promise less.',
    since: '0.1.0',
  },
  check({ analysis }, report) {
    for (const result of analysis.requirements) {
      if (result.holds !== false || result.value === undefined) continue;
      report({ at: result.requirement, message: sentence(result, result.value) });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 90/s }
server app { serviceTime: 10ms }
visitors -> app
require p99 < 100ms
//            ^^^^^ error: p99 is 461 ms, but < 100 ms is required.
`,
      `
users visitors { rate: 90/s }
server app { serviceTime: 10ms, availability: 99% }
visitors -> app
require availability >= 99.9%
//                      ^^^^^ error: The availability is 99%, but >= 99.9% is required.
require utilization of app < 70%
//                           ^^^ error: The utilization of 'app' is 90%, but < 70% is required.
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
visitors -> app
require p99 < 100ms
require utilization of app < 70%
`,
      `
// The service time is not known, so nobody can say.
users visitors { rate: 20/s }
server app
visitors -> app
require utilization of app < 1%
`,
    ],
  },
});

function sentence({ requirement, why }: RequirementResult, value: number): string {
  const reason = why ? ` (${why.replace(/\.$/, '')})` : '';
  const [is, asked] = printedApart(requirement, value);
  const what = `${metricLabel(requirement)}${subjectText(requirement)}`;
  return `${what} is ${is}${reason}, but ${requirement.operator} ${asked} is required.`;
}
