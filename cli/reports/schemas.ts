/** JSON Schemas (draft-07) of the JSON reports, beside the code that writes them; `npm run docs` writes them to `docs/schema/`. */
import { metrics, operators, resourceNames, severities } from '../../model/index.ts';
import { JSON_VERSION } from './json.ts';

export type Schema = { readonly [key: string]: unknown };

const text = (description: string) => ({ type: 'string', description });
const number = (description: string) => ({ type: 'number', description });
const count = (description: string) => ({ type: 'integer', minimum: 0, description });
const oneOf = (values: readonly string[], description: string) => ({ enum: values, description });
const list = (items: Schema, description: string) => ({ type: 'array', items, description });
const def = (name: string) => ({ $ref: `#/definitions/${name}` });

/** A number that may be without limit, or the string "Infinity". */
const unbounded = (description: string) => ({
  anyOf: [{ type: 'number' }, { const: 'Infinity' }],
  description: `${description} "Infinity" when there is no limit.`,
});

/** A closed object; names that end with a question mark may be absent. */
function object(properties: Readonly<Record<string, Schema>>, description?: string): Schema {
  const named = Object.entries(properties).map(([name, schema]) => [name.replace('?', ''), schema] as const);
  return {
    type: 'object',
    ...(description ? { description } : {}),
    properties: Object.fromEntries(named),
    required: Object.keys(properties).filter((name) => !name.endsWith('?')),
    additionalProperties: false,
  };
}

const position = object({ line: count('Counts from 1.'), column: count('In UTF-16 code units, counts from 1.') });
const place = object({ file: text('Relative path with forward slashes.'), start: position, end: position });
const parts = oneOf(['primary', 'replica', 'hottestShard'], 'The part of a database, when it has several.');
const resource = oneOf(resourceNames, 'What it runs out of.');

const accuracy = {
  description: 'How far the figure can be trusted.',
  oneOf: [
    object({ kind: { const: 'exact' } }, 'Exact for the stated model.'),
    object({ kind: { const: 'approximate' }, 'error?': number('Expected relative error.'), why: text('The reason.') }),
    object({ kind: { const: 'unreliable' }, why: text('Why the formula is out of its depth.') }),
  ],
};

const seconds = (what: string) => unbounded(`${what}, in seconds.`);
const latency = object(
  {
    mean: seconds('Mean'),
    p50: seconds('Median'),
    p90: seconds('90th percentile'),
    p95: seconds('95th percentile'),
    p99: seconds('99th percentile'),
    p999: seconds('99.9th percentile'),
  },
  'A response time.',
);

const bottleneck = object({
  path: text('The component.'),
  resource,
  'part?': parts,
  scale: unbounded('Multiple of the declared load at which it saturates.'),
  users: unbounded('Users at which it saturates.'),
});

const requirement = object({
  metric: oneOf(metrics, 'What is promised.'),
  'of?': object({
    type: oneOf(['component', 'request'], 'What it is about.'),
    name: text('A path, or the name of a request class.'),
  }),
  operator: oneOf(operators, 'How value and limit compare.'),
  limit: number('In the canonical unit of the metric.'),
  place: def('place'),
});

const requirementResult = object({
  requirement: def('requirement'),
  'value?': unbounded('In the unit of the limit; absent when it cannot be computed.'),
  'holds?': { type: 'boolean', description: 'Absent when it cannot be computed.' },
  'why?': text('Why it cannot be computed.'),
});

const capacity = object(
  {
    users: unbounded('The largest population at which every requirement holds and nothing saturates.'),
    scale: unbounded('The same as a multiple of the declared load.'),
    rate: unbounded('Requests per second at that population.'),
    'limit?': {
      description: 'What sets it.',
      oneOf: [
        object({ type: { const: 'bottleneck' }, bottleneck: def('bottleneck') }),
        object({ type: { const: 'requirement' }, requirement: def('requirement') }),
      ],
    },
    bottlenecks: list(def('bottleneck'), 'Everything that saturates, the first to do so first.'),
    declaredUsers: number('Users that the architecture declares; 0 where they are declared by rate.'),
    accuracy: def('accuracy'),
  },
  'How much load the architecture carries.',
);

const finding = {
  rule: text('Id of the rule, or of the kind of problem.'),
  severity: oneOf(severities, 'How bad it is.'),
  message: text('One sentence.'),
  'subject?': text('Path of the component, or id of the connection, that it is about.'),
  place: def('place'),
  related: list(object({ message: text('One sentence.'), place: def('place') }), 'Other places that are involved.'),
  fixes: list(
    object({ title: text('What it does.'), preferred: { type: 'boolean', description: 'The one to take.' } }),
    'Changes that remove the finding.',
  ),
};

const component = object({
  path: text('Qualified name.'),
  arrivalRate: number('Operations per second that arrive.'),
  throughput: number('Of these, per second: done here.'),
  rates: object({
    calls: number('Per second.'),
    reads: number('Per second.'),
    writes: number('Per second.'),
    static: number('Per second.'),
    messages: number('Per second.'),
  }),
  'utilization?': unbounded('The highest of its resources, as a fraction.'),
  resources: list(
    object({
      resource,
      utilization: unbounded('Fraction of what is there; above 1, demand exceeds it.'),
      available: unbounded('Units that are there: cores, bytes per second, threads, requests per second, bytes.'),
      'part?': parts,
    }),
    'Everything it can run out of.',
  ),
  'waiting?': seconds('Mean time until service'),
  'response?': def('latency'),
  'inSystem?': unbounded('Mean number of requests here.'),
  refused: number('Fraction of the arrivals that is refused.'),
  'hitRatio?': number('Of caches and CDNs: share answered here.'),
  'backlogGrowth?': number('Of queues: messages per second that pile up.'),
  'saturatesAt?': unbounded('Multiple of the load at which the first of its resources saturates.'),
  'replicasNeeded?': unbounded('Replicas that the load needs.'),
  accuracy: def('accuracy'),
});

const solution = object(
  {
    users: number('Users of all sources.'),
    rate: number('Requests per second.'),
    throughput: number('Requests per second that are answered.'),
    errors: number('Fraction of the requests that fails.'),
    response: def('latency'),
    requests: list(
      object({
        name: text('Of the request class; `default` is the rest of the mix.'),
        rate: number('Requests per second.'),
        response: def('latency'),
        errors: number('Fraction that fails.'),
        breakdown: list(
          object({ path: text('Component.'), seconds: seconds('Of the mean') }),
          'Where the mean time goes, the largest part first.',
        ),
        accuracy: def('accuracy'),
      }),
      'By request class.',
    ),
    components: list(component, 'In order of declaration.'),
    connections: list(
      object({
        id: text('`from -> to`.'),
        rate: number('Operations per second.'),
        visits: number('Operations per request of the users.'),
      }),
      'In order of declaration.',
    ),
    accuracy: def('accuracy'),
  },
  'The steady state under the load.',
);

const availability = object({
  value: number('Fraction of time for which the whole serves its users.'),
  downtime: number('Seconds a year.'),
  requests: list(object({ name: text('Request class.'), value: number('Fraction.') }), 'By request class.'),
  contributions: list(
    object({
      path: text('Component.'),
      unavailability: number('Fraction of time lost by it.'),
      why: text('The reason.'),
    }),
    'The worst first.',
  ),
  singlePoints: list(
    object({ path: text('Component.'), lost: number('Share of the requests lost while it is down.') }),
    'Failures that alone lose requests.',
  ),
  accuracy: def('accuracy'),
});

const cost = object({
  perHour: number('USD per hour; a month has 730 hours.'),
  lines: list(
    object({
      path: text('Component.'),
      perHour: number('USD per hour.'),
      why: text('How it was computed.'),
      'source?': text('Id of the source of the price.'),
    }),
    'What it consists of.',
  ),
  unknown: list({ type: 'string' }, 'Components whose price is not known.'),
});

const figures = { file: text('Relative path with forward slashes.'), 'title?': text('Of the architecture.') };
const definitions = { place, accuracy, latency, bottleneck, requirement, requirementResult, capacity };
const requirements = list(def('requirementResult'), 'Every `require`, in order of declaration.');

function report(command: string, description: string, properties: Readonly<Record<string, Schema>>): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `Report of 'loadpath ${command} --format json', version ${JSON_VERSION}`,
    ...object({ version: { const: JSON_VERSION }, command: { const: command }, ...properties }, description),
    definitions,
  };
}

const UNITS =
  'Quantities are in canonical units: seconds, bytes, per second, fractions, USD per hour. What is not known is absent.';

/** By the name of the command. */
export const schemas: Readonly<Record<'check' | 'simulate' | 'capacity', Schema>> = {
  check: report('check', `Findings, and the figures of each architecture. ${UNITS}`, {
    files: list({ type: 'string' }, 'Relative paths of all files that were checked.'),
    findings: list(object(finding), 'Sorted by file, line, column and rule.'),
    suppressed: list(
      object({ ...finding, reason: text('What the comment says.') }),
      'What would have been found without `arch-ignore` comments.',
    ),
    notEvaluated: list(
      object({
        rule: text('Id.'),
        subject: text('Path of the component.'),
        missing: list({ type: 'string' }, 'Properties that it would need.'),
      }),
      'What could not be judged because the file does not say enough.',
    ),
    architectures: list(
      object({
        ...figures,
        headline: text('The figures in one line.'),
        users: number('Declared.'),
        rate: number('Requests per second at peak.'),
        response: def('latency'),
        errors: number('Fraction of the requests that fails.'),
        capacity: def('capacity'),
        availability: number('Fraction of time.'),
        costPerHour: number('USD per hour; a month has 730 hours.'),
        requirements,
      }),
      'One for each root file that declares load.',
    ),
    summary: object({
      files: count('Files checked.'),
      errors: count('Findings of that severity.'),
      warnings: count('Findings of that severity.'),
      infos: count('Findings of that severity.'),
      suppressed: count('Findings silenced by comments.'),
    }),
  }),
  simulate: report('simulate', `The steady state and what follows from it. ${UNITS}`, {
    ...figures,
    load: oneOf(['peak', 'mean'], 'The load that was solved for.'),
    solution,
    capacity: def('capacity'),
    availability,
    cost,
    requirements,
  }),
  capacity: report('capacity', `How much load it carries, and what breaks in which order. ${UNITS}`, {
    ...figures,
    capacity: def('capacity'),
    requirements,
  }),
};
