/** Follows what the editor and the disk do to files. */
import { URI } from 'langium';
import { DefaultDocumentUpdateHandler, type LangiumSharedServices } from 'langium/lsp';
import type { WorkspaceFoldersChangeEvent } from 'vscode-languageserver';

type Closed = Parameters<NonNullable<DefaultDocumentUpdateHandler['didChangeContent']>>[0];

export class LoadpathDocumentUpdateHandler extends DefaultDocumentUpdateHandler {
  private readonly services: LangiumSharedServices;

  constructor(services: LangiumSharedServices) {
    super(services);
    this.services = services;
  }

  /** From now on the file is as it is on the disk: edits that were not saved are gone, and so is a file that never was saved. */
  didCloseDocument({ document }: Closed): void {
    const uri = URI.parse(document.uri);
    const exists = this.services.workspace.FileSystemProvider.exists(uri).catch(() => false);
    void exists.then((found) => {
      if (this.services.workspace.TextDocuments.get(uri)) return;
      this.fireDocumentUpdate(found ? [uri] : [], found ? [] : [uri]);
    });
  }

  /** Files of a new folder are read; those of one that has left the workspace are forgotten. */
  foldersChanged({ added, removed }: WorkspaceFoldersChangeEvent): void {
    const uris = (folders: WorkspaceFoldersChangeEvent['added']) => folders.map(({ uri }) => URI.parse(uri));
    this.fireDocumentUpdate(uris(added), uris(removed));
  }
}
