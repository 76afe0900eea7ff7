/** The document of `loadpath simulate --scenario NAME --format json`, and its schema. */
import type { Playback } from '../../simulator/index.ts';
import { JSON_VERSION, requirementJson, toJson } from './json.ts';
import type { ScenarioReport } from './scenario.ts';
import { def, figures, list, number, object, oneOf, report, seconds, text, UNITS, unbounded } from './schema.ts';

export function scenarioJson({ file, architecture, playback, sources }: ScenarioReport): string {
  const { scenario, title, requirements, ...rest } = playback satisfies Playback;
  return toJson({
    version: JSON_VERSION,
    command: 'simulate',
    file,
    title: architecture.title,
    scenario: { name: scenario, title },
    ...rest,
    requirements: requirements.map(({ requirement, ...verdict }) => ({
      requirement: requirementJson(requirement, sources),
      ...verdict,
    })),
  });
}

const series = (what: string) => list(unbounded(what), `${what} One value for each of the times.`);

/** Schema of the report. */
export const scenarioSchema = report('simulate --scenario NAME', `A scenario, played over time. ${UNITS}`, {
  ...figures,
  scenario: object({ name: text('As declared.'), 'title?': text('As declared.') }),
  duration: seconds('How long it lasts'),
  times: list(
    number('Seconds from the start.'),
    'Every moment at which something changes. Rates, shares and machines hold until the next, backlogs and delays change evenly.',
  ),
  whole: object(
    {
      offered: series('Requests per second that the users send.'),
      throughput: series('Requests per second that are answered.'),
      errors: series('Share of the requests that fails.'),
      waiting: series('Requests that wait because of a backlog.'),
      mean: series('Mean response time of what is answered, in seconds.'),
      'p99?': series('99th percentile of the response time, in seconds.'),
    },
    'As the users see it.',
  ),
  requests: list(
    object({
      name: text('Request class.'),
      errors: series('Share of its requests that fails.'),
      mean: series('Mean response time, in seconds.'),
    }),
    'By request class.',
  ),
  components: list(
    object({
      path: text('Qualified name.'),
      arrivalRate: series('Operations per second that arrive, repeated tries included.'),
      'utilization?': series('Work that arrives over what can be done.'),
      backlog: series('Operations that wait; of a queue, messages.'),
      delay: series('Seconds that what arrives waits because of the backlog.'),
      replicas: series('Machines that run.'),
      failing: series('Operations per second that fail here.'),
      'hitRatio?': series('Of caches and CDNs: share answered here.'),
    }),
    'In order of declaration.',
  ),
  totals: object({
    entered: number('Requests that the users have sent.'),
    answered: number('Of these: answered.'),
    failed: number('Of these: failed.'),
    waiting: number('Of these: not answered yet at the end.'),
  }),
  availability: number('Share of the requests that did not fail.'),
  log: list(
    object({
      at: seconds('When'),
      text: text('One sentence without its final period.'),
      'path?': text('The component that it is about.'),
      kind: oneOf(['event', 'reaction', 'harm'], 'Written in the scenario, following from it, or what hurts.'),
    }),
    'What happened, in order.',
  ),
  requirements: list(
    object({
      requirement: def('requirement'),
      'holds?': { type: 'boolean', description: 'Absent when it cannot be judged.' },
      'worst?': unbounded('The worst value, in the unit of the limit.'),
      'worstAt?': seconds('When it was seen'),
      broken: list(object({ from: seconds('From'), to: seconds('To') }), 'When it was broken.'),
      'why?': text('Why it cannot be judged.'),
    }),
    'Every `require` of the scenario, in order of declaration.',
  ),
  accuracy: def('accuracy'),
  limits: list({ type: 'string' }, 'What the playback cannot know, or has assumed; sentences.'),
});
