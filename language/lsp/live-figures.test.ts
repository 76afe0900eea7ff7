/** Figures of the simulation in the text: hints behind components, lenses above the architecture, tables in hovers. */
import { describe, expect, it } from 'vitest';
import { type Opened, open } from './testing.ts';

const shop = `architecture "Shop"
users visitors { rate: 100/s }
loadBalancer lb { replicas: 2 }
server app {
  replicas: 4
  cores: 4
  serviceTime: 20ms
}
database orders { engine: mysql, readTime: 1ms }
visitors -> lb
lb -> app
app -> orders : reads 2
`;

async function hints(opened: Opened, from = 0, to = 99): Promise<readonly string[]> {
  const range = { start: { line: from, character: 0 }, end: { line: to, character: 0 } };
  const found = await opened.arch.lsp.InlayHintProvider!.getInlayHints(opened.document, { ...opened.at, range });
  return (found ?? []).map(({ position, label }) => `${position.line}:${position.character} ${label}`);
}

async function lenses(text: string): Promise<readonly string[]> {
  const { arch, document, at } = await open(text);
  return ((await arch.lsp.CodeLensProvider!.provideCodeLens(document, at)) ?? []).map(({ command }) => command!.title);
}

async function hover(marked: string): Promise<string> {
  const { arch, document, at } = await open(marked);
  const found = await arch.lsp.HoverProvider!.getHoverContent(document, at);
  return found ? (found.contents as { value: string }).value : '';
}

describe('inlay hints', () => {
  it('stand behind the brace of a long body and behind a short one', async () => {
    // 100/s for 20 ms keep 2 of 16 cores busy; 200/s for 1 ms a fifth of one.
    expect(await hints(await open(shop))).toEqual([
      '1:30 100/s',
      expect.stringMatching(/^2:31 100\/s/),
      expect.stringMatching(/^3:12 13% · 100\/s · p99 [\d.]+ ms$/),
      expect.stringMatching(/^8:48 20% · 200\/s · p99 [\d.]+ ms$/),
    ]);
  });
  it('are given for the lines that are asked about', async () => {
    const found = await hints(await open(shop), 3, 5);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^3:12 /);
  });
  it('carry the whole table, and follow the text', async () => {
    const opened = await open(shop);
    const range = { start: { line: 3, character: 0 }, end: { line: 4, character: 0 } };
    const [hint] = (await opened.arch.lsp.InlayHintProvider!.getInlayHints(opened.document, { ...opened.at, range }))!;
    expect(hint!.tooltip).toMatchObject({ value: expect.stringContaining('| utilisation | 12.5% |') });
    expect(await hints(await open(shop.replace('cores: 4', 'cores: 2')), 3, 4)).toEqual([
      expect.stringMatching(/^3:12 25% /),
    ]);
  });
  it('say nothing of a template, and of the original where there are copies', async () => {
    const text = `template server small { serviceTime: 1ms }
dataCenter us { server app extends small }
dataCenter eu extends us
users u { rate: 9/s }
u -> us.app
u -> eu.app`;
    expect((await hints(await open(text))).map((hint) => hint.split(' ')[0])).toEqual(['1:40', '3:21']);
  });
});

describe('code lenses', () => {
  it('say what it carries, what gives way first, how available it is and what it costs', async () => {
    const priced = shop.replace('cores: 4', 'instance: "m5.xlarge"');
    expect(await lenses(priced)).toEqual([
      expect.stringMatching(/^carries [\d.]+× the load$/),
      expect.stringMatching(/^first limit: orders \(CPU( of the primary)?\)$/),
      expect.stringMatching(/^available 9\d[\d.]*%$/),
      expect.stringMatching(/^\$[\d,]+\/month and \d unpriced$/),
    ]);
  });
  it('name the promise that breaks before anything saturates', async () => {
    expect(await lenses(`${shop}require p99 < 90ms\n`)).toContainEqual(
      expect.stringMatching(/^first limit: p99 < 90 ms$/),
    );
  });
  it.each([
    ['an empty file', ''],
    ['a file in which nobody asks anything', 'server app { }'],
    ['a file of templates', 'template server small { cores: 2 }'],
  ])('are silent above %s', async (_, text) => {
    expect(await lenses(text)).toEqual([]);
  });
  it('stand above the first statement where there is no title', async () => {
    const { arch, document, at } = await open(shop.replace('architecture "Shop"\n', '// Shop\n'));
    const found = await arch.lsp.CodeLensProvider!.provideCodeLens(document, at);
    expect(new Set(found!.map(({ range }) => range.start.line))).toEqual(new Set([1]));
  });
});

describe('hovers', () => {
  it.each([
    ['numbers as they are written', 'requests: 50/day', 'users <|>u { population: 5M, requests: 50/day, peak: 3x }'],
    ['ranges as they are written', 'replicas: 2..20', 'server <|>a { replicas: 2..20, autoscale { target: 60% } }'],
    ['what is computed as its value', 'population: 10M', 'param n = 5M\nusers <|>u { population: n * 2 }'],
    ['names with their path', 'sessions: us.store', 'dataCenter us { cache store\nserver <|>a { sessions: store } }'],
    ['a view with its parts', '- collapse: `us`', 'dataCenter us\nview <|>all "All" { collapse: [us] }'],
    ['a number by its property', 'Mean CPU time of one request', 'server a { serviceTime: <|>2ms }'],
    ['a number by its flow', 'They reach read replicas', 'server a\ndatabase b\na -> b : reads <|>2'],
    ['the limit of a requirement', '99 of 100 requests', 'require p99 < <|>1s'],
    ['the ends of a range', 'Equal copies', 'server a { replicas: 2..<|>20 }'],
    ['the load of a scenario', 'a word, a rate or a curve', 'scenario s { <|>load: peak }'],
    ['a point of a load', 'a word, a rate or a curve', 'scenario s { load: [at 0m <|>1x, at 10m 3x] }'],
    ['a word for a load', 'The busiest hour', 'scenario s { load: <|>peak }'],
    ['a part that fails', 'takes the writes', 'database d\nscenario s { at 5m fail <|>primary of d }'],
    ['a number by its event', 'The load is multiplied', 'scenario s { at 5m surge <|>3x }'],
    ['the value of a param', '**n** = 5M', 'param n = <|>5M'],
    ['an instance as its provider counts it', '**m5.large** · 2 vCPU, 8 GiB', 'server a { instance: "<|>m5.large" }'],
    ['the price of an instance with its source', '($0.096/h) ([', 'server a { instance: "<|>m5.large" }'],
    ['the figures of an engine with their sources', '- CPU time of a read: ', 'database d { engine: <|>mysql }'],
    ['who offers a region', '**eu-west-1** · Amazon Web Services', 'dataCenter d { region: "<|>eu-west-1" }'],
    ['a template as one', '**small** · template, server', 'template server small\nserver a extends <|>small'],
  ])('show %s', async (_, expected, marked) => {
    expect(await hover(marked)).toContain(expected);
  });
  it('leave out times that are none', async () => {
    const text = await hover('users u { rate: 1/s }\ndns <|>d\nserver a { serviceTime: 1ms }\nu -> d\nd -> a');
    expect(text).toContain('| arrives | 1/s |');
    expect(text).not.toContain('waiting');
    expect(text).not.toContain('0 s');
  });
  it('show documentation without figures when those are switched off', async () => {
    const opened = await open(shop.replace('server app', '/** Takes orders. */\nserver <|>app'));
    const ask = async () =>
      JSON.stringify(await opened.arch.lsp.HoverProvider!.getHoverContent(opened.document, opened.at));
    expect(await ask()).toContain('| utilisation |');
    opened.arch.lsp.Settings.update({ hover: { figures: false } });
    expect(await ask()).toContain('Takes orders.');
    expect(await ask()).not.toContain('| utilisation |');
  });
});
