import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { readConfiguration } from './read-configuration.ts';
import { configSchema } from './schema.ts';

const validate = new Ajv({ strict: false, allErrors: true }).compile(configSchema());

test('the file in docs/schema is current', () => {
  const file = new URL('../../docs/schema/config.schema.json', import.meta.url);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(configSchema());
});

test('every option has bounds that its default keeps', () => {
  for (const { meta } of rules) {
    for (const [name, option] of Object.entries(meta.options ?? {})) {
      expect(option.default, `${meta.id}: ${name}`).toBeGreaterThanOrEqual(option.minimum);
      expect(option.default, `${meta.id}: ${name}`).toBeLessThanOrEqual(option.maximum ?? Number.POSITIVE_INFINITY);
      expect(option.description).toMatch(/^[A-Z].*\.$/);
    }
  }
});

test.each([
  [{}, true],
  [{ root: true, extends: ['loadpath:strict', './a.jsonc', '@acme/arch'], failOn: 'never', ignore: 'old' }, true],
  [{ rules: { 'cache-spof': 'off', 'insufficient-headroom': ['warning', { limit: 0.6 }] } }, true],
  [{ rules: { 'insufficient-headroom': ['warning'] }, baseline: 'known.json' }, true],
  [{ overrides: [{ components: { path: 'us.**', kind: ['cache'], tag: 'old' }, rules: {} }] }, true],
  [{ overrides: [{ files: ['a'], components: ['us'], rules: { 'hot-shard': 'off' } }] }, true],
  [{ rule: {} }, false],
  [{ customRules: [{ id: 'a-b', message: '{{from}}', forbid: { from: 'a', to: { kind: 'cache' } } }] }, true],
  [
    { customRules: [{ id: 'a-b', message: 'x', select: { properties: { ttl: { '>': '1m' } } }, count: { max: 1 } }] },
    true,
  ],
  [{ customRules: [{ id: 'a', message: 'x', assert: { all: [{ property: 'ttl' }] } }], rules: { a: 'off' } }, true],
  [{ customRules: [{ id: 'a', message: 'x', path: { from: 'a', to: 'b', maxDepth: 2 }, severity: 'info' }] }, true],
  [{ customRules: [{ id: 'a', message: 'x' }] }, false],
  [{ customRules: [{ id: 'a', message: 'x', count: { min: 1 }, forbid: {} }] }, false],
  [{ customRules: [{ id: 'A b', message: 'x', count: { min: 1 } }] }, false],
  [{ customRules: [{ message: 'x', count: { min: 1 } }] }, false],
  [{ customRules: [{ id: 'a', message: 'x', require: {} }] }, false],
  [{ customRules: [{ id: 'a', message: 'x', forbid: { flow: 'read' } }] }, false],
  [{ customRules: [{ id: 'a', message: 'x', assert: { property: 'tll' } }] }, false],
  [{ customRules: [{ id: 'a', message: 'x', select: { kinds: 'cache' }, count: { min: 1 } }] }, false],
  [{ rules: { 'cache-spof': 'of' } }, false],
  [{ rules: { 'cache-spof': ['off', {}] } }, false],
  [{ rules: { 'insufficient-headroom': ['warning', { limt: 0.6 }] } }, false],
  [{ rules: { 'insufficient-headroom': ['warning', { limit: 2 }] } }, false],
  [{ rules: { 'monolith-at-scale': ['warning', { replicas: 2.5 }] } }, false],
  [{ extends: 'loadpath:none' }, false],
  [{ extends: 'https://example.com' }, false],
  [{ overrides: [{ rules: {} }] }, false],
  [{ overrides: [{ components: { kind: 'databse' }, rules: {} }] }, false],
  [{ failOn: 'all' }, false],
])('schema and reader agree: %j', (configuration, valid) => {
  expect(validate(configuration)).toBe(valid);
  expect(readConfiguration('memory:/a', JSON.stringify(configuration)).problems.length === 0).toBe(valid);
});
