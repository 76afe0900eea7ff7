import { describe, expect, test } from 'vitest';
import { contextAfter } from './context.ts';
import { wordsBefore } from './tokens.ts';

function at(marked: string) {
  const offset = marked.indexOf('|');
  const { tokens } = wordsBefore(marked.replace('|', ''), offset);
  return contextAfter(tokens);
}

describe('contextAfter', () => {
  const cases: readonly [string, object][] = [
    ['|', { type: 'statement' }],
    ['ser|', { type: 'statement' }],
    ['server |', { type: 'free' }],
    ['server app { | }', { type: 'statement' }],
    ['server app { cores: 4, | }', { type: 'statement' }],
    ['server app { cores: 4\n | }', { type: 'statement' }],
    ['server app { sessions: | }', { type: 'value', property: 'sessions', nested: false, segments: [] }],
    ['server app { sessions: lo|', { type: 'value', property: 'sessions', nested: false, segments: [] }],
    ['monitoring m { metrics: [host, | }', { type: 'value', property: 'metrics', nested: true, segments: [] }],
    ['server app { sessions: data.| }', { type: 'value', property: 'sessions', nested: false, segments: ['data'] }],
    [
      'monitoring m { watches: [us, eu.web.| }',
      { type: 'value', property: 'watches', nested: true, segments: ['eu', 'web'] },
    ],
    ['require capacity >= 5M users\nview all { |', { type: 'statement' }],
    [
      'require capacity >= 5M\nusers visitors { rate: |',
      { type: 'value', property: 'rate', nested: false, segments: [] },
    ],
    ['monitoring m { metrics: [host]\n |', { type: 'statement' }],
    ['server app { cores: 2 * | }', { type: 'value', property: 'cores', nested: false, segments: [] }],
    ['server app { cores: (2 + |', { type: 'value', property: 'cores', nested: false, segments: [] }],
    ['server app { cores: 2 * n, | }', { type: 'statement' }],
    ['dataCenter eu extends | {', { type: 'base', kind: 'dataCenter', name: 'eu', segments: [] }],
    ['dataCenter eu "EU" extends us.|', { type: 'base', kind: 'dataCenter', name: 'eu', segments: ['us'] }],
    ['app -> |', { type: 'end', source: ['app'], segments: [] }],
    ['us.|', { type: 'end', source: [], segments: ['us'] }],
    ['us.app -> a, us.|', { type: 'end', source: ['us', 'app'], segments: ['us'] }],
    ['app -> db : |', { type: 'flow', source: ['app'] }],
    ['app -> db : reads 3, |', { type: 'flow', source: ['app'] }],
    ['app -> db : reads 3\n|', { type: 'statement' }],
    ['app -> db : reads 3 { | }', { type: 'statement' }],
    ['app <-> db { mode: |', { type: 'value', property: 'mode', nested: false, segments: [] }],
    ['require |', { type: 'metric' }],
    ['require p99 |', { type: 'afterMetric' }],
    ['require utilization of us.|', { type: 'subject', metric: 'utilization', segments: ['us'] }],
    ['require p99 < |', { type: 'limit', metric: 'p99' }],
    ['require p99 < 3s\n|', { type: 'statement' }],
    ['scenario s { at 5m | }', { type: 'action' }],
    ['scenario s { at 5m fail | }', { type: 'eventTarget', action: 'fail', segments: [], ofPart: false }],
    [
      'scenario s { at 5m fail primary of us.| }',
      { type: 'eventTarget', action: 'fail', segments: ['us'], ofPart: true },
    ],
    ['scenario s { at 5m surge 2x for 3m\n | }', { type: 'statement' }],
    ['param n = |', { type: 'paramValue' }],
    ['param n = 3\n|', { type: 'statement' }],
    ['import |', { type: 'importPath' }],
    ['request: |', { type: 'value', property: 'request', nested: false, segments: [] }],
    ['view -> |', { type: 'end', source: ['view'], segments: [] }],
    ['server app { cores: } | ', { type: 'statement' }],
  ];
  test.each(cases)('%s', (text, place) => {
    expect(at(text).place).toEqual(place);
  });

  test('takes the users of a capacity for its unit', () => {
    expect(at('require capacity >= 5M users\nview all { |').frames).toEqual([{ type: 'view', name: 'all' }]);
  });

  test('knows the bodies around the cursor', () => {
    expect(at('dataCenter us { database db { replication { | } } }').frames).toEqual([
      { type: 'declaration', kind: 'dataCenter', name: 'us' },
      { type: 'declaration', kind: 'database', name: 'db' },
      { type: 'block', name: 'replication' },
    ]);
    expect(at('request up { share: 5%, us.app { | } }').frames).toEqual([
      { type: 'request', name: 'up' },
      { type: 'override', target: ['us', 'app'] },
    ]);
    expect(at('server a { } server b { | }').frames).toEqual([{ type: 'declaration', kind: 'server', name: 'b' }]);
    expect(at('} } server b { | }').frames).toHaveLength(1);
  });

  test('knows which properties are there', () => {
    expect([...at('database d { engine: mysql, failover { time: 3s } | }').present]).toEqual(['engine', 'failover']);
  });
});

describe('wordsBefore', () => {
  const inside = (marked: string) => {
    const { tokens: _, ...rest } = wordsBefore(marked.replace('|', ''), marked.indexOf('|'));
    return rest;
  };
  test('tells strings and comments apart from code', () => {
    expect(inside('import "./a|')).toEqual({ inside: 'string', start: 8, prefix: './a' });
    expect(inside('server a // not h|ere')).toMatchObject({ inside: 'comment' });
    expect(inside('/* not | here */')).toMatchObject({ inside: 'comment' });
    expect(inside('// arch-ignore cache-s|')).toEqual({ inside: 'suppression', start: 15, prefix: 'cache-s' });
    expect(inside('server a // over\nser|')).toEqual({ inside: undefined, start: 17, prefix: 'ser' });
    expect(inside('import "a" |')).toEqual({ inside: undefined, start: 11, prefix: '' });
  });
});
