/** Colours by meaning, where the words alone do not say it: kinds, names that are keywords, references by what they refer to. */
import { type AstNode, type Cancellation, interruptAndCheck, type LangiumDocument } from 'langium';
import { AbstractSemanticTokenProvider, type SemanticTokenAcceptor } from 'langium/lsp';
import { isContainer } from '../../model/index.ts';
import { DirectComposite } from '../direct/syntax-nodes.ts';
import * as ast from '../generated/ast.ts';
import { eachNode } from '../nodes.ts';
import { kindOfDeclaration } from '../tables.ts';

export class LoadpathSemanticTokenProvider extends AbstractSemanticTokenProvider {
  /** As Langium's, without a walk over streams and without the nodes of words. */
  protected override async computeHighlighting(
    document: LangiumDocument,
    accept: SemanticTokenAcceptor,
    token: Cancellation.CancellationToken,
  ): Promise<void> {
    if (this.currentRange) return super.computeHighlighting(document, accept, token);
    await interruptAndCheck(token);
    const acceptDirectly = directly(accept);
    eachNode(document.parseResult.value, (node) => this.highlightElement(node, acceptDirectly));
  }

  protected override highlightElement(node: AstNode, accept: SemanticTokenAcceptor): void {
    if (ast.isDeclaration(node)) highlightDeclaration(node, accept);
    else if (ast.isSegment(node)) highlightSegment(node, accept);
    else if (ast.isParam(node)) accept({ node, property: 'name', type: 'parameter', modifier: 'declaration' });
    else if (ast.isRequestClass(node) || ast.isScenario(node) || ast.isView(node))
      accept({ node, property: 'name', type: 'interface', modifier: 'declaration' });
    else if (ast.isProperty(node) || ast.isBlock(node)) accept({ node, property: 'name', type: 'property' });
    else if (ast.isFlow(node)) accept({ node, property: 'flow', type: 'method' });
    else if (ast.isRequirement(node)) accept({ node, property: 'metric', type: 'property', modifier: 'readonly' });
    else if (ast.isLiteral(node)) accept({ node, property: 'text', type: 'number' });
    else if (ast.isEvent(node)) {
      accept({ node, property: 'action', type: 'method' });
      accept({ node, property: 'part', type: 'keyword' });
    }
  }
}

/** Places of properties come from the tables, where the node was read directly. No property that has a colour is longer than a line. */
function directly(accept: SemanticTokenAcceptor): SemanticTokenAcceptor {
  return (options) => {
    const cst = 'property' in options ? options.node.$cstNode : undefined;
    if (!(cst instanceof DirectComposite) || !('property' in options)) return accept(options);
    const { type, modifier, property } = options;
    const place = cst.feature(String(property));
    if (!place) return;
    const { line, character: char } = cst.syntaxTree.positionAt(place.offset);
    accept({ line, char, length: place.end - place.offset, type, ...(modifier ? { modifier } : {}) });
  };
}

function highlightDeclaration(node: ast.Declaration, accept: SemanticTokenAcceptor): void {
  accept({ node, property: 'kind', type: 'type' });
  const modifier = node.template ? ['declaration', 'abstract'] : 'declaration';
  accept({ node, property: 'name', type: typeOf(node), modifier });
}

/** A word that refers to nothing is an enum value or a name from the catalogue. */
function highlightSegment(node: ast.Segment, accept: SemanticTokenAcceptor): void {
  const target = node.target?.ref;
  if (target) accept({ node, property: 'target', type: typeOf(target) });
  else if (!node.target?.error) accept({ node, property: 'target', type: 'enumMember' });
}

function typeOf(target: ast.Named): string {
  if (ast.isParam(target)) return 'parameter';
  if (!ast.isDeclaration(target)) return 'interface';
  const kind = kindOfDeclaration(target);
  return kind && isContainer(kind) ? 'namespace' : 'class';
}
