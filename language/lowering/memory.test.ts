import { EmptyFileSystem, type LangiumDocument, TextDocument, URI } from 'langium';
import { expect, test } from 'vitest';
import type { Architecture } from '../../model/index.ts';
import { compile } from '../compile.ts';
import { createLspServices } from '../lsp/module.ts';

const START = `param people = 2k
users visitors { rate: 20/s }
server app { serviceTime: 5ms, replicas: 4 } server spare
// arch-ignore database-spof: it is small
database posts { engine: mysql, connections: people / 10 }
visitors -> app
app -> posts : reads 3 require p99 < 1s
`;

/** What a text compiles to, after one that has been compiled twice: from then on the parts are remembered. */
async function after(start: string, ...texts: readonly string[]): Promise<readonly Architecture[]> {
  const { shared, arch } = createLspServices(EmptyFileSystem);
  const { LangiumDocuments, DocumentBuilder, LangiumDocumentFactory, TextDocuments } = shared.workspace;
  const uri = URI.parse('memory:/shop.arch');
  const open = (text: string, version: number) => TextDocument.create(uri.toString(), 'arch', version, text);
  const document: LangiumDocument = LangiumDocumentFactory.fromTextDocument(open(start, 0), uri);
  LangiumDocuments.addDocument(document);
  const compiled: Architecture[] = [];
  for (const [i, text] of [start, start, start, ...texts].entries()) {
    TextDocuments.set(open(text, i));
    await DocumentBuilder.update([uri], []);
    compiled.push(compile(arch, document).architecture);
  }
  return compiled.slice(2);
}

/** Which of the parts are the objects of before. */
function kept(before: Architecture | undefined, now: Architecture | undefined): Readonly<Record<string, boolean>> {
  const parts = ({ components, connections, requirements, params }: Architecture) => [
    ...components.map((it) => [it.path, it] as const),
    ...connections.map((it) => [it.id, it] as const),
    ...params.map((it) => [it.name, it] as const),
    ...requirements.map((it) => [it.metric, it] as const),
  ];
  const old = new Map<string, unknown>(before && parts(before));
  return Object.fromEntries((now ? parts(now) : []).map(([name, it]) => [name, old.get(name) === it]));
}

test.each([
  ['a number', START.replace('replicas: 4', 'replicas: 12'), ['app']],
  ['a comment above', START.replace('it is small', 'it is tiny'), ['posts']],
  ['white space and another comment', `// Shop\n\n${START.replace('{ rate', '{\n  rate')}`, []],
  ['two declarations that change places', START.replace(/(server app .*) (server spare)/, '$2 $1'), []],
  ['a param', START.replace('2k', '3k'), ['posts', 'people']],
  ['a declaration more', `cache pages\n${START}`, ['pages']],
  ['a name', START.replaceAll('app', 'web'), ['web', 'visitors -> web', 'web -> posts']],
  ['all line breaks', START.replaceAll('\n', '\r\n'), ['visitors -> app', 'app -> posts', 'p99']],
])('after a change of %s only what it says is another object', async (_, text, changed) => {
  const [before, now] = await after(START, text);
  const same = kept(before, now);
  expect(Object.keys(same).filter((name) => !same[name])).toEqual(changed);
  const [fresh] = await after(text);
  expect(now).toEqual(fresh);
});

test('a mistake is reported again as long as it is there', async () => {
  const wrong = START.replace('replicas: 4', 'replicas: 0');
  const [, one, two] = await after(START, wrong, `\n${wrong}`);
  expect(kept(one, two).app).toBe(true);
  expect(two).toEqual((await after(`\n${wrong}`))[0]);
});
