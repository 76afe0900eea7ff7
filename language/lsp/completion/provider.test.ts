import { describe, expect, it } from 'vitest';
import { kindNames } from '../../../model/index.ts';
import { parse } from '../../parse.ts';
import { applyEdits, open } from '../testing.ts';
import { declarationText } from './snippets.ts';

async function complete(marked: string, files?: Readonly<Record<string, string>>) {
  const opened = await open(marked, files);
  const list = await opened.arch.lsp.CompletionProvider!.getCompletion(opened.document, opened.at);
  return { opened, items: list!.items };
}

async function labels(marked: string, files?: Readonly<Record<string, string>>) {
  const { items } = await complete(marked, files);
  return items.toSorted((a, b) => (a.sortText! < b.sortText! ? -1 : 1)).map(({ label }) => label);
}

/** The text after the item has been taken, its gaps filled with their proposals. */
async function take(marked: string, label: string) {
  const { opened, items } = await complete(marked);
  const item = items.find((each) => each.label === label);
  const edit = item!.textEdit as { range: { start: never; end: never }; newText: string };
  const newText = edit.newText.replace(/\$\{\d+[:|]([^,|}]*)[^}]*\}/g, '$1').replace('$0', '');
  return applyEdits(opened.text, [{ range: edit.range, newText }]);
}

const shop = `param people = 5M
users visitors { population: people }
dataCenter us {
  loadBalancer lb
  tier web { server app { cores: 4 } }
  cache feed { engine: redis }
  database posts { engine: mysql }
  monitoring watch
}
template server base { cores: 2 }
request upload { share: 5% }
`;

describe('completion', () => {
  it('offers properties of the kind that are not there yet, with documentation', async () => {
    const { items } = await complete('server app { cores: 4, <|> replicas: 2 }');
    const names = items.map(({ label }) => label);
    expect(names).toContain('sessions');
    expect(names).not.toContain('population');
    expect(names).not.toContain('cores');
    expect(names).not.toContain('replicas');
    const { documentation } = items.find(({ label }) => label === 'serviceTime')!;
    expect(documentation).toMatchObject({ value: expect.stringContaining('Mean CPU time of one request') });
  });

  it('offers kinds in containers and at the top, not in components', async () => {
    expect(await labels('dataCenter us { <|> }')).toEqual(expect.arrayContaining(['server', 'cache', 'region']));
    expect(await labels('<|>')).toEqual(expect.arrayContaining(['dataCenter', 'scenario', 'require']));
    expect(await labels('server app { <|> }')).not.toContain('cache');
  });

  it('writes a whole component that means something', async () => {
    expect(await take('ser<|>', 'server')).toBe(
      'server name {\n\treplicas: 2\n\tcores: 4\n\tserviceTime: 20ms\n\tsessions: none\n\t\n}',
    );
  });

  it.each(kindNames)('offers a body for %s that has no errors', async (kind) => {
    const text = declarationText(kind).replace(/\[\[([^|\]]*)[^\]]*\]\](\])?/g, '$1$2');
    const { findings } = await parse(text);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('offers the words of an enumeration, the default named', async () => {
    const { items } = await complete('loadBalancer lb { algorithm: <|> }');
    expect(items.map(({ label }) => label)).toEqual([
      'roundRobin',
      'leastConnections',
      'random',
      'powerOfTwo',
      'ipHash',
    ]);
  });

  it('offers words in lists', async () => {
    expect(await labels('monitoring m { metrics: [host, <|>] }')).toEqual(['aggregate', 'business', 'host']);
  });

  it('offers words in blocks', async () => {
    expect(await labels('database d { replication { mode: <|> } }')).toEqual(['async', 'semiSync', 'sync']);
    expect(await labels('database d { replication { <|> } }')).toContain('lag');
  });

  it('offers the engines of the kind, and instances with cores, memory and price', async () => {
    expect(await labels('cache c { engine: <|> }')).toContain('redis');
    expect(await labels('cache c { engine: <|> }')).not.toContain('mysql');
    const { items } = await complete('server a { instance: "m5.<|>" }');
    const large = items.find(({ label }) => label === 'm5.large')!;
    expect(large.detail).toMatch(/^2 vCPU, 8 GiB, \$70/);
    expect(large.textEdit).toMatchObject({
      newText: 'm5.large',
      range: { start: { character: 22 }, end: { character: 25 } },
    });
    expect(await take('server a { instance: <|> }', 'm5.large')).toBe('server a { instance: "m5.large" }');
  });

  it('offers what can be at the end of an arrow, the nearest first', async () => {
    const found = await labels(`${shop.replace('monitoring watch', 'lb -> <|>')}`);
    expect(found).toContain('posts');
    expect(found).toContain('web.app');
    expect(found.indexOf('posts')).toBeLessThan(found.indexOf('web.app'));
    expect(found).not.toContain('visitors');
    expect(found).not.toContain('lb');
  });

  it('offers members behind a dot, and paths from outside', async () => {
    expect(await labels(`${shop}visitors -> us.<|>`)).toEqual(expect.arrayContaining(['lb', 'web.app', 'posts']));
    expect(await labels(`${shop}visitors -> us.<|>`)).not.toContain('watch');
    expect(await labels(`${shop}visitors -> <|>`)).toContain('us.lb');
  });

  it('offers flows, those that fit first', async () => {
    const found = await labels(`${shop}us.web.app -> us.posts : <|>`);
    expect(found.slice(0, 4).toSorted()).toEqual(['calls', 'publishes', 'reads', 'writes']);
    expect(found).toContain('misses');
  });

  it('offers metrics, what they can be of, and params as limits', async () => {
    expect(await labels('require <|>')).toEqual(expect.arrayContaining(['p99', 'availability', 'capacity']));
    expect(await labels(`${shop}require p99 of <|>`)).toEqual(expect.arrayContaining(['upload', 'us.posts']));
    expect(await labels(`${shop}require capacity >= <|>`)).toEqual(['people']);
  });

  it('offers actions and what they are about', async () => {
    expect(await labels('scenario s { at 5m <|> }')).toEqual(expect.arrayContaining(['fail', 'surge']));
    expect(await labels(`${shop}scenario s { at 5m flush <|> }`)).toEqual(['us.feed']);
    expect(await labels(`${shop}scenario s { at 5m fail <|> }`)).toContain('primary of');
    expect(await labels(`${shop}scenario s { at 5m fail primary of <|> }`)).not.toContain('primary of');
    expect(await labels('scenario s { <|> }')).toEqual(expect.arrayContaining(['load', 'duration', 'at', 'require']));
    expect(await labels('scenario s { load: peak, <|> }')).not.toContain('load');
    expect(await labels('scenario s { }\nview v { scenario: <|> }')).toEqual(['s']);
  });

  it('offers components of the kind and templates behind extends', async () => {
    expect(await labels(`${shop}server b extends <|>`)).toEqual(['base', 'us.web.app']);
  });

  it('offers files behind import', async () => {
    expect(await labels('import "<|>"', { 'other.arch': '' })).toEqual(['./other.arch']);
    expect(await labels('import <|>', { 'other.arch': '' })).toEqual(['./other.arch']);
  });

  it('offers paths as they are written from the file, within quotes too, and never the file itself', async () => {
    const files = { 'lib/data.arch': '', '../shared/base.arch': '' };
    const { items } = await complete('import "<|>"', files);
    expect(items.map(({ label }) => label).sort()).toEqual(['../shared/base.arch', './lib/data.arch']);
    expect(items.map(({ textEdit }) => textEdit!.newText).sort()).toEqual(['../shared/base.arch', './lib/data.arch']);
    const open = await complete('import <|>', files);
    expect(open.items.map(({ textEdit }) => textEdit!.newText)).toContain('"./lib/data.arch"');
  });

  it.each([
    ['stores of sessions', 'us.web.app { sessions: <|> }', ['us.feed', 'us.posts'], ['us.lb', 'visitors']],
    ['what can be watched', 'monitoring all { watches: [<|>] }', ['us', 'us.web.app', 'us.feed'], ['cores']],
    ['what can be deployed to', 'automation ship { deploys: [<|>] }', ['us'], []],
    ['what a request class changes', 'request read { <|> }', ['us.web.app', 'share'], ['server']],
    ['what a view shows', 'view all { collapse: [<|>] }', ['us', 'us.web'], ['population']],
    ['the other side of a partition', 'scenario s { at 5m partition us from <|> }', ['us.feed'], ['from']],
    ['what is replicated to', 'us.posts <-> <|>', ['us.feed'], ['us.watch', 'us.posts']],
  ])('offers by role %s', async (_, statement, some, none) => {
    const found = await labels(`${shop}${statement}`);
    expect(found).toEqual(expect.arrayContaining(some));
    for (const label of none) expect(found).not.toContain(label);
  });

  it('offers members behind a dot where a property refers to a component', async () => {
    expect(await labels(`${shop}server b { sessions: us.<|> }`)).toEqual(['feed', 'posts']);
    expect(await labels(`${shop}monitoring all { watches: [us.web.<|>] }`)).toEqual(['app']);
    expect(await labels(`${shop}server b { cores: us.<|> }`)).toEqual([]);
  });

  it('offers a property again at its own place, to replace it', async () => {
    const { items } = await complete('server app { co<|>res: 4, replicas: 2 }');
    expect(items.map(({ label }) => label)).toContain('cores');
    expect(items.map(({ label }) => label)).not.toContain('replicas');
    expect(items.find(({ label }) => label === 'cores')!.textEdit).toMatchObject({
      newText: 'cores',
      range: { start: { character: 13 }, end: { character: 18 } },
    });
  });

  it('offers nothing where the number of a flow comes, and statements on the next line', async () => {
    expect(await labels(`${shop}us.web.app -> us.posts : reads <|>`)).toEqual([]);
    expect(await labels(`${shop}us.web.app -> us.posts : reads\n<|>`)).toContain('server');
    expect(await labels(`${shop}us.web.app -> us.posts : misses <|>`)).toContain('server');
  });

  it('offers rules behind arch-ignore and nothing in other comments', async () => {
    expect(await labels('// arch-ignore cache-<|>')).toContain('cache-without-expiry');
    expect(await labels('// nothing <|>')).toEqual([]);
    expect(await labels('/* nothing <|> */')).toEqual([]);
    expect(await labels('server <|>')).toEqual([]);
    expect(await labels('server a { cores: 4<|> }')).toEqual([]);
  });

  it('replaces the whole word that the cursor is in', async () => {
    expect(await take('server a { sess<|>ion: none }', 'sessions')).toBe('server a { sessions: none }');
  });
});
