import { describe, expect, test } from 'vitest';
import { check } from '../check.ts';
import { parse } from '../index.ts';
import { readConfiguration } from './read-configuration.ts';
import { defaultLayer, settingsOf } from './settings.ts';

const SHOP = `
users visitors { rate: 20/s }
server web { serviceTime: 4ms, exposure: public, tags: [edge] }
group core {
  server api { serviceTime: 4ms, replicas: 2..6, autoscale { target: 60% } }
  worker mailer { serviceTime: 10ms }
  api -> orders : reads 2, writes 1
}
database orders { engine: mysql, readReplicas: 2 }
cache feed { engine: redis, ttl: 30s }
cache pages { engine: redis }
queue mails { engine: sqs }
visitors -> web
web -> core.api
web -> feed : reads 1
core.api -> mails : publishes 1
mails -> core.mailer
core.mailer -> orders : writes 1
`;

/** `subject: message` of what one rule finds, with the id `own`. */
async function found(rule: Readonly<Record<string, unknown>>, text = SHOP): Promise<readonly string[]> {
  const { configuration, problems } = readConfiguration(
    'memory:/config',
    JSON.stringify({ customRules: [{ id: 'own', message: '{{name}}', ...rule }] }),
  );
  expect(problems.map(({ message }) => message)).toEqual([]);
  const settings = settingsOf([defaultLayer], [], configuration.customRules);
  const compilation = await parse(text);
  expect(compilation.findings).toEqual([]);
  const { findings } = check(compilation, { settings, only: ['own'] });
  return findings.map(({ subject = '', message }) => `${subject}: ${message}`);
}

describe('selectors', () => {
  test.each([
    [{ kind: 'cache' }, ['feed', 'pages']],
    [{ kind: ['queue', 'group'] }, ['core', 'mails']],
    [{ name: '*ages' }, ['pages']],
    ['core.*', ['core.api', 'core.mailer']],
    [{ path: '**.orders' }, ['orders']],
    [{ tag: 'edge' }, ['web']],
    [{ inside: 'core' }, ['core.api', 'core.mailer']],
    [{ properties: { exposure: 'public' } }, ['web']],
    [{ kind: 'cache', properties: { ttl: { '<': '1m' } } }, ['feed']],
    [{ kind: 'cache', properties: { ttl: { exists: false } } }, ['pages']],
    [{ properties: { engine: { in: ['mysql', 'sqs'] } } }, ['mails', 'orders']],
    [{ properties: { readReplicas: { '>=': 2 } } }, ['orders']],
    [{ kind: 'server', not: { inside: { kind: 'group' } } }, ['web']],
    [{ any: [{ kind: 'queue' }, { all: [{ kind: 'cache' }, { name: 'feed' }] }] }, ['feed', 'mails']],
  ])('%j', async (select, names) => {
    // Everything that is selected lacks this.
    const subjects = await found({ select, assert: { property: 'owner', op: 'exists' } });
    expect(subjects.map((line) => line.split(':')[0]).toSorted()).toEqual(names);
  });
});

describe('what a rule can demand', () => {
  test.each([
    ['no such connection', { forbid: { from: { kind: 'worker' }, to: 'orders' } }, ['core.mailer -> orders']],
    ['no such flow', { forbid: { to: { kind: 'database' }, flow: 'reads' } }, ['core.api -> orders']],
    ['no such way', { forbid: { from: 'web', to: 'orders', reachable: true } }, ['web']],
    ['no way around', { forbid: { from: 'web', to: 'orders', reachable: true, notVia: '**.api' } }, []],
    ['no way through', { forbid: { from: 'web', to: 'orders', reachable: true, via: { kind: 'queue' } } }, ['web']],
    ['a connection', { require: { from: { kind: 'server' }, to: { kind: 'cache' } } }, ['core.api']],
    ['a way', { require: { from: { kind: 'server' }, to: { kind: 'worker' }, reachable: true } }, []],
    ['a way through', { require: { from: 'visitors', to: 'orders', reachable: true, via: 'feed' } }, ['visitors']],
    ['no others', { allow: { from: 'web', to: { kind: 'server' } } }, ['web -> feed']],
    ['a value', { select: { kind: 'cache' }, assert: { property: 'ttl', op: '>=', value: '1m' } }, ['feed']],
    [
      'no value',
      { select: { kind: 'cache' }, assert: { property: 'engine', op: '!=', value: 'redis' } },
      ['feed', 'pages'],
    ],
    [
      'one of several',
      { select: { kind: 'cache' }, assert: { any: [{ property: 'ttl' }, { property: 'eviction', op: 'exists' }] } },
      ['pages'],
    ],
    ['not', { select: { kind: 'cache' }, assert: { not: { property: 'ttl', op: 'exists' } } }, ['feed']],
    [
      'the lower end of a range',
      { select: '**.api', assert: { property: 'replicas', op: '>', value: 2 } },
      ['core.api'],
    ],
    ['a way that is short', { path: { from: { kind: 'users' }, to: { kind: 'database' }, maxDepth: 2 } }, ['visitors']],
    ['a way that is not long', { path: { from: { kind: 'users' }, to: { kind: 'database' }, maxDepth: 3 } }, []],
  ])('%s', async (_, rule, subjects) => {
    const lines = await found(rule);
    expect(lines.map((line) => line.split(': ')[0]).toSorted()).toEqual(subjects);
  });

  test('a number of components', async () => {
    const message = 'There are {{count}}.';
    expect(await found({ message, select: { kind: 'cache' }, count: { max: 1 } })).toEqual(['pages: There are 2.']);
    expect(await found({ message, select: { kind: 'cdn' }, count: { min: 1 } })).toEqual([': There are 0.']);
    expect(await found({ message, select: { kind: 'cache' }, count: { min: 1, max: 2 } })).toEqual([]);
  });

  test('what is missing is not evaluated, and not found', async () => {
    const text = JSON.stringify({
      customRules: [
        { id: 'own', message: 'x', select: { kind: 'cache' }, assert: { property: 'ttl', op: '>', value: '1m' } },
      ],
    });
    const { customRules } = readConfiguration('memory:/config', text).configuration;
    const { notEvaluated } = check(await parse(SHOP), { settings: settingsOf([defaultLayer], [], customRules) });
    expect(notEvaluated).toContainEqual({ rule: 'own', subject: 'pages', missing: ['ttl'] });
  });
});

test('messages are filled in', async () => {
  expect(
    await found({
      message: '{{from}} reaches {{to}} by {{path}}.',
      forbid: { from: 'web', to: 'orders', reachable: true },
    }),
  ).toEqual(['web: web reaches orders by web → api → orders.']);
  expect(
    await found({
      message: '{{ property }} of {{kind}} {{name}} is {{value}}.',
      select: 'feed',
      assert: { property: 'ttl', op: '>', value: '1m' },
    }),
  ).toEqual(['feed: ttl of cache feed is 30 s.']);
  expect(await found({ message: '{{path}}: {{value}}', path: { from: 'visitors', to: 'mails', maxDepth: 1 } })).toEqual(
    ['visitors: visitors → web → api → mails: 3'],
  );
});

test('they are silenced, levelled and configured like all others', async () => {
  const text = JSON.stringify({
    customRules: [{ id: 'own', message: 'x', select: { kind: 'cache' }, assert: { property: 'owner' } }],
    rules: { own: 'error' },
    overrides: [{ components: 'pages', rules: { own: 'off' } }],
  });
  const { configuration, problems } = readConfiguration('memory:/config', text);
  expect(problems).toEqual([]);
  const { rules, overrides, customRules } = configuration;
  const layers = [
    defaultLayer,
    { rules, folder: 'memory:/' },
    ...overrides.map((it) => ({ ...it, folder: 'memory:/' })),
  ];
  const settings = settingsOf(layers, [], customRules);
  const findings = async (source: string) =>
    check(await parse(source), { settings, only: ['own'] }).findings.map(({ severity, rule }) => `${severity} ${rule}`);
  expect(await findings(SHOP)).toEqual(['error own']);
  expect(await findings(SHOP.replace('cache feed', '// arch-ignore own: nobody wants it\ncache feed'))).toEqual([]);
});

test.each([
  [{ id: 'Own' }, "The id 'Own' is not in kebab-case, such as 'no-direct-database'."],
  [{ id: 'cache-spof' }, "There is another rule 'cache-spof'."],
  [
    { count: undefined },
    "A rule in 'customRules' needs exactly one of 'forbid', 'require', 'allow', 'assert', 'count', 'path'.",
  ],
  [{ message: '{{cout}}' }, "With 'count' there is no '{{cout}}'; did you mean 'count'?"],
  [{ selct: {} }, "A rule in 'customRules' has no 'selct'; did you mean 'select'?"],
  [{ select: { kind: 'cahce' } }, "There is no kind 'cahce'; did you mean 'cache'?"],
  [{ select: { properties: { tll: 1 } } }, "No kind has a property 'tll'; did you mean 'ttl'?"],
  [{ select: { properties: { ttl: { '>': 'long' } } } }, '\'>\' compares with a quantity such as 3 or "10m".'],
  [{ select: { properties: { ttl: { exist: true } } } }, "'ttl' has no 'exist'; did you mean 'exists'?"],
  [{ severity: 'eror' }, "'severity' cannot be 'eror'; did you mean 'error'?"],
  [{ count: {} }, "'count' needs 'min' or 'max'."],
])('what is wrong is said: %j', (change, message) => {
  const rule = { id: 'own', message: 'x', count: { max: 1 }, ...change };
  const { problems, configuration } = readConfiguration('memory:/config', JSON.stringify({ customRules: [rule] }));
  expect(problems.map((it) => it.message)).toEqual([message]);
  expect(configuration.customRules).toEqual([]);
});

test.each([
  [{ forbid: { flow: 'read' } }, "'flow' cannot be 'read'; did you mean 'reads'?"],
  [{ forbid: { via: 'a' } }, "'via' needs 'reachable: true'."],
  [{ require: {} }, "'require' needs 'to'."],
  [{ allow: { to: 'a', reachable: true } }, "'allow' is about single connections and has no 'reachable'."],
  [{ assert: { property: 'ttl', op: '>' } }, "'>' needs 'value'."],
  [{ assert: {} }, "'assert' needs 'property'."],
  [{ path: { from: 'a', to: 'b' } }, "'path' needs 'maxDepth'."],
])('what is wrong with a demand is said: %j', (demand, message) => {
  const text = JSON.stringify({ customRules: [{ id: 'own', message: 'x', ...demand }] });
  expect(readConfiguration('memory:/config', text).problems.map((it) => it.message)).toEqual([message]);
});
