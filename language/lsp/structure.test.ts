/** What an editor makes of the shape of a text: folds, selections, links, the outline and the search for symbols. */
import { describe, expect, it } from 'vitest';
import type { DocumentSymbol } from 'vscode-languageserver';
import { selectionRanges } from './selection-ranges.ts';
import { open, printRanges, readMarks, textIn } from './testing.ts';

/** Each line with a digit for every fold around it: `▸` where it begins, `│` inside. */
async function folded(text: string): Promise<string> {
  const { arch, document } = await open(text);
  const ranges = await arch.lsp.FoldingRangeProvider!.getFoldingRanges(document, { textDocument: { uri: '' } });
  return text
    .split('\n')
    .map((line, at) => {
      const around = ranges!
        .filter(({ startLine, endLine }) => startLine <= at && at <= endLine)
        .toSorted((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
      return `${around.map(({ startLine }) => (startLine === at ? '▸' : '│')).join('')}\t${line}`;
    })
    .join('\n');
}

describe('folding', () => {
  it.each([
    [
      'bodies, without the line of the brace that closes them',
      '▸\tdataCenter us {\n│▸\t  server a {\n││\t    cores: 2\n│\t  }\n\t}',
    ],
    ['blocks', '▸\tdatabase d {\n│▸\t  replication {\n││\t    mode: async\n│\t  }\n\t}'],
    ['the bodies of connections', '\tserver a\n\tserver b\n▸\ta -> b : reads 1 {\n│\t  timeout: 1s\n\t}'],
    ['lists over several lines', '▸\tmonitoring m {\n│▸\t  watches: [\n││\t    a,\n││\t    b\n│\t  ]\n\t}'],
    ['requests, scenarios and views', '▸\trequest r {\n│\t  share: 5%\n\t}\n▸\tscenario s {\n│\t  duration: 1h\n\t}'],
    [
      'comments of several lines',
      '▸\t/**\n│\t * One.\n│\t */\n\tserver a\n▸\t// one\n│\t// two\n\tserver b\n\t// alone',
    ],
    ['imports together', '▸\timport "./a.arch"\n│\timport "./b.arch"\n\tserver a'],
    ['nothing on one line or two', '\tserver a { cores: 2 }\n\tserver b {\n\t}\n\timport "./a.arch"'],
    ['a comment in a string is none', '\tserver a "/* x"\n\tserver b "*/"'],
    ['a body that is never closed', '▸\tdataCenter us {\n│\t  server a\n│\t  server b\n\t'],
  ])('%s', async (_, expected) => {
    const text = expected.replaceAll(/^[▸│]*\t/gm, '');
    expect(await folded(text)).toBe(expected);
  });
});

describe('selection', () => {
  it.each([
    [
      'from a number',
      'dataCenter us {\n  server app { cores: <|>4, replicas: 2 }\n}',
      ['4', 'cores: 4', 'server app { cores: 4, replicas: 2 }'],
    ],
    ['from a segment of a name', 'server a\nus.<|>app -> a : reads 2', ['app', 'us.app', 'us.app -> a : reads 2']],
    [
      'from an expression',
      'server a { cores: (2 + <|>n) * 3 }',
      ['n', '2 + n', '(2 + n)', '(2 + n) * 3', 'cores: (2 + n) * 3'],
    ],
    ['from a word in a list', 'monitoring m { metrics: [ho<|>st, business] }', ['host', '[host, business]']],
  ])('goes outwards %s', async (_, marked, expected) => {
    const opened = await open(marked);
    const [innermost] = selectionRanges(opened.document, [opened.cursor]);
    const pieces: string[] = [];
    for (let each = innermost; each; each = each.parent) pieces.push(textIn(opened, each.range));
    const texts = pieces.filter((piece, i) => piece !== pieces[i - 1]);
    expect(texts.slice(0, expected.length)).toEqual(expected);
    expect(texts.at(-1)).toBe(opened.text);
  });

  it('has an answer for every position, also where nothing stands, and in an empty file', async () => {
    const { document } = await open('server app { }\n\n\n');
    const found = selectionRanges(document, [
      { line: 0, character: 14 },
      { line: 2, character: 0 },
    ]);
    expect(found).toHaveLength(2);
    const empty = await open('');
    expect(selectionRanges(empty.document, [{ line: 0, character: 0 }])).toEqual([
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } },
    ]);
  });
});

describe('document links', () => {
  it('are on the paths of imports and the pages of components', async () => {
    const { text, marks } = readMarks(`import «"./b.arch"»
import «"../shared/c.arch"»
server a { link: «"https://example.org/a"» }
server b { link: "javascript:alert(1)", description: "https://example.org/b" }
import ""`);
    const { arch, document, at } = await open(text);
    const links = (await arch.lsp.DocumentLinkProvider!.getDocumentLinks(document, at))!;
    expect(printRanges(links.map(({ range }) => range))).toEqual(marks);
    expect(links.map(({ target }) => target)).toEqual([
      'memory:/folder/b.arch',
      'memory:/shared/c.arch',
      'https://example.org/a',
    ]);
  });
});

describe('symbols', () => {
  it('carry the kind, the title, and the whole statement with its name', async () => {
    const opened = await open(`/** Doc. */
dataCenter us "US East" { template server small { } }
param people = 5M
request buy "Buys" { share: 5% }
require p99 of us < 1s
scenario loss { duration: 1m }
view all "All" { }
us -> `);
    const { arch, document } = opened;
    const symbols = (await arch.lsp.DocumentSymbolProvider!.getSymbols(document, { textDocument: { uri: '' } }))!;
    const print = (symbol: DocumentSymbol): string =>
      `${symbol.name} (${symbol.detail}) ${textIn(opened, symbol.selectionRange)}${(symbol.children ?? []).map((child) => ` > ${print(child)}`).join('')}`;
    expect(symbols.map(print)).toEqual([
      'us (dataCenter · US East) us > small (template · server) small',
      'people (param) people',
      'buy (request · Buys) buy',
      'p99 of us (< 1s) p99',
      'loss (scenario) loss',
      'all (view · All) all',
    ]);
  });

  it.each([
    ['ord', ['orders main.arch', 'orderMailer other.arch']],
    ['om', ['orderMailer other.arch']],
    ['people', ['people main.arch']],
    ['nothing', []],
  ])('are found in all files: %s', async (query, expected) => {
    const { shared } = await open('database orders { }\nparam people = 3', {
      'other.arch': 'tier web { server orderMailer { } }',
    });
    const found = await shared.lsp.WorkspaceSymbolProvider!.getSymbols({ query });
    expect(found.map(({ name, location }) => `${name} ${location.uri.split('/').at(-1)}`)).toEqual(expected);
  });

  it('are all found by an empty query, each with what it stands in', async () => {
    const { shared } = await open('dataCenter us { tier web { server app { } } }');
    const found = await shared.lsp.WorkspaceSymbolProvider!.getSymbols({ query: '' });
    expect(found.map(({ name, containerName }) => [name, containerName])).toEqual([
      ['us', undefined],
      ['web', 'us'],
      ['app', 'us.web'],
    ]);
  });
});
