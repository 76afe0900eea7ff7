import { formatMoment, type Scenario } from '../../model/index.ts';
import { judgeScenario, type ScenarioVerdict } from '../../simulator/index.ts';
import { metricLabel, printedApart, subjectText } from './requirement-text.ts';
import { defineRule } from './rule.ts';

export const scenarioRequirementViolated = defineRule({
  meta: {
    id: 'scenario-requirement-violated',
    title: 'A promise does not hold while a scenario is played',
    section: 'beyond',
    category: 'promises',
    severity: 'error',
    summary: 'A `require` inside a `scenario` is broken while the scenario is played.',
    why: 'The scenario says what may go wrong, and the `require` what must hold all the same. It is judged at every moment of the scenario (`availability`: over all of its requests), in the fluid view: requests are an amount that flows, waits and fails. A requirement that cannot be computed is not reported.',
    howToFix:
      'Play the scenario (`loadpath simulate FILE --scenario NAME`, or the lens above it): it says what happens when. Then add what reacts faster or carries more, or promise less.',
    sources: [
      'The fluid (deterministic) approximation of queues: Newell, Applications of Queueing Theory, 2nd edition, 1982, chapter 2.',
    ],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const scenario of architecture.scenarios) {
      if (scenario.requirements.length === 0) continue;
      for (const verdict of judgeScenario(architecture, scenario).requirements) {
        if (verdict.holds !== false || verdict.worst === undefined) continue;
        const event = cause(scenario, verdict);
        report({
          at: verdict.requirement,
          message: sentence(scenario, verdict, verdict.worst),
          related: event
            ? [{ message: `The last event before it breaks, at ${formatMoment(event.at)}.`, at: { span: event.span } }]
            : [],
        });
      }
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 90/s }
server app { replicas: 2, serviceTime: 10ms }
visitors -> app
scenario flashCrowd {
  duration: 20m
  at 5m surge 3x for 2m
  require p99 < 1s
//              ^^ error: In 'flashCrowd' p99 reaches 42.1 s, but < 1 s is required; it is broken from 5 min 2 s to 8 min 15 s.
}
`,
      `
users visitors { rate: 50/s }
server app { replicas: 2, serviceTime: 10ms }
database posts { readReplicas: 1, serviceTime: 1ms, failover { mode: automatic, time: 30s } }
visitors -> app
app -> posts : reads 1, writes 0.5
scenario primaryLoss {
  duration: 10m
  at 5m fail primary of posts
  require availability >= 99%
//                        ^^^ error: In 'primaryLoss' the availability is 97.5%, but >= 99% is required; it is broken from 5 min to 5 min 30 s.
}
`,
    ],
    passes: [
      `
// Three times the load for two minutes, with room for it.
users visitors { rate: 90/s }
server app { replicas: 6, serviceTime: 10ms }
visitors -> app
scenario flashCrowd {
  duration: 20m
  at 5m surge 3x for 2m
  require p99 < 1s
}
`,
      `
// The same loss, over a longer time.
users visitors { rate: 50/s }
server app { replicas: 2, serviceTime: 10ms }
database posts { readReplicas: 1, serviceTime: 1ms, failover { mode: automatic, time: 30s } }
visitors -> app
app -> posts : reads 1, writes 0.5
scenario primaryLoss {
  duration: 30m
  at 5m fail primary of posts
  require availability >= 99%
}
`,
    ],
  },
});

function sentence({ name }: Scenario, { requirement, broken }: ScenarioVerdict, worst: number): string {
  const { metric, operator } = requirement;
  const [is, asked] = printedApart(requirement, worst);
  const label = metricLabel(requirement).replace(/^The/, 'the');
  const upper = operator === '<' || operator === '<=';
  const verb = metric === 'availability' ? 'is' : upper ? 'reaches' : 'falls to';
  const when = broken.length === 0 ? '' : `; it is broken ${spans(broken)}`;
  return `In '${name}' ${label}${subjectText(requirement)} ${verb} ${is}, but ${operator} ${asked} is required${when}.`;
}

function spans(broken: ScenarioVerdict['broken']): string {
  const shown = broken.slice(0, SHOWN).map(({ from, to }) => `from ${formatMoment(from)} to ${formatMoment(to)}`);
  const rest = broken.length - shown.length;
  return [shown.join(' and '), ...(rest > 0 ? [`${rest} more times`] : [])].join(', and ');
}

const SHOWN = 2;

/** What happened last before the promise broke. */
function cause({ events }: Scenario, { broken }: ScenarioVerdict): Scenario['events'][number] | undefined {
  const from = broken[0]?.from;
  if (from === undefined) return undefined;
  return events
    .filter(({ at }) => at <= from)
    .toSorted((a, b) => a.at - b.at)
    .at(-1);
}
