/** Words in which the JSON Schemas (draft-07) of the reports are written, and the definitions that several of them share. */
import { metrics, operators, resourceNames } from '../../model/index.ts';
import { JSON_VERSION } from './json.ts';

export type Schema = { readonly [key: string]: unknown };

export const text = (description: string) => ({ type: 'string', description });
export const number = (description: string) => ({ type: 'number', description });
export const count = (description: string) => ({ type: 'integer', minimum: 0, description });
export const oneOf = (values: readonly string[], description: string) => ({ enum: values, description });
export const list = (items: Schema, description: string) => ({ type: 'array', items, description });
export const def = (name: string) => ({ $ref: `#/definitions/${name}` });

/** A number that may be without limit, or the string "Infinity". */
export const unbounded = (description: string) => ({
  anyOf: [{ type: 'number' }, { const: 'Infinity' }],
  description: `${description} "Infinity" when there is no limit.`,
});

/** A closed object; names that end with a question mark may be absent. */
export function object(properties: Readonly<Record<string, Schema>>, description?: string): Schema {
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
export const place = object({ file: text('Relative path with forward slashes.'), start: position, end: position });
export const parts = oneOf(['primary', 'replica', 'hottestShard'], 'The part of a database, when it has several.');
export const resource = oneOf(resourceNames, 'What it runs out of.');

const accuracy = {
  description: 'How far the figure can be trusted.',
  oneOf: [
    object({ kind: { const: 'exact' } }, 'Exact for the stated model.'),
    object({ kind: { const: 'approximate' }, 'error?': number('Expected relative error.'), why: text('The reason.') }),
    object({ kind: { const: 'unreliable' }, why: text('Why the formula is out of its depth.') }),
  ],
};

export const seconds = (what: string) => unbounded(`${what}, in seconds.`);
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
  'cause?': oneOf(['retries'], 'Present where it is retries that overload it.'),
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

export const figures = { file: text('Relative path with forward slashes.'), 'title?': text('Of the architecture.') };
const definitions = { place, accuracy, latency, bottleneck, requirement, requirementResult, capacity };
export const requirements = list(def('requirementResult'), 'Every `require`, in order of declaration.');

/** The schema of the report of a command. */
export function report(command: string, description: string, properties: Readonly<Record<string, Schema>>): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `Report of 'loadpath ${command} --format json', version ${JSON_VERSION}`,
    ...object(
      { version: { const: JSON_VERSION }, command: { const: command.split(' ')[0] }, ...properties },
      description,
    ),
    definitions,
  };
}

export const UNITS =
  'Quantities are in canonical units: seconds, bytes, per second, fractions, USD per hour. What is not known is absent.';
