/** A file is built again when a file changes that it imports, directly or not: an edit there can change what its names mean. */
import {
  DefaultIndexManager,
  type LangiumDocument,
  type LangiumDocuments,
  type LangiumSharedCoreServices,
} from 'langium';
import { importedUris } from './imports.ts';

export class ArchIndexManager extends DefaultIndexManager {
  private readonly loaded: () => LangiumDocuments;

  constructor(services: LangiumSharedCoreServices) {
    super(services);
    this.loaded = () => services.workspace.LangiumDocuments;
  }

  override isAffected(document: LangiumDocument, changed: Set<string>): boolean {
    if (super.isAffected(document, changed)) return true;
    // A path without its extension leads nowhere, and the finding names the file that it would lead to if there is one.
    for (const uri of importedUris(this.loaded(), document))
      if (changed.has(uri) || changed.has(`${uri}.arch`)) return true;
    return false;
  }
}
