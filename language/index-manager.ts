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
    for (const uri of importedUris(this.loaded(), document)) if (changed.has(uri)) return true;
    return false;
  }
}
