/** Files with all that they import, through Langium's services, which also read what has mistakes. */
import { EmptyFileSystemProvider, type URI } from 'langium';
import type { DirectFiles, FileText } from './direct/files.ts';
import { loadImports } from './imports.ts';
import { createArchServices } from './module.ts';

/**
 * Reads and links files.
 * @param read the text of an imported file; rejects where there is none
 */
export async function openFiles(files: readonly FileText[], read: (uri: URI) => Promise<string>): Promise<DirectFiles> {
  const { shared, arch } = createArchServices({ fileSystemProvider: () => new ImportedFiles(read) });
  const { LangiumDocuments, LangiumDocumentFactory, DocumentBuilder } = shared.workspace;
  const documents = files.map(({ uri, text }) => LangiumDocumentFactory.fromString(text, uri));
  for (const document of documents) LangiumDocuments.addDocument(document);
  for (const document of documents) await loadImports(LangiumDocuments, document);
  await DocumentBuilder.build(LangiumDocuments.all.toArray());
  return { services: arch, documents };
}

/** Nothing is listed, because only what is imported matters. */
class ImportedFiles extends EmptyFileSystemProvider {
  private readonly read: (uri: URI) => Promise<string>;

  constructor(read: (uri: URI) => Promise<string>) {
    super();
    this.read = read;
  }

  override async readFile(uri?: URI): Promise<string> {
    return uri ? this.read(uri) : '';
  }
}
