import { URI } from 'langium';
import { describe, expect, test } from 'vitest';
import { check } from '../check.ts';
import { parse, ROOT_URI } from '../index.ts';
import { rules } from '../rules/index.ts';
import { presetNames, presets } from '../rules/presets.ts';
import type { RuleMeta } from '../rules/rule.ts';
import { configurationFor, type LoadedConfiguration } from './load-configuration.ts';

const HEADROOM = metaOf('insufficient-headroom');
const SPOF = metaOf('cache-spof');
const file = 'memory:/team/shop/main.arch';
const at = { file };
const nothing = {
  files: [],
  params: [],
  components: [],
  connections: [],
  requests: [],
  requirements: [],
  scenarios: [],
  views: [],
};

function metaOf(id: string): RuleMeta {
  return rules.find(({ meta }) => meta.id === id)!.meta;
}

/** Files by path below `/project/`; a value that is not a string is written as JSON. */
function load(files: Readonly<Record<string, unknown>>, of = file): LoadedConfiguration {
  const byUri = new Map(
    Object.entries(files).map(([name, content]) => [
      URI.parse(`memory:/${name}`).toString(),
      typeof content === 'string' ? content : JSON.stringify(content),
    ]),
  );
  return configurationFor(of, { exists: (uri) => byUri.has(uri), read: (uri) => byUri.get(uri) });
}

/** `file:line:column message`, from 1. */
const problems = ({ problems }: LoadedConfiguration) =>
  problems.map(
    ({ file, span, message }) =>
      `${file.slice('memory:/'.length)}:${span.start.line + 1}:${span.start.character + 1} ${message}`,
  );

describe('which files count', () => {
  test('none: everything is as recommended', () => {
    const { settings, files } = load({});
    expect(files).toEqual([]);
    for (const { meta } of rules) expect(settings.level(meta, at, nothing)).toBe(meta.severity);
  });

  test('those around the file, the nearest last', () => {
    const loaded = load({
      'loadpath.config.jsonc': { rules: { 'cache-spof': 'error', 'insufficient-headroom': 'error' } },
      'team/shop/loadpath.config.jsonc': { rules: { 'cache-spof': 'info' } },
      'team/other/loadpath.config.jsonc': { rules: { 'cache-spof': 'off' } },
    });
    expect(loaded.files).toEqual(['memory:/loadpath.config.jsonc', 'memory:/team/shop/loadpath.config.jsonc']);
    expect(loaded.settings.level(SPOF, at, nothing)).toBe('info');
    expect(loaded.settings.level(HEADROOM, at, nothing)).toBe('error');
  });

  test.each([
    ['root: true', { 'team/loadpath.config.jsonc': { root: true } }],
    ['the folder with .git', { 'team/.git': '' }],
  ])('up to %s', (_, end) => {
    const { settings } = load({ 'loadpath.config.jsonc': { rules: { 'cache-spof': 'off' } }, ...end });
    expect(settings.level(SPOF, at, nothing)).toBe(SPOF.severity);
  });
});

describe('extends', () => {
  test('a file, relative to the one that names it, and a package that is installed', () => {
    const loaded = load({
      'loadpath.config.jsonc': { extends: ['./rules/base.jsonc', '@acme/arch', 'other/strict.jsonc'] },
      'rules/base.jsonc': { extends: './more.jsonc', rules: { 'cache-spof': 'off' } },
      'rules/more.jsonc': { rules: { 'cache-spof': 'error', 'hot-shard': 'info' } },
      'node_modules/@acme/arch/loadpath.config.jsonc': {
        rules: { 'insufficient-headroom': ['error', { limit: 0.6 }] },
      },
      'node_modules/other/strict.jsonc': { rules: { 'insufficient-headroom': 'warning' }, failOn: 'warning' },
    });
    expect(problems(loaded)).toEqual([]);
    expect(loaded.settings.level(SPOF, at, nothing)).toBe('off');
    expect(loaded.settings.level(metaOf('hot-shard'), at, nothing)).toBe('info');
    expect(loaded.settings.level(HEADROOM, at, nothing)).toBe('warning');
    expect(loaded.settings.option(HEADROOM, 'limit', at, nothing)).toBe(0.6);
    expect(loaded.failOn).toBe('warning');
  });

  test.each(presetNames)('the preset %s', (name) => {
    const { settings } = load({ 'loadpath.config.jsonc': { extends: `loadpath:${name}` } });
    for (const { meta } of rules) expect(settings.level(meta, at, nothing)).toBe(presets[name].level(meta));
  });

  test('patterns of what is extended are relative to the folder of the configuration', () => {
    const { settings } = load({
      'team/loadpath.config.jsonc': { extends: '../shared/base.jsonc' },
      'shared/base.jsonc': { ignore: ['shop/*.arch', '!shop/kept.arch'] },
    });
    expect(settings.ignores(file)).toBe(true);
    expect(settings.ignores('memory:/team/shop/kept.arch')).toBe(false);
    expect(settings.ignores('memory:/shop/main.arch')).toBe(false);
  });

  test.each([
    ['./gone.jsonc', "Cannot read './gone.jsonc'."],
    ['@acme/gone', "The package '@acme/gone' is not installed."],
    ['./loadpath.config.jsonc', "'./loadpath.config.jsonc' extends this file, in a circle."],
    [
      'https://example.com/a.jsonc',
      "'extends' takes a preset, a file or an installed package, not a URL: 'https://example.com/a.jsonc'.",
    ],
    ['loadpath:strickt', "There is no preset 'loadpath:strickt'; did you mean 'loadpath:strict'?"],
  ])('%s', (name, message) => {
    const loaded = load({ 'loadpath.config.jsonc': { extends: name } });
    expect(problems(loaded)).toEqual([`loadpath.config.jsonc:1:12 ${message}`]);
    expect(loaded.settings.level(SPOF, at, nothing)).toBe(SPOF.severity);
  });
});

test('what is wrong is said with its place and the nearest name', () => {
  const loaded = load({
    'loadpath.config.jsonc': `{
  // A comment, and a comma at the end.
  "rule": {},
  "rules": {
    "cache-sopf": "off",
    "hot-shard": "eror",
    "cache-spof": ["info", { "limit": 1 }],
    "insufficient-headroom": ["error", { "limt": 0.6 }],
    "monolith-at-scale": ["info", { "replicas": 2.5 }],
    "reads-on-primary": ["info", { "share": 2 }],
    "single-server": 3,
  },
  "overrides": [{ "rules": {} }, { "components": { "kind": "databse" } }],
  "ignore": [1],
  "root": "yes",
  "failOn": "warnings",
}`,
  });
  expect(problems(loaded)).toEqual([
    "loadpath.config.jsonc:3:3 The configuration has no 'rule'; did you mean 'rules'?",
    "loadpath.config.jsonc:16:13 'failOn' cannot be 'warnings'; did you mean 'warning'?",
    "loadpath.config.jsonc:15:11 'root' takes true or false.",
    "loadpath.config.jsonc:5:5 There is no rule 'cache-sopf'; did you mean 'cache-spof'?",
    "loadpath.config.jsonc:6:18 The level of 'hot-shard' cannot be 'eror'; did you mean 'error'?",
    "loadpath.config.jsonc:7:28 'cache-spof' has no options.",
    "loadpath.config.jsonc:8:42 'insufficient-headroom' has no 'limt'; did you mean 'limit'?",
    "loadpath.config.jsonc:9:49 'replicas' of 'monolith-at-scale' is 2.5, but it must be a whole number.",
    "loadpath.config.jsonc:10:45 'share' of 'reads-on-primary' is 2, but it must be at most 1.",
    "loadpath.config.jsonc:11:22 The level of 'single-server' is one of 'off', 'info', 'warning', 'error'.",
    "loadpath.config.jsonc:13:17 An entry of 'overrides' needs 'files' or 'components'; what holds everywhere stands in 'rules'.",
    "loadpath.config.jsonc:13:60 There is no kind 'databse'; did you mean 'database'?",
    "loadpath.config.jsonc:14:14 'ignore' takes a string.",
  ]);
});

test.each([
  '',
  '{',
  '[]',
  '{ "rules": }',
  'null',
  '{"rules": 3}',
  '{"overrides": {}}',
  '{"rules": {"cache-spof": []}}',
])('a broken file is a problem, never a crash: %s', (text) => {
  const loaded = load({ 'loadpath.config.jsonc': text });
  expect(problems(loaded).length).toBeGreaterThan(0);
  expect(loaded.settings.level(SPOF, at, nothing)).toBe(SPOF.severity);
});

describe('the check', () => {
  const BUSY = `users visitors { rate: 600/s }
loadBalancer lb { replicas: 2 }
group shop { tags: [legacy], server app { replicas: 4, serviceTime: 10ms } }
server api { replicas: 4, serviceTime: 10ms }
visitors -> lb
lb -> shop.app
visitors -> api
`;
  const found = async (config: unknown) => {
    const { settings } = load({ 'loadpath.config.jsonc': config }, ROOT_URI);
    const { findings } = check(await parse(BUSY), { settings, only: ['insufficient-headroom'] });
    return findings.map(
      ({ subject, severity, message }) => `${severity} ${subject} ${/limit of (\d+%)/.exec(message)?.[1]}`,
    );
  };

  test('takes levels and limits', async () => {
    expect(await found({})).toEqual(['warning shop.app 70%', 'warning api 70%']);
    expect(await found({ rules: { 'insufficient-headroom': ['error', { limit: 0.74 }] } })).toEqual([
      'error shop.app 74%',
      'error api 74%',
    ]);
    expect(await found({ rules: { 'insufficient-headroom': ['error', { limit: 0.76 }] } })).toEqual([]);
  });

  test.each([
    [{ files: ['*.arch'] }, ['info shop.app 72%', 'info api 72%']],
    [{ files: ['/main.arch'] }, ['info shop.app 72%', 'info api 72%']],
    [{ files: ['other/**'] }, ['warning shop.app 70%', 'warning api 70%']],
    [{ components: 'api' }, ['warning shop.app 70%', 'info api 72%']],
    [{ components: { kind: 'group' } }, ['info shop.app 72%', 'warning api 70%']],
    [{ components: { tag: 'legacy' } }, ['info shop.app 72%', 'warning api 70%']],
    [{ components: { path: '**.app', tag: ['new'] } }, ['warning shop.app 70%', 'warning api 70%']],
  ])('takes overrides: %j', async (where, expected) => {
    const override = { ...where, rules: { 'insufficient-headroom': ['info', { limit: 0.72 }] } };
    expect(await found({ overrides: [override] })).toEqual(expected);
  });

  test('leaves out the findings of the rules in files that are ignored, not those of the language', async () => {
    const { settings } = load({ 'loadpath.config.jsonc': { ignore: ['main.arch'] } }, ROOT_URI);
    const { findings } = check(await parse(`${BUSY}// arch-ignore cache-spof: old\ncache c { gone: 1 }\n`), {
      settings,
    });
    expect(findings.map(({ rule }) => rule)).toEqual(['unknown-property']);
  });
});
