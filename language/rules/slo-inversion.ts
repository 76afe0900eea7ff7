import { amount, type Component, formatPercent, type Requirement } from '../../model/index.ts';
import { isNeeded } from './chains.ts';
import { componentAt, nameOf, outgoing } from './query.ts';
import { defineRule, type Subject } from './rule.ts';

export const sloInversion = defineRule({
  meta: {
    id: 'slo-inversion',
    title: 'A promise above what it stands on',
    section: 'beyond',
    category: 'promises',
    severity: 'warning',
    summary: 'A component promises more availability than a component that it cannot do without.',
    why: 'Whoever needs another for every answer is down whenever the other is. The two promises cannot both be meant: that of the caller is the higher one, and it is broken each time the other uses up what it may. Calls with `fallback: true` and messages through a queue do not count.',
    howToFix: 'Promise less, ask for more from below, or make the dependency soft (cache, queue, `fallback: true`).',
    sources: ['Nygard, "Release It!": SLA inversion.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    const promises = architecture.requirements.filter(isPromise);
    for (const upper of promises) {
      const caller = upper.of && componentAt(architecture, upper.of.name);
      if (!caller) continue;
      for (const connection of outgoing(architecture, caller)) {
        const callee = isNeeded(architecture, connection) ? componentAt(architecture, connection.to) : undefined;
        const lower = callee && promiseOf(callee, promises);
        if (!callee || !lower || lower.value >= upper.limit) continue;
        report({
          at: upper,
          message: `'${nameOf(architecture, caller)}' promises an availability of ${formatPercent(upper.limit)}, but '${nameOf(architecture, callee)}', which it cannot do without, promises only ${formatPercent(lower.value)}.`,
          related: [{ message: 'This is the lower promise.', ...lower }],
        });
      }
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { replicas: 2, serviceTime: 10ms, exposure: public }
server pricing { replicas: 2, serviceTime: 10ms }
visitors -> app
app -> pricing : calls 1
require availability of app >= 99.95%
//                             ^^^^^^ warning: 'app' promises an availability of 99.95%, but 'pricing', which it cannot do without, promises only 99.9%.
require availability of pricing >= 99.9%
`,
      `
users visitors { rate: 20/s }
server app { replicas: 2, serviceTime: 10ms, exposure: public }
external payments { latency: 120ms, availability: 99.5% }
visitors -> app
app -> payments : calls 1 { timeout: 2s }
require availability of app >= 99.9%
//                             ^^^^^ warning: 'app' promises an availability of 99.9%, but 'payments', which it cannot do without, promises only 99.5%.
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { replicas: 2, serviceTime: 10ms, exposure: public }
server pricing { replicas: 2, serviceTime: 10ms }
visitors -> app
app -> pricing : calls 1
require availability of app >= 99.9%
require availability of pricing >= 99.95%
`,
      `
// The lower promise belongs to something that the application can do without.
users visitors { rate: 20/s }
server app { replicas: 2, serviceTime: 10ms, exposure: public }
server pricing { replicas: 2, serviceTime: 10ms }
visitors -> app
app -> pricing : calls 1 { fallback: true }
require availability of app >= 99.95%
require availability of pricing >= 99.9%
`,
    ],
  },
});

function isPromise({ metric, operator }: Requirement): boolean {
  return metric === 'availability' && operator.startsWith('>');
}

interface Promised {
  readonly value: number;
  readonly at: Subject;
  readonly property?: string;
}

/** What is required of a component, or what the contract of the system of somebody else says. */
function promiseOf(callee: Component, promises: readonly Requirement[]): Promised | undefined {
  const own = promises.find(({ of }) => of?.name === callee.path);
  if (own) return { value: own.limit, at: own };
  const value = callee.kind === 'external' ? amount(callee, 'availability') : undefined;
  return value === undefined ? undefined : { value, at: callee, property: 'availability' };
}
