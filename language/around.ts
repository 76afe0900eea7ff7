/**
 * What is around a syntax node. Langium has the same, together with streams and the syntax tree of its own grammar language, which a check
 * of a file without mistakes does not need.
 */
import type { AstNode, LangiumDocument } from 'langium';

/** The outermost node: that of the file, where the node is part of one. */
export function rootOf(node: AstNode): AstNode {
  let root = node;
  while (root.$container) root = root.$container;
  return root;
}

/** The document that a node is in. Throws for a node that is in none, which no parser makes. */
export function documentOf(node: AstNode): LangiumDocument {
  const { $document: document } = rootOf(node);
  if (!document) throw new Error('This node is in no document.');
  return document;
}

/** The node itself or the innermost around it that is what is asked for. */
export function nodeAround<T extends AstNode>(
  node: AstNode | undefined,
  is: (around: AstNode) => around is T,
): T | undefined {
  for (let around = node; around; around = around.$container) if (is(around)) return around;
  return undefined;
}
