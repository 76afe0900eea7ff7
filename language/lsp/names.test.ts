/** Definition, references, highlight and rename: `«…»` marks every place that the name at the cursor `<|>` has. */
import { describe, expect, it } from 'vitest';
import type { WorkspaceEdit } from 'vscode-languageserver';
import { applyEdits, open, printRanges, readMarks, textIn } from './testing.ts';

const cases: Readonly<Record<string, string>> = {
  'a component, from its declaration': `users u { rate: 1/s }
server «<|>app» { }
u -> «app»
request buy { «app» { serviceTime: 2ms } }
require p99 of «app» < 1s
scenario loss { at 5m fail «app» }
view all { include: [u, «app»] }`,
  'a component, from the middle of a use': `dataCenter us { server «app» { } }
users u { rate: 1/s }
u -> us.«a<|>pp»`,
  'a container, and not what is in it': `dataCenter «us» { server app { } }
dataCenter eu extends «<|>us» { region: "eu-west-1" }
users u { rate: 1/s }
u -> «us».app, eu.app
monitoring m { watches: [«us», eu] }`,
  'what is used through a copy': `dataCenter us { database «posts» { } }
dataCenter eu extends us
us.«posts» <-> eu.«<|>posts» : replicates`,
  'a param, in expressions': `param «people» = 5M
users u { population: «<|>people» / 2, requests: (1 + «people») / 1d }
require capacity >= «people» * 2`,
  'a request class': `users u { rate: 1/s }
server app
u -> app
request «<|>buy» { share: 5% }
require p99 of «buy» < 1s`,
  'a template': `template server «small» { cores: 2 }
server a extends «<|>small»
server b extends «small» { replicas: 2 }`,
  'a name that is a keyword': `database «<|>users» { }
server cache { }
cache -> «users» : reads 1`,
  'the nearer of two with the same name': `server app { }
dataCenter us {
  server «app» { }
  loadBalancer lb { }
  lb -> «<|>app»
}
users u { rate: 1/s }
u -> app`,
  'a property that refers to a component': `cache «sessions» { }
server app { sessions: «<|>sessions» }`,
};

describe.each(Object.entries(cases))('%s', (_, marked) => {
  const { text, marks } = readMarks(marked);

  it('leads to its declaration', async () => {
    const opened = await open(text);
    const [link] = (await opened.arch.lsp.DefinitionProvider!.getDefinition(opened.document, opened.at))!;
    expect(marks).toContain(printRanges([link!.targetSelectionRange])[0]);
    const name = textIn(opened, link!.targetSelectionRange);
    // A declaration begins with its kind, and the name stands behind that.
    expect(textIn(opened, link!.targetRange)).toMatch(new RegExp(`^(template )?\\w+ ${name}\\b`));
  });

  it('is found and marked wherever it is used', async () => {
    const opened = await open(text);
    const params = { ...opened.at, context: { includeDeclaration: true } };
    const found = await opened.arch.lsp.ReferencesProvider!.findReferences(opened.document, params);
    expect(printRanges(found.map(({ range }) => range))).toEqual(marks);
    const marked_ = await opened.arch.lsp.DocumentHighlightProvider!.getDocumentHighlight(opened.document, opened.at);
    expect(printRanges(marked_!.map(({ range }) => range))).toEqual(marks);
    const uses = await opened.arch.lsp.ReferencesProvider!.findReferences(opened.document, {
      ...params,
      context: { includeDeclaration: false },
    });
    expect(uses).toHaveLength(marks.length - 1);
  });

  it('is renamed there, and nowhere else, and means the same', async () => {
    const opened = await open(text);
    const edit = await opened.arch.lsp.RenameProvider!.rename(opened.document, { ...opened.at, newName: 'another' });
    const edits = Object.values(edit!.changes!)[0]!;
    expect(printRanges(edits.map(({ range }) => range))).toEqual(marks);
    const renamed = await open(applyEdits(opened.text, edits));
    const codes = (document: typeof opened.document) => document.diagnostics!.map(({ code }) => code).sort();
    expect(codes(renamed.document)).toEqual(codes(opened.document));
  });
});

describe('in several files', () => {
  const main = 'import "./parts.arch"\nusers u { rate: 1/s }\nu -> sha<|>red\n';
  const files = {
    'parts.arch': 'import "./deep.arch"\nserver shared { }\nshared -> far : reads 1\n',
    'deep.arch': 'database far { }\n',
    'stranger.arch': 'server shared { }\nusers v { rate: 1/s }\nv -> shared\n',
  };

  it('a definition is found in the file that is imported', async () => {
    const { arch, document, at } = await open(main, files);
    const [link] = (await arch.lsp.DefinitionProvider!.getDefinition(document, at))!;
    expect(link!.targetUri).toBe('memory:/folder/parts.arch');
    expect(printRanges([link!.targetSelectionRange])).toEqual(['1:7-13']);
  });

  it('references are those of the files that import it, not those of equal names elsewhere', async () => {
    const { arch, document, at } = await open(main, files);
    const params = { ...at, context: { includeDeclaration: true } };
    const found = await arch.lsp.ReferencesProvider!.findReferences(document, params);
    expect(found.map(({ uri, range }) => `${uri.split('/').at(-1)} ${printRanges([range])}`).sort()).toEqual([
      'main.arch 2:5-11',
      'parts.arch 1:7-13',
      'parts.arch 2:0-6',
    ]);
  });

  it('a rename reaches all of them, begun in either file', async () => {
    const fromUse = await open(main, files);
    const edit = await fromUse.arch.lsp.RenameProvider!.rename(fromUse.document, { ...fromUse.at, newName: 'common' });
    const fromDeclaration = await open(files['parts.arch'].replace('server shared', 'server <|>shared'), {
      'user.arch': main.replace('<|>', '').replace('parts', 'main'),
      'deep.arch': files['deep.arch'],
    });
    const { RenameProvider } = fromDeclaration.arch.lsp;
    const back = await RenameProvider!.rename(fromDeclaration.document, { ...fromDeclaration.at, newName: 'common' });
    expect(countEdits(edit)).toEqual({ 'main.arch': 1, 'parts.arch': 2 });
    expect(countEdits(back)).toEqual({ 'main.arch': 2, 'user.arch': 1 });
  });

  function countEdits(edit: WorkspaceEdit | undefined): Readonly<Record<string, number>> {
    return Object.fromEntries(
      Object.entries(edit!.changes!).map(([uri, edits]) => [uri.split('/').at(-1)!, edits.length]),
    );
  }
});

describe('what belongs to the language', () => {
  it.each([
    ['a kind', '<|>server app { }'],
    ['a property', 'server app { <|>cores: 4 }'],
    ['a block', 'database d { <|>replication { mode: async } }'],
    ['a word of an enumeration', 'database d { replication { mode: <|>async } }'],
    ['an engine', 'database d { engine: <|>mysql }'],
    ['a flow', 'server a\ndatabase b\na -> b : <|>reads 1'],
    ['a metric', 'require <|>p99 < 1s'],
    ['a number', 'server app { cores: <|>4 }'],
    ['nothing', 'server app { <|> }'],
  ])('has no definition, no uses and no other name: %s', async (_, marked) => {
    const { arch, document, at } = await open(marked);
    const { DefinitionProvider, ReferencesProvider, RenameProvider, DocumentHighlightProvider } = arch.lsp;
    expect((await DefinitionProvider!.getDefinition(document, at)) ?? []).toEqual([]);
    const params = { ...at, context: { includeDeclaration: true } };
    expect(await ReferencesProvider!.findReferences(document, params)).toEqual([]);
    expect((await DocumentHighlightProvider!.getDocumentHighlight(document, at)) ?? []).toEqual([]);
    expect(await RenameProvider!.prepareRename(document, at)).toBeUndefined();
    expect((await RenameProvider!.rename(document, { ...at, newName: 'other' }))?.changes ?? {}).toEqual({});
  });
});
