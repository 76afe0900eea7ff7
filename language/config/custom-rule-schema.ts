/** The part of the configuration's JSON Schema that describes custom rules. */
import { flowTypes, kindNames, severities } from '../../model/index.ts';
import { comparisons } from './custom-rule.ts';
import { allProperties, demandTypes } from './read-custom-rules.ts';

type Schema = { readonly [key: string]: unknown };

const selector = { $ref: '#/definitions/selector' };
const assertion = { $ref: '#/definitions/assertion' };
const literal: Schema = { type: ['string', 'number', 'boolean'] };

function orList(items: Schema): Schema {
  return { anyOf: [items, { type: 'array', items }] };
}

function object(properties: Readonly<Record<string, unknown>>, required: readonly string[] = []): Schema {
  return { type: 'object', additionalProperties: false, properties, required };
}

/** By the names under which `$ref` finds them. */
export function customRuleDefinitions(): Readonly<Record<string, Schema>> {
  const strings = orList({ type: 'string' });
  return {
    selector: {
      description: 'Components for which everything that is given holds; a string is a pattern for the path.',
      anyOf: [
        { type: 'string' },
        { type: 'array', items: { type: 'string' } },
        object({
          path: { ...strings, description: "Patterns such as 'us.*' or '**.cache'." },
          kind: orList({ enum: kindNames }),
          name: { ...strings, description: "Patterns for the name alone, such as '*-api'." },
          tag: { ...strings, description: "Words of the property 'tags'." },
          inside: { ...selector, description: 'A container around it.' },
          properties: {
            description: 'Values, or comparisons such as { ">=": "10m" }.',
            type: 'object',
            propertyNames: { enum: [...allProperties].sort() },
            additionalProperties: { anyOf: [literal, object(operators())] },
          },
          all: { type: 'array', items: selector },
          any: { type: 'array', items: selector },
          not: selector,
        }),
      ],
    },
    assertion: {
      anyOf: [
        object(
          {
            property: { enum: [...allProperties].sort() },
            op: { enum: comparisons },
            value: { anyOf: [literal, { type: 'array', items: literal }] },
          },
          ['property'],
        ),
        object({ all: { type: 'array', items: assertion } }, ['all']),
        object({ any: { type: 'array', items: assertion } }, ['any']),
        object({ not: assertion }, ['not']),
      ],
    },
    customRule: customRule(),
  };
}

function operators(): Readonly<Record<string, Schema>> {
  return Object.fromEntries(
    comparisons.map((op) => [
      op,
      op === 'exists' ? { type: 'boolean' } : op === 'in' ? { type: 'array', items: literal } : literal,
    ]),
  );
}

function customRule(): Schema {
  const flow = orList({ enum: Object.keys(flowTypes) });
  const link = { from: selector, to: selector, flow };
  const ways = { reachable: { type: 'boolean' }, via: selector, notVia: selector };
  const schema = object(
    {
      id: { type: 'string', pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', description: 'In kebab-case.' },
      message: {
        type: 'string',
        minLength: 1,
        description: 'One sentence; {{name}}, {{from}}, {{to}}, {{value}} are filled in.',
      },
      severity: { enum: severities, default: 'warning' },
      doc: { type: 'string', description: 'Why.' },
      select: { ...selector, description: 'What it looks at.' },
      forbid: { ...object({ ...link, ...ways }), description: 'There is no such connection, or no such way.' },
      require: { ...object({ ...link, ...ways }, ['to']), description: 'Each has such a connection, or such a way.' },
      allow: { ...object(link, ['to']), description: 'There are no other connections.' },
      assert: { ...assertion, description: 'It holds for each.' },
      count: object({ min: { type: 'number' }, max: { type: 'number' } }),
      path: {
        ...object({ from: selector, to: selector, maxDepth: { type: 'number' } }, ['from', 'to', 'maxDepth']),
        description: 'The shortest way has at most so many connections.',
      },
      examples: {
        ...object({ violates: orList({ type: 'string' }), passes: orList({ type: 'string' }) }),
        description: "Files that 'loadpath rules test' tries.",
      },
    },
    ['id', 'message'],
  );
  return { ...schema, oneOf: demandTypes.map((type) => ({ required: [type] })) };
}
