/** Requests are answered from the text that is open, whenever they come, and none waits for a build that does not come. */
import { Cancellation, DocumentState, EmptyFileSystem, TextDocument, URI } from 'langium';
import { afterEach, describe, expect, it } from 'vitest';
import type {
  DocumentHighlight,
  DocumentSymbol,
  Hover,
  Location,
  SymbolInformation,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { type Session, startSession } from '../../test/harness/session.ts';
import { createLspServices } from './module.ts';

let session: Session | undefined;
afterEach(() => {
  session?.client.dispose();
  session = undefined;
});

describe('who begins to wait while the listeners of a phase are being told', () => {
  it.each([
    ['the workspace', undefined],
    ['a file', URI.parse('memory:/main.arch')],
  ])('is not forgotten: %s', async (_, uri) => {
    const { shared } = createLspServices(EmptyFileSystem);
    const { DocumentBuilder, LangiumDocuments, TextDocuments } = shared.workspace;
    TextDocuments.set(TextDocument.create('memory:/main.arch', 'arch', 1, 'server app { }'));
    LangiumDocuments.createDocument(URI.parse('memory:/main.arch'), '');
    let ended = false;
    DocumentBuilder.onBuildPhase(DocumentState.IndexedReferences, async () => {
      const waiting = uri
        ? DocumentBuilder.waitUntil(DocumentState.IndexedReferences, uri)
        : DocumentBuilder.waitUntil(DocumentState.IndexedReferences);
      void waiting.then(() => {
        ended = true;
      });
      // Whoever is told later gives others the time to begin.
      await new Promise((resolve) => setTimeout(resolve, 1));
    });
    await DocumentBuilder.update([URI.parse('memory:/main.arch')], []);
    expect(ended).toBe(true);
  });

  it('can still be told to give up', async () => {
    const { shared } = createLspServices(EmptyFileSystem);
    const { DocumentBuilder, TextDocuments } = shared.workspace;
    TextDocuments.set(TextDocument.create('memory:/main.arch', 'arch', 1, 'server app { }'));
    const source = new Cancellation.CancellationTokenSource();
    const waiting = DocumentBuilder.waitUntil(DocumentState.Linked, URI.parse('memory:/main.arch'), source.token);
    source.cancel();
    await expect(waiting).rejects.toBe((await import('langium')).OperationCancelled);
  });
});

describe('a request that comes with an edit', () => {
  const before = 'server app { }\nusers u { rate: 1/s }\nu -> app\n';
  const after = `// A line above.\n${before.replaceAll('app', 'shop')}`;
  const at = { position: { line: 1, character: 8 } };

  it('is about the text after it', async () => {
    session = await startSession();
    const { request, uri } = session;
    const textDocument = { uri: uri('main.arch') };
    for (let version = 2; version < 12; version += 2) {
      void session.open('main.arch', before);
      void session.change('main.arch', version, before.replace('1/s', `${version}/s`));
      void session.change('main.arch', version + 1, after);
      const [hover, references, highlights, edit, symbols, found] = await Promise.all([
        request<Hover>('textDocument/hover', { textDocument, ...at }),
        request<Location[]>('textDocument/references', { textDocument, ...at, context: { includeDeclaration: true } }),
        request<DocumentHighlight[]>('textDocument/documentHighlight', { textDocument, ...at }),
        request<WorkspaceEdit>('textDocument/rename', { textDocument, ...at, newName: 'other' }),
        request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument }),
        request<SymbolInformation[]>('workspace/symbol', { query: 'shop' }),
      ]);
      expect(hover.contents).toMatchObject({ value: expect.stringContaining('**shop** · server') });
      const lines = [1, 3];
      expect(references.map(({ range }) => range.start.line).sort()).toEqual(lines);
      expect(highlights.map(({ range }) => range.start.line).sort()).toEqual(lines);
      expect(edit.changes![textDocument.uri]!.map(({ range }) => range.start.line).sort()).toEqual(lines);
      expect(symbols.map(({ name }) => name)).toEqual(['shop', 'u']);
      expect(found.map(({ name }) => name)).toEqual(['shop']);
      void session.close('main.arch');
    }
  });

  it('waits for the file that has just been opened', async () => {
    session = await startSession({ 'parts.arch': 'server shared { }' });
    void session.open('main.arch', 'import "./parts.arch"\nusers u { rate: 1/s }\nu -> shared');
    const found = await session.request('textDocument/definition', {
      textDocument: { uri: session.uri('main.arch') },
      position: { line: 2, character: 7 },
    });
    expect(found).toMatchObject([{ uri: session.uri('parts.arch') }]);
  });
});
