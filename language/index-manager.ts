/**
 * A file is built again when a file changes that it imports, directly or not: an edit there can change what its names mean. References
 * into other files lead into files that are imported, so no index of them is kept; who asks for the references to something gets them
 * from the trees.
 */
import {
  type AstNode,
  type AstNodeLocator,
  AstUtils,
  CstUtils,
  DefaultIndexManager,
  type DefaultReference,
  type LangiumDocument,
  type LangiumDocuments,
  type LangiumSharedCoreServices,
  type ReferenceDescription,
  type Stream,
  stream,
} from 'langium';
import type * as ast from './generated/ast.ts';
import { importedUris } from './imports.ts';
import { segmentsOf } from './segments.ts';

export class ArchIndexManager extends DefaultIndexManager {
  private readonly loaded: () => LangiumDocuments;

  constructor(services: LangiumSharedCoreServices) {
    super(services);
    this.loaded = () => services.workspace.LangiumDocuments;
  }

  override isAffected(document: LangiumDocument, changed: Set<string>): boolean {
    // A path without its extension leads nowhere, and the finding names the file that it would lead to if there is one.
    for (const uri of importedUris(this.loaded(), document))
      if (changed.has(uri) || changed.has(`${uri}.arch`)) return true;
    return false;
  }

  override async updateReferences(_document: LangiumDocument): Promise<void> {
    // Nothing is kept.
  }

  override findAllReferences(target: AstNode, path: string): Stream<ReferenceDescription> {
    const targetUri = AstUtils.getDocument(target).uri;
    const found: ReferenceDescription[] = [];
    for (const document of this.loaded().all) {
      const locator = this.serviceRegistry.getServices(document.uri).workspace.AstNodeLocator;
      for (const segment of segmentsOf(document)) {
        if ((segment.target as DefaultReference | undefined)?._ref === target)
          found.push(referenceAt(segment, document, locator, { targetUri, targetPath: path }));
      }
    }
    return stream(found);
  }
}

function referenceAt(
  segment: ast.Segment,
  { uri: sourceUri }: LangiumDocument,
  locator: AstNodeLocator,
  target: Pick<ReferenceDescription, 'targetUri' | 'targetPath'>,
): ReferenceDescription {
  return {
    ...target,
    sourceUri,
    sourcePath: locator.getAstNodePath(segment),
    segment: CstUtils.toDocumentSegment(segment.target.$refNode!),
    local: sourceUri.toString() === target.targetUri.toString(),
  };
}
