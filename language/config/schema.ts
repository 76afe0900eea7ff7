/** The JSON Schema of `loadpath.config.jsonc`, made from the rules: completion and hover of an editor explain each of them. */
import { kindNames } from '../../model/index.ts';
import { PAGES } from '../lsp/pages.ts';
import { rules } from '../rules/index.ts';
import { presetNames, presets } from '../rules/presets.ts';
import type { RuleMeta } from '../rules/rule.ts';
import { PRESET_PREFIX } from './configuration.ts';
import { customRuleDefinitions } from './custom-rule-schema.ts';
import { failOnValues, levels } from './read-configuration.ts';

/** JSON Schema, draft 7: the newest that VS Code knows. */
export type JsonSchema = { readonly [key: string]: unknown };

/** The schema of a configuration file. */
export function configSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configuration of Loadpath',
    type: 'object',
    additionalProperties: false,
    allowComments: true,
    allowTrailingCommas: true,
    properties: {
      $schema: { type: 'string', description: 'The schema of this file.' },
      root: {
        type: 'boolean',
        default: false,
        description: 'Configurations in the folders around this one do not count.',
      },
      extends: {
        description: 'Presets, files relative to this one, and installed packages; the later count more.',
        anyOf: [extended, { type: 'array', items: extended }],
      },
      rules: { $ref: '#/definitions/rules', description: 'The level of each rule, and its options.' },
      overrides: {
        type: 'array',
        description: 'Other levels and options for some files or components; the later count more.',
        items: { $ref: '#/definitions/override' },
      },
      ignore: {
        ...strings,
        description: 'Files that no rule looks at, as in a .gitignore, relative to the folder of this file.',
      },
      baseline: { type: 'string', description: 'The file with the findings that are known, relative to this one.' },
      customRules: {
        type: 'array',
        description: 'Rules of your own, as data.',
        items: { $ref: '#/definitions/customRule' },
      },
      failOn: { enum: failOnValues, default: 'error', description: "'check' exits with 1 from this severity on." },
    },
    definitions: { level, override, rules: ruleTable(), ...customRuleDefinitions() },
  };
}

const strings: JsonSchema = { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] };

const extended: JsonSchema = {
  anyOf: [
    {
      enum: presetNames.map((name) => `${PRESET_PREFIX}${name}`),
      markdownEnumDescriptions: presetNames.map((name) => presets[name].summary),
    },
    { type: 'string', not: { pattern: '^(loadpath:|[a-z+.-]+://)' } },
  ],
};

const level: JsonSchema = {
  enum: levels,
  markdownEnumDescriptions: [
    'The rule does not run.',
    'A note.',
    'A warning.',
    "An error: 'loadpath check' exits with 1 unless told otherwise.",
  ],
};

const override: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['rules'],
  anyOf: [{ required: ['files'] }, { required: ['components'] }],
  properties: {
    files: { ...strings, description: 'Patterns as in a .gitignore, relative to the folder of this file.' },
    components: {
      description:
        'Components by path, kind and tag; what is given has to hold for the component or for a container around it.',
      anyOf: [
        ...(strings.anyOf as readonly JsonSchema[]),
        {
          type: 'object',
          additionalProperties: false,
          properties: {
            path: { ...strings, description: "Paths; '*' stands for any characters of a name, '**' for any names." },
            kind: { anyOf: [{ enum: kindNames }, { type: 'array', items: { enum: kindNames } }] },
            tag: { ...strings, description: "Words of the property 'tags'." },
          },
        },
      ],
    },
    rules: { $ref: '#/definitions/rules' },
  },
};

function ruleTable(): JsonSchema {
  return {
    type: 'object',
    // Custom rules have ids of their own.
    additionalProperties: {
      anyOf: [
        { $ref: '#/definitions/level' },
        { type: 'array', items: [{ $ref: '#/definitions/level' }], maxItems: 1 },
      ],
    },
    properties: Object.fromEntries(rules.map(({ meta }) => [meta.id, ruleSchema(meta)])),
  };
}

function ruleSchema(meta: RuleMeta): JsonSchema {
  const { id, title, summary, severity, options = {} } = meta;
  const description = `**${title}.** ${summary}\n\n${severity} by default. [What it is about](${PAGES}/docs/rules/${id}.md)`;
  const head = { description: `${title}. ${summary}`, markdownDescription: description, default: severity };
  const reference = { $ref: '#/definitions/level' };
  if (Object.keys(options).length === 0)
    return { ...head, anyOf: [reference, { type: 'array', items: [reference], minItems: 1, maxItems: 1 }] };
  const object = { type: 'object', additionalProperties: false, properties: options };
  return {
    ...head,
    anyOf: [reference, { type: 'array', items: [reference, object], minItems: 1, maxItems: 2 }],
    defaultSnippets: [
      {
        label: `[level, options of ${id}]`,
        body: [severity, Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.default]))],
      },
    ],
  };
}
