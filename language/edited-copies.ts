/** Copies of texts with edits, linked in services of their own: what a change would lead to, while nothing that is open changes. */
import { EmptyFileSystem, type LangiumDocument, TextDocument } from 'langium';
import { applyTextEdits, type TextEdit } from './edits/index.ts';
import { type ArchServices, createArchServices } from './module.ts';

/** Linked copies, in the order of the documents, with the services that they are in. */
export interface EditedCopies {
  readonly arch: ArchServices;
  readonly documents: readonly LangiumDocument[];
}

/** Edits of files that are not among the documents are left out. */
export async function editedCopies(
  documents: readonly LangiumDocument[],
  edits: readonly TextEdit[],
): Promise<EditedCopies> {
  const { shared, arch } = createArchServices(EmptyFileSystem);
  const copies = documents.map(({ uri, textDocument }) => {
    const own = edits.filter(({ file }) => file === uri.toString());
    const text = applyTextEdits(textDocument.getText(), own);
    const copy = TextDocument.create(uri.toString(), 'arch', 0, text);
    return shared.workspace.LangiumDocumentFactory.fromTextDocument(copy, uri);
  });
  for (const copy of copies) shared.workspace.LangiumDocuments.addDocument(copy);
  await shared.workspace.DocumentBuilder.build(copies);
  return { arch, documents: copies };
}
