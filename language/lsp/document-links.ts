/** The paths of imports, and the pages that components name in `link`, can be followed. */
import type { LangiumDocument } from 'langium';
import type { DocumentLinkProvider } from 'langium/lsp';
import type { DocumentLink } from 'vscode-languageserver';
import * as ast from '../generated/ast.ts';
import { importUri } from '../imports.ts';
import { eachNode } from '../nodes.ts';
import { featureNode } from '../spans.ts';

export class LoadpathDocumentLinkProvider implements DocumentLinkProvider {
  getDocumentLinks(document: LangiumDocument): DocumentLink[] {
    const links: DocumentLink[] = [];
    eachNode(document.parseResult.value, (node) => {
      const link = linkOf(document, node);
      if (link) links.push(link);
    });
    return links;
  }
}

function linkOf(document: LangiumDocument, node: unknown): DocumentLink | undefined {
  if (ast.isImport(node)) {
    const range = featureNode(node, 'path')?.range;
    const target = importUri(document, node)?.toString();
    return range && target ? { range, target, tooltip: 'Open the imported file' } : undefined;
  }
  if (!ast.isProperty(node) || node.name !== 'link' || !ast.isText(node.value)) return undefined;
  const range = node.value.$cstNode?.range;
  const target = node.value.text;
  // Nothing but web pages: a file may come from anywhere.
  return range && /^https?:\/\//.test(target ?? '') ? { range, target } : undefined;
}
