import { URI } from 'langium';
import { VirtualFileSystemProvider } from 'langium/test';
import { describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { printComponent, printFinding } from './fixtures/plain.ts';
import { loadImports } from './imports.ts';
import { createArchServices } from './module.ts';
import { parse } from './parse.ts';

describe('imports', () => {
  it('make the declarations of other files part of the architecture, in cycles too', async () => {
    const { architecture, findings } = await parse('import "./lib/data.arch"\nserver app\napp -> posts : reads 1', {
      files: {
        'lib/data.arch': 'import "more.arch"\ndatabase posts { engine: mysql }\nposts -> backup : replicates',
        'lib/more.arch': 'import "../main.arch"\nstorage backup\ntemplate server s\nparam n = 3',
        'lib/unrelated.arch': 'server unrelated',
      },
    });
    expect(findings.map(printFinding)).toEqual([]);
    expect(architecture.files).toEqual(['memory:/main.arch', 'memory:/lib/data.arch', 'memory:/lib/more.arch']);
    expect(architecture.components.map(printComponent)).toEqual(['server app', 'database posts', 'storage backup']);
    expect(architecture.params.map(({ name }) => name)).toEqual(['n']);
  });

  it('are the only way to see another file', async () => {
    const { findings } = await parse('server app\napp -> posts', { files: { 'data.arch': 'database posts' } });
    expect(findings.map(printFinding)).toEqual(["2:8 unresolved-name: There is no component 'posts'."]);
  });

  it('report names that two files declare, where the second stands', async () => {
    const { findings } = await parse('import "b.arch"\nserver app', { files: { 'b.arch': 'cache app' } });
    expect(findings.map(({ rule, span, related }) => [rule, span.file, related?.[0]?.span.file])).toEqual([
      ['duplicate-name', 'memory:/b.arch', 'memory:/main.arch'],
    ]);
  });

  it('report paths that lead nowhere, with the one that was probably meant', async () => {
    const { findings } = await parse('import "b"\nimport "c.arch"', { files: { 'b.arch': 'cache app' } });
    expect(findings.map(printFinding)).toEqual([
      "1:8 unresolved-import: The file 'b' does not exist or cannot be read; did you mean 'b.arch'.",
      "2:8 unresolved-import: The file 'c.arch' does not exist or cannot be read.",
    ]);
  });
});

describe('edits in an imported file', () => {
  it('reach every file that imports it, directly or not, as a fresh build does', async () => {
    const texts = { 'b.arch': 'import "c.arch"', 'c.arch': 'server far { cores: 2 }' };
    const root = 'import "b.arch"\nserver app\napp -> far';
    const files = new VirtualFileSystemProvider();
    const { shared, arch } = createArchServices({ fileSystemProvider: () => files });
    const { LangiumDocuments, DocumentBuilder } = shared.workspace;
    for (const [path, text] of Object.entries({ 'main.arch': root, ...texts })) files.insert(uriOf(path), text);
    const document = await LangiumDocuments.getOrCreateDocument(uriOf('main.arch'));
    await DocumentBuilder.build([...(await loadImports(LangiumDocuments, document))]);

    for (const text of ['server far2', 'server far', '', 'server far { cores: 4 }']) {
      files.insert(uriOf('c.arch'), text);
      await DocumentBuilder.update([uriOf('c.arch')], []);
      const fresh = await parse(root, { files: { ...texts, 'c.arch': text } });
      expect(compile(arch, document).findings.map(printFinding)).toEqual(fresh.findings.map(printFinding));
      expect(compile(arch, document).architecture).toEqual(fresh.architecture);
    }
    await DocumentBuilder.update([], [uriOf('c.arch')]);
    expect(compile(arch, document).findings.map(({ rule }) => rule)).toEqual(['unresolved-name', 'unresolved-import']);
  });
});

function uriOf(path: string): URI {
  return URI.parse(`memory:/${path}`);
}
