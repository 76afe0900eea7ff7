import { formatPercent } from '../../model/index.ts';
import { componentAt, isManaged, nameOf, quoted } from './query.ts';
import { defineRule } from './rule.ts';

export const availabilitySloUnreachable = defineRule({
  meta: {
    id: 'availability-slo-unreachable',
    title: 'A promise that others have to keep',
    section: 'beyond',
    category: 'promises',
    severity: 'warning',
    summary: 'More availability is promised than the systems of others, on which the requests depend, leave over.',
    why: 'What is needed by every request multiplies: a system of somebody else that is down for 0.1% of the time takes those 0.1% from every promise that stands on it, whatever one does with one’s own replicas. `requirement-violated` says that the promise does not hold; this rule says that no replica of one’s own can make it hold.',
    howToFix:
      'Make the dependency soft (`fallback: true`, a cache, a queue in front), use a second provider, or promise less.',
    sources: [
      'Microsoft Azure Well-Architected Framework, RE:04: composite targets.',
      'AWS Well-Architected, Reliability pillar, REL11-BP07: meet availability targets.',
    ],
    since: '0.1.0',
  },
  check({ architecture, analysis }, report) {
    const foreign = analysis.availability.contributions.flatMap(({ path, unavailability }) => {
      const component = componentAt(architecture, path);
      return component && (component.kind === 'external' || isManaged(component))
        ? [{ component, unavailability }]
        : [];
    });
    const left = foreign.reduce((product, { unavailability }) => product * (1 - unavailability), 1);
    for (const requirement of architecture.requirements) {
      const { metric, of, operator, limit } = requirement;
      if (metric !== 'availability' || of || operator[0] !== '>' || left >= limit) continue;
      const names = quoted(foreign.map(({ component }) => nameOf(architecture, component)));
      report({
        at: requirement,
        message: `An availability of ${formatPercent(limit)} is out of reach: ${names} alone ${foreign.length === 1 ? 'leaves' : 'leave'} ${formatPercent(left)}, however redundant everything else is.`,
        related: foreign.map(({ component, unavailability }) => ({
          message: `'${nameOf(architecture, component)}' takes ${formatPercent(unavailability)} away.`,
          at: component,
        })),
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 2, serviceTime: 10ms }
external payments { latency: 120ms, availability: 99.5% }
visitors -> lb
lb -> app
app -> payments : calls 1 { timeout: 2s }
require availability >= 99.9%
//                      ^^^^^ warning: An availability of 99.9% is out of reach: 'payments' alone leaves 99.5%, however redundant everything else is.
`,
      `
users visitors { rate: 20/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 2, serviceTime: 10ms }
external payments { latency: 120ms, availability: 99.9% }
external mail { latency: 80ms, availability: 99.8% }
visitors -> lb
lb -> app
app -> payments : calls 1 { timeout: 2s }
app -> mail : calls 1 { timeout: 2s }
require availability > 99.8%
//                     ^^^^^ warning: An availability of 99.8% is out of reach: 'mail' and 'payments' alone leave 99.7%, however redundant everything else is.
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 2, serviceTime: 10ms }
external payments { latency: 120ms, availability: 99.95% }
visitors -> lb
lb -> app
app -> payments : calls 1 { timeout: 2s }
require availability >= 99%
`,
      `
// The application goes on without it.
users visitors { rate: 20/s }
loadBalancer lb { replicas: 2 }
server app { replicas: 2, serviceTime: 10ms }
external ratings { latency: 120ms, availability: 99% }
visitors -> lb
lb -> app
app -> ratings : calls 1 { timeout: 2s, fallback: true }
require availability >= 99.9%
`,
    ],
  },
});
