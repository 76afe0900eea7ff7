/** The features of the language server but completion, each asked as a client asks, without one. */
import { describe, expect, it } from 'vitest';
import { lensCommands } from '../protocol.ts';
import { applyEdits, open, textIn } from './testing.ts';

const shop = `architecture "Shop"
param people = 100k
users visitors { population: people * 2, dailyActive: 40%, requests: 50/day, peak: 3x }
dataCenter us {
  loadBalancer lb { replicas: 2 }
  /** Takes the orders. */
  server app { replicas: 4, cores: 4, serviceTime: 18ms }
  database orders { engine: mysql, readReplicas: 1, replication { mode: async } }
  lb -> app
  app -> orders : reads 2, writes 1
}
visitors -> us.lb
request buy "Buys" { share: 5%, us.app { serviceTime: 45ms } }
require p99 of us.app < 300ms
scenario loss "The primary dies" { duration: 20m, load: peak, at 5m fail primary of us.orders }
view all { direction: right }
`;

async function hover(marked: string): Promise<string> {
  const opened = await open(marked);
  const found = await opened.arch.lsp.HoverProvider!.getHoverContent(opened.document, opened.at);
  return found ? (found.contents as { value: string }).value : '';
}

/** The shop with a mark before a piece of its text. */
function at(piece: string): string {
  expect(shop).toContain(piece);
  return shop.replace(piece, `<|>${piece}`);
}

describe('hover', () => {
  it('shows a component with its documentation and what the simulation says', async () => {
    const text = await hover(at('app { replicas'));
    expect(text).toContain('**us.app** · server');
    expect(text).toContain('Takes the orders.');
    expect(text).toContain('replicas: 4');
    expect(text).toMatch(/\| arrives \| 139\/s \|/);
    expect(text).toMatch(/\| utilisation \| [\d.]+% \|/);
    expect(text).toMatch(/p99 [\d.]+ ms/);
  });
  it('shows the same at a use, through a dotted name', async () => {
    expect(await hover(at('orders }'))).toContain('**us.orders** · database');
    expect(await hover(at('us.lb').replace('<|>us.', 'us.<|>'))).toContain('**us.lb** · load balancer');
  });
  it('shows what the loss of a store or a data center costs, and its electricity', async () => {
    const store = await hover(at('orders { engine'));
    expect(store).toContain('Lost with its primary: **nothing** (its read replicas, whose lag is not declared).');
    expect(store).toContain("Back in: not known, neither failover nor 'mttr' is declared for 'us.orders'.");
    const center = await hover(at('us {'));
    expect(center).toContain("Lost with it: not known, no copy of 'us.orders' is declared outside of 'us'.");
    expect(center).toMatch(/Takes about \*\*\d+ kWh\*\* a year/);
    expect(await hover(at('lb { replicas'))).not.toContain('Lost with');
  });
  it('shows a property with unit, default and its source', async () => {
    const text = await hover('database d { failover { <|>time: 30s } }');
    expect(text).toContain('**time** · a time');
    expect(text).toContain('Default: `1 min`');
    expect(text).toContain('Lower end of');
  });
  it('shows what an expression comes to', async () => {
    expect(await hover(at('population: people'))).toContain('`population` = **200k**');
    expect(await hover(at('people * 2'))).toContain('**people** = 100k');
    expect(await hover(at('population: people'))).toContain('`people * 2` = `100k * 2` = **200k**');
    expect(await hover(at('* 2'))).toBe('`people * 2` = `100k * 2` = **200k**');
    expect(await hover('server a { serviceTime: 2ms * (<|>3 + 1) }')).toBe('`2ms * (3 + 1)` = **8 ms**');
    expect(await hover('server a { serviceTime: 2ms <|>+ 3GB }')).toBe('');
  });
  it('explains kinds, blocks, words, flows, metrics and actions', async () => {
    expect(await hover(at('loadBalancer lb'))).toContain('spreads requests over servers');
    expect(await hover(at('replication {'))).toContain('How writes reach the replicas.');
    expect(await hover(at('async'))).toContain('The primary does not wait.');
    expect(await hover(at('mysql'))).toContain('MySQL');
    expect(await hover(at('reads 2'))).toContain('They reach read replicas');
    expect(await hover(at('p99'))).toContain('99 of 100 requests');
    expect(await hover(at('fail primary'))).toContain('goes down');
    expect(await hover(at('buy "Buys"'))).toContain('5% of the requests');
    expect(await hover(at('loss'))).toContain('Lasts 20 min.');
  });
  it('says nothing about blanks and punctuation', async () => {
    expect(await hover('server app <|> { }')).toBe('');
    expect(await hover('<|>')).toBe('');
  });
});

describe('definition, references, highlight and rename', () => {
  it('goes from each segment of a dotted name to its declaration', async () => {
    for (const [use, name] of [
      ['<|>us.orders }', 'us'],
      ['us.<|>orders }', 'orders'],
    ] as const) {
      const opened = await open(shop.replace('us.orders }', use));
      const [link] = (await opened.arch.lsp.DefinitionProvider!.getDefinition(opened.document, opened.at))!;
      expect(textIn(opened, link!.targetSelectionRange)).toBe(name);
    }
  });
  it('finds all uses, overrides and scenarios included', async () => {
    const opened = await open(at('app { replicas'));
    const params = { ...opened.at, context: { includeDeclaration: true } };
    const found = await opened.arch.lsp.ReferencesProvider!.findReferences(opened.document, params);
    expect(found).toHaveLength(5);
    const marked = await opened.arch.lsp.DocumentHighlightProvider!.getDocumentHighlight(opened.document, opened.at);
    expect(marked).toHaveLength(5);
  });
  it('renames a declaration and every use, whole words only', async () => {
    const opened = await open(at('app -> orders'));
    const edit = await opened.arch.lsp.RenameProvider!.rename(opened.document, { ...opened.at, newName: 'view' });
    const renamed = applyEdits(opened.text, Object.values(edit!.changes!)[0]!);
    expect(renamed).toBe(shop.replaceAll(/\bapp\b/g, 'view'));
    const codes = (of: typeof opened) => of.document.diagnostics!.map(({ code }) => code);
    expect(codes(await open(renamed))).toEqual(codes(opened));
  });
  it('renames something whose name is a keyword', async () => {
    const opened = await open('server <|>scenario { }\nserver b { }\nb -> scenario');
    const edit = await opened.arch.lsp.RenameProvider!.rename(opened.document, { ...opened.at, newName: 'other' });
    expect(applyEdits(opened.text, Object.values(edit!.changes!)[0]!)).toBe(
      'server other { }\nserver b { }\nb -> other',
    );
  });
  it('refuses what is no name, and a name that is taken', async () => {
    const opened = await open(at('app { replicas'));
    const rename = async (newName: string) =>
      opened.arch.lsp.RenameProvider!.rename(opened.document, { ...opened.at, newName });
    await expect(rename('two words')).rejects.toThrow("'two words' is not a name");
    await expect(rename('orders')).rejects.toThrow("There is a 'orders' beside 'app' already, on line 8.");
  });
});

describe('symbols', () => {
  it('are nested as the text is', async () => {
    const { arch, document } = await open(shop);
    const symbols = (await arch.lsp.DocumentSymbolProvider!.getSymbols(document, { textDocument: { uri: '' } }))!;
    expect(symbols.map(({ name }) => name)).toEqual([
      'people',
      'visitors',
      'us',
      'buy',
      'p99 of us.app',
      'loss',
      'all',
    ]);
    expect(symbols[2]!.children!.map(({ name, detail }) => [name, detail])).toEqual([
      ['lb', 'loadBalancer'],
      ['app', 'server'],
      ['orders', 'database'],
    ]);
  });
  it('are found in all files', async () => {
    const { shared } = await open(shop, { 'other.arch': 'server orderMailer { }' });
    const found = await shared.lsp.WorkspaceSymbolProvider!.getSymbols({ query: 'order' });
    expect(found.map(({ name, containerName }) => [name, containerName])).toEqual([
      ['orders', 'us'],
      ['orderMailer', undefined],
    ]);
  });
});

describe('folding and selection', () => {
  it('folds bodies, comments and imports', async () => {
    const { arch, document } = await open(
      'import "./a.arch"\nimport "./b.arch"\n/**\n * Doc.\n */\ndataCenter us {\n  server a {\n    cores: 2\n  }\n}\n// one\n// two\n',
    );
    const ranges = await arch.lsp.FoldingRangeProvider!.getFoldingRanges(document, { textDocument: { uri: '' } });
    expect(ranges!.toSorted((a, b) => a.startLine - b.startLine)).toEqual([
      { startLine: 0, endLine: 1, kind: 'imports' },
      { startLine: 2, endLine: 4, kind: 'comment' },
      { startLine: 5, endLine: 8 },
      { startLine: 6, endLine: 7 },
      { startLine: 10, endLine: 11, kind: 'comment' },
    ]);
  });
});

describe('semantic tokens', () => {
  it('tell kinds, names, references, words and numbers apart, keywords as names too', async () => {
    const { arch, document } = await open('server view { cores: 4 }\ncache c { engine: redis }\nview -> c : reads 2');
    const provider = arch.lsp.SemanticTokenProvider!;
    const { data } = await provider.semanticHighlight(document, { textDocument: { uri: '' } });
    const names = Object.fromEntries(Object.entries(provider.tokenTypes).map(([name, index]) => [index, name]));
    const lines = document.textDocument.getText().split('\n');
    const found: string[] = [];
    for (let i = 0, line = 0, character = 0; i < data.length; i += 5) {
      character = data[i] === 0 ? character + data[i + 1]! : data[i + 1]!;
      line += data[i]!;
      found.push(`${lines[line]!.slice(character, character + data[i + 2]!)} ${names[data[i + 3]!]}`);
    }
    expect(found).toEqual([
      'server type',
      'view class',
      'cores property',
      '4 number',
      'cache type',
      'c class',
      'engine property',
      'redis enumMember',
      'view class',
      'c class',
      'reads method',
      '2 number',
    ]);
  });
});

describe('document links', () => {
  it('lead to imported files and to the pages of components, and nowhere else', async () => {
    const opened = await open(
      'import "./b.arch"\nserver a { link: "https://example.org/a" }\nserver b { link: "file:///etc" }',
    );
    const links = await opened.arch.lsp.DocumentLinkProvider!.getDocumentLinks(opened.document, opened.at);
    expect(links!.map(({ target }) => target)).toEqual(['memory:/folder/b.arch', 'https://example.org/a']);
  });
});

describe('inlay hints and code lens', () => {
  const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  it('show load behind components and the value behind expressions', async () => {
    const opened = await open(shop);
    const hints = await opened.arch.lsp.InlayHintProvider!.getInlayHints(opened.document, {
      ...opened.at,
      range: whole,
    });
    const labels = hints!.map(({ label, position }) => [position.line, label]);
    expect(labels).toContainEqual([2, '139/s']);
    expect(labels).toContainEqual([2, '= 200k']);
    expect(labels).toContainEqual([6, expect.stringMatching(/^\d+% · 139\/s · p99 [\d.]+ ms$/)]);
  });
  it('show the value of an expression wherever it stands, and nothing where it has none', async () => {
    const opened = await open(`param people = 5M
users u { population: people, requests: people / 1M * 10 / 1d }
server app { replicas: people / 20k, hitRatio: 1 - 30%, cores: 2 + 3ms }
u -> app : calls (people / 1M)
request buy { share: 2% * 3 }
require capacity >= people * 2
`);
    const hints = await opened.arch.lsp.InlayHintProvider!.getInlayHints(opened.document, {
      ...opened.at,
      range: whole,
    });
    const values = hints!.filter(({ label }) => String(label).startsWith('='));
    expect(values.map(({ label, position }) => [position.line, label])).toEqual([
      [1, '= 2.08/h'],
      [2, '= 250'],
      [2, '= 70%'],
      [3, '= 5'],
      [4, '= 6%'],
      [5, '= 10M'],
    ]);
  });
  it('show the headline figures above the architecture', async () => {
    const opened = await open(shop);
    const lenses = await opened.arch.lsp.CodeLensProvider!.provideCodeLens(opened.document, opened.at);
    const titles = lenses!.map(({ command }) => command!.title);
    expect(titles[0]).toMatch(/^carries [\d.]+[kM] users$/);
    expect(titles[1]).toMatch(/^first limit: /);
    expect(titles[2]).toMatch(/^available 9/);
    const own = lenses!.filter(({ command }) => !command!.title.includes('promises') && command!.command === '');
    expect(own.slice(0, 3).every(({ range }) => range.start.line === 0)).toBe(true);
  });
  it('say above each scenario how it goes, and play it where the client can', async () => {
    const opened = await open(shop.replace('at 5m fail primary', 'require availability >= 99.99%, at 5m fail primary'));
    const ask = () => opened.arch.lsp.CodeLensProvider!.provideCodeLens(opened.document, opened.at);
    const line = shop.slice(0, shop.indexOf('scenario loss')).split('\n').length - 1;
    const above = async () => (await ask())!.filter(({ range }) => range.start.line === line);
    const title = expect.stringMatching(/^availability [\d.]+% · 1 of 1 promises broken$/);
    expect(await above()).toMatchObject([{ command: { title, command: '' } }]);
    opened.arch.lsp.Settings.commands = new Set([lensCommands.play]);
    expect(await above()).toMatchObject([
      { command: { command: 'loadpath.playScenario', arguments: [opened.document.uri.toString(), 'loss'] } },
    ]);
  });
  it('are silent when they are switched off, and where nobody uses the architecture', async () => {
    const opened = await open(shop);
    const ask = async () => [
      ...((await opened.arch.lsp.InlayHintProvider!.getInlayHints(opened.document, { ...opened.at, range: whole })) ??
        []),
      ...((await opened.arch.lsp.CodeLensProvider!.provideCodeLens(opened.document, opened.at)) ?? []),
    ];
    expect(await ask()).not.toEqual([]);
    opened.arch.lsp.Settings.update({ inlayHints: { enabled: false }, codeLens: { enabled: false } });
    expect(await ask()).toEqual([]);
    const idle = await open('server app { }');
    expect(await idle.arch.lsp.CodeLensProvider!.provideCodeLens(idle.document, idle.at)).toEqual([]);
  });
});
