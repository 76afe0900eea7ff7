import { describe, expect, test } from 'vitest';
import type { Edit } from '../../model/index.ts';
import { parse, ROOT_URI } from '../index.ts';
import { applyTextEdits, toTextEdits } from './index.ts';

/** Applies edits to a text; checks that the result parses without new problems and that doing it again changes nothing. */
async function edited(before: string, ...edits: readonly Edit[]): Promise<string> {
  const compilation = await parse(before);
  const after = applyTextEdits(before, toTextEdits(compilation, edits));
  const again = await parse(after);
  expect(again.findings.map(({ message }) => message)).toEqual(compilation.findings.map(({ message }) => message));
  const removals = edits.some(({ type }) => type === 'replaceText');
  if (!removals) expect(applyTextEdits(after, toTextEdits(again, edits))).toBe(after);
  return after;
}

const set = (component: string, name: string, value: string): Edit => ({ type: 'setProperty', component, name, value });

describe('setting a property', () => {
  const cases: readonly (readonly [what: string, before: string, edit: Edit, after: string])[] = [
    ['replaces a value', 'cache feed { ttl: 1m }\n', set('feed', 'ttl', '10m'), 'cache feed { ttl: 10m }\n'],
    ['makes a body', 'cache feed\n', set('feed', 'ttl', '10m'), 'cache feed { ttl: 10m }\n'],
    ['fills an empty body', 'cache feed {}\n', set('feed', 'ttl', '10m'), 'cache feed { ttl: 10m }\n'],
    [
      'keeps a one-line body on its line',
      'cache feed { engine: redis, replicas: 2 } // fast\n',
      set('feed', 'ttl', '10m'),
      'cache feed { engine: redis, replicas: 2, ttl: 10m } // fast\n',
    ],
    [
      'breaks up a body that becomes too long for its line',
      `cache feed "${'Feed '.repeat(20)}" { engine: redis }\n`,
      set('feed', 'ttl', '10m'),
      `cache feed "${'Feed '.repeat(20)}" {\n  engine: redis\n  ttl: 10m\n}\n`,
    ],
    [
      'adds a line with the indentation of the body',
      'cache feed {\n\tengine: redis // the usual\n\n\t// nothing else\n}\n',
      set('feed', 'ttl', '10m'),
      'cache feed {\n\tengine: redis // the usual\n\tttl: 10m\n\n\t// nothing else\n}\n',
    ],
    [
      'keeps the line breaks of the file',
      'cache feed {\r\n  engine: redis\r\n}\r\n',
      set('feed', 'ttl', '10m'),
      'cache feed {\r\n  engine: redis\r\n  ttl: 10m\r\n}\r\n',
    ],
    [
      'stays behind a last statement that shares its line with the brace',
      'cache feed {\n  engine: redis,\n  replicas: 2 }\n',
      set('feed', 'ttl', '10m'),
      'cache feed {\n  engine: redis,\n  replicas: 2, ttl: 10m }\n',
    ],
    [
      'makes a block',
      'database posts {\n  engine: mysql\n}\n',
      set('posts', 'failover.mode', 'automatic'),
      'database posts {\n  engine: mysql\n  failover { mode: automatic }\n}\n',
    ],
    [
      'adds to a block',
      'database posts { failover { time: 30s } }\n',
      set('posts', 'failover.mode', 'automatic'),
      'database posts { failover { time: 30s, mode: automatic } }\n',
    ],
    [
      'replaces in a block',
      'database posts {\n  failover { mode: manual }\n}\n',
      set('posts', 'failover.mode', 'automatic'),
      'database posts {\n  failover { mode: automatic }\n}\n',
    ],
    [
      'writes into a tier above its components',
      'dataCenter us {\n  region: "us-east-1"\n\n  server app\n}\n',
      set('us', 'zones', '3'),
      'dataCenter us {\n  region: "us-east-1"\n  zones: 3\n\n  server app\n}\n',
    ],
    [
      'shortens the path of a reference to what is needed at its place',
      'dataCenter us {\n  server app\n  tier data {\n    cache store\n  }\n}\n',
      set('us.app', 'sessions', 'us.data.store'),
      'dataCenter us {\n  server app { sessions: data.store }\n  tier data {\n    cache store\n  }\n}\n',
    ],
    [
      'overrides in a copy',
      'dataCenter us {\n  tier web {\n    server app { replicas: 2 }\n  }\n}\n\ndataCenter eu extends us { region: "eu-west-1" }\n',
      set('eu.web.app', 'replicas', '4'),
      'dataCenter us {\n  tier web {\n    server app { replicas: 2 }\n  }\n}\n\ndataCenter eu extends us {\n  region: "eu-west-1"\n\n  tier web {\n    server app { replicas: 4 }\n  }\n}\n',
    ],
    [
      'overrides what is extended',
      'template cache base {\n  ttl: 1m\n}\ncache feed extends base\n',
      set('feed', 'ttl', '10m'),
      'template cache base {\n  ttl: 1m\n}\ncache feed extends base { ttl: 10m }\n',
    ],
    ['leaves what is so already', 'cache feed { ttl: 10m }\n', set('feed', 'ttl', '10m'), 'cache feed { ttl: 10m }\n'],
    ['leaves what does not exist', 'cache feed\n', set('other', 'ttl', '10m'), 'cache feed\n'],
  ];
  test.each(cases)('%s', async (_, before, edit, after) => {
    expect(await edited(before, edit)).toBe(after);
  });

  test('writes several of one component together', async () => {
    const after = await edited(
      'database posts\n',
      set('posts', 'readReplicas', '1'),
      set('posts', 'failover.mode', 'automatic'),
      set('posts', 'failover.time', '30s'),
    );
    expect(after).toBe('database posts { readReplicas: 1, failover { mode: automatic, time: 30s } }\n');
  });
});

describe('removing a property', () => {
  const remove = (component: string, name: string): Edit => ({ type: 'removeProperty', component, name });
  const cases: readonly (readonly [what: string, before: string, edit: Edit, after: string])[] = [
    [
      'takes its line',
      'loadBalancer lb {\n  replicas: 2\n  stickySessions: true, // old\n}\n',
      remove('lb', 'stickySessions'),
      'loadBalancer lb {\n  replicas: 2\n}\n',
    ],
    [
      'takes the comma behind it',
      'loadBalancer lb { stickySessions: true, replicas: 2 }\n',
      remove('lb', 'stickySessions'),
      'loadBalancer lb { replicas: 2 }\n',
    ],
    [
      'takes the comma before it',
      'loadBalancer lb { replicas: 2, stickySessions: true }\n',
      remove('lb', 'stickySessions'),
      'loadBalancer lb { replicas: 2 }\n',
    ],
    [
      'takes the braces when nothing is left',
      'loadBalancer lb { stickySessions: true }\n',
      remove('lb', 'stickySessions'),
      'loadBalancer lb\n',
    ],
    [
      'reaches into a block',
      'database posts { failover { mode: manual, time: 30s } }\n',
      remove('posts', 'failover.time'),
      'database posts { failover { mode: manual } }\n',
    ],
    ['leaves what is not there', 'loadBalancer lb\n', remove('lb', 'stickySessions'), 'loadBalancer lb\n'],
  ];
  test.each(cases)('%s', async (_, before, edit, after) => {
    expect(await edited(before, edit)).toBe(after);
  });
});

describe('moving a component', () => {
  const move = (component: string, container?: string): Edit => ({
    type: 'moveComponent',
    component,
    ...(container === undefined ? {} : { container }),
  });

  test('takes its comments with it, and whatever names it follows', async () => {
    const before = [
      'users people',
      'host machine {',
      '  server app',
      '',
      '  /** All orders. */',
      '  database orders {',
      '    engine: mysql // the old one',
      '    backup { to: disk }',
      '  } // 2 TB',
      '',
      '  storage disk',
      '  app -> orders : reads 1',
      '}',
      'people -> machine.app',
      'machine.app -> machine.orders : writes 1',
      'require utilization of machine.orders < 70%',
      '',
    ];
    expect(await edited(before.join('\n'), move('machine.orders'))).toBe(
      [
        'users people',
        'host machine {',
        '  server app',
        '',
        '  storage disk',
        '  app -> orders : reads 1',
        '}',
        '',
        '/** All orders. */',
        'database orders {',
        '  engine: mysql // the old one',
        '  backup { to: machine.disk }',
        '} // 2 TB',
        'people -> machine.app',
        'machine.app -> orders : writes 1',
        'require utilization of orders < 70%',
        '',
      ].join('\n'),
    );
  });

  test('goes into a container, with its indentation and line breaks', async () => {
    const before =
      'dataCenter us {\r\n\tserver app\r\n}\r\ndatabase posts {\r\n\tengine: mysql\r\n}\r\nus.app -> posts : reads 1\r\n';
    expect(await edited(before, move('posts', 'us'))).toBe(
      'dataCenter us {\r\n\tserver app\r\n\tdatabase posts {\r\n\t\tengine: mysql\r\n\t}\r\n}\r\nus.app -> us.posts : reads 1\r\n',
    );
  });

  test('leaves a body on one line as it is', async () => {
    expect(
      await edited(
        'host machine { server app, database posts }\nmachine.app -> machine.posts\n',
        move('machine.posts'),
      ),
    ).toBe('host machine { server app }\ndatabase posts\nmachine.app -> posts\n');
  });

  test.each([
    ['where its name is taken', 'host a {\n  cache one\n}\ncache one\n', move('a.one')],
    ['into itself', 'tier a {\n  tier b { }\n}\n', move('a', 'a.b')],
    [
      'where its text stands for several',
      'dataCenter us {\n  host a {\n    cache one\n  }\n}\ndataCenter eu extends us { }\n',
      move('us.a.one', 'us'),
    ],
    ['where there is nothing', 'cache one\n', move('two')],
    ['to where it is', 'cache one\n', move('one')],
  ])('does nothing %s', async (_, before, edit) => {
    expect(await edited(before, edit)).toBe(before);
  });
});

describe('adding a component', () => {
  const cache: Edit = { type: 'addComponent', kind: 'cache', name: 'feed', properties: [['ttl', '10m']] };

  test('stands behind the last component', async () => {
    expect(await edited('users people\nserver app\n\npeople -> app\n', cache)).toBe(
      'users people\nserver app\ncache feed { ttl: 10m }\n\npeople -> app\n',
    );
  });

  test('stands apart where the others do', async () => {
    expect(await edited('users people\n\nserver app\n\npeople -> app\n', cache)).toBe(
      'users people\n\nserver app\n\ncache feed { ttl: 10m }\n\npeople -> app\n',
    );
  });

  test('goes into a container, and gets the properties and connections that are set on it', async () => {
    const after = await edited(
      'dataCenter us {\n  server app\n  database posts\n\n  app -> posts : reads 1\n}\n',
      { ...cache, container: 'us', title: 'The "feed"' },
      set('us.feed', 'replicas', '2'),
      { type: 'addConnection', from: 'us.app', to: 'us.feed', flow: 'reads 3' },
      { type: 'addConnection', from: 'us.feed', to: 'us.posts', flow: 'misses' },
    );
    expect(after).toBe(
      [
        'dataCenter us {',
        '  server app',
        '  database posts',
        '  cache feed "The \\"feed\\"" { ttl: 10m, replicas: 2 }',
        '',
        '  app -> posts : reads 1',
        '  app -> feed : reads 3',
        '  feed -> posts : misses',
        '}',
        '',
      ].join('\n'),
    );
  });

  test('opens the body of a container that has none', async () => {
    expect(await edited('dataCenter us\n', { ...cache, container: 'us' })).toBe(
      'dataCenter us {\n  cache feed { ttl: 10m }\n}\n',
    );
  });

  test('writes into an empty file', async () => {
    expect(await edited('', cache)).toBe('cache feed { ttl: 10m }\n');
  });
});

describe('connections', () => {
  const shop = 'users people\nserver app\nserver api\ndatabase posts\n\npeople -> app\napp -> posts, api\n';

  test('a new one stands behind the last', async () => {
    const edit: Edit = { type: 'addConnection', from: 'api', to: 'posts', flow: 'reads 1' };
    expect(await edited(shop, edit)).toBe(`${shop}api -> posts : reads 1\n`);
  });

  test('a new one stands in the innermost container around both ends', async () => {
    const before = 'dataCenter us {\n  tier web {\n    server app\n  }\n  tier data {\n    cache feed\n  }\n}\n';
    expect(await edited(before, { type: 'addConnection', from: 'us.web.app', to: 'us.data.feed' })).toBe(
      'dataCenter us {\n  tier web {\n    server app\n  }\n  tier data {\n    cache feed\n  }\n\n  web.app -> data.feed\n}\n',
    );
  });

  test('one of several targets is removed', async () => {
    expect(await edited(shop, { type: 'removeConnection', connection: 'app -> posts' })).toBe(
      shop.replace('posts, api', 'api'),
    );
    expect(await edited(shop, { type: 'removeConnection', connection: 'app -> api' })).toBe(
      shop.replace('posts, api', 'posts'),
    );
  });

  test('a whole statement is removed with its line', async () => {
    expect(await edited(shop, { type: 'removeConnection', connection: 'people -> app' })).toBe(
      shop.replace('people -> app\n', ''),
    );
  });

  test('one direction of two is removed', async () => {
    const both = 'database a\ndatabase b\na <-> b : replicates\n';
    expect(await edited(both, { type: 'removeConnection', connection: 'b -> a' })).toBe(
      'database a\ndatabase b\na -> b : replicates\n',
    );
    expect(await edited(both, { type: 'removeConnection', connection: 'a -> b' })).toBe(
      'database a\ndatabase b\nb -> a : replicates\n',
    );
  });

  test('an end is moved to something that is added', async () => {
    const after = await edited(
      shop,
      { type: 'addComponent', kind: 'loadBalancer', name: 'lb', properties: [['replicas', '2']] },
      { type: 'reconnect', connection: 'people -> app', end: 'to', component: 'lb' },
      { type: 'addConnection', from: 'lb', to: 'app' },
    );
    expect(after).toBe(
      'users people\nserver app\nserver api\ndatabase posts\nloadBalancer lb { replicas: 2 }\n\npeople -> lb\napp -> posts, api\nlb -> app\n',
    );
  });

  test('a property makes a body, or goes into the one that is there', async () => {
    const edit: Edit = { type: 'setConnectionProperty', connection: 'app -> api', name: 'timeout', value: '1s' };
    expect(await edited('server app\nserver api\napp -> api : calls 2\n', edit)).toBe(
      'server app\nserver api\napp -> api : calls 2 { timeout: 1s }\n',
    );
    expect(await edited('server app\nserver api\napp -> api : calls 2 { retries: 1 }\n', edit)).toBe(
      'server app\nserver api\napp -> api : calls 2 { retries: 1, timeout: 1s }\n',
    );
  });
});

test('of edits that contradict each other the first counts', async () => {
  const compilation = await parse('cache feed { ttl: 1m }\n');
  const edits = toTextEdits(compilation, [
    set('feed', 'ttl', '10m'),
    { type: 'removeProperty', component: 'feed', name: 'ttl' },
    set('feed', 'ttl', '20m'),
  ]);
  expect(applyTextEdits('cache feed { ttl: 1m }\n', edits)).toBe('cache feed { ttl: 10m }\n');
});

test('a body that is made comes before what follows its declaration', async () => {
  const after = await edited(
    'server app\n',
    { type: 'addComponent', kind: 'cache', name: 'feed', properties: [] },
    set('app', 'replicas', '2'),
  );
  expect(after).toBe('server app { replicas: 2 }\ncache feed\n');
});

test('text is replaced, or removed with its line', async () => {
  const span = (start: number, end: number) => ({
    file: ROOT_URI,
    start: { line: 0, character: start, offset: start },
    end: { line: 0, character: end, offset: end },
  });
  expect(await edited('server ap\n', { type: 'replaceText', span: span(7, 9), text: 'app' })).toBe('server app\n');
  expect(await edited('// old\nserver app\n', { type: 'replaceText', span: span(0, 6), text: '' })).toBe(
    'server app\n',
  );
});

test('in a file of an import the edit is one of that file', async () => {
  const compilation = await parse('import "./stores.arch"\nserver app\n', { files: { 'stores.arch': 'cache feed\n' } });
  const edits = toTextEdits(compilation, [set('feed', 'ttl', '10m')]);
  expect(edits.map(({ file, newText }) => [file, newText])).toEqual([['memory:/stores.arch', ' { ttl: 10m }']]);
});
