import { describe, expect, it } from 'vitest';
import { dataUnits, periods } from '../model/index.ts';
import { printComponent, printConnection, printFinding, printProperties } from './fixtures/plain.ts';
import whole from './fixtures/whole-language.arch?raw';
import { ArchTerminals } from './generated/ast.ts';
import { parse } from './parse.ts';

const { architecture, findings } = await parse(whole);

describe('the whole language in one file', () => {
  it('has no findings', () => {
    expect(findings.map(printFinding)).toEqual([]);
  });

  it('has its title, params and files', () => {
    expect(architecture.title).toBe('Photo sharing, five million users');
    expect(architecture.files).toEqual(['memory:/main.arch']);
    expect(architecture.params.map(({ name, value }) => [name, value])).toEqual([
      ['people', { type: 'quantity', dimension: 'count', amount: 5e6 }],
    ]);
  });

  it('has every component, parents first, and the copies in the second data center', () => {
    const inside = [
      'loadBalancer .lb',
      'tier .web',
      'server .web.app',
      'tier .data',
      'cache .data.sessions',
      'cache .data.feed',
      'database .data.posts',
      'queue .uploads',
      'worker .resizer',
      'storage .photos',
    ];
    expect(architecture.components.map(printComponent)).toEqual([
      'users visitors',
      'dns geo',
      'cdn edge',
      'dataCenter us',
      ...inside.map((line) => line.replace('.', 'us.')),
      'dataCenter eu',
      ...inside.map((line) => `${line.replace('.', 'eu.')} *`),
      'monitoring watch',
      'automation ship',
    ]);
  });

  it('has every connection in order of the text, copies where the copy is declared', () => {
    expect(architecture.connections.map(printConnection)).toEqual([
      'us.lb -> us.web.app',
      'us.web.app -> us.data.feed : reads 3',
      'us.data.feed -> us.data.posts : misses',
      'us.web.app -> us.data.posts : reads 0.5, writes 0.2',
      'us.web.app -> us.uploads : publishes 0.05',
      'us.uploads -> us.resizer',
      'us.resizer -> us.photos : writes 3',
      'eu.lb -> eu.web.app *',
      'eu.web.app -> eu.data.feed : reads 3 *',
      'eu.data.feed -> eu.data.posts : misses *',
      'eu.web.app -> eu.data.posts : reads 0.5, writes 0.2 *',
      'eu.web.app -> eu.uploads : publishes 0.05 *',
      'eu.uploads -> eu.resizer *',
      'eu.resizer -> eu.photos : writes 3 *',
      'visitors -> geo',
      'geo -> us.lb',
      'geo -> eu.lb',
      'visitors -> edge : static 20',
      'edge -> us.photos : misses',
      'us.data.posts -> eu.data.posts : replicates',
      'eu.data.posts -> us.data.posts : replicates',
    ]);
  });

  it('has canonical units, blocks, words, lists and references in properties', () => {
    const properties = (path: string): Record<string, string> =>
      printProperties(architecture.components.find((component) => component.path === path)!.properties);
    expect(properties('visitors')).toEqual({
      population: '5000000 count',
      dailyActive: '0.4 ratio',
      requests: '0.000578703703704 rate',
      peak: '3 ratio',
      clients: '[web, mobile]',
    });
    expect(properties('us.web.app')).toEqual({
      replicas: '6..24 count',
      cores: '4 count',
      serviceTime: '0.018 time',
      sessions: '→ us.data.sessions',
      autoscale: '{}',
      'autoscale.target': '0.6 ratio',
      'autoscale.boot': '90 time',
    });
    expect(properties('eu.web.app').sessions).toBe('→ eu.data.sessions');
    expect(properties('eu')).toEqual({ region: '"eu-west-1"', zones: '3 count' });
    expect(properties('us.data.posts')).toMatchObject({ 'sharding.key': 'user_id', 'sharding.hottest': '0.001 ratio' });
    expect(properties('watch').watches).toBe('[→ us, → eu]');
  });

  it('joins both directions of a double arrow', () => {
    const [there, back] = architecture.connections.slice(-2);
    expect([there!.opposite, back!.opposite]).toEqual([back!.id, there!.id]);
    expect(printProperties(back!.properties)).toEqual({ mode: 'async', lag: '0.09 time' });
  });

  it('applies a request class to all copies of what it names', () => {
    const [upload] = architecture.requests;
    expect(upload).toMatchObject({ name: 'upload', title: 'Upload a photo', share: 0.05 });
    expect(upload!.overrides.map(({ component, properties }) => [component, printProperties(properties)])).toEqual([
      ['us.web.app', { serviceTime: '0.045 time' }],
      ['eu.web.app', { serviceTime: '0.045 time' }],
    ]);
    expect(upload!.connections.map(printConnection)).toEqual([
      'us.web.app -> us.data.posts#2 : writes 2',
      'eu.web.app -> eu.data.posts#2 : writes 2',
      'us.web.app -> us.uploads#2 : publishes 1',
      'eu.web.app -> eu.uploads#2 : publishes 1',
    ]);
  });

  it('has requirements with limits in the unit of their metric', () => {
    expect(
      architecture.requirements.map(({ metric, of, operator, limit }) => [metric, of?.name, operator, limit]),
    ).toEqual([
      ['p99', undefined, '<', 0.3],
      ['p99', 'upload', '<', 0.8],
      ['availability', undefined, '>=', 0.9995],
      ['capacity', undefined, '>=', 5e6],
      ['utilization', 'us.data.posts', '<', 0.7],
      ['cost', undefined, '<', expect.closeTo(90_000 / 730, 9)],
    ]);
  });

  it('has the scenario and the view', () => {
    expect(architecture.scenarios).toMatchObject([
      {
        name: 'primaryLoss',
        duration: 1200,
        load: { type: 'peak' },
        events: [
          { at: 300, action: { type: 'fail', target: 'us.data.posts', what: 'primary' } },
          { at: 720, lasts: 180, action: { type: 'surge', factor: 2 } },
        ],
        requirements: [{ metric: 'availability', operator: '>=', limit: 0.99 }],
      },
    ]);
    expect(architecture.views).toMatchObject([{ name: 'overview', collapse: ['eu'], direction: 'right' }]);
  });
});

describe('keywords as names', () => {
  const keywords =
    'architecture param template extends import request require scenario view of at for from to true false';

  it.each(keywords.split(' '))('%s', async (word) => {
    const text = `server ${word} { cores: 2 }
cache other
${word} -> other : reads 2
other -> ${word}
group box { server ${word} { tags: [x] } }
request r { share: 10%, ${word} { serviceTime: 1ms } }
require utilization of ${word} < 70%
scenario s { at 5m fail box.${word} }
view ${word} { collapse: [box.${word}] }
scenario ${word} { }`;
    const compiled = await parse(text);
    expect(compiled.findings.map(printFinding)).toEqual([]);
    expect(compiled.architecture.connections.map(({ id }) => id)).toEqual([`${word} -> other`, `other -> ${word}`]);
    expect(compiled.architecture.requirements[0]!.of?.name).toBe(word);
  });

  it.each(keywords.split(' ').filter((word) => word !== 'true' && word !== 'false'))('%s as a param', async (word) => {
    const compiled = await parse(`param ${word} = 3\nserver app { cores: ${word}, replicas: ${word} * 2 }`);
    expect(compiled.findings.map(printFinding)).toEqual([]);
    expect(printProperties(compiled.architecture.components[0]!.properties)).toEqual({
      cores: '3 count',
      replicas: '6 count',
    });
  });

  it('takes the names of kinds, blocks and flows too', async () => {
    const compiled = await parse(
      'cache cache\ndatabase reads { sharding { shards: 2 } }\nserver server\nserver -> cache : reads\n',
    );
    expect(compiled.findings.map(printFinding)).toEqual([]);
    expect(compiled.architecture.connections.map(printConnection)).toEqual(['server -> cache : reads 1']);
  });
});

describe('statements', () => {
  const base = 'users u\nserver a\nserver b\ndatabase d\ncache c\ncdn e\nqueue q\ndataCenter x { server y }\n';

  it.each([
    ['a -> b, d', ['a -> b', 'a -> d']],
    ['a -> b : calls', ['a -> b : calls 1']],
    ['a -> d : reads 0.5, writes 0.2 { timeout: 1s }', ['a -> d : reads 0.5, writes 0.2']],
    ['u -> a : 40%\nu -> b : 60%', ['u -> a : share 0.4', 'u -> b : share 0.6']],
    ['u -> a : share 40%', ['u -> a : share 0.4']],
    ['c -> d : misses', ['c -> d : misses']],
    ['a <-> b', ['a -> b', 'b -> a']],
    ['a -> b : reads 2\na -> b : writes 1', ['a -> b : reads 2', 'a -> b#2 : writes 1']],
    ['a -> b : calls (2 + 1) * 2\nb -> d : reads 2 * 3', ['a -> b : calls 6', 'b -> d : reads 6']],
    ['a\n  -> b', ['a -> b']],
    ['a ->\n  b,\n  d', ['a -> b', 'a -> d']],
    ['a -> y', ['a -> x.y']],
  ])('connection %s', async (text, expected) => {
    const compiled = await parse(base + text);
    expect(compiled.findings.map(printFinding)).toEqual([]);
    expect(compiled.architecture.connections.map(printConnection)).toEqual(expected);
  });

  it.each([
    ['at 1m fail a', { type: 'fail', target: 'a', what: 'all' }],
    ['at 1m fail 2 of a', { type: 'fail', target: 'a', what: { count: 2 } }],
    ['at 1m fail primary of d', { type: 'fail', target: 'd', what: 'primary' }],
    ['at 1m fail zone of x', { type: 'fail', target: 'x', what: 'zone' }],
    ['at 1m slow a 3x', { type: 'slow', target: 'a', factor: 3 }],
    ['at 1m flush c', { type: 'flush', target: 'c' }],
    ['at 1m partition x from a', { type: 'partition', target: 'x', from: 'a' }],
    ['at 1m surge 3x', { type: 'surge', factor: 3 }],
    ['at 1m scale x.y to 4', { type: 'scale', target: 'x.y', to: 4 }],
    ['at 1m deploy a', { type: 'deploy', target: 'a' }],
  ])('event %s', async (text, action) => {
    const compiled = await parse(`${base}scenario s { ${text} for 2m\n at 3m surge 2x }`);
    expect(compiled.findings.map(printFinding)).toEqual([]);
    expect(compiled.architecture.scenarios[0]!.events).toMatchObject([
      { at: 60, lasts: 120, action },
      { at: 180, action: { type: 'surge', factor: 2 } },
    ]);
  });

  it.each([
    ['load: mean', { type: 'mean' }],
    ['load: 1000/s', { type: 'rate', perSecond: 1000 }],
    [
      'load: [at 0s 1x, at 10m 3x]',
      {
        type: 'points',
        points: [
          { at: 0, factor: 1 },
          { at: 600, factor: 3 },
        ],
      },
    ],
  ])('scenario with %s', async (text, load) => {
    const compiled = await parse(`scenario s { ${text} }`);
    expect(compiled.findings.map(printFinding)).toEqual([]);
    expect(compiled.architecture.scenarios[0]!.load).toEqual(load);
  });

  it('keeps documentation and suppressions with what they stand above', async () => {
    const compiled = await parse(`/** Keeps sessions.
 * For all tiers.
 */
// arch-ignore cache-spof, cache-without-expiry: a lab
cache c {
  // arch-ignore cache-ttl-extreme: on purpose
  ttl: 1s
}

// arch-ignore missing-timeout: internal
c -> c2 : misses
// arch-ignore requirement-violated: next year
require p99 < 1s
/** Not about what follows. */

cache c2`);
    const [first, second] = compiled.architecture.components;
    expect(first!.doc).toBe('Keeps sessions.\nFor all tiers.');
    expect(first!.ignores?.map(({ rule, reason }) => [rule, reason])).toEqual([
      ['cache-spof', 'a lab'],
      ['cache-without-expiry', 'a lab'],
    ]);
    expect(first!.properties.ttl!.ignores?.[0]?.rule).toBe('cache-ttl-extreme');
    expect(compiled.architecture.connections[0]!.ignores?.[0]?.reason).toBe('internal');
    expect(compiled.architecture.requirements[0]!.ignores?.[0]?.rule).toBe('requirement-violated');
    expect(second!.doc).toBe(undefined);
  });
});

describe('the quantity terminal', () => {
  it('knows the periods and units of data of the model', () => {
    const listed = /\\\/\(([a-zA-Z|]+)\)/.exec(ArchTerminals.QUANTITY.source)![1]!.split('|');
    expect(listed.sort()).toEqual([...new Set([...Object.keys(periods), ...Object.keys(dataUnits)])].sort());
  });
});
